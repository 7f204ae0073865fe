// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "tests/model/bench.hpp"

namespace t31::model::test {
namespace {

constexpr std::uint32_t kZonesBit = 1u << 26, kHistogramBit = 1u << 27, kWhiteBalanceBit = 1u << 30;
constexpr std::uint32_t kAll = kZonesBit | kHistogramBit | kWhiteBalanceBit;

struct StatisticsTest : testing::Test {
  void SetUp() override { bench.start(); }
  std::uint32_t one_frame() {
    bench.isp(0xb8, 0xffffffff);
    bench.run_to_frame_start();
    bench.run(35 * kMillisecond);
    return bench.isp(0xb4) & ~0x3fffu;
  }
  Bench bench;
};

TEST_F(StatisticsTest, FillTheNextBufferOfTheirRingAndPublishItsIndex) {
  for (unsigned frame = 1; frame <= 5; ++frame) {
    const unsigned index = frame & 3;
    EXPECT_EQ(one_frame(), kAll);
    EXPECT_EQ(bench.isp(0xa050), index << 4 | index);
    EXPECT_EQ(bench.isp(0xb050), index);
    EXPECT_EQ(*bench.memory(Bench::kZones + 0x1000 * index), 0xa1);
    EXPECT_EQ(*bench.memory(Bench::kHistogram + 0x800 * index + 0x7ff), 0xa2);
    EXPECT_EQ(*bench.memory(Bench::kWhiteBalance + 0x1000 * index), 0xa3);
  }
}

TEST_F(StatisticsTest, FirstFrameLeavesTheOtherBuffersAlone) {
  one_frame();
  EXPECT_EQ(*bench.memory(Bench::kZones), 0);
  EXPECT_EQ(*bench.memory(Bench::kZones + 0x2000), 0);
}

TEST_F(StatisticsTest, EngineWithoutDmaIsSilent) {
  bench.isp(0xb04c, 0);
  EXPECT_EQ(one_frame(), kZonesBit | kHistogramBit);
  bench.isp(0xa04c, 0x30);
  EXPECT_EQ(one_frame(), kZonesBit);
  bench.isp(0xa04c, 0x03);
  EXPECT_EQ(one_frame(), kHistogramBit);
}

TEST_F(StatisticsTest, EngineThatTheTopSwitchesOffIsSilent) {
  bench.isp(0x0010, 0x130);
  EXPECT_EQ(one_frame(), kWhiteBalanceBit);
  bench.isp(0x0010, 0x103);
  EXPECT_EQ(one_frame(), kZonesBit | kHistogramBit);
}

TEST_F(StatisticsTest, TwoBufferRingAlternates) {
  bench.isp(0xb04c, 1);
  one_frame();
  EXPECT_EQ(bench.isp(0xb050), 1u);
  one_frame();
  EXPECT_EQ(bench.isp(0xb050), 0u);
}

TEST_F(StatisticsTest, NeedNoOutputChannel) {
  bench.isp(0x9804, 0xf0000);
  EXPECT_EQ(one_frame(), kAll);
}

// Tone mapping (bit 18) and defog (bit 20): rings of four buffers, told by address.
struct ToneStatisticsTest : StatisticsTest {
  static constexpr std::uint32_t kToneMappingBit = 1u << 18, kDefogBit = 1u << 20;
  void SetUp() override {
    StatisticsTest::SetUp();
    for (unsigned n = 0; n < 4; ++n) {
      bench.isp(0x4494 + 4 * n, Bench::kToneMapping + 0x1000 * n);
      bench.isp(0x5b84 + 4 * n, Bench::kDefog + 0x1000 * n);
    }
    bench.isp(0x4490, 3);
    bench.isp(0x5b80, 3);
  }
  std::uint32_t tone_bits_of_a_frame() { return one_frame() & (kToneMappingBit | kDefogBit); }
};

TEST_F(ToneStatisticsTest, FillTheNextBufferOfTheirRingAndPublishItsAddress) {
  for (unsigned frame = 1; frame <= 5; ++frame) {
    const std::uint32_t offset = 0x1000 * (frame & 3);
    EXPECT_EQ(tone_bits_of_a_frame(), kToneMappingBit | kDefogBit);
    EXPECT_EQ(bench.isp(0x44b0), Bench::kToneMapping + offset);
    EXPECT_EQ(bench.isp(0x5ba4), Bench::kDefog + offset);
    EXPECT_EQ(*bench.memory(Bench::kToneMapping + offset + 0xfff), 0xa4);
    EXPECT_EQ(*bench.memory(Bench::kDefog + offset + 0xfff), 0xa5);
  }
}

TEST_F(ToneStatisticsTest, EngineWithoutDmaIsSilent) {
  bench.isp(0x4490, 0);
  EXPECT_EQ(tone_bits_of_a_frame(), kDefogBit);
  bench.isp(0x5b80, 0);
  EXPECT_EQ(tone_bits_of_a_frame(), 0u);
  EXPECT_EQ(bench.isp(0x44b0), 0u);
}

TEST_F(ToneStatisticsTest, EngineOfABypassedBlockIsSilent) {
  bench.isp(0x000c, 1u << 7);
  EXPECT_EQ(tone_bits_of_a_frame(), kDefogBit);
  bench.isp(0x000c, 1u << 11);
  EXPECT_EQ(tone_bits_of_a_frame(), kToneMappingBit);
}

TEST_F(ToneStatisticsTest, AddressThatIsNotMemoryIsCountedAndTheFrameStillReported) {
  bench.isp(0x4494 + 4, Bench::kMemoryBase + Bench::kMemoryBytes - 0xfff);
  EXPECT_EQ(tone_bits_of_a_frame(), kToneMappingBit | kDefogBit);
  EXPECT_EQ(bench.counter(T31_MODEL_BUS_ERRORS), 1u);
}

TEST_F(ToneStatisticsTest, ResetForgetsTheBufferFilledLast) {
  one_frame();
  bench.reset_isp();
  EXPECT_EQ(bench.isp(0x44b0), 0u);
  EXPECT_EQ(bench.isp(0x5ba4), 0u);
}

// Focus (bit 31): a ring of four buffers, told by index.
struct FocusStatisticsTest : StatisticsTest {
  static constexpr std::uint32_t kFocusBit = 1u << 31;
  void SetUp() override {
    StatisticsTest::SetUp();
    for (unsigned n = 0; n < 4; ++n) bench.isp(0xb8a8 + 4 * n, Bench::kFocus + 0x1000 * n);
    bench.isp(0xb8b8, 3);
  }
};

TEST_F(FocusStatisticsTest, FillTheNextBufferOfTheirRingAndPublishItsIndex) {
  for (unsigned frame = 1; frame <= 5; ++frame) {
    const unsigned index = frame & 3;
    EXPECT_EQ(one_frame(), kAll | kFocusBit);
    EXPECT_EQ(bench.isp(0xb8bc), index);
    EXPECT_EQ(*bench.memory(Bench::kFocus + 0x1000 * index), 0xa6);
    EXPECT_EQ(*bench.memory(Bench::kFocus + 0x1000 * index + 0xfff), 0xa6);
  }
}

TEST_F(FocusStatisticsTest, TheFirstFourZonesCarryTheNumberOfTheFrame) {
  unsigned before = 0;
  for (unsigned frame = 0; frame < 300; ++frame) {
    one_frame();
    const std::uint8_t* zones = bench.memory(Bench::kFocus + 0x1000 * bench.isp(0xb8bc));
    unsigned number = 0;
    for (unsigned zone = 0; zone < 4; ++zone) {
      const std::uint8_t last = zones[16 * zone + 15];
      number |= static_cast<unsigned>(last >> 6) << 2 * zone;
      ASSERT_EQ(last & 0x3f, 0xa6 & 0x3f) << "the count of highlights ends at bit 125";
    }
    ASSERT_EQ(zones[16 * 4 + 15], 0xa6);
    if (frame > 0) {
      ASSERT_EQ(number, (before + 1) & 0xff);
    }
    before = number;
  }
}

TEST_F(FocusStatisticsTest, EngineThatIsOffIsSilent) {
  bench.isp(0x0010, 0x033);
  EXPECT_EQ(one_frame(), kAll);
  bench.isp(0x0010, 0x133);
  bench.isp(0xb8b8, 0);
  EXPECT_EQ(one_frame(), kAll);
  EXPECT_EQ(bench.isp(0xb8bc), 0u);
}

TEST_F(FocusStatisticsTest, AddressThatIsNotMemoryIsCountedAndTheFrameStillReported) {
  bench.isp(0xb8a8 + 4, Bench::kMemoryBase + Bench::kMemoryBytes - 0xfff);
  EXPECT_EQ(one_frame(), kAll | kFocusBit);
  EXPECT_EQ(bench.counter(T31_MODEL_BUS_ERRORS), 1u);
}

TEST_F(StatisticsTest, IndexRegistersCannotBeWritten) {
  for (const std::uint32_t offset : {0xa050u, 0xb050u, 0xb8bcu, 0x44b0u, 0x5ba4u}) {
    bench.isp(offset, 0x22);
    EXPECT_EQ(bench.isp(offset), 0u);
  }
}

TEST_F(StatisticsTest, AddressThatIsNotMemoryIsCounted) {
  bench.isp(0xb03c + 4, 0x70000000);
  one_frame();
  EXPECT_EQ(bench.counter(T31_MODEL_BUS_ERRORS), 1u);
}

}  // namespace
}  // namespace t31::model::test

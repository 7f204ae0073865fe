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

TEST_F(StatisticsTest, IndexRegistersCannotBeWritten) {
  bench.isp(0xa050, 0x22);
  EXPECT_EQ(bench.isp(0xa050), 0u);
}

TEST_F(StatisticsTest, AddressThatIsNotMemoryIsCounted) {
  bench.isp(0xb03c + 4, 0x70000000);
  one_frame();
  EXPECT_EQ(bench.counter(T31_MODEL_BUS_ERRORS), 1u);
}

}  // namespace
}  // namespace t31::model::test

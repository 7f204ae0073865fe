// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "tests/model/bench.hpp"

namespace t31::model::test {
namespace {

constexpr std::uint32_t kStatus2 = 0x1e4, kClear2 = 0x1f4;

struct RawCapture : testing::Test {
  void SetUp() override { bench.start(); }
  static std::uint32_t bank(unsigned n) { return Bench::kMemoryBase + 0x40000 + 0x2000 * n; }
  // What the vendor's `snapraw` writes, hw-pipeline 3.8.
  void arm(unsigned frames) {
    bench.vic(0x308, 1);
    bench.vic(0x304, kWidth << 16 | kHeight);
    bench.vic(0x310, 2 * kWidth);
    bench.vic(0x314, 2 * kWidth);
    for (unsigned n = 0; n < 5; ++n) bench.vic(0x318 + 4 * n, bank(n));
    bench.vic(0x300, 0x80000020 | frames << 16);
  }
  std::uint16_t word(unsigned bank_number, std::uint32_t x, std::uint32_t y) {
    const std::uint8_t* p = bench.memory(bank(bank_number) + 2 * (y * kWidth + x));
    return static_cast<std::uint16_t>(p[0] | p[1] << 8);
  }
  Bench bench;
};

TEST_F(RawCapture, WritesTheSensorsCodesRightAlignedAndReportsDone) {
  arm(1);
  bench.run_frames(2);
  EXPECT_EQ(bench.vic(kStatus2), 1u);
  EXPECT_EQ(bench.vic(0x380), bank(0));
  EXPECT_EQ(word(0, 0, 0), FakeSensor::code(0, 0, 10));
  EXPECT_EQ(word(0, kWidth - 1, kHeight - 1), FakeSensor::code(kWidth - 1, kHeight - 1, 10));
}

TEST_F(RawCapture, StopsAfterTheFramesAskedFor) {
  arm(2);
  bench.run_frames(3);
  EXPECT_EQ(bench.vic(0x300), 0x80000020u);
  bench.vic(kClear2, 1);
  bench.run_frames(2);
  EXPECT_EQ(bench.vic(kStatus2), 0u);
  EXPECT_EQ(bench.vic(0x380), bank(1));
}

TEST_F(RawCapture, GoesRoundFiveBanksWhileTheCountIsEight) {
  arm(8);
  bench.run_to_frame_start();
  for (unsigned n : {0u, 1u, 2u, 3u, 4u, 0u}) {
    bench.run_frames(1);
    EXPECT_EQ(bench.vic(0x380), bank(n));
  }
  EXPECT_EQ(bench.vic(0x300) >> 16 & 0xf, 8u);
}

TEST_F(RawCapture, WorksWithoutTheIsp) {
  bench.isp(0x0800, 0);
  arm(1);
  bench.run_frames(2);
  EXPECT_EQ(bench.vic(kStatus2), 1u);
  EXPECT_EQ(bench.pixels->frames, 0u);
}

TEST_F(RawCapture, BankThatIsNotMemoryIsCountedAndLeavesMemoryAlone) {
  arm(1);
  bench.vic(0x318, Bench::kMemoryBase + Bench::kMemoryBytes - 16);
  bench.run_frames(2);
  EXPECT_EQ(bench.counter(T31_MODEL_BUS_ERRORS), 1u);
  EXPECT_EQ(*bench.memory(Bench::kMemoryBase + Bench::kMemoryBytes - 1), 0);
}

// Format 7, hw-pipeline 3.8: luma, and chroma of half the rows.
TEST(RawCaptureOfYuv, WritesTwoPlanes) {
  LinkFormat link{.lanes = 2, .mbps = 594, .bits = 16, .width = kWidth, .height = kHeight};
  link.parallel.samples = Samples::kYuv422;
  Bench bench({.link = link});
  bench.start();
  bench.vic(0x14, 7);
  bench.vic(0x100, kWidth / 2);
  bench.vic(0x00, 2);
  bench.vic(0x00, 1);
  const std::uint32_t luma = Bench::kMemoryBase + 0x40000, chroma = luma + 0x4000;
  bench.vic(0x308, 1);
  bench.vic(0x304, kWidth << 16 | kHeight);
  bench.vic(0x310, kWidth);
  bench.vic(0x314, kWidth + 16);
  bench.vic(0x318, luma);
  bench.vic(0x32c, chroma);
  bench.vic(0x300, 0x80010027);
  bench.run_frames(2);
  EXPECT_EQ(bench.vic(kStatus2), 1u);
  EXPECT_EQ(bench.vic(0x380), luma);
  for (std::uint32_t y = 0; y < kHeight; ++y) {
    for (std::uint32_t x = 0; x < kWidth; ++x) {
      const unsigned code = FakeSensor::code(x, y, 16), below = FakeSensor::code(x, y + 1, 16);
      ASSERT_EQ(*bench.memory(luma + y * kWidth + x), code & 0xff) << x << ", " << y;
      if (y % 2 == 0) {
        ASSERT_EQ(*bench.memory(chroma + y / 2 * (kWidth + 16) + x),
                  ((code >> 8) + (below >> 8) + 1) / 2);
      }
    }
  }
  EXPECT_EQ(*bench.memory(chroma + kWidth), 0) << "between the rows";
}

TEST_F(RawCapture, UnarmedNothingIsWritten) {
  bench.vic(0x300, 0x80010020);
  bench.run_frames(2);
  EXPECT_EQ(bench.vic(kStatus2), 0u);
  EXPECT_EQ(bench.counter(T31_MODEL_BUS_ERRORS), 0u);
}

}  // namespace
}  // namespace t31::model::test

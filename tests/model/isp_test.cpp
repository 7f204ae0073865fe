// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "tests/model/bench.hpp"

namespace t31::model::test {
namespace {

constexpr std::uint32_t kStatus = 0xb4, kClear = 0xb8, kEnable = 0xb0;
constexpr std::uint32_t kFrameStart = 1u << 12, kDone = 1u << 13;

struct IspTest : testing::Test {
  void SetUp() override { bench.start(); }
  Bench bench;
};

TEST_F(IspTest, StatusIsClearedByWritingOnes) {
  bench.run_to_frame_start();
  EXPECT_EQ(bench.isp(kStatus), kFrameStart);
  EXPECT_TRUE(bench.line_high(29));
  bench.isp(kClear, kFrameStart);
  EXPECT_EQ(bench.isp(kStatus), 0u);
  EXPECT_FALSE(bench.line_high(29));
}

TEST_F(IspTest, StatusBitThatIsNotEnabledInterruptsNobody) {
  bench.isp(kEnable, kDone);
  bench.run_to_frame_start();
  EXPECT_EQ(bench.isp(kStatus), kFrameStart);
  EXPECT_FALSE(bench.line_high(29));
  bench.isp(kEnable, kFrameStart);
  EXPECT_TRUE(bench.line_high(29));
}

TEST_F(IspTest, StatusCannotBeWritten) {
  bench.isp(kStatus, 0xffffffff);
  EXPECT_EQ(bench.isp(kStatus), 0u);
}

TEST_F(IspTest, SourceThatIsSwitchedOffNeverSetsItsBit) {
  bench.isp(0x0030, ~kFrameStart);
  bench.run_to_frame_start();
  EXPECT_EQ(bench.isp(kStatus), 0u);
  bench.run(35 * kMillisecond);
  EXPECT_NE(bench.isp(kStatus), 0u);
}

TEST_F(IspTest, WithoutGoThereAreNoIspEvents) {
  bench.isp(0x0800, 0);
  bench.run_frames(3);
  EXPECT_EQ(bench.isp(kStatus), 0u);
  EXPECT_EQ(bench.vic(0x1e0), 1u) << "the VIC runs on its own";
}

TEST_F(IspTest, WithoutLineBufferModeThereAreNoIspEvents) {
  bench.isp(0x0804, 0);
  bench.run_frames(3);
  EXPECT_EQ(bench.isp(kStatus), 0u);
}

TEST_F(IspTest, TwoExposureModeOverflowsOnASensorWithOne) {
  bench.isp(0x0804, 0x10);
  bench.run_frames(2);
  EXPECT_EQ(bench.isp(kStatus), 1u << 9);
  EXPECT_EQ(bench.pixels->frames, 0u);
}

TEST_F(IspTest, StopIsAcknowledgedAtOnceAndEndsFrames) {
  EXPECT_EQ(bench.isp(0x28), 0u);
  bench.isp(0x24, 1);
  EXPECT_EQ(bench.isp(0x28), 1u);
  bench.run_frames(2);
  EXPECT_EQ(bench.isp(kStatus), 0u);
}

TEST_F(IspTest, SoftResetClearsTheStopAndNeedsANewGo) {
  bench.isp(0x24, 1);
  bench.isp(0x20, 4);
  bench.isp(0x20, 0);
  EXPECT_EQ(bench.isp(0x24), 0u);
  EXPECT_EQ(bench.isp(0x28), 0u);
  bench.run_frames(2);
  EXPECT_EQ(bench.isp(kStatus), 0u);
  bench.isp(0x800, 1);
  bench.run_frames(1);
  EXPECT_EQ(bench.isp(kStatus) & kFrameStart, kFrameStart);
}

TEST_F(IspTest, StopWithinAFrameDropsItButKeepsItsBuffer) {
  bench.run_to_frame_start();
  bench.run(5 * kMillisecond);
  bench.isp(0x24, 1);
  bench.isp(0x20, 4);
  bench.isp(0x20, 0);
  bench.isp(0x800, 1);
  bench.run(30 * kMillisecond);
  EXPECT_EQ(bench.isp(kStatus) & (1u << 13 | 1u), 0u) << "neither ISP nor channel done";
  bench.run_frames(1);
  EXPECT_EQ(bench.isp(0x9974), Bench::buffer(0));
}

TEST_F(IspTest, PlainRegistersLatchAtFrameStart) {
  bench.isp(0x5004, 1);
  bench.run_to_frame_start();
  bench.isp(0x5004, 2);
  bench.run(35 * kMillisecond);
  EXPECT_EQ((*bench.pixels->registers)[0x5004], 1u);
  bench.run_frames(1);
  EXPECT_EQ((*bench.pixels->registers)[0x5004], 2u);
}

TEST_F(IspTest, BlocksWithATriggerBehindThemWaitForIt) {
  struct {
    std::uint32_t offset, trigger, value;
  } constexpr kBlocks[] = {
      {0x2838, 0x2898, 1}, {0x3020, 0x30ac, 1}, {0x49a4, 0x499c, 1}, {0x901c, 0x9044, 3}};
  for (const auto& block : kBlocks) {
    const auto acting = [&] {
      bench.run_frames(2);
      return (*bench.pixels->registers)[block.offset];
    };
    bench.isp(block.offset, 5);
    EXPECT_EQ(bench.isp(block.offset), 5u) << "reads return what was written";
    EXPECT_EQ(acting(), 0u) << std::hex << block.offset;
    bench.isp(block.trigger, 0);
    EXPECT_EQ(acting(), 0u) << std::hex << block.offset;
    bench.isp(block.trigger, block.value);
    EXPECT_EQ(acting(), 5u) << std::hex << block.offset;
    bench.isp(block.offset, 6);
    EXPECT_EQ(acting(), 5u) << "one trigger serves one frame start";
    bench.isp(block.trigger, block.value);
    EXPECT_EQ(acting(), 6u) << std::hex << block.offset;
  }
}

TEST_F(IspTest, LookUpRamActsAtOnce) {
  bench.run_to_frame_start();
  bench.isp(0x40010, 0x123);
  bench.run(35 * kMillisecond);
  EXPECT_EQ((*bench.pixels->registers)[0x40010], 0x123u);
}

TEST_F(IspTest, PixelRateAboveOnePerClockOverflows) {
  // 64 x 32 pixels in 20 us are 102.4 million a second; the clock is 99.4 MHz.
  bench.sensor->period = 20'000;
  bench.run_frames(1);
  bench.run(1);
  EXPECT_EQ(bench.isp(kStatus), 1u << 9);
  EXPECT_EQ(bench.pixels->frames, 0u);
  bench.cpm(0x80, 0x20000006);  // 198.9 MHz
  bench.isp(kClear, 0xffffffff);
  bench.run(40'000);
  EXPECT_EQ(bench.isp(kStatus) & (1u << 9), 0u);
  EXPECT_EQ(bench.isp(kStatus) & kFrameStart, kFrameStart);
}

TEST_F(IspTest, NothingMovesWithoutIspClock) {
  bench.cpm(0x80, 0x28000000);
  bench.run_frames(3);
  EXPECT_EQ(bench.isp(kStatus), 0u);
  EXPECT_EQ(bench.vic(0x1e0), 0u);
}

TEST_F(IspTest, GateClosedWithinAFrameLosesIt) {
  bench.run_to_frame_start();
  bench.cpm(0x20, bench.cpm(0x20) | 1u << 23);
  bench.run(35 * kMillisecond);
  EXPECT_EQ(bench.isp(kStatus) & (1u << 13 | 1u), 0u) << "neither ISP nor channel done";
}

}  // namespace
}  // namespace t31::model::test

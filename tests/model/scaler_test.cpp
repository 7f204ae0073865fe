// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "tests/model/bench.hpp"

namespace t31::model::test {
namespace {

constexpr std::uint32_t kEmpty = 1u << 0, kFull = 1u << 1;
constexpr std::uint32_t kChannelsDone = 7;

std::uint32_t entries(std::uint32_t status) {
  return status >> 2 & 7;
}

struct ScalerTest : testing::Test {
  void SetUp() override {
    bench.open_clocks();
    bench.release_sensor();
    bench.reset_isp();
    bench.init_isp();
    bench.init_csi();
    bench.start_vic();
  }
  // Runs to just behind the completions of the next frame.
  std::uint32_t one_frame() {
    bench.isp(0xb8, 0xffffffff);
    bench.run_to_frame_start();
    bench.run(35 * kMillisecond);
    return bench.isp(0xb4);
  }
  Bench bench;
};

TEST_F(ScalerTest, AddressFifoCountsUpToEightAndLosesTheNinth) {
  EXPECT_EQ(bench.isp(0x9970), kEmpty);
  for (unsigned n = 0; n < 7; ++n) bench.queue(n);
  EXPECT_EQ(bench.isp(0x9970), 7u << 2);
  bench.queue(7);
  EXPECT_EQ(bench.isp(0x9970) & (kFull | kEmpty), kFull);
  EXPECT_EQ(bench.isp(0x9988) & (kFull | kEmpty), kFull);
  bench.queue(8);
  bench.init_channel();
  bench.start_channels();
  bench.stream();
  for (unsigned n = 0; n < 8; ++n) {
    EXPECT_EQ(one_frame() & kChannelsDone, 1u);
    EXPECT_EQ(bench.isp(0x9974), Bench::buffer(n));
  }
  EXPECT_EQ(one_frame() & kChannelsDone, 0u) << "the ninth address was lost";
}

TEST_F(ScalerTest, CompletedFrameAppearsInTheDoneFifo) {
  bench.init_channel();
  bench.queue(0);
  bench.queue(1);
  bench.start_channels();
  bench.stream();
  EXPECT_EQ(bench.isp(0x997c) & 1, 1u);
  one_frame();
  EXPECT_EQ(bench.isp(0x997c) & 1, 0u);
  EXPECT_EQ(bench.isp(0x9974), Bench::buffer(0));
  EXPECT_EQ(bench.isp(0x998c), Bench::buffer(0) + kWidth * kHeight);
  EXPECT_EQ(bench.isp(0x9990), 1u);
  EXPECT_EQ(bench.isp(0x997c) & 1, 1u);
  EXPECT_EQ(bench.isp(0x9994) & 1, 1u);
  EXPECT_EQ(*bench.memory(Bench::buffer(0)), 0x59);
  EXPECT_EQ(*bench.memory(Bench::buffer(0) + kWidth * kHeight), 0xc5);
}

TEST_F(ScalerTest, DoneFifoKeepsCaptureOrder) {
  bench.init_channel();
  for (unsigned n = 0; n < 3; ++n) bench.queue(n);
  bench.start_channels();
  bench.stream();
  bench.run_to_frame_start();
  bench.run_frames(3);
  EXPECT_EQ(entries(bench.isp(0x997c)), 3u);
  for (unsigned n = 0; n < 3; ++n) EXPECT_EQ(bench.isp(0x9974), Bench::buffer(n));
}

TEST_F(ScalerTest, EmptyAddressFifoDropsTheFrameAndWritesNothing) {
  bench.init_channel();
  bench.start_channels();
  bench.stream();
  EXPECT_EQ(one_frame() & (kChannelsDone | 1u << 13), 1u << 13);
  EXPECT_EQ(bench.counter(T31_MODEL_FRAMES_DROPPED), 1u);
  EXPECT_EQ(bench.counter(T31_MODEL_FRAMES_OUTPUT), 0u);
}

TEST_F(ScalerTest, LumaAddressWithoutChromaAddressGivesNoFrame) {
  bench.init_channel();
  bench.isp(0x996c, Bench::buffer(0));
  bench.start_channels();
  bench.stream();
  EXPECT_EQ(one_frame() & kChannelsDone, 0u);
  bench.isp(0x9984, Bench::buffer(0) + kWidth * kHeight);
  EXPECT_EQ(one_frame() & kChannelsDone, 1u);
}

TEST(Scaler, RewritesTheLastAddressWhenToldTo) {
  Bench bench({.rewrite_last_address = true});
  bench.start(1);
  bench.run_to_frame_start();
  bench.run_frames(3);
  EXPECT_EQ(bench.counter(T31_MODEL_FRAMES_OUTPUT), 3u);
  EXPECT_EQ(bench.counter(T31_MODEL_FRAMES_DROPPED), 0u);
  for (unsigned n = 0; n < 3; ++n) EXPECT_EQ(bench.isp(0x9974), Bench::buffer(0));
}

TEST(Scaler, RewritingDropsUntilThereWasAnAddress) {
  Bench bench({.rewrite_last_address = true});
  bench.start(0);
  bench.run_frames(2);
  EXPECT_EQ(bench.counter(T31_MODEL_FRAMES_OUTPUT), 0u);
  EXPECT_EQ(bench.counter(T31_MODEL_FRAMES_DROPPED), 2u);
}

TEST_F(ScalerTest, SettingsActOnlyAfterTheirUpdateRequest) {
  bench.init_channel();
  for (unsigned n = 0; n < 4; ++n) bench.queue(n);
  bench.start_channels();
  bench.stream();
  one_frame();
  bench.init_channel(0, 32, 16);
  one_frame();
  EXPECT_EQ(channel_geometry(*bench.pixels->registers, 0).width, kWidth);
  EXPECT_EQ(bench.isp(0x9900), kWidth << 16 | kHeight) << "reads show what is active";
  bench.isp(0x9804, 0xf0001);
  one_frame();
  EXPECT_EQ(channel_geometry(*bench.pixels->registers, 0).width, 32u);
  EXPECT_EQ(bench.isp(0x9900), 32u << 16 | 16);
}

TEST_F(ScalerTest, UpdateRequestsClearThemselvesAtFrameStart) {
  bench.init_channel();
  bench.queue(0);
  bench.start_channels();
  bench.stream();
  EXPECT_EQ(bench.isp(0x9804), 0xf0001u);
  bench.run_to_frame_start();
  EXPECT_EQ(bench.isp(0x9804), 1u);
}

TEST_F(ScalerTest, EachChannelHasItsOwnUpdateRequest) {
  bench.init_channel(0);
  bench.init_channel(1, 32, 16);
  bench.queue(0, 0);
  bench.queue(1, 1);
  bench.isp(0x9818, 0x0e);
  bench.isp(0x9804, 0x10000 | 1u << 18 | 3);  // shared settings and channel 1
  bench.stream();
  EXPECT_EQ(one_frame() & 0x3f, 1u << 1 | 1u << 3) << "channel 0 has no geometry yet";
}

TEST_F(ScalerTest, ChannelStartedWithoutUpdateRequestHasNoGeometry) {
  bench.init_channel();
  bench.queue(0);
  bench.isp(0x9804, 1);
  bench.stream();
  EXPECT_EQ(one_frame() & 0x3f, 1u << 3);
  EXPECT_EQ(bench.counter(T31_MODEL_FRAMES_OUTPUT), 0u);
}

TEST_F(ScalerTest, WindowOutsideTheInputRaisesTheChannelsErrorBit) {
  bench.init_channel();
  bench.queue(0);
  bench.isp(0x9860, 16u << 16);
  bench.start_channels();
  bench.stream();
  EXPECT_EQ(one_frame() & 0x3f, 1u << 3);
}

TEST_F(ScalerTest, EnlargingWindowStallsAllOutputsUntilTheChipsReset) {
  bench.init_channel(0);
  bench.init_channel(1, 32, 16);
  bench.queue(0, 0);
  bench.queue(1, 1);
  bench.start_channels(3);
  bench.stream();
  EXPECT_EQ(one_frame() & kChannelsDone, 3u);
  bench.queue(2, 0);
  bench.queue(3, 1);
  bench.isp(0x9864, 48u << 16 | 24);  // smaller than channel 0, larger than channel 1
  bench.isp(0x9804, 0xf0003);
  EXPECT_EQ(one_frame(), 1u << 12);
  bench.isp(0x9864, kWidth << 16 | kHeight);
  bench.isp(0x9804, 0xf0003);
  EXPECT_EQ(one_frame(), 1u << 12) << "a right window does not help any more";
  bench.isp(0x24, 1);
  bench.isp(0x20, 4);
  bench.isp(0x20, 0);
  bench.isp(0x800, 1);
  EXPECT_EQ(one_frame(), 1u << 12) << "nor does the soft reset";
  EXPECT_EQ(bench.counter(T31_MODEL_STALLS), 3u);

  bench.reset_isp();
  bench.init_isp();
  bench.start_vic();
  bench.init_channel(0);
  bench.queue(2, 0);
  bench.start_channels(1);
  EXPECT_EQ(one_frame() & kChannelsDone, 1u);
}

TEST_F(ScalerTest, EnlargingChannelThatIsOffDisturbsNobody) {
  bench.init_channel(0);
  bench.init_channel(1, 2 * kWidth, kHeight);
  bench.queue(0);
  bench.start_channels(1);
  bench.stream();
  EXPECT_EQ(one_frame() & kChannelsDone, 1u);
}

TEST_F(ScalerTest, BusyWhileEnabledAndUntilTheFrameInFlightEnds) {
  bench.init_channel();
  bench.queue(0);
  bench.queue(1);
  EXPECT_EQ(bench.isp(0x9808), 0u);
  bench.start_channels();
  EXPECT_EQ(bench.isp(0x9808), 1u);
  bench.stream();
  bench.run_to_frame_start();
  bench.isp(0x9804, 0xf0000);
  EXPECT_EQ(bench.isp(0x9808), 1u);
  bench.run(35 * kMillisecond);
  EXPECT_EQ(bench.isp(0x9808), 0u);
  EXPECT_EQ(bench.isp(0xb4) & kChannelsDone, 1u) << "the frame in flight is completed";
  EXPECT_EQ(one_frame() & kChannelsDone, 0u);
}

TEST_F(ScalerTest, BusyEndsAtOnceWhenNoFramesRun) {
  bench.start_channels();
  bench.isp(0x9804, 0xf0000);
  EXPECT_EQ(bench.isp(0x9808), 0u);
}

TEST_F(ScalerTest, FlushOfAnIdleChannelEmptiesItsFifos) {
  bench.queue(0);
  for (std::uint32_t offset : {0x999c, 0x99a0, 0x99a4, 0x99a8}) bench.isp(offset, 1);
  EXPECT_EQ(bench.isp(0x9970), kEmpty);
  EXPECT_EQ(bench.isp(0x9988), kEmpty);
  bench.init_channel();
  bench.queue(1);
  bench.start_channels();
  bench.stream();
  one_frame();
  EXPECT_EQ(bench.isp(0x9974), Bench::buffer(1));
}

TEST_F(ScalerTest, FlushOfARunningChannelHangsThatChannel) {
  bench.init_channel(0);
  bench.init_channel(1, 32, 16);
  for (unsigned n = 0; n < 3; ++n) bench.queue(n, n % 2);
  bench.start_channels(3);
  bench.stream();
  EXPECT_EQ(one_frame() & kChannelsDone, 3u);
  bench.isp(0x999c, 1);
  bench.queue(4, 0);
  bench.queue(5, 1);
  EXPECT_EQ(one_frame() & kChannelsDone, 2u);
  bench.isp(0x9804, 0xf0000);
  one_frame();
  EXPECT_EQ(bench.isp(0x9808), 1u) << "a hung channel never becomes idle";
}

TEST_F(ScalerTest, BufferThatIsNotMemoryIsNotWrittenAtAll) {
  bench.init_channel();
  constexpr std::uint32_t kLuma = Bench::kMemoryBase + 0x8000;
  bench.isp(0x996c, kLuma);
  bench.isp(0x9984, Bench::kMemoryBase + Bench::kMemoryBytes - 1);  // chroma runs over the end
  bench.start_channels();
  bench.stream();
  one_frame();
  EXPECT_EQ(bench.counter(T31_MODEL_BUS_ERRORS), 1u);
  EXPECT_EQ(bench.counter(T31_MODEL_FRAMES_OUTPUT), 0u);
  EXPECT_EQ(*bench.memory(kLuma), 0) << "the luma plane alone would fit";
}

TEST_F(ScalerTest, FrameDropPatternLosesTheFramesWhoseBitIsClear) {
  bench.init_channel();
  bench.isp(0x9930, 3);
  bench.isp(0x9934, 0x5);  // frames 2 and 4 of every 4 are lost
  for (unsigned n = 0; n < 4; ++n) bench.queue(n);
  bench.start_channels();
  bench.stream();
  std::string pattern;
  for (unsigned n = 0; n < 8; ++n) pattern += one_frame() & 1 ? 'x' : '.';
  EXPECT_EQ(pattern, "x.x.x.x.");
  EXPECT_EQ(bench.counter(T31_MODEL_FRAMES_DROPPED), 0u);
}

TEST_F(ScalerTest, LineCounterFollowsTheFrame) {
  bench.stream();
  bench.run_to_frame_start();
  EXPECT_EQ(bench.isp(0x9888) >> 16, 0u);
  bench.run(16 * kMillisecond);  // half of the readout
  EXPECT_EQ(bench.isp(0x9888) >> 16, kHeight / 2);
  bench.run(20 * kMillisecond);
  EXPECT_EQ(bench.isp(0x9888) >> 16, kHeight);
}

}  // namespace
}  // namespace t31::model::test

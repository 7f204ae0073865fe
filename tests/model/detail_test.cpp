// SPDX-License-Identifier: GPL-2.0-or-later
// Registers of the detail blocks that wait for their latch, and the temporal denoise's memory.
#include <gtest/gtest.h>

#include <algorithm>

#include "model/core/pipeline_path.hpp"
#include "tests/model/bench.hpp"

namespace t31::model::test {
namespace {

struct Group {
  std::uint32_t first, last, latch, value;
};
class BlockLatch : public testing::TestWithParam<Group> {
 protected:
  void SetUp() override { bench_.start(); }
  // A register as the pixels of the next frame see it.
  std::uint32_t seen(std::uint32_t offset) {
    bench_.run_to_frame_start();
    bench_.run(35 * kMillisecond);
    return (*bench_.pixels->registers)[offset];
  }
  Bench bench_;
};

TEST_P(BlockLatch, LetsWhatIsWrittenActFromTheNextFrame) {
  const Group& g = GetParam();
  bench_.isp(g.first, 0x11), bench_.isp(g.last, 0x12);
  EXPECT_EQ(seen(g.first), 0u);
  EXPECT_EQ(bench_.isp(g.first), 0x11u) << "reads give what is written";
  bench_.isp(g.latch, g.value);
  EXPECT_EQ(seen(g.first), 0x11u);
  EXPECT_EQ(seen(g.last), 0x12u);
  bench_.isp(g.first, 0x21);
  EXPECT_EQ(seen(g.first), 0x11u) << "written behind the latch";
}

TEST_P(BlockLatch, IsForgottenAtReset) {
  const Group& g = GetParam();
  bench_.isp(g.first, 0x11);
  bench_.isp(g.latch, g.value);
  bench_.reset_isp();
  bench_.start();
  EXPECT_EQ(seen(g.first), 0u);
}

INSTANTIATE_TEST_SUITE_P(Groups, BlockLatch,
                         testing::Values(Group{0x7000, 0x708c, 0x7090, 1},
                                         Group{0x7808, 0x7814, 0x7818, 1},
                                         Group{0x7808, 0x7814, 0x7804, 0x111},
                                         Group{0x7870, 0x7aec, 0x7804, 0x111},
                                         Group{0x8800, 0x8b48, 0x8b4c, 1}));

// Luma rows of 64 bytes and 32 rows at `address`, chroma behind them, no block statistics.
void start_temporal_denoise(Bench& bench, std::uint32_t address) {
  bench.isp(0x7820, address);
  bench.isp(0x7824, kWidth);
  bench.isp(0x7828, address + kWidth * kHeight);
  bench.isp(0x782c, kWidth);
  bench.isp(0x783c, 1);
  bench.isp(0x7810, 0x11111111);
  bench.isp(0x7818, 1);
  bench.isp(0x7804, 0x111);
}

struct TemporalDenoiseTest : testing::Test {
  static constexpr std::uint32_t kStored = Bench::kMemoryBase + 0x80000;
  static constexpr std::uint32_t kBytes = kWidth * kHeight * 3 / 2;
  TemporalDenoiseTest() : bench({}, std::make_unique<PipelinePath>(Pipeline::Path::kReference, 1)) {
    bench.start();
    std::fill_n(bench.memory(kStored), kBytes + 64, std::uint8_t{0xee});
  }
  Bench bench;
};

TEST_F(TemporalDenoiseTest, KeepsItsPictureInTheMemoryThatTheRegistersName) {
  start_temporal_denoise(bench, kStored);
  bench.run_frames(3);
  const std::uint8_t* stored = bench.memory(kStored);
  EXPECT_EQ(std::count(stored, stored + kBytes, 0xee), 0);
  EXPECT_EQ(std::count(stored + kBytes, stored + kBytes + 64, 0xee), 64);
}

TEST_F(TemporalDenoiseTest, LeavesMemoryAloneUntilItsSettingsAreCommitted) {
  start_temporal_denoise(bench, kStored);
  bench.isp(0x7810, 0x00000101);
  bench.isp(0x7818, 1);
  bench.run_frames(2);
  EXPECT_EQ(std::count(bench.memory(kStored), bench.memory(kStored) + kBytes, 0xee), kBytes);
}

TEST_F(TemporalDenoiseTest, ABufferThatIsNotMemoryIsCountedEachFrame) {
  start_temporal_denoise(bench, 0x1000);
  bench.run_frames(1);  // perhaps begun before
  const std::uint64_t before = bench.counter(T31_MODEL_BUS_ERRORS);
  bench.run_frames(3);
  EXPECT_EQ(bench.counter(T31_MODEL_BUS_ERRORS), before + 3);
}

}  // namespace
}  // namespace t31::model::test

// SPDX-License-Identifier: GPL-2.0-or-later
// Whatever is written in whatever order: the model neither crashes nor hangs nor leaves its memory.
#include <gtest/gtest.h>

#include <random>

#include "model/core/pipeline_path.hpp"
#include "tests/model/bench.hpp"

namespace t31::model::test {
namespace {

struct Range {
  std::uint32_t first, bytes;
};
constexpr Range kRanges[] = {
    {0x10000000, 0x100}, {0x10010000, 0x150}, {0x10017000, 0x100}, {0x10022000, 0x300},
    {0x10023000, 0x40},  {0x13300000, 0xc0},  {0x13300800, 0x10},  {0x13301000, 0x80},
    {0x13301800, 0x20},  {0x13303800, 0x8},   {0x13304800, 0x200}, {0x13305000, 0x28},
    {0x13306000, 0x40},  {0x13308000, 0x80},  {0x13309800, 0x400}, {0x13309800, 0x70},
    {0x13309900, 0xd0},  {0x1330a000, 0x60},  {0x1330b000, 0x60},  {0x13328000, 0x2900},
    {0x13340000, 0x200}, {0x133e0000, 0x400}, {0x133e0100, 0x20},  {0x133e0300, 0x60},
};

class Vandal {
 public:
  explicit Vandal(unsigned seed) : random_(seed) {}

  void write(Bench& bench) {
    const Range range = kRanges[below(std::size(kRanges))];
    const std::uint32_t address = range.first + below(range.bytes / 4) * 4;
    bench.chip.write(address, value(bench.chip.read(address)));
  }
  std::uint32_t below(std::size_t limit) {
    return std::uniform_int_distribution<std::uint32_t>(
        0, static_cast<std::uint32_t>(limit - 1))(random_);
  }

 private:
  // Near what is there, an edge, or anything.
  std::uint32_t value(std::uint32_t present) {
    switch (below(6)) {
      case 0:
        return present ^ 1u << below(32);
      case 1:
        return 0;
      case 2:
        return 0xffffffff;
      case 3:
        return below(64) << 16 | below(64);
      case 4:
        return Bench::kMemoryBase + below(Bench::kMemoryBytes);
      default:
        return static_cast<std::uint32_t>(random_());
    }
  }
  std::mt19937 random_;
};

class Vandalised : public testing::TestWithParam<unsigned> {};

TEST_P(Vandalised, ChipSurvivesAndWorksAgainAfterItsReset) {
  Vandal vandal(GetParam());
  Bench bench({.rewrite_last_address = GetParam() % 2 == 1},
              std::make_unique<PipelinePath>(Pipeline::Path::kFast, 1));
  bench.start();
  for (unsigned round = 0; round < 60; ++round) {
    for (unsigned n = 0; n < 5; ++n) vandal.write(bench);
    bench.queue(vandal.below(4), vandal.below(3));
    bench.run(vandal.below(2 * kPeriod));
    if (vandal.below(8) == 0) bench.start();
  }
  bench.cpm(0xc4, 0);
  bench.phy(0x2cc, 0);
  bench.start();
  bench.vic(0x1f0, 0xffffffff);
  bench.run_to_frame_start();
  const std::uint64_t before = bench.counter(T31_MODEL_FRAMES_OUTPUT);
  bench.run_frames(2);
  EXPECT_EQ(bench.counter(T31_MODEL_FRAMES_OUTPUT) - before, 2u);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Vandalised, testing::Range(1u, 41u));

}  // namespace
}  // namespace t31::model::test

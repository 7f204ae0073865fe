// SPDX-License-Identifier: GPL-2.0-or-later
// Fusion of two exposures in the model: raw registers, pixels against first principles, the fast
// version against the scalar one.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <random>

#include "model/pixel/fast_fusion.hpp"
#include "model/pixel/pipeline.hpp"

namespace t31::model {
namespace {

constexpr std::uint32_t kWidth = 64, kHeight = 48;
constexpr std::uint32_t kMemory = 0x1000000;
constexpr std::array<ChannelImage, kChannels> kNoImages{};

// Memory at kMemory and nowhere else.
class Dram final : public PixelMemory {
 public:
  std::span<std::uint8_t> memory(std::uint32_t address, std::uint64_t bytes) override {
    if (address < kMemory || address - kMemory + bytes > store.size()) return {};
    return std::span(store).subspan(address - kMemory, bytes);
  }
  std::vector<std::uint8_t> store = std::vector<std::uint8_t>(1 << 20);
};

struct FusionTest : testing::Test {
  FusionTest() {
    set(0x0004, kWidth << 16 | kHeight);
    set(0x0008, 0);
    // Everything bypassed but fusion, GB and the conversion to luma.
    set(0x000c, 0x7ffff & ~(1u << 3) & ~(1u << 0) & ~(1u << 2));
    for (std::uint32_t offset :
         {0x1000u, 0x1004u, 0x100cu, 0x1010u, 0x1804u, 0x1808u, 0x180cu, 0x1810u}) {
      set(offset, 0x04000400);
    }
    set(0x2004, kMemory);
    set(0x2008, 2 * kWidth);
    set(0x200c, kHeight);
    set(0x2600, 0x0fff0001);
    set(0x2604, 0x1ffe1ffe);
    set(0x2608, 0x08010801);
    set_ratio(16);
    for (std::uint32_t i = 0; i < 2; ++i) set(0x2498 + 4 * i, 0x40004000);
    for (std::uint32_t i = 0; i < 33; ++i)
      set_pair(0x24a4, i, i <= 10 ? 0 : i == 32 ? 256 : (i - 10) * 12);
    for (std::uint32_t i = 0; i < 33; ++i) set_pair(0x244c, i, i == 32 ? 4095 : 128 * i);
    for (std::uint32_t k = 0; k < 27; ++k) {
      set_pair(0x223c, k, k == 0 ? 0 : 100 * k);
      set_pair(0x22a8, k, 200);
      set(0x22e0 + 4 * k, (3 << 14) / 200);
    }
    for (std::uint32_t k = 0; k < 26; ++k) set_pair(0x2274, k, 7);
  }

  void set(std::uint32_t offset, std::uint32_t value) { registers.word(offset) = value; }
  void set_pair(std::uint32_t first, std::uint32_t index, std::uint32_t value) {
    std::uint32_t& word = registers.word(first + index / 2 * 4);
    const std::uint32_t shift = index % 2 * 16;
    word = (word & ~(0xffffu << shift)) | value << shift;
  }
  // Short codes times `ratio` are long codes.
  void set_ratio(std::uint32_t ratio) {
    for (std::uint32_t map : {0x2050u, 0x20f4u, 0x2198u}) {
      for (std::uint32_t i = 0; i < 81; ++i) {
        const std::uint32_t code = i < 16   ? 16 * i
                                   : i < 24 ? 256 + 32 * (i - 16)
                                            : 512 + 64 * (i - 24);
        set_pair(map, i, std::min(4095u, code * ratio));
      }
    }
  }
  // A frame of 12 bits; the light at a pixel, 1 saturating the long exposure.
  template <typename Light>
  BayerFrame expose(double ratio, Light light) const {
    BayerFrame frame;
    frame.width = kWidth;
    frame.height = kHeight;
    frame.bits = 12;
    for (std::uint32_t y = 0; y < kHeight; ++y) {
      for (std::uint32_t x = 0; x < kWidth; ++x) {
        const auto code = [](double value) {
          return static_cast<std::uint16_t>(std::min(4095.0, value * 4095));
        };
        frame.codes.push_back(code(light(x, y, 0)));
        frame.short_codes.push_back(code(light(x, y, 1) / ratio));
      }
    }
    return frame;
  }
  pixel::Plane<std::uint16_t> fused(const BayerFrame& frame) {
    const auto filter = pixel::decode_filter_array(registers);
    const auto fusion = pixel::decode_fusion(registers, filter);
    auto planes = pixel::prepare_exposures(fusion, frame);
    pixel::delay_long_exposure(pixel::decode_delay_buffer(registers),
                               static_cast<std::int32_t>(frame.short_delay), &dram, planes.longer);
    return pixel::fuse_frame(fusion, planes);
  }

  IspRegisters registers;
  Dram dram;
};

TEST_F(FusionTest, BrighterLightGivesABrighterPixelOverTheRangeOfBothExposures) {
  std::int32_t before = -1;
  for (double stop = -10; stop <= 4; stop += 1) {
    const double level = std::exp2(stop);
    const auto out = fused(expose(16, [&](auto, auto, auto) { return level; }));
    EXPECT_GT(out.at(20, 20), before) << stop;
    before = out.at(20, 20);
  }
  EXPECT_GT(before, 4080);
}

TEST_F(FusionTest, AGreyStaysGreyWhenEachColourHasAMapOfItsOwn) {
  // Matched histograms of a scene of few levels: stairs that end elsewhere in each colour.
  const std::uint32_t ends[] = {192, 1024, 300};
  for (unsigned c = 0; c < 3; ++c) {
    for (std::uint32_t i = 0; i < 81; ++i) {
      const std::uint32_t code = i < 16   ? 16 * i
                                 : i < 24 ? 256 + 32 * (i - 16)
                                          : 512 + 64 * (i - 24);
      const std::uint32_t stair = code <= 128 ? 16 * code : code <= ends[c] ? 2100 : 4000;
      set_pair(0x2050 + 0xa4 * c, i, stair);
    }
  }
  for (const double level : {0.01, 0.05, 0.1, 0.2}) {
    const auto out = fused(expose(16, [&](auto, auto, auto) { return level; }));
    EXPECT_EQ(out.at(20, 20), out.at(21, 20)) << level;  // red, green
    EXPECT_EQ(out.at(21, 21), out.at(21, 20)) << level;  // blue, green
    EXPECT_GT(out.at(20, 20), 0);
  }
}

TEST_F(FusionTest, DarkPixelsComeFromTheLongExposure) {
  // Below 1280 of the curve the short exposure has no part: its noise doesn't show.
  auto frame = expose(16, [](auto, auto, auto) { return 0.1; });
  const auto quiet = fused(frame);
  for (auto& code : frame.short_codes) code = 30;  // instead of 25
  EXPECT_EQ(fused(frame).samples, quiet.samples);
}

TEST_F(FusionTest, SaturatedPixelsComeFromTheShortExposure) {
  const auto dim = fused(expose(16, [](auto, auto, auto) { return 2.0; }));
  const auto bright = fused(expose(16, [](auto, auto, auto) { return 8.0; }));
  EXPECT_GT(bright.at(10, 10), dim.at(10, 10) + 500);
}

TEST_F(FusionTest, AMovedEdgeShowsTheShortExposureAloneWhenGhostsAreSuppressed) {
  // A bright bar at column 16 in the long exposure, at column 40 in the short one.
  const auto moving = [](std::uint32_t x, auto, int exposure) {
    const std::uint32_t bar = exposure == 0 ? 16 : 40;
    return x >= bar && x < bar + 8 ? 0.9 : 0.05;
  };
  const auto still = [&](std::uint32_t x, auto y, int) { return moving(x, y, 1); };
  set(0x2040, 0);
  const auto expected = fused(expose(16, still));
  const auto ghosts = fused(expose(16, moving));
  set(0x2040, 32u << 24);
  const auto clean = fused(expose(16, moving));
  double worst_ghost = 0, worst_clean = 0;
  for (std::int32_t x = 0; x < static_cast<std::int32_t>(kWidth); ++x) {
    worst_ghost = std::max(worst_ghost, std::abs(double(ghosts.at(x, 10)) - expected.at(x, 10)));
    worst_clean = std::max(worst_clean, std::abs(double(clean.at(x, 10)) - expected.at(x, 10)));
  }
  EXPECT_GT(worst_ghost, 600);
  EXPECT_LT(worst_clean, 40);  // quantisation of the short exposure, 16 codes of the long one
}

TEST_F(FusionTest, OutputModesShowOneExposure) {
  const auto frame = expose(16, [](std::uint32_t x, auto, auto) { return x / 64.0; });
  for (std::uint32_t i = 0; i < 33; ++i) set_pair(0x24a4, i, 256);
  set(0x2600, 0x0fff0031);
  const auto longer = fused(frame);
  set(0x2600, 0x0fff0021);
  const auto shorter = fused(frame);
  for (std::int32_t x = 0; x < 64; ++x) {
    const auto i = static_cast<std::size_t>(x);
    EXPECT_NEAR(longer.at(x, 0), frame.codes[i], 1);
    EXPECT_NEAR(shorter.at(x, 0), frame.short_codes[i], 1);
  }
}

TEST_F(FusionTest, ADelayBufferWithTooFewLinesMixesLinesUp) {
  auto frame = expose(16, [](auto, std::uint32_t y, auto) { return y < 24 ? 0.05 : 0.3; });
  frame.short_delay = 20;
  set(0x200c, 21);
  const auto right = fused(frame);
  set(0x200c, 10);
  const auto wrong = fused(frame);
  EXPECT_EQ(right.at(5, 10), fused(expose(16, [](auto, auto, auto) { return 0.05; })).at(5, 10));
  EXPECT_GT(wrong.at(5, 10), 2 * right.at(5, 10));  // line 30's light
}

TEST_F(FusionTest, ADelayBufferOutsideOfMemoryLeavesNoLongExposure) {
  set(0x2004, kMemory + static_cast<std::uint32_t>(dram.store.size()) - 100);
  const auto out = fused(expose(16, [](auto, auto, auto) { return 0.2; }));
  EXPECT_EQ(out.at(3, 3), 0);
  for (const std::uint8_t byte : dram.store) ASSERT_EQ(byte, 0);
}

TEST_F(FusionTest, StatisticsCountEveryCellOfBothExposures) {
  auto frame = expose(16, [](std::uint32_t x, auto, auto) { return x < 32 ? 0.25 : 0.5; });
  Statistics statistics;
  Pipeline(Pipeline::Path::kReference, 1).process(registers, frame, kNoImages, &statistics, &dram);
  const auto word = [&](std::uint32_t byte) {
    const std::uint32_t at = byte / 516 * 1024 + byte % 516;
    return std::uint32_t{statistics.wdr[at]} | std::uint32_t{statistics.wdr[at + 1]} << 8 |
           std::uint32_t{statistics.wdr[at + 2]} << 16 |
           std::uint32_t{statistics.wdr[at + 3]} << 24;
  };
  constexpr std::uint32_t kHalf = kWidth * kHeight / 4 / 2;
  const auto red = [&](std::uint32_t bin) { return word(16 * bin) & 0x1fffff; };
  const auto short_blue = [&](std::uint32_t bin) { return word(16 * bin + 12) >> 10 & 0x1fffff; };
  const auto green = [&](std::uint32_t bin) {
    return (word(16 * bin) >> 21 | word(16 * bin + 4) << 11) & 0x1fffff;
  };
  EXPECT_EQ(green(1023 >> 4), kHalf);
  EXPECT_EQ(green(2047 >> 4), kHalf);
  EXPECT_EQ(red(1023 >> 4), kHalf);
  EXPECT_EQ(red(2047 >> 4), kHalf);
  EXPECT_EQ(short_blue((1023 / 16) >> 4), kHalf);
  EXPECT_EQ(short_blue((2047 / 16) >> 4), kHalf);
}

// Registers with random content, small and large.
TEST_F(FusionTest, FastAndScalarAgreeOnEveryPixelForAnyRegisters) {
  std::mt19937 random(3);
  for (int round = 0; round < 60; ++round) {
    if (round > 0) {
      for (std::uint32_t offset = 0x2030; offset < 0x2680; offset += 4) {
        if (random() % 4 == 0) set(offset, static_cast<std::uint32_t>(random()));
      }
      set(0x1008, random() % 16);
      set(0x0008, random() % 4);
      set(0x000c, random() & 0x7fff7);
    }
    BayerFrame frame = expose(16, [&](auto, auto, auto) { return (random() % 1000) / 400.0; });
    frame.bits = round % 2 == 0 ? 12 : 10;
    frame.short_delay = random() % 60;
    const auto filter = pixel::decode_filter_array(registers);
    const auto fusion = pixel::decode_fusion(registers, filter);
    const auto planes = pixel::prepare_exposures(fusion, frame);
    pixel::FastFusion fast(2);
    fast.begin(fusion);
    const auto fast_planes = fast.prepare(frame);
    ASSERT_EQ(fast_planes.longer.samples, planes.longer.samples) << round;
    ASSERT_EQ(fast_planes.shorter.samples, planes.shorter.samples) << round;
    ASSERT_EQ(fast_planes.metered[1].samples, planes.metered[1].samples) << round;
    ASSERT_EQ(fast.fuse(planes).samples, pixel::fuse_frame(fusion, planes).samples) << round;
    for (const std::uint16_t sample : fast.fuse(planes).samples) ASSERT_LE(sample, 4095);
  }
}

TEST_F(FusionTest, BothPathsGiveTheSamePicturesAndStatistics) {
  const auto frame = expose(
      16, [](std::uint32_t x, std::uint32_t y, auto) { return (x * 7 + y * 13) % 100 / 20.0; });
  std::array<std::vector<std::uint8_t>, 2> wdr, zones;
  set(0xa84c, 0x33);
  set(0xa804, 1u << 28 | 1u << 16 | 1u << 12 | 1);
  set(0xa808, 20);
  set(0xa818, 20);
  set(0xa828, 0x9920);
  for (unsigned i = 0; i < 2; ++i) {
    Statistics statistics;
    Pipeline pipeline(i == 0 ? Pipeline::Path::kReference : Pipeline::Path::kFast, 2);
    pipeline.process(registers, frame, kNoImages, &statistics, &dram);
    wdr[i].assign(statistics.wdr.begin(), statistics.wdr.end());
    zones[i].assign(statistics.short_zones.begin(), statistics.short_zones.end());
  }
  EXPECT_EQ(wdr[0], wdr[1]);
  EXPECT_EQ(zones[0], zones[1]);
  EXPECT_GT(std::count(zones[0].begin(), zones[0].end(), 0), 4000);
  EXPECT_LT(std::count(zones[0].begin(), zones[0].end(), 0), 4096);
}

}  // namespace
}  // namespace t31::model

// SPDX-License-Identifier: GPL-2.0-or-later
// AE and AWB statistics: constructed frames, records read back by a bit reader of the test's own.
#include <gtest/gtest.h>

#include "setup.hpp"

namespace t31::model {
namespace {

constexpr std::uint32_t kWidth = 128, kHeight = 96;  // 64 x 48 cells
constexpr std::uint32_t kAe = 0xa000, kAwb = 0xb000;

// Bits [first, first + count) of a little-endian record.
std::uint32_t bits(const std::uint8_t* record, unsigned first, unsigned count) {
  std::uint32_t value = 0;
  for (unsigned i = count; i-- > 0;) {
    value = value << 1 | ((record[(first + i) / 8] >> ((first + i) % 8)) & 1u);
  }
  return value;
}

struct AeRecord {
  std::uint32_t dark, middle, bright, dark_count, bright_count, infrared;
  AeRecord(const Statistics& s, unsigned zone) {
    const std::uint8_t* r = s.ae_zones.data() + 16 * zone;
    dark = bits(r, 0, 21), middle = bits(r, 21, 21), bright = bits(r, 42, 21);
    dark_count = bits(r, 63, 13), bright_count = bits(r, 76, 13), infrared = bits(r, 89, 21);
  }
};

struct AwbRecord {
  std::uint32_t red, green, blue, infrared, count;
  AwbRecord(const Statistics& s, unsigned zone) {
    const std::uint8_t* r = s.awb_zones.data() + 16 * zone;
    red = bits(r, 0, 21), green = bits(r, 21, 21), blue = bits(r, 42, 21);
    infrared = bits(r, 63, 21), count = bits(r, 84, 13);
  }
};

std::uint32_t histogram(const Statistics& s, unsigned bin) {
  return bits(s.ae_histogram.data() + 4 * bin, 0, 32);
}

// 4 x 3 zones of 16 x 16 cells; dark below 30, bright from 153; every cell is a white candidate.
IspRegisters statistics_registers(std::uint32_t order = 0) {
  IspRegisters r = neutral_registers(kWidth, kHeight, order);
  set_grid(r, kAe, 4, 3, 0, 0, 16, 16);
  set_grid(r, kAwb, 4, 3, 0, 0, 16, 16);
  r.word(0xa028) = 153u << 8 | 30;
  r.word(0xa04c) = 0x33;
  r.word(0xb028) = r.word(0xb02c) = 0x0fff0001;  // the grey-world settings
  r.word(0xb030) = 0x00000100;
  r.word(0xb034) = 0xffff0100;
  r.word(0xb038) = 255u << 8;
  r.word(0xb04c) = 3;
  return r;
}

class BothPaths : public testing::TestWithParam<Pipeline::Path> {
 protected:
  Statistics measure(const IspRegisters& r, const BayerFrame& frame) const {
    return run(r, frame, GetParam(), 2).statistics;
  }
};
INSTANTIATE_TEST_SUITE_P(Statistics, BothPaths,
                         testing::Values(Pipeline::Path::kReference, Pipeline::Path::kFast),
                         [](const auto& path) {
                           return path.param == Pipeline::Path::kFast ? "fast" : "reference";
                         });

TEST_P(BothPaths, AeSortsCellsIntoDarkMiddleAndBright) {
  // Zone (0, 0) dark 20, (0, 1) middle 100, (0, 2) bright 200, (0, 3) exactly at the bright
  // threshold, second row of zones exactly at the dark threshold, third row just below.
  const Statistics s = measure(
      statistics_registers(), make_frame(kWidth, kHeight, 12, [](std::uint32_t x, std::uint32_t y) {
        constexpr std::uint32_t kTop[] = {20, 100, 200, 153};
        return 16 * (y < 32 ? kTop[x / 32] : y < 64 ? 30 : 29);
      }));
  constexpr std::uint32_t kCells = 256;
  const AeRecord dark(s, 0), middle(s, 1), bright(s, 2), edge(s, 3), second(s, 4), third(s, 11);
  EXPECT_EQ(dark.dark, 20 * kCells);
  EXPECT_EQ(dark.dark_count, kCells);
  EXPECT_EQ(dark.middle + dark.bright + dark.bright_count, 0u);
  EXPECT_EQ(middle.middle, 100 * kCells);
  EXPECT_EQ(middle.dark_count + middle.bright_count, 0u);
  EXPECT_EQ(bright.bright, 200 * kCells);
  EXPECT_EQ(bright.bright_count, kCells);
  EXPECT_EQ(edge.bright_count, kCells);
  EXPECT_EQ(second.middle, 30 * kCells);
  EXPECT_EQ(third.dark, 29 * kCells);
  EXPECT_EQ(third.infrared, 0u);
  EXPECT_EQ(AeRecord(s, 12).dark_count, 0u) << "no zone beyond the grid";
}

TEST_P(BothPaths, AeLumaIsTheMeanOfTheCellBehindBlackLevelAndDigitalGain) {
  IspRegisters r = statistics_registers();
  enable(r, kBypassGib | kBypassAwb | kBypassLsc);
  r.word(0x1060) = 256;
  r.word(0x1064) = 256u << 16 | 256;
  r.word(0x1068) = 256;
  r.word(0x1030) = r.word(0x1034) = 2048u << 16 | 2048;
  // What comes later must not matter.
  r.word(0x1804) = r.word(0x1808) = 4000;
  r.word(0x3800) = 16u << 16 | 16;
  const Statistics s =
      measure(r, flat_colour(kWidth, kHeight, 12, 0, 256 + 320, 256 + 640, 256 + 960));
  // Doubled: 640, 1280, 1280, 1920; mean 1280 = 80 on the scale of 255.
  EXPECT_EQ(AeRecord(s, 5).middle, 80u * 256);
  EXPECT_EQ(AwbRecord(s, 5).red, 640u / 16 * 256);
  EXPECT_EQ(AwbRecord(s, 5).green, 1280u / 16 * 256);
  EXPECT_EQ(AwbRecord(s, 5).blue, 1920u / 16 * 256);
}

TEST_P(BothPaths, ZonesStartWhereTheGridSaysAndMayDifferInSize) {
  IspRegisters r = statistics_registers();
  set_grid(r, kAe, 3, 2, 5, 7, 0, 0);
  r.word(0xa008) = 30u << 16 | 20 << 8 | 3;  // widths 3, 20, 30
  r.word(0xa018) = 40 << 8 | 1;              // heights 1, 40: one row of the second lies outside
  const Statistics s = measure(r, make_frame(kWidth, kHeight, 12, [](auto, auto) { return 1600; }));
  EXPECT_EQ(AeRecord(s, 0).middle, 100u * 3 * 1);
  EXPECT_EQ(AeRecord(s, 1).middle, 100u * 20 * 1);
  EXPECT_EQ(AeRecord(s, 2).middle, 100u * 30 * 1);
  EXPECT_EQ(AeRecord(s, 3).middle, 100u * 3 * 40);
  EXPECT_EQ(AeRecord(s, 5).middle, 100u * 30 * 40);

  r.word(0xa004) = 3u << 28 | 20 << 16 | 2 << 12 | 20;
  const Statistics cut =
      measure(r, make_frame(kWidth, kHeight, 12, [](auto, auto) { return 1600; }));
  EXPECT_EQ(AeRecord(cut, 2).middle, 100u * (64 - 43)) << "cells beyond the image do not exist";
  EXPECT_EQ(AeRecord(cut, 5).middle, 100u * (64 - 43) * (48 - 21));
}

TEST_P(BothPaths, HistogramCountsTheCellsOfTheGrid) {
  IspRegisters r = statistics_registers();
  set_grid(r, kAe, 2, 2, 1, 1, 10, 10);
  const Statistics s = measure(
      r, make_frame(kWidth, kHeight, 12,
                    [](std::uint32_t x, std::uint32_t) { return x < 22 ? 16u * 7 : 4095u; }));
  EXPECT_EQ(histogram(s, 7), 10u * 20);
  EXPECT_EQ(histogram(s, 255), 10u * 20);
  std::uint32_t all = 0;
  for (unsigned bin = 0; bin < 512; ++bin) all += histogram(s, bin);
  EXPECT_EQ(all, 20u * 20);
}

TEST_P(BothPaths, LargeZonesSaturateInsteadOfWrapping) {
  IspRegisters r = neutral_registers(512, 512);
  set_grid(r, kAe, 1, 1, 0, 0, 255, 255);
  r.word(0xa028) = 153u << 8 | 30;
  r.word(0xa04c) = 0x33;
  const Statistics s = measure(r, make_frame(512, 512, 12, [](auto, auto) { return 4095; }));
  EXPECT_EQ(AeRecord(s, 0).bright, 0x1fffffu);
  EXPECT_EQ(AeRecord(s, 0).bright_count, 0x1fffu);
}

TEST_P(BothPaths, AwbSumsColoursInEveryBayerOrder) {
  for (std::uint32_t order = 0; order < 4; ++order) {
    const Statistics s = measure(statistics_registers(order),
                                 flat_colour(kWidth, kHeight, 10, order, 200, 400, 300));
    const AwbRecord zone(s, 6);
    EXPECT_EQ(zone.red, 50u * 256) << "order " << order;
    EXPECT_EQ(zone.green, 100u * 256) << "order " << order;
    EXPECT_EQ(zone.blue, 75u * 256) << "order " << order;
    EXPECT_EQ(zone.count, 256u) << "order " << order;
  }
}

TEST_P(BothPaths, AwbTakesOnlyCellsWithinAllBounds) {
  // R/G = 0.5 (128 in Q8), B/G = 0.75 (192), luma (50 + 200 + 75) / 4 = 81.
  const BayerFrame frame = flat_colour(kWidth, kHeight, 10, 0, 200, 400, 300);
  const auto candidates = [&](std::uint32_t offset, std::uint32_t value) {
    IspRegisters r = statistics_registers();
    r.word(offset) = value;
    return AwbRecord(measure(r, frame), 0).count;
  };
  EXPECT_EQ(candidates(0xb028, 128u << 16 | 128), 256u);
  EXPECT_EQ(candidates(0xb028, 127u << 16 | 1), 0u) << "R/G too large";
  EXPECT_EQ(candidates(0xb028, 999u << 16 | 129), 0u) << "R/G too small";
  EXPECT_EQ(candidates(0xb02c, 192u << 16 | 192), 256u);
  EXPECT_EQ(candidates(0xb02c, 191u << 16 | 1), 0u) << "B/G too large";
  EXPECT_EQ(candidates(0xb02c, 999u << 16 | 193), 0u) << "B/G too small";
  EXPECT_EQ(candidates(0xb038, 81u << 8 | 81), 256u);
  EXPECT_EQ(candidates(0xb038, 80u << 8), 0u) << "too bright";
  EXPECT_EQ(candidates(0xb038, 255u << 8 | 82), 0u) << "too dark";
  // Weights 1.0 for both: 128 + 192 = 320.
  EXPECT_EQ(candidates(0xb030, 320u << 16 | 256), 256u);
  EXPECT_EQ(candidates(0xb030, 321u << 16 | 256), 0u) << "weighted sum too small";
  EXPECT_EQ(candidates(0xb034, 320u << 16 | 256), 256u);
  EXPECT_EQ(candidates(0xb034, 319u << 16 | 256), 0u) << "weighted sum too large";
}

TEST_P(BothPaths, CellsWithoutGreenAreNoCandidates) {
  const Statistics s =
      measure(statistics_registers(), flat_colour(kWidth, kHeight, 10, 0, 200, 0, 300));
  EXPECT_EQ(AwbRecord(s, 0).count, 0u);
}

TEST_P(BothPaths, EnginesThatAreOffLeaveNothing) {
  IspRegisters r = statistics_registers();
  r.word(0xa04c) = 0x30;  // histogram only
  r.word(0xb04c) = 0;
  const Statistics s = measure(r, flat_colour(kWidth, kHeight, 10, 0, 200, 400, 300));
  for (const std::uint8_t byte : s.ae_zones) ASSERT_EQ(byte, 0);
  for (const std::uint8_t byte : s.awb_zones) ASSERT_EQ(byte, 0);
  EXPECT_EQ(histogram(s, 81), 64u * 48);
}

TEST_P(BothPaths, InfraredHasItsOwnSumAndHistogram) {
  IspRegisters r = statistics_registers(8);  // red, green / infrared, blue
  const Statistics s =
      measure(r, make_frame(kWidth, kHeight, 12, [](std::uint32_t x, std::uint32_t y) {
                constexpr std::uint32_t kCell[] = {800, 1600, 480, 1120};
                return kCell[2 * (y % 2) + x % 2];
              }));
  EXPECT_EQ(AeRecord(s, 0).infrared, 30u * 256);
  EXPECT_EQ(AeRecord(s, 0).middle, 1000u / 16 * 256) << "luma is the mean of all four";
  EXPECT_EQ(AwbRecord(s, 0).infrared, 30u * 256);
  EXPECT_EQ(AwbRecord(s, 0).green, 100u * 256) << "of the one green";
  EXPECT_EQ(histogram(s, 256 + 30), 64u * 48);
}

}  // namespace
}  // namespace t31::model

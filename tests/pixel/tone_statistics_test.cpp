// SPDX-License-Identifier: GPL-2.0-or-later
// What tone mapping and defog measure, decoded from their buffers as documented.
#include <gtest/gtest.h>

#include "setup.hpp"
#include "tone_setup.hpp"

namespace t31::model {
namespace {

constexpr std::uint32_t kWidth = 480, kHeight = 270;

std::uint32_t word(const std::array<std::uint8_t, 4096>& bytes, std::size_t at) {
  return bytes[at] | bytes[at + 1] << 8 | bytes[at + 2] << 16 |
         static_cast<std::uint32_t>(bytes[at + 3]) << 24;
}

struct ToneZone {
  std::uint32_t h[5], sum;
};
ToneZone tone_zone(const Statistics& s, unsigned row, unsigned column) {
  const std::size_t at = 8 + 16 * (row * 8 + column);
  const std::uint32_t a = word(s.adr, at), b = word(s.adr, at + 4);
  return {{a & 0xffff, a >> 16, b & 0xffff, b >> 16, word(s.adr, at + 12) & 0xffff},
          word(s.adr, at + 8) & 0xfffffff};
}
std::uint32_t tone_bin(const Statistics& s, unsigned bin) {
  const std::size_t at = 776 + 8 * (bin / 3);
  const std::uint64_t both = word(s.adr, at) | std::uint64_t{word(s.adr, at + 4)} << 32;
  return static_cast<std::uint32_t>(both >> (21 * (bin % 3)) & 0x1fffff);
}

struct DefogBlock {
  std::uint32_t red, green, blue, dark, middle, bright;
};
DefogBlock defog_block(const Statistics& s, unsigned row, unsigned column) {
  const std::size_t at = 8 + 16 * (row * 18 + column);
  const std::uint32_t w0 = word(s.defog, at), w1 = word(s.defog, at + 4);
  const std::uint32_t w2 = word(s.defog, at + 8), w3 = word(s.defog, at + 12);
  return {(w3 >> 16 & 0xfff) << 12 | (w1 >> 16 & 0xfff),
          (w1 & 0xffff) << 8 | w0 >> 24,
          w0 & 0xffffff,
          w2 & 0xffff,
          w2 >> 16,
          w3 & 0xffff};
}

class ToneStatistics : public testing::TestWithParam<Pipeline::Path> {
 protected:
  ToneStatistics() : registers(neutral_registers(kWidth, kHeight)) {
    set_tone_mapping(registers);
    set_defog(registers);
  }
  Statistics measure(const BayerFrame& frame) {
    return run(registers, frame, GetParam(), 2).statistics;
  }
  IspRegisters registers;
};

BayerFrame flat(std::uint32_t code) {
  return make_frame(kWidth, kHeight, 12, [=](std::uint32_t, std::uint32_t) { return code; });
}

TEST_P(ToneStatistics, FlatGreyFillsEveryZoneByItsArea) {
  // Limits 157, 350, 608, 1017: 400 counts in the third bin.
  const Statistics s = measure(flat(400));
  const std::uint32_t widths[8] = {20, 60, 80, 80, 80, 80, 60, 20};
  const std::uint32_t heights[6] = {20, 46, 66, 66, 52, 20};
  std::uint64_t cells = 0;
  for (unsigned row = 0; row < 6; ++row) {
    for (unsigned column = 0; column < 8; ++column) {
      const ToneZone zone = tone_zone(s, row, column);
      const std::uint32_t area = widths[column] * heights[row] / 4;
      EXPECT_EQ(zone.h[2], area) << row << ", " << column;
      EXPECT_EQ(zone.h[0] + zone.h[1] + zone.h[3] + zone.h[4], 0u);
      EXPECT_EQ(zone.sum, 400 * area);
      cells += area;
    }
  }
  EXPECT_EQ(cells, (kWidth / 2) * (kHeight / 2));
  for (unsigned bin = 0; bin < 512; ++bin) {
    EXPECT_EQ(tone_bin(s, bin), bin == 50 ? (kWidth / 2) * (kHeight / 2) : 0) << bin;
  }
}

TEST_P(ToneStatistics, LumaIsCountedFromEachLimitOn) {
  const std::uint32_t limits[] = {157, 350, 608, 1017};
  for (unsigned i = 0; i < 4; ++i) {
    EXPECT_GT(tone_zone(measure(flat(limits[i] - 1)), 2, 3).h[i], 0u);
    EXPECT_GT(tone_zone(measure(flat(limits[i])), 2, 3).h[i + 1], 0u);
  }
}

TEST_P(ToneStatistics, HistogramHoldsThreeBinsInAWordUpToTheBrightest) {
  const Statistics s =
      measure(make_frame(kWidth, kHeight, 12, [](std::uint32_t x, std::uint32_t y) {
        return y >= 4 ? 800 : x < 8 ? 4095 : x < 12 ? 4080 : 8;
      }));
  EXPECT_EQ(tone_bin(s, 511), 8u);
  EXPECT_EQ(tone_bin(s, 510), 4u);
  EXPECT_EQ(tone_bin(s, 1), (kWidth - 12) * 2u / 2);
  EXPECT_EQ(tone_bin(s, 100), (kWidth / 2) * (kHeight / 2 - 2));
  EXPECT_EQ(word(s.adr, 2136), 4u | 8u << 21);
}

TEST_P(ToneStatistics, ACellBelongsToTheZoneThatItLiesIn) {
  const struct {
    std::uint32_t x, y;
    unsigned row, column;
  } places[] = {{18, 18, 0, 0},   {20, 20, 1, 1},   {78, 64, 1, 1},   {80, 66, 2, 2},
                {238, 130, 2, 3}, {240, 132, 3, 4}, {398, 196, 3, 5}, {400, 198, 4, 6},
                {458, 248, 4, 6}, {460, 250, 5, 7}, {478, 268, 5, 7}};
  for (const auto& place : places) {
    const Statistics s =
        measure(make_frame(kWidth, kHeight, 12, [&](std::uint32_t x, std::uint32_t y) {
          return x / 2 == place.x / 2 && y / 2 == place.y / 2 ? 2000 : 0;
        }));
    for (unsigned row = 0; row < 6; ++row) {
      for (unsigned column = 0; column < 8; ++column) {
        const bool here = row == place.row && column == place.column;
        EXPECT_EQ(tone_zone(s, row, column).sum, here ? 2000u : 0u) << place.x << ", " << place.y;
      }
    }
  }
}

TEST_P(ToneStatistics, MeasureTheFrameInFrontOfTheMapping) {
  set_tone_curves(registers, [](std::uint32_t x) { return std::min(2 * x, 4095u); });
  EXPECT_EQ(tone_zone(measure(flat(400)), 2, 3).sum, 400u * 80 * 66 / 4);
}

TEST_P(ToneStatistics, WithoutDmaOrBypassedTheBufferStaysZero) {
  registers.word(0x4490) = registers.word(0x5b80) = 0;
  Statistics s = measure(flat(400));
  EXPECT_EQ(s.adr, (std::array<std::uint8_t, 4096>{}));
  EXPECT_EQ(s.defog, (std::array<std::uint8_t, 4096>{}));
  registers.word(0x4490) = registers.word(0x5b80) = 3;
  disable(registers, kBypassAdr | kBypassDefog);
  s = measure(flat(400));
  EXPECT_EQ(s.adr, (std::array<std::uint8_t, 4096>{}));
  EXPECT_EQ(s.defog, (std::array<std::uint8_t, 4096>{}));
}

TEST_P(ToneStatistics, DefogSumsEightBitColoursOfEveryPixelOfABlock) {
  // Encoded without gamma: 8-bit values are those of the 12-bit codes / 16.
  const Statistics s = measure(flat_colour(kWidth, kHeight, 12, 0, 16 * 255, 16 * 120, 16 * 33));
  for (unsigned row = 0; row < 10; ++row) {
    for (unsigned column = 0; column < 18; ++column) {
      const std::uint32_t area = 27 * (column < 12 ? 27 : 26);
      const DefogBlock block = defog_block(s, row, column);
      EXPECT_EQ(block.red, 255 * area) << row << ", " << column;
      EXPECT_EQ(block.green, 120 * area);
      EXPECT_EQ(block.blue, 33 * area);
      EXPECT_EQ(block.dark + block.middle + block.bright, area);
    }
  }
}

TEST_P(ToneStatistics, DefogCountsPixelsDarkerAndBrighterThanItsThresholds) {
  const std::uint32_t area = 27 * 27;
  const auto block = [&](std::uint32_t grey) {
    return defog_block(measure(flat(16 * grey)), 4, 4);
  };
  EXPECT_EQ(block(83).dark, area);
  EXPECT_EQ(block(84).middle, area);
  EXPECT_EQ(block(171).middle, area);
  EXPECT_EQ(block(172).bright, area);
}

TEST_P(ToneStatistics, DefogMeasuresInFrontOfTheRemoval) {
  set_haze(registers, {100, 255, 255, 255});
  EXPECT_EQ(defog_block(measure(flat(16 * 100)), 4, 4).green, 100u * 27 * 27);
}

INSTANTIATE_TEST_SUITE_P(BothPaths, ToneStatistics,
                         testing::Values(Pipeline::Path::kReference, Pipeline::Path::kFast),
                         [](const auto& path) {
                           return path.param == Pipeline::Path::kFast ? "Fast" : "Reference";
                         });

}  // namespace
}  // namespace t31::model

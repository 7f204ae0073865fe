// SPDX-License-Identifier: GPL-2.0-or-later
// Local tone mapping: curves, their blending over blocks, contrast, colour.
#include "model/pixel/tone_mapping.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "golden_state.hpp"
#include "setup.hpp"
#include "tone_setup.hpp"

namespace t31::model {
namespace {

using pixel::Plane;
using Samples = Plane<std::uint16_t>;

constexpr std::uint32_t kWidth = 480, kHeight = 288;

IspRegisters mapping_registers(std::uint32_t width = kWidth, std::uint32_t height = kHeight) {
  IspRegisters r = neutral_registers(width, height);
  set_tone_mapping(r);
  return r;
}

Samples map(const IspRegisters& r, const Samples& bayer) {
  return pixel::map_tones(pixel::decode_tone_mapping(r), bayer);
}

Samples flat(std::uint16_t value, std::int32_t width = kWidth, std::int32_t height = kHeight) {
  Samples plane(width, height);
  std::fill(plane.samples.begin(), plane.samples.end(), value);
  return plane;
}

// RGGB of one colour.
Samples flat_colour(std::uint16_t red, std::uint16_t green, std::uint16_t blue) {
  Samples plane = flat(green);
  for (std::int32_t y = 0; y < plane.height; y += 2) {
    for (std::int32_t x = 0; x < plane.width; x += 2) {
      plane.at(x, y) = red;
      plane.at(x + 1, y + 1) = blue;
    }
  }
  return plane;
}

std::uint32_t doubled(std::uint32_t x) {
  return std::min(2 * x, 4095u);
}

TEST(ToneMapping, IdentityCurvesLeaveEverySampleAlone) {
  Samples bayer = flat(0);
  std::mt19937 random(1);
  for (auto& sample : bayer.samples) sample = static_cast<std::uint16_t>(random() & 4095);
  EXPECT_EQ(map(mapping_registers(), bayer).samples, bayer.samples);
  for (const std::uint16_t level : {0, 1, 31, 32, 2047, 2048, 4094, 4095}) {
    EXPECT_EQ(map(mapping_registers(), flat(level)).samples, flat(level).samples) << level;
  }
}

TEST(ToneMapping, BypassedItChangesNothing) {
  IspRegisters r = mapping_registers();
  set_tone_curves(r, doubled);
  disable(r, kBypassAdr);
  EXPECT_EQ(map(r, flat(700)).samples, flat(700).samples);
}

TEST(ToneMapping, GreyFollowsTheCurveBetweenItsNodes) {
  IspRegisters r = mapping_registers();
  // 256 -> 700, 384 -> 900, the rest as it is below and straight to the end above.
  set_tone_curves(r, [](std::uint32_t x) {
    return x == 256 ? 700 : x == 384 ? 900 : x < 256 ? x : std::min(900 + 2 * (x - 384), 4095u);
  });
  EXPECT_EQ(map(r, flat(256)).at(100, 100), 700);
  EXPECT_NEAR(map(r, flat(320)).at(100, 100), 800, 1);
  EXPECT_NEAR(map(r, flat(352)).at(100, 100), 850, 1);
  EXPECT_EQ(map(r, flat(384)).at(100, 100), 900);
  EXPECT_EQ(map(r, flat(100)).at(100, 100), 100);
}

TEST(ToneMapping, TheLastSegmentRunsStraightToWhite) {
  IspRegisters r = mapping_registers();
  set_tone_curves(r, [](std::uint32_t x) { return x / 2; });
  // From (2048, 1024) to (4096, 4096).
  EXPECT_NEAR(map(r, flat(3072)).at(9, 9), 2560, 1);
  EXPECT_NEAR(map(r, flat(4095)).at(9, 9), 4094, 1);
}

TEST(ToneMapping, ColoursKeepTheirRatios) {
  IspRegisters r = mapping_registers();
  set_tone_curves(r, doubled);
  const Samples mapped = map(r, flat_colour(200, 400, 100));
  EXPECT_EQ(mapped.at(60, 60), 400);
  EXPECT_EQ(mapped.at(61, 60), 800);
  EXPECT_EQ(mapped.at(60, 61), 800);
  EXPECT_EQ(mapped.at(61, 61), 200);
}

TEST(ToneMapping, MinimumCurveHoldsTheOutputUp) {
  IspRegisters r = mapping_registers();
  set_tone_curves(r, [](std::uint32_t x) { return x / 4; });
  set_minimum_curve(r, [](std::uint32_t x) { return x / 2; });
  EXPECT_EQ(map(r, flat(1000)).at(50, 50), 500);
  EXPECT_EQ(map(r, flat(128)).at(50, 50), 64);
}

TEST(ToneMapping, BlocksFurtherThanTwoAwayHaveNoPartAndNeighboursBlendMonotonously) {
  IspRegisters r = mapping_registers();
  for (unsigned column = 3; column < 6; ++column) {
    for (unsigned row = 0; row < 4; ++row) set_tone_curve(r, column, row, doubled);
  }
  const Samples mapped = map(r, flat(600));
  constexpr std::int32_t kBlock = kWidth / 6;
  for (std::int32_t x = 0; x < kBlock; ++x) EXPECT_EQ(mapped.at(x, 100), 600) << x;
  for (std::int32_t x = 5 * kBlock; x < 6 * kBlock; ++x) EXPECT_EQ(mapped.at(x, 100), 1200) << x;
  for (std::int32_t x = 1; x < static_cast<std::int32_t>(kWidth); ++x) {
    EXPECT_GE(mapped.at(x, 100), mapped.at(x - 1, 100)) << x;
    EXPECT_LE(mapped.at(x, 100) - mapped.at(x - 1, 100), 60) << "a step at " << x;
  }
  EXPECT_NEAR(mapped.at(kWidth / 2, 100), 900, 45) << "halfway between";
}

// The documented rule at one place, in floating point.
double documented_blend(const IspRegisters& r, std::int32_t x, std::int32_t y,
                        const std::function<double(int, int)>& value) {
  const auto half = [&](std::uint32_t offset, int i) {
    return static_cast<int>(r[offset + 4 * static_cast<std::uint32_t>(i / 2)] >> (16 * (i % 2)) &
                            0xffff);
  };
  const auto byte = [&](std::uint32_t offset, int i) {
    return static_cast<int>(r[offset + 4 * static_cast<std::uint32_t>(i / 4)] >> (8 * (i % 4)) &
                            0xff);
  };
  const auto centre = [&](std::uint32_t offset, int i) {
    return (half(offset, i) + half(offset, i + 1)) / 2;
  };
  const auto cls = [&](int row, int column) {
    const int dy = std::abs(y - centre(0x4010, row)) / 8;
    const int dx = std::abs(x - centre(0x401c, column)) / 8;
    int c = 0;
    for (int i = 0; i < 31; ++i) c += half(0x402c, i) >= dx * dx + dy * dy ? 1 : 0;
    return c;
  };
  int own_row = 0, own_column = 0;
  while (half(0x4010, own_row + 1) <= y) ++own_row;
  while (half(0x401c, own_column + 1) <= x) ++own_column;
  double sum = 0, weights = 0;
  for (int row = std::max(own_row - 2, 0); row <= std::min(own_row + 2, 3); ++row) {
    for (int column = std::max(own_column - 2, 0); column <= std::min(own_column + 2, 5);
         ++column) {
      const int down = row - own_row, right = column - own_column;
      const int inner =
          cls(own_row + std::clamp(down, -1, 1), own_column + std::clamp(right, -1, 1));
      const int rows = std::abs(down), columns = std::abs(right);
      int weight = inner;
      if (rows == 2 && columns == 2) weight = byte(0x4314, inner);
      if (rows == 2 && columns == 1) weight = byte(0x42f4, inner);
      if (rows == 1 && columns == 2) weight = byte(0x42d4, inner);
      if (rows == 2 && columns == 0) weight = byte(0x4294, inner);
      if (rows == 0 && columns == 2) weight = byte(0x42b4, inner);
      sum += weight * value(row, column);
      weights += weight;
    }
  }
  return sum / weights;
}

TEST(ToneMapping, CurvesBlendByTheDocumentedDistancesAndWeights) {
  IspRegisters r = mapping_registers();
  std::mt19937 random(7);
  double level[4][6];
  for (unsigned column = 0; column < 6; ++column) {
    for (unsigned row = 0; row < 4; ++row) {
      const std::uint32_t at512 = 200 + random() % 1500;
      level[row][column] = at512;
      set_tone_curve(r, column, row,
                     [&](std::uint32_t x) { return std::min(at512 * x / 512, 4095u); });
    }
  }
  const Samples mapped = map(r, flat(512));
  // Centres of tiles, where the tile's distances are those of the place itself.
  for (std::int32_t y = 4; y < static_cast<std::int32_t>(kHeight); y += 56) {
    for (std::int32_t x = 4; x < static_cast<std::int32_t>(kWidth); x += 40) {
      const double expected =
          documented_blend(r, x, y, [&](int row, int column) { return level[row][column]; });
      EXPECT_NEAR(mapped.at(x, y), expected, 2) << x << ", " << y;
    }
  }
}

// A texture of squares around `level`.
Samples texture(std::int32_t level, std::int32_t size) {
  Samples plane = flat(0);
  for (std::int32_t y = 0; y < plane.height; ++y) {
    for (std::int32_t x = 0; x < plane.width; ++x) {
      const std::int32_t sign = (x / 4 + y / 4) % 2 != 0 ? 1 : -1;
      plane.at(x, y) = static_cast<std::uint16_t>(level + sign * size);
    }
  }
  return plane;
}

double deviation(const Samples& plane) {
  double sum = 0, squares = 0;
  for (const std::uint16_t sample : plane.samples) sum += sample, squares += 1.0 * sample * sample;
  const auto n = static_cast<double>(plane.samples.size());
  return std::sqrt(squares / n - sum / n * sum / n);
}

TEST(ToneMapping, ContrastRaisesAndLowersDetail) {
  IspRegisters r = mapping_registers();
  const Samples picture = texture(1000, 200);
  set_contrast(r, 2048, 10, 320);
  EXPECT_GT(deviation(map(r, picture)), 1.05 * deviation(picture));
  set_contrast(r, 512, 10, 320);
  EXPECT_LT(deviation(map(r, picture)), 0.98 * deviation(picture));
}

TEST(ToneMapping, DetailBelowTheLeastStaysAndNoneGrowsBeyondTheMost) {
  IspRegisters r = mapping_registers();
  set_contrast(r, 4095, 60, 320);
  EXPECT_EQ(map(r, texture(1000, 20)).samples, texture(1000, 20).samples);
  set_contrast(r, 2048, 0, 5);
  const Samples before = texture(1000, 300), after = map(r, before);
  for (std::size_t i = 0; i < before.samples.size(); ++i) {
    ASSERT_NEAR(after.samples[i], before.samples[i], 5);
  }
}

TEST(ToneMapping, ColourCompensationRaisesRatiosToItsExponent) {
  for (const std::uint32_t exponent : {614u, 700u, 819u, 1024u, 1229u, 1434u}) {
    IspRegisters r = mapping_registers();
    set_compensation(r, exponent);
    const Samples mapped = map(r, flat_colour(600, 400, 200));
    const auto expected = [&](double sample) {
      return 400 * std::pow(sample / 400, exponent / 1024.0);
    };
    // The tables are chords of the power.
    EXPECT_NEAR(mapped.at(60, 60), expected(600), 0.035 * expected(600)) << exponent;
    EXPECT_NEAR(mapped.at(61, 60), 400, 1) << exponent;
    EXPECT_NEAR(mapped.at(61, 61), expected(200), 0.035 * expected(200)) << exponent;
    EXPECT_EQ(map(r, flat(400)).at(60, 60), 400) << "grey stays grey";
  }
}

TEST(ToneMapping, TablesOfTheTestsAreThoseOfTheRecordedDriver) {
  const auto states = golden_states("sc2336_1920x1080_bayer0_linear");
  if (states.empty()) GTEST_SKIP() << "no shared data";
  const IspRegisters& recorded = states.front().registers;
  const IspRegisters made = mapping_registers(1920, 1080);
  for (std::uint32_t i = 0x4010; i < 0x4084; i += 4)
    EXPECT_EQ(made[i], recorded[i]) << std::hex << i;
  for (std::uint32_t i = 0x4294; i < 0x4354; i += 4)
    EXPECT_EQ(made[i], recorded[i]) << std::hex << i;
  for (std::uint32_t i = 0x4454; i < 0x448c; i += 4) {
    if (i >= 0x445c && i < 0x4484) continue;
    EXPECT_EQ(made[i], recorded[i]) << std::hex << i;
  }
}

}  // namespace
}  // namespace t31::model

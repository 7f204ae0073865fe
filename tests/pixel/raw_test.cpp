// SPDX-License-Identifier: GPL-2.0-or-later
// Bayer-domain blocks: alignment, black level, white balance, lens shading.
// A frame with equal samples everywhere stays grey, so its luma shows what became of the sample:
// BT.601 full range gives Y10 = 1024 * rgb10 / 1024 for grey, Y8 = x12 >> 4.
#include <gtest/gtest.h>

#include "setup.hpp"

namespace t31::model {
namespace {

constexpr std::uint32_t kSize = 16;

BayerFrame flat(unsigned bits, std::uint32_t code) {
  return make_frame(kSize, kSize, bits, [&](std::uint32_t, std::uint32_t) { return code; });
}

unsigned luma_of(const IspRegisters& registers, const BayerFrame& frame) {
  const Result result = run(registers, frame);
  const Picture& picture = result.pictures[0];
  for (std::uint32_t y = 0; y < kSize; ++y) {
    for (std::uint32_t x = 0; x < kSize; ++x) EXPECT_EQ(picture.y(x, y), picture.y(0, 0));
  }
  return picture.y(0, 0);
}

// All four levels equal, unit gains.
void set_black_level(IspRegisters& r, std::uint32_t level, std::uint32_t gain = 1024) {
  enable(r, kBypassGib);
  r.word(0x1060) = level;
  r.word(0x1064) = level << 16 | level;
  r.word(0x1068) = level;
  r.word(0x1030) = r.word(0x1034) = gain << 16 | gain;
}

TEST(Input, EveryCodeWidthIsAlignedToTwelveBits) {
  const IspRegisters r = neutral_registers(kSize, kSize);
  EXPECT_EQ(luma_of(r, flat(8, 0x55)), 0x55u);
  EXPECT_EQ(luma_of(r, flat(10, 0x155)), 0x55u);
  EXPECT_EQ(luma_of(r, flat(12, 0x555)), 0x55u);
}

TEST(BlackLevel, IsSubtractedInTwelveBitUnits) {
  IspRegisters r = neutral_registers(kSize, kSize);
  set_black_level(r, 256);
  EXPECT_EQ(luma_of(r, flat(10, 64)), 0u);
  EXPECT_EQ(luma_of(r, flat(10, 64 + 100)), 100u * 4 / 16);
  EXPECT_EQ(luma_of(r, flat(10, 10)), 0u) << "below black stays at zero";
  EXPECT_EQ(luma_of(r, flat(10, 1023)), (4092u - 256) / 16);
}

TEST(BlackLevel, HasItsOwnValueForEachCornerOfTheCell) {
  IspRegisters r = neutral_registers(kSize, kSize);
  set_black_level(r, 0);
  r.word(0x1060) = 0x100;                 // slot 0
  r.word(0x1064) = 0x300u << 16 | 0x200;  // slots 2 and 1
  r.word(0x1068) = 0x400;                 // slot 3
  constexpr std::uint32_t kLevels[] = {0x100, 0x200, 0x300, 0x400};
  const BayerFrame frame = make_frame(kSize, kSize, 12, [&](std::uint32_t x, std::uint32_t y) {
    return kLevels[2 * (y % 2) + x % 2] + 0x320;
  });
  EXPECT_EQ(luma_of(r, frame), 0x32u);
}

TEST(BlackLevel, GainFollowsTheSubtractionAndSaturates) {
  IspRegisters r = neutral_registers(kSize, kSize);
  set_black_level(r, 256, 2048);
  EXPECT_EQ(luma_of(r, flat(12, 256 + 800)), 100u);
  EXPECT_EQ(luma_of(r, flat(12, 256 + 3000)), 255u);
}

TEST(BlackLevel, BypassLeavesTheSamplesAlone) {
  IspRegisters r = neutral_registers(kSize, kSize);
  set_black_level(r, 256, 2048);
  disable(r, kBypassGib);
  EXPECT_EQ(luma_of(r, flat(12, 800)), 50u);
}

TEST(BlackLevel, GainsOfRedGreenAndBlueAreSeparate) {
  IspRegisters r = neutral_registers(kSize, kSize, 3);
  set_black_level(r, 0);
  r.word(0x1030) = 1024u << 16 | 2048;  // green 1.0, red 2.0
  r.word(0x1034) = 4096;                // blue 4.0
  EXPECT_EQ(luma_of(r, flat_colour(kSize, kSize, 12, 3, 800, 1600, 400)), 100u);
}

TEST(WhiteBalance, BringsAColouredLightToGrey) {
  for (std::uint32_t order = 0; order < 4; ++order) {
    IspRegisters r = neutral_registers(kSize, kSize, order);
    enable(r, kBypassAwb);
    r.word(0x1804) = 1024u << 16 | 2048;
    r.word(0x1808) = 1024u << 16 | 1536;
    const BayerFrame frame = flat_colour(kSize, kSize, 12, order, 600, 1200, 800);
    const Result result = run(r, frame);
    EXPECT_EQ(result.pictures[0].y(3, 3), 1200 / 16) << "order " << order;
    EXPECT_EQ(result.pictures[0].u(3, 3), 128) << "order " << order;
    EXPECT_EQ(result.pictures[0].v(3, 3), 128) << "order " << order;
  }
}

// One node per cell corner; the same value for all colours.
void set_mesh(IspRegisters& r, std::uint32_t cell, unsigned scale,
              const std::function<std::uint32_t(unsigned row, unsigned column)>& node) {
  constexpr unsigned kNodes = 6, kStride = 3;
  enable(r, kBypassLsc);
  r.word(0x3800) = cell << 16 | cell;
  r.word(0x3804) = kStride << 16 | scale;
  for (unsigned row = 0; row < kNodes; ++row) {
    for (unsigned pair = 0; pair < kStride; ++pair) {
      const std::uint32_t word = node(row, 2 * pair) | node(row, 2 * pair + 1) << 12;
      for (unsigned plane = 0; plane < 3; ++plane) {
        r.word(0x28000 + 16 * (row * kStride + pair) + 4 * plane) = word;
      }
    }
  }
}

TEST(LensShading, UnityOfEveryScaleChangesNothing) {
  for (unsigned scale = 0; scale < 5; ++scale) {
    IspRegisters r = neutral_registers(kSize, kSize);
    set_mesh(r, 4, scale, [&](unsigned, unsigned) { return 2048u >> std::min(scale, 3u); });
    EXPECT_EQ(luma_of(r, flat(12, 0x7b0)), 0x7bu) << "scale " << scale;
  }
}

TEST(LensShading, GainRisesLinearlyBetweenNodes) {
  IspRegisters r = neutral_registers(kSize, kSize);
  disable(r, kBypassDmsc | kBypassCsc);  // Y is then the red component: the sample itself
  set_mesh(r, 8, 0, [](unsigned row, unsigned) { return 1024 + 1024 * row; });
  const Result result = run(r, flat(12, 1600));
  for (std::uint32_t y = 0; y < kSize; ++y) {
    // Gain 0.5 at row 0, 1.0 at row 8, 1.5 at row 16.
    EXPECT_EQ(result.pictures[0].y(5, y), 1600 * (1024 + 128 * y) / 2048 / 16) << "row " << y;
  }
}

TEST(LensShading, EachColourHasItsOwnMesh) {
  IspRegisters r = neutral_registers(kSize, kSize);
  set_mesh(r, 4, 0, [](unsigned, unsigned) { return 2048; });
  for (unsigned group = 0; group < 18; ++group) {
    r.word(0x28000 + 16 * group) = 4095u << 12 | 4095;  // red, nearly 2.0
    r.word(0x28008 + 16 * group) = 1024u << 12 | 1024;  // blue, 0.5
  }
  const Result result = run(r, flat_colour(kSize, kSize, 12, 0, 600, 1199, 2398));
  EXPECT_EQ(result.pictures[0].y(4, 4), 1199 / 16);
  EXPECT_EQ(result.pictures[0].u(2, 2), 128);
  EXPECT_EQ(result.pictures[0].v(2, 2), 128);
}

TEST(LensShading, AMeshWithoutCellSizeIsInert) {
  IspRegisters r = neutral_registers(kSize, kSize);
  set_mesh(r, 4, 0, [](unsigned, unsigned) { return 0; });
  r.word(0x3800) = 0;
  EXPECT_EQ(luma_of(r, flat(12, 0x7b0)), 0x7bu);
}

}  // namespace
}  // namespace t31::model

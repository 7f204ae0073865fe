// SPDX-License-Identifier: GPL-2.0-or-later
// Blocks that tuning files leave neutral: dark protection of the colour matrix, infrared removal,
// lens distortion.
#include <gtest/gtest.h>

#include "setup.hpp"

namespace t31::model {
namespace {

constexpr std::uint32_t kSize = 48;
constexpr std::uint32_t kBypassHldc = 1u << 18;

// Luma of a flat grey that the matrix doubles. Protection between 800 and 1600.
unsigned doubled(std::uint32_t grey, std::uint32_t strength, bool enabled = true) {
  IspRegisters r = neutral_registers(kSize, kSize);
  enable(r, kBypassCcm);
  r.word(0x5004) = r.word(0x500c) = r.word(0x5014) = 2048;
  r.word(0x5018) = 800u << 16 | (enabled ? 1u << 12 : 0) | 832;
  r.word(0x501c) = 1;
  r.word(0x5020) = 256u << 16 | strength;
  return run(r, make_frame(kSize, kSize, 12, [=](auto, auto) { return grey; })).pictures[0].y(9, 9);
}

TEST(DarkProtection, DarkPixelsKeepTheirColour) {
  EXPECT_EQ(doubled(640, 256), 640u / 16);
  EXPECT_EQ(doubled(800, 256), 800u / 16);
  EXPECT_EQ(doubled(816, 256), 816u * 3 / 2 / 16) << "half way up the ramp";
  EXPECT_EQ(doubled(832, 256), 832u * 2 / 16);
  EXPECT_EQ(doubled(1600, 256), 1600u * 2 / 16);
}

TEST(DarkProtection, ItsStrengthIsAShareOfTheMatrix) {
  EXPECT_EQ(doubled(640, 128), 640u * 3 / 2 / 16);
  EXPECT_EQ(doubled(640, 0), 640u * 2 / 16);
  EXPECT_EQ(doubled(640, 256, false), 640u * 2 / 16);
}

// Pattern 8 is R Gr / Ir B. Every colour sees as much infrared as the infrared site.
TEST(Infrared, WhatItAddsIsTakenOffEveryColour) {
  for (const std::uint32_t infrared : {0u, 320u, 700u}) {
    IspRegisters r = neutral_registers(kSize, kSize, 8);
    disable(r, kBypassDmsc | kBypassCsc);
    enable(r, kBypassGib);
    r.word(0x1030) = r.word(0x1034) = 1024u << 16 | 1024;
    r.word(0x1060) = 64;
    r.word(0x1064) = 64u << 16 | 64;
    r.word(0x1068) = 64;
    for (std::uint32_t i = 0; i < 32; ++i) {
      // Red takes off all of it, green and blue half and a quarter.
      r.word(0x80000 + 4 * i) = std::min(4095u, 128 * (i + 1)) << 12 | 128 * i;
      r.word(0x80080 + 4 * i) = 64 * (i + 1) << 12 | 64 * i;
      r.word(0x80100 + 4 * i) = 32 * (i + 1) << 12 | 32 * i;
    }
    const BayerFrame frame = make_frame(kSize, kSize, 12, [&](std::uint32_t x, std::uint32_t y) {
      const std::uint32_t share[] = {infrared, infrared / 2, infrared, infrared / 4};
      const unsigned slot = 2 * (y % 2) + x % 2;
      return 64 + (slot == 2 ? 0 : 1600) + share[slot];
    });
    const Picture mixed = run(r, frame).pictures[0];
    EXPECT_EQ(mixed.y(8, 8), (1600 + infrared) / 16);
    r.word(0x106c) = 1u << 16;
    const Picture p = run(r, frame).pictures[0];
    EXPECT_EQ(p.y(8, 8), 100) << infrared;
    EXPECT_EQ(p.y(9, 8), 100) << infrared;
    EXPECT_EQ(p.y(9, 9), 100) << infrared;
    EXPECT_EQ(p.y(8, 9), infrared / 16) << "infrared itself stays";
  }
}

TEST(Infrared, PatternsWithoutItAreLeftAlone) {
  IspRegisters r = neutral_registers(kSize, kSize, 0);
  enable(r, kBypassGib);
  r.word(0x1030) = r.word(0x1034) = 1024u << 16 | 1024;
  const BayerFrame frame = random_frame(kSize, kSize, 12, 1);
  const Picture before = run(r, frame).pictures[0];
  for (std::uint32_t i = 0; i < 96; ++i) r.word(0x80000 + 4 * i) = 0x00800080;
  r.word(0x106c) = 1u << 16;
  EXPECT_EQ(run(r, frame).pictures[0], before);
}

// A bright column in a dark picture.
BayerFrame column_at(std::uint32_t column) {
  return make_frame(kSize, kSize, 12, [=](std::uint32_t x, std::uint32_t) {
    return x / 2 == column / 2 ? 0xf00u : 0x100u;
  });
}

// Where the column is in a row: its centre of gravity.
double position(const Picture& p, std::uint32_t row) {
  double sum = 0, weights = 0;
  for (std::uint32_t x = 0; x < p.width; ++x) {
    const double weight = std::max(0, p.y(x, row) - 20);
    sum += weight * x;
    weights += weight;
  }
  return sum / weights;
}

TEST(LensDistortion, NeutralCoefficientsPassThePictureOn) {
  IspRegisters r = neutral_registers(kSize, kSize);
  const BayerFrame frame = random_frame(kSize, kSize, 12, 1);
  const Picture before = run(r, frame).pictures[0];
  enable(r, kBypassHldc);
  r.word(0x9000) = 1u << 16;  // as tuning files hold them: centre and scale only
  r.word(0x9004) = 409u << 16 | 204;
  r.word(0x900c) = 1777;
  r.word(0x9014) = 885;
  EXPECT_EQ(run(r, frame).pictures[0], before);
}

TEST(LensDistortion, APositiveTermPullsTheEdgesInward) {
  IspRegisters r = neutral_registers(kSize, kSize);
  enable(r, kBypassHldc);
  const double before = position(run(r, column_at(38)).pictures[0], kSize / 2);
  r.word(0x901c) = 410;  // 0.2
  const Picture p = run(r, column_at(38)).pictures[0];
  EXPECT_LT(position(p, kSize / 2), before - 0.5);
  EXPECT_LT(position(p, 1), position(p, kSize / 2) - 0.5) << "more the further from the centre";
  r.word(0x901c) = 0x10000 - 410;
  EXPECT_GT(position(run(r, column_at(38)).pictures[0], kSize / 2), before + 0.5);
}

TEST(LensDistortion, TheVerticalTermsLeaveUprightLinesAlone) {
  IspRegisters r = neutral_registers(kSize, kSize);
  enable(r, kBypassHldc);
  const double before = position(run(r, column_at(38)).pictures[0], 1);
  r.word(0x9020) = 300u << 16 | 300;
  EXPECT_NEAR(position(run(r, column_at(38)).pictures[0], 1), before, 0.05);
}

}  // namespace
}  // namespace t31::model

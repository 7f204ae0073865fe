// SPDX-License-Identifier: GPL-2.0-or-later
#include "colour/colour_space.hpp"

#include <gtest/gtest.h>

namespace t31::colour {
namespace {

TEST(ColourSpace, MiddleGreyEncodesToItsPublishedCode) {
  // 18 % reflectance is sRGB 0.4613561 (IEC 61966-2-1), code 117.6.
  EXPECT_NEAR(linear_to_srgb(0.18), 0.4613561, 1e-7);
}

TEST(ColourSpace, TheTransferFunctionAndItsInverseAgree) {
  for (int i = -255; i <= 510; ++i) {
    EXPECT_NEAR(linear_to_srgb(srgb_to_linear(i / 255.0)), i / 255.0, 1e-7) << i;
  }
}

TEST(ColourSpace, WhiteIsLab100WithoutChroma) {
  const Lab white = linear_to_lab({1, 1, 1});
  EXPECT_NEAR(white.l, 100, 1e-9);
  EXPECT_NEAR(chroma(white), 0, 1e-9);
}

TEST(ColourSpace, EveryGreyIsWithoutChroma) {
  for (int i = 0; i <= 100; ++i) {
    EXPECT_NEAR(chroma(linear_to_lab({i / 100.0, i / 100.0, i / 100.0})), 0, 1e-9);
  }
}

TEST(ColourSpace, PrimariesHaveTheirKnownLabValues) {
  // B. Lindbloom's calculator, sRGB, D65, no adaptation.
  struct Known {
    Rgb linear;
    Lab lab;
  };
  const Known known[] = {{{1, 0, 0}, {53.2408, 80.0925, 67.2032}},
                         {{0, 1, 0}, {87.7347, -86.1827, 83.1793}},
                         {{0, 0, 1}, {32.2970, 79.1875, -107.8602}}};
  for (const Known& k : known) {
    const Lab lab = linear_to_lab(k.linear);
    EXPECT_NEAR(lab.l, k.lab.l, 0.01);
    EXPECT_NEAR(lab.a, k.lab.a, 0.01);
    EXPECT_NEAR(lab.b, k.lab.b, 0.01);
  }
}

}  // namespace
}  // namespace t31::colour

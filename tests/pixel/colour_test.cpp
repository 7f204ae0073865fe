// SPDX-License-Identifier: GPL-2.0-or-later
// Colour matrix, gamma, conversion to YUV, brightness/contrast/saturation/hue.
//
// Most tests bypass demosaic and conversion: a sample is then all three of R, G, B, and R, G, B go
// on as the three 10-bit components, so that a picture shows Y8 = x12 >> 4 and both chroma the
// same.
#include <gtest/gtest.h>

#include "setup.hpp"

namespace t31::model {
namespace {

constexpr std::uint32_t kSize = 16;

struct Pixel {
  int y, u, v;
  bool operator==(const Pixel&) const = default;
};
void PrintTo(const Pixel& p, std::ostream* out) {
  *out << p.y << ' ' << p.u << ' ' << p.v;
}

// The colour that a flat picture comes out in.
Pixel colour_of(const IspRegisters& r, std::uint32_t red, std::uint32_t green, std::uint32_t blue) {
  const Picture p = run(r, flat_colour(kSize, kSize, 12, 0, red, green, blue)).pictures[0];
  return {p.y(8, 8), p.u(4, 4), p.v(4, 4)};
}
Pixel colour_of(const IspRegisters& r, std::uint32_t grey) {
  return colour_of(r, grey, grey, grey);
}

IspRegisters components_as_they_are() {
  IspRegisters r = neutral_registers(kSize, kSize);
  disable(r, kBypassCsc);
  return r;
}

TEST(ColourMatrix, MultipliesEachRowInQ10) {
  IspRegisters r = components_as_they_are();
  enable(r, kBypassCcm);
  // Rows (1, 0.5, -0.25), (0, 2, -1), (-0.5, 0, 1.5), 14-bit two's complement.
  const auto code = [](int x) { return static_cast<std::uint32_t>(x) & 0x3fff; };
  r.word(0x5004) = code(512) << 16 | code(1024);
  r.word(0x5008) = code(0) << 16 | code(-256);
  r.word(0x500c) = code(-1024) << 16 | code(2048);
  r.word(0x5010) = code(0) << 16 | code(-512);
  r.word(0x5014) = code(1536);
  constexpr int kRed = 1600, kGreen = 800, kBlue = 1200;
  EXPECT_EQ(colour_of(r, kRed, kGreen, kBlue),
            (Pixel{(kRed + kGreen / 2 - kBlue / 4) >> 4, (2 * kGreen - kBlue) >> 4,
                   (-kRed / 2 + kBlue * 3 / 2) >> 4}));
}

TEST(ColourMatrix, ClipsToTwelveBits) {
  IspRegisters r = components_as_they_are();
  enable(r, kBypassCcm);
  r.word(0x5004) = 4096;                   // 4 R
  r.word(0x5008) = (0x4000 - 1024) << 16;  // -R
  EXPECT_EQ(colour_of(r, 2000), (Pixel{255, 0, 0}));
}

TEST(Gamma, ReturnsTheNodesAndInterpolatesBetweenThem) {
  IspRegisters r = components_as_they_are();
  disable(r, kBypassDmsc);
  // A curve with a node of every kind: 0, then 1600, then flat.
  set_gamma(r, [](unsigned node) { return node == 0 ? 0u : 1600u; });
  EXPECT_EQ(colour_of(r, 0).y, 0);
  EXPECT_EQ(colour_of(r, 8).y, (1600 * 8 / 32) >> 4);
  EXPECT_EQ(colour_of(r, 31).y, (1600 * 31 / 32) >> 4);
  EXPECT_EQ(colour_of(r, 32).y, 100);
  EXPECT_EQ(colour_of(r, 4095).y, 100);
}

TEST(Gamma, FallingSegmentsInterpolateToo) {
  IspRegisters r = components_as_they_are();
  set_gamma(r, [](unsigned node) { return node % 2 == 0 ? 3200u : 0u; });
  EXPECT_EQ(colour_of(r, 16).y, 1600 >> 4);
  EXPECT_EQ(colour_of(r, 48).y, 1600 >> 4);
}

TEST(Gamma, EachColourHasItsOwnCurve) {
  IspRegisters r = components_as_they_are();
  set_gamma(r, [](unsigned node) { return std::min(32 * node, 4095u); });
  for (unsigned i = 0; i < 128; ++i) {
    r.word(0x48000 + 4 * i) = 1000 | 1000 << 12;
    r.word(0x50000 + 4 * i) = 3000 | 3000 << 12;
  }
  EXPECT_EQ(colour_of(r, 1600), (Pixel{100, 1000 >> 4, 3000 >> 4}));
}

TEST(ColourSpace, FullRangePrimariesMatchTheMatrix) {
  const IspRegisters r = neutral_registers(kSize, kSize);
  const auto expected = [](int red, int green, int blue) {
    const auto c = [](int x) { return std::clamp(512 + (x >> 10), 0, 1023) >> 2; };
    return Pixel{((306 * red + 601 * green + 117 * blue) >> 10) >> 2,
                 c(-173 * red - 339 * green + 512 * blue), c(512 * red - 429 * green - 83 * blue)};
  };
  EXPECT_EQ(colour_of(r, 4092, 0, 0), expected(1023, 0, 0));
  EXPECT_EQ(colour_of(r, 0, 4092, 0), expected(0, 1023, 0));
  EXPECT_EQ(colour_of(r, 0, 0, 4092), expected(0, 0, 1023));
  EXPECT_EQ(colour_of(r, 4092, 4092, 4092), expected(1023, 1023, 1023));
}

TEST(ColourSpace, LimitedRangeSpansSixteenTo235) {
  IspRegisters r = neutral_registers(kSize, kSize);
  r.word(0x6010) = 262 | 515 << 10 | 100 << 20;
  r.word(0x6014) = 151 | 297 << 10 | 448 << 20;
  r.word(0x6018) = 448 | 376 << 10 | 73 << 20;
  r.word(0x6020) = 128 << 8 | 16;
  r.word(0x6030) = 0xeb10f010;
  EXPECT_EQ(colour_of(r, 0), (Pixel{16, 128, 128}));
  EXPECT_EQ(colour_of(r, 4095).y, 16 + ((877 * 1023) >> 12));
  EXPECT_NEAR(colour_of(r, 4095).y, 235, 1);
}

TEST(ColourSpace, LimitsOfNightMakeGrey) {
  IspRegisters r = neutral_registers(kSize, kSize);
  r.word(0x6030) = 0xff008080;
  const Pixel p = colour_of(r, 4000, 100, 900);
  EXPECT_EQ(p.u, 128);
  EXPECT_EQ(p.v, 128);
}

TEST(ColourControl, NeutralSettingsAreTheIdentity) {
  IspRegisters plain = neutral_registers(64, 48), controlled = plain;
  set_neutral_colour_control(controlled);
  const BayerFrame frame = random_frame(64, 48, 12, 3);
  const Result with = run(controlled, frame), without = run(plain, frame);
  EXPECT_EQ(with.pictures[0].luma, without.pictures[0].luma);
  EXPECT_EQ(with.pictures[0].chroma, without.pictures[0].chroma);
}

class Controls : public testing::Test {
 protected:
  Controls() : r(neutral_registers(kSize, kSize)) { set_neutral_colour_control(r); }
  // 10-bit components that reach the block for a sample triple, without conversion: R, G, B.
  Pixel components(int y, int u, int v) {
    disable(r, kBypassCsc);
    const auto x12 = [](int x) { return static_cast<std::uint32_t>(4 * x); };
    return colour_of(r, x12(y), x12(u), x12(v));
  }
  IspRegisters r;
};

TEST_F(Controls, BrightnessIsAnOffsetOfLumaOnly) {
  r.word(0x8018) = (1024u + 100) << 16 | 1024;
  EXPECT_EQ(components(400, 300, 700), (Pixel{500 >> 2, 300 >> 2, 700 >> 2}));
  EXPECT_EQ(components(1000, 300, 700).y, 255);
}

TEST_F(Controls, OffsetBeforeTheMatrixIsScaledByIt) {
  r.word(0x8018) = 1024u << 16 | (1024 - 64);
  r.word(0x8024) = 2048;
  EXPECT_EQ(components(200, 512, 512).y, (2 * (200 - 64)) >> 2);
}

TEST_F(Controls, MatrixTurnsHueAroundGrey) {
  // A quarter turn: U' = -V, V' = U.
  r.word(0x802c) = 0;
  r.word(0x8030) = 0x4000 - 1024;  // H12 = -1
  r.word(0x8034) = 1024u << 16;    // H21 = 1
  r.word(0x8038) = 0;
  EXPECT_EQ(components(400, 512 + 80, 512 + 40), (Pixel{100, (512 - 40) >> 2, (512 + 80) >> 2}));
  EXPECT_EQ(components(400, 512, 512), (Pixel{100, 128, 128}));
}

TEST_F(Controls, ContrastFollowsItsThreeSegments) {
  r.word(0x8054) = 512u << 16 | 1;      // first slope 0.5
  r.word(0x8058) = 1024u << 16 | 1536;  // then 1.5, then 1.0
  r.word(0x805c) = 800u << 16 | 200;    // x1, x2
  r.word(0x8060) = 1000u << 16 | 100;   // y1, y2
  const auto y = [&](int x) { return components(x, 512, 512).y; };
  EXPECT_EQ(y(100), 50 >> 2);
  EXPECT_EQ(y(200), 100 >> 2);
  EXPECT_EQ(y(400), (100 + 300) >> 2);
  EXPECT_EQ(y(800), (100 + 900) >> 2);
  EXPECT_EQ(y(820), (1000 + 20) >> 2);
  EXPECT_EQ(y(1000), 255);
}

TEST_F(Controls, ContrastDoesNothingUnlessEnabled) {
  r.word(0x8054) = 512u << 16;
  r.word(0x805c) = 800u << 16 | 200;
  EXPECT_EQ(components(100, 512, 512).y, 25);
}

TEST_F(Controls, SaturationRampsWithTheStrengthOfColour) {
  r.word(0x8064) = 64u << 3 | 1;        // steps of 64
  r.word(0x8068) = 24u << 16 | 8;       // from 8 to 24
  r.word(0x806c) = 1024u << 16 | 2048;  // weak 1.0, strong 2.0
  EXPECT_EQ(components(400, 512 + 8, 512).u, (512 + 8) >> 2);
  EXPECT_EQ(components(400, 512 + 16, 512).u, (512 + 24) >> 2);  // halfway: 1.5
  EXPECT_EQ(components(400, 512 + 100, 512 - 50), (Pixel{100, (512 + 200) >> 2, (512 - 100) >> 2}));
}

TEST_F(Controls, SaturationIsUnityUnlessEnabled) {
  r.word(0x8064) = 0;
  r.word(0x806c) = 4096u << 16 | 4096;
  EXPECT_EQ(components(400, 612, 512).u, 612 >> 2);
}

TEST_F(Controls, MatrixFadesOutInTheDarkTheBrightAndTheGrey) {
  r.word(0x802c) = 2048u << 16;  // the matrix doubles U
  const auto u = [&](int y, int strength) { return components(y, 512 + strength, 512).u; };
  EXPECT_EQ(u(20, 80), (512 + 160) >> 2);
  // Dark protection from 32 (none of the matrix) to 64 (all of it).
  r.word(0x803c) = 32u << 16 | 1;
  r.word(0x8040) = 64u << 16 | 32;
  EXPECT_EQ(u(20, 80), (512 + 80) >> 2);
  EXPECT_EQ(u(48, 80), (512 + 120) >> 2);
  EXPECT_EQ(u(64, 80), (512 + 160) >> 2);
  r.word(0x803c) = 0;
  // Bright protection from 800 to 864.
  r.word(0x8044) = 16u << 16 | 1;
  r.word(0x8048) = 864u << 16 | 800;
  EXPECT_EQ(u(800, 80), (512 + 160) >> 2);
  EXPECT_EQ(u(832, 80), (512 + 120) >> 2);
  EXPECT_EQ(u(900, 80), (512 + 80) >> 2);
  r.word(0x8044) = 0;
  // Protection of weak colours up to 16, gone from 48 on.
  r.word(0x804c) = 32u << 16 | 1;
  r.word(0x8050) = 48u << 16 | 16;
  EXPECT_EQ(u(400, 16), (512 + 16) >> 2);
  EXPECT_EQ(u(400, 32), (512 + 48) >> 2);
  EXPECT_EQ(u(400, 48), (512 + 96) >> 2);
}

TEST_F(Controls, ARampWithoutWidthIsAStep) {
  r.word(0x802c) = 2048u << 16;
  r.word(0x803c) = 1;  // slope 0, as the driver writes for equal limits
  r.word(0x8040) = 64u << 16 | 64;
  EXPECT_EQ(components(63, 592, 512).u, 592 >> 2);
  EXPECT_EQ(components(64, 592, 512).u, (512 + 160) >> 2);
}

TEST_F(Controls, EachClipActsAtItsStage) {
  r.word(0x8000) = 200u << 16 | 600;  // luma on entry
  EXPECT_EQ(components(100, 512, 512).y, 200 >> 2);
  EXPECT_EQ(components(900, 512, 512).y, 600 >> 2);
  r.word(0x8000) = 1023;
  r.word(0x8004) = 500;  // behind the matrix, before the offset
  r.word(0x8018) = 1124u << 16 | 1024;
  EXPECT_EQ(components(900, 512, 512).y, 600 >> 2);
  r.word(0x8008) = 550;  // at the end
  EXPECT_EQ(components(900, 512, 512).y, 550 >> 2);
  r.word(0x8014) = 480u << 16 | 520;
  EXPECT_EQ(components(400, 600, 400), (Pixel{500 >> 2, 520 >> 2, 480 >> 2}));
}

TEST(FlatField, PassesEveryBlockUnchangedWhenAllAreNeutral) {
  IspRegisters r = neutral_registers(64, 48);
  enable(r, kBypassGib | kBypassAwb | kBypassLsc | kBypassCcm);
  r.word(0x1030) = r.word(0x1034) = r.word(0x1804) = r.word(0x1808) = 1024u << 16 | 1024;
  r.word(0x3800) = 16u << 16 | 16;
  r.word(0x3804) = 3u << 16;
  for (std::uint32_t mesh = 0x28000; mesh < 0x29000; mesh += 4) r.word(mesh) = 2048u << 12 | 2048;
  r.word(0x5004) = r.word(0x500c) = r.word(0x5014) = 1024;
  set_gamma(r, [](unsigned node) { return std::min(32 * node, 4095u); });
  set_neutral_colour_control(r);
  for (const std::uint32_t kind : {0x4848u, 0x4860u}) set_sharpening(r, kind, 200, 200);
  for (const std::uint32_t grey : {0u, 1u, 500u, 2048u, 4000u}) {
    const Picture p = run(r, make_frame(64, 48, 12, [&](auto, auto) { return grey; })).pictures[0];
    for (std::uint32_t y = 0; y < 48; ++y) {
      for (std::uint32_t x = 0; x < 64; ++x) ASSERT_EQ(p.y(x, y), grey >> 4);
    }
    EXPECT_EQ(p.u(0, 0), 128);
    EXPECT_EQ(p.v(31, 23), 128);
  }
}

}  // namespace
}  // namespace t31::model

// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <cmath>

#include "setup.hpp"

namespace t31::model {
namespace {

constexpr std::uint32_t kSize = 24;

TEST(Demosaic, AFlatColourComesOutInEveryBayerOrder) {
  // BT.601 full range of (1023, 256, 64): rows of the matrix, chroma around 512, floor at each
  // >> 10.
  constexpr int kRed = 1023, kGreen = 256, kBlue = 64;
  const int y = (306 * kRed + 601 * kGreen + 117 * kBlue) >> 10;
  const int u = 512 + ((-173 * kRed - 339 * kGreen + 512 * kBlue) >> 10);
  const int v = 512 + ((512 * kRed - 429 * kGreen - 83 * kBlue) >> 10);
  for (std::uint32_t order = 0; order < 4; ++order) {
    const IspRegisters r = neutral_registers(kSize, kSize, order);
    const Result result = run(r, flat_colour(kSize, kSize, 10, order, kRed, kGreen, kBlue));
    const Picture& p = result.pictures[0];
    for (std::uint32_t i = 0; i < kSize / 2; ++i) {
      EXPECT_EQ(p.y(2 * i, i), y >> 2) << "order " << order;
      EXPECT_EQ(p.u(i, i), u >> 2) << "order " << order;
      EXPECT_EQ(p.v(i, i), v >> 2) << "order " << order;
    }
  }
}

// A grey step edge between columns (or rows) kSize/2 - 1 and kSize/2.
BayerFrame edge(bool vertical) {
  return make_frame(kSize, kSize, 12, [=](std::uint32_t x, std::uint32_t y) {
    return (vertical ? x : y) < kSize / 2 ? 0x200u : 0xc00u;
  });
}

TEST(Demosaic, AGreyEdgeAlongTheGridStaysSharpAndGrey) {
  for (const bool vertical : {false, true}) {
    const IspRegisters r = neutral_registers(kSize, kSize);
    const Result result = run(r, edge(vertical));
    for (std::uint32_t y = 0; y < kSize; ++y) {
      for (std::uint32_t x = 0; x < kSize; ++x) {
        const bool bright = (vertical ? x : y) >= kSize / 2;
        ASSERT_EQ(result.pictures[0].y(x, y), bright ? 0xc0 : 0x20) << x << ' ' << y;
        ASSERT_EQ(result.pictures[0].u(x / 2, y / 2), 128) << x << ' ' << y;
        ASSERT_EQ(result.pictures[0].v(x / 2, y / 2), 128) << x << ' ' << y;
      }
    }
  }
}

TEST(Demosaic, GradientsCloserThanTheThresholdAreAveraged) {
  IspRegisters r = neutral_registers(kSize, kSize);
  r.word(0x4814) = 0xffff;  // no difference is large enough
  const Result blended = run(r, edge(true));
  // A red site right of the edge: across it sees half the step, along it none; the mean is in
  // between.
  const std::uint32_t x = kSize / 2, y = 4;
  EXPECT_GT(blended.pictures[0].y(x, y), 0x20);
  EXPECT_LT(blended.pictures[0].y(x, y), 0xc0);
}

TEST(Demosaic, SharpeningRaisesTheBrightAndLowersTheDarkSideOfAnEdge) {
  IspRegisters r = neutral_registers(kSize, kSize);
  set_sharpening(r, 0x4848, 64, 32);  // directional: white 0.5, black 0.25
  const Result result = run(r, edge(true));
  // Binomial blur of a step of S = 0xa00 is S/4 off at both sides of it.
  constexpr int kStep = 0xc00 - 0x200;
  for (std::uint32_t y = 0; y < kSize; ++y) {
    EXPECT_EQ(result.pictures[0].y(kSize / 2, y), (0xc00 + kStep / 4 / 2) >> 4);
    EXPECT_EQ(result.pictures[0].y(kSize / 2 - 1, y), (0x200 - kStep / 4 / 4) >> 4);
    EXPECT_EQ(result.pictures[0].y(kSize / 2 + 1, y), 0xc0);
    EXPECT_EQ(result.pictures[0].u(kSize / 4, y / 2), 128);
  }
}

TEST(Demosaic, DetailWithoutDirectionUsesItsOwnStrength) {
  IspRegisters r = neutral_registers(kSize, kSize);
  r.word(0x4814) = 0xffff;              // nothing is directional
  set_sharpening(r, 0x4848, 511, 511);  // must not act
  const Result plain = run(r, edge(true));
  set_sharpening(r, 0x4860, 64, 64);
  const Result sharpened = run(r, edge(true));
  r.word(0x4860) = 0;
  EXPECT_NE(sharpened.pictures[0].luma, plain.pictures[0].luma);
  EXPECT_EQ(run(r, edge(true)).pictures[0].luma, plain.pictures[0].luma);
}

TEST(Demosaic, DetailBelowItsThresholdIsNotSharpened) {
  IspRegisters r = neutral_registers(kSize, kSize);
  const Result plain = run(r, edge(true));
  for (const std::uint32_t kind : {0x4848u, 0x4860u}) set_sharpening(r, kind, 128, 128);
  r.word(0x4808) = 0xfffu << 16;
  EXPECT_EQ(run(r, edge(true)).pictures[0].luma, plain.pictures[0].luma);
}

// Luma right and left of the edge, in 1/16 of 12-bit units, without and with sharpening.
struct Sides {
  int bright, dark;
};
Sides sides(const IspRegisters& r) {
  const Result result = run(r, edge(true));
  return {result.pictures[0].y(kSize / 2, 8), result.pictures[0].y(kSize / 2 - 1, 8)};
}

TEST(Demosaic, SharpeningAddsNoMoreThanItsLimits) {
  IspRegisters r = neutral_registers(kSize, kSize);
  set_sharpening(r, 0x4848, 128, 128);
  r.word(0x484c) = 0x100u << 16 | 0x080;  // white, black
  const Sides s = sides(r);
  EXPECT_EQ(s.bright, (0xc00 + 0x100) / 16);
  EXPECT_EQ(s.dark, (0x200 - 0x080) / 16);
}

TEST(Demosaic, TheWeightOfADetailDependsOnItsSize) {
  // The step of 0xa00 is a detail of 0x280 = 640 on either side: node 20 of 22.
  IspRegisters r = neutral_registers(kSize, kSize);
  set_sharpening(r, 0x4848, 128, 128);
  const Sides whole = sides(r);
  EXPECT_EQ(whole.bright, (0xc00 + 0x280) / 16);
  r.word(0x4904) = 16 | 0 << 6;  // nodes 20 and 21 of the white curve
  const Sides half = sides(r);
  EXPECT_EQ(half.bright, (0xc00 + 0x140) / 16);
  EXPECT_EQ(half.dark, whole.dark) << "the black curve is another";
  r.word(0x4918) = 8;
  EXPECT_EQ(sides(r).dark, (0x200 - 0xa0) / 16);
  for (std::uint32_t word = 0x48f4; word <= 0x4900; word += 4) r.word(word) = 0;
  EXPECT_EQ(sides(r).bright, half.bright) << "smaller details have nodes of their own";
}

TEST(Demosaic, DetailWithoutDirectionHasLimitsAndWeightsOfItsOwn) {
  IspRegisters r = neutral_registers(kSize, kSize);
  r.word(0x4814) = 0xffff;  // nothing is directional
  const auto plain = run(r, edge(true)).pictures[0].luma;
  set_sharpening(r, 0x4848, 0, 0, 0, 0);
  set_sharpening(r, 0x4860, 128, 128);
  const auto sharpened = run(r, edge(true)).pictures[0].luma;
  EXPECT_NE(sharpened, plain);
  IspRegisters limited = r;
  limited.word(0x4864) = 0;
  EXPECT_EQ(run(limited, edge(true)).pictures[0].luma, plain);
  for (const std::uint32_t curve : {0x491cu, 0x4930u}) {
    IspRegisters light = r;
    for (std::uint32_t word = curve; word < curve + 0x14; word += 4) light.word(word) = 0;
    const auto half = run(light, edge(true)).pictures[0].luma;
    EXPECT_NE(half, plain) << "one of white and black is left";
    EXPECT_NE(half, sharpened);
  }
}

TEST(Demosaic, WeightsAreInterpolatedBetweenNodes) {
  // Details of 640 and, with half the contrast above, of 16 + 640: half way to the last node.
  IspRegisters r = neutral_registers(kSize, kSize);
  set_sharpening(r, 0x4848, 128, 0);
  r.word(0x4904) = 16 | 32 << 6;
  const BayerFrame frame = make_frame(kSize, kSize, 12, [](std::uint32_t x, std::uint32_t) {
    return x < kSize / 2 ? 0x200u : 0x200u + 4 * (640 + 16);
  });
  const int bright = 0x200 + 4 * 656;
  EXPECT_EQ(run(r, frame).pictures[0].y(kSize / 2, 8), (bright + 656 * 24 / 32) / 16);
}

// A flat colour but for one column of another colour.
BayerFrame coloured_line() {
  return make_frame(kSize, kSize, 12, [](std::uint32_t x, std::uint32_t y) {
    const bool red = x % 2 == 0 && y % 2 == 0;
    return (x / 4 % 2 != 0 ? 0x900u : 0x300u) + (red ? 0x200 : 0);
  });
}

// Sum of the distances of chroma from grey.
int colourfulness(const Picture& p) {
  int sum = 0;
  for (std::uint32_t y = 0; y < kSize / 2; ++y) {
    for (std::uint32_t x = 0; x < kSize / 2; ++x) {
      sum += std::abs(p.u(x, y) - 128) + std::abs(p.v(x, y) - 128);
    }
  }
  return sum;
}

TEST(Demosaic, FalseColourIsSuppressedWhereTheMosaicChangesFast) {
  IspRegisters r = neutral_registers(kSize, kSize);
  r.word(0x4884) = 50;
  r.word(0x489c) = 670u << 16 | 70;
  r.word(0x48a0) = 1200;
  int last = colourfulness(run(r, coloured_line()).pictures[0]);
  EXPECT_GT(last, 0);
  for (const std::uint32_t strength : {30u, 60u, 127u}) {
    r.word(0x4894) = strength;
    const int now = colourfulness(run(r, coloured_line()).pictures[0]);
    EXPECT_LT(now, last) << strength;
    last = now;
  }
}

TEST(Demosaic, FlatColoursAreNoFalseColours) {
  IspRegisters r = neutral_registers(kSize, kSize);
  r.word(0x4884) = 50;
  r.word(0x489c) = 120u << 16 | 70;
  r.word(0x48a0) = 500;
  const BayerFrame frame = make_frame(kSize, kSize, 12, [](std::uint32_t x, std::uint32_t y) {
    return x % 2 == 0 && y % 2 == 0 ? 0x800u : 0x400u;
  });
  const Picture plain = run(r, frame).pictures[0];
  r.word(0x4880) = 127u << 7;
  r.word(0x4894) = 127;
  EXPECT_EQ(run(r, frame).pictures[0].chroma, plain.chroma);
}

TEST(Demosaic, ColoursOfPatternsTooFineForTheMosaicAreSuppressed) {
  // Grey rings that get finer outwards: all colour is false.
  const BayerFrame rings = make_frame(kSize, kSize, 12, [](std::uint32_t x, std::uint32_t y) {
    const double r2 = double(x) * x + double(y) * y;
    return static_cast<std::uint32_t>(2048 + 1500 * std::cos(r2 * 3.0 / (2 * kSize)));
  });
  IspRegisters r = neutral_registers(kSize, kSize);
  r.word(0x4814) = 100;
  r.word(0x4878) = 255u << 16 | 100;
  int last = colourfulness(run(r, rings).pictures[0]);
  for (const std::uint32_t strength : {10u, 20u, 30u}) {
    r.word(0x487c) = strength << 5 | 31;
    const int now = colourfulness(run(r, rings).pictures[0]);
    EXPECT_LT(now, last) << strength;
    last = now;
  }
  r.word(0x4878) = 0xffff0064;  // no pattern is that strong
  const int all = colourfulness(run(r, rings).pictures[0]);
  EXPECT_LT(last, 0.95 * all);
}

TEST(Demosaic, ColoursAlongAnEdgeAreNoAlias) {
  IspRegisters r = neutral_registers(kSize, kSize);
  r.word(0x4814) = 100;
  const Picture plain = run(r, coloured_line()).pictures[0];
  r.word(0x4878) = 255u << 16 | 100;
  r.word(0x487c) = 30u << 5 | 31;
  EXPECT_EQ(run(r, coloured_line()).pictures[0].chroma, plain.chroma);
}

TEST(Demosaic, ColourInTheDarkIsSuppressedBelowItsLimit) {
  // Flat, redder than grey; green is 200 on the left and 400 on the right.
  const BayerFrame frame = make_frame(kSize, kSize, 12, [](std::uint32_t x, std::uint32_t y) {
    const std::uint32_t green = x < kSize / 2 ? 200 : 400;
    return x % 2 == 0 && y % 2 == 0 ? green + 320 : green;
  });
  IspRegisters r = neutral_registers(kSize, kSize);
  const Picture plain = run(r, frame).pictures[0];
  r.word(0x4980) = 260u << 16 | 64;  // half
  const Picture p = run(r, frame).pictures[0];
  EXPECT_NEAR(p.v(2, 6) - 128, (plain.v(2, 6) - 128) / 2.0, 1);
  EXPECT_EQ(p.v(10, 6), plain.v(10, 6));
}

TEST(Demosaic, EachBandOfActivityHasItsStrength) {
  const auto chroma = [](std::uint32_t step, std::uint32_t t1, std::uint32_t t2, std::uint32_t t3) {
    IspRegisters r = neutral_registers(kSize, kSize);
    r.word(0x4884) = 100;
    r.word(0x489c) = 1000u << 16 | 300;
    r.word(0x48a0) = 3000;
    r.word(0x4880) = t1 << 14 | t2 << 7;
    r.word(0x4894) = t3;
    const BayerFrame frame = make_frame(kSize, kSize, 12, [=](std::uint32_t x, std::uint32_t y) {
      const bool red = x % 2 == 0 && y % 2 == 0;
      return (x < kSize / 2 ? 0x200u : 0x200u + step) + (red ? 0x400 : 0);
    });
    return run(r, frame).pictures[0].chroma;
  };
  // Beside the edge activity is twice its step, one pixel further the step.
  constexpr std::uint32_t kSmall = 80, kMiddle = 200, kLarge = 1200;
  EXPECT_NE(chroma(kSmall, 127, 0, 0), chroma(kSmall, 0, 0, 0));
  EXPECT_EQ(chroma(kSmall, 0, 0, 127), chroma(kSmall, 0, 0, 0));
  EXPECT_NE(chroma(kMiddle, 0, 127, 0), chroma(kMiddle, 0, 0, 0));
  EXPECT_EQ(chroma(kMiddle, 0, 0, 127), chroma(kMiddle, 0, 0, 0));
  EXPECT_NE(chroma(kLarge, 0, 0, 127), chroma(kLarge, 0, 0, 0));
}

TEST(Demosaic, BypassHandsTheMosaicOnAsGrey) {
  IspRegisters r = neutral_registers(kSize, kSize);
  disable(r, kBypassDmsc);
  const BayerFrame frame = flat_colour(kSize, kSize, 12, 0, 0xa00, 0x600, 0x200);
  const Picture p = run(r, frame).pictures[0];
  EXPECT_EQ(p.y(0, 0), 0xa0);
  EXPECT_EQ(p.y(1, 0), 0x60);
  EXPECT_EQ(p.y(0, 1), 0x60);
  EXPECT_EQ(p.y(1, 1), 0x20);
  EXPECT_EQ(p.u(0, 0), 128);
}

TEST(Demosaic, InfraredPatternsKeepTheOtherColours) {
  // Codes 8 ... 23, cells as their four slots; N is infrared.
  constexpr const char* kCells[] = {"RGNB", "BGNR", "RNGB", "BNGR", "GRBN", "GBRN", "NRBG", "NBRG",
                                    "RGGN", "BGGN", "GRNG", "GBNG", "GNRG", "GNBG", "NGGR", "NGGB"};
  for (std::uint32_t code = 8; code < 24; ++code) {
    const IspRegisters r = neutral_registers(kSize, kSize, code);
    const std::string cell = kCells[code - 8];
    // Infrared carries the value of the colour that it displaces: the picture is then flat and
    // coloured.
    const bool no_red = cell.find('R') == std::string::npos;
    const bool no_blue = cell.find('B') == std::string::npos;
    const std::uint32_t infrared = no_red ? 0xa00 : no_blue ? 0x300 : 0x600;
    const BayerFrame frame = make_frame(kSize, kSize, 12, [&](std::uint32_t x, std::uint32_t y) {
      const char colour = cell[2 * (y % 2) + x % 2];
      return colour == 'R' ? 0xa00 : colour == 'G' ? 0x600 : colour == 'B' ? 0x300 : infrared;
    });
    const Picture p = run(r, frame).pictures[0];
    const int y10 = (306 * 0x280 + 601 * 0x180 + 117 * 0xc0) >> 10;
    EXPECT_EQ(p.y(6, 6), y10 >> 2) << "code " << code;
    EXPECT_EQ(p.y(7, 6), y10 >> 2) << "code " << code;
  }
}

}  // namespace
}  // namespace t31::model

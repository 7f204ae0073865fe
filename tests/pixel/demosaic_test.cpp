// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

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
  r.word(0x4848) = 64u << 16 | 32;  // directional: white 0.5, black 0.25
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
  r.word(0x4814) = 0xffff;            // nothing is directional
  r.word(0x4848) = 511u << 16 | 511;  // must not act
  const Result plain = run(r, edge(true));
  r.word(0x4860) = 64u << 16 | 64;
  const Result sharpened = run(r, edge(true));
  r.word(0x4860) = 0;
  EXPECT_NE(sharpened.pictures[0].luma, plain.pictures[0].luma);
  EXPECT_EQ(run(r, edge(true)).pictures[0].luma, plain.pictures[0].luma);
}

TEST(Demosaic, DetailBelowItsThresholdIsNotSharpened) {
  IspRegisters r = neutral_registers(kSize, kSize);
  const Result plain = run(r, edge(true));
  r.word(0x4848) = r.word(0x4860) = 128u << 16 | 128;
  r.word(0x4808) = 0xfffu << 16;
  EXPECT_EQ(run(r, edge(true)).pictures[0].luma, plain.pictures[0].luma);
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

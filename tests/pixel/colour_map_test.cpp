// SPDX-License-Identifier: GPL-2.0-or-later
// CLM: corrections by hue, luma and saturation, on flat colours of known luma and chroma.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

#include "setup.hpp"

namespace t31::model {
namespace {

constexpr std::uint32_t kSize = 16;
constexpr std::uint32_t kBypassClm = 1u << 13;
constexpr unsigned kHues = 30, kLumas = 7, kSaturations = 5;

// Packs nodes as the driver does: five of `bits` bits to two words.
template <typename Node>
void write_map(IspRegisters& r, std::uint32_t ram, unsigned bits, const Node& node) {
  for (unsigned group = 0; group < kHues * kLumas; ++group) {
    std::uint64_t both = 0;
    for (unsigned i = 0; i < kSaturations; ++i) {
      const auto value = static_cast<std::uint64_t>(node(group / kLumas, group % kLumas, i));
      both |= (value & ((1u << bits) - 1)) << (bits * i);
    }
    for (const std::uint32_t port : {0u, 0x8000u}) {
      r.word(ram + port + 8 * group) = static_cast<std::uint32_t>(both);
      r.word(ram + port + 8 * group + 4) = static_cast<std::uint32_t>(both >> 32);
    }
  }
}
template <typename Node>
void write_hues(IspRegisters& r, const Node& node) {
  write_map(r, 0x60000, 7, node);
}
template <typename Node>
void write_saturations(IspRegisters& r, const Node& node) {
  write_map(r, 0x70000, 9, node);
}

IspRegisters map_registers() {
  IspRegisters r = neutral_registers(kSize, kSize);
  enable(r, kBypassClm);
  return r;
}

struct Chroma {
  double hue, size;  // degrees, 8-bit units
};

// What becomes of a flat colour of 8-bit luma and this chroma.
Chroma mapped(const IspRegisters& r, int luma, double hue, double size,
              Pipeline::Path path = Pipeline::Path::kReference) {
  const double angle = hue * std::numbers::pi / 180;
  // BT.601 full range backwards: the colour whose luma and chroma these are.
  const double u = size * std::cos(angle) / 255, v = size * std::sin(angle) / 255, y = luma / 255.0;
  const auto code = [](double x) {
    return static_cast<std::uint32_t>(std::clamp(std::lround(4095 * x), 0l, 4095l));
  };
  const BayerFrame frame = flat_colour(kSize, kSize, 12, 0, code(y + 1.402 * v),
                                       code(y - 0.344 * u - 0.714 * v), code(y + 1.772 * u));
  const Result result = run(r, frame, path);
  const Picture& p = result.pictures[0];
  const double du = p.u(2, 2) - 127.75, dv = p.v(2, 2) - 127.75;
  double found = std::atan2(dv, du) * 180 / std::numbers::pi;
  if (found < 0) found += 360;
  return {found, std::hypot(du, dv)};
}

TEST(ColourMap, AMapWithoutCorrectionsChangesNothing) {
  const IspRegisters r = map_registers();
  IspRegisters bypassed = r;
  disable(bypassed, kBypassClm);
  const BayerFrame frame = random_frame(kSize, kSize, 10, 3);
  EXPECT_EQ(run(r, frame).pictures[0], run(bypassed, frame).pictures[0]);
}

TEST(ColourMap, ANegativeSaturationFadesAPositiveOneIntensifies) {
  for (const int change : {-128, 128, -256}) {
    IspRegisters r = map_registers();
    write_saturations(r, [&](unsigned, unsigned, unsigned) { return change; });
    for (const double hue : {20.0, 100.0, 200.0, 310.0}) {
      const Chroma c = mapped(r, 128, hue, 40);
      EXPECT_NEAR(c.size, 40 * (1 + change / 256.0), 1.2) << hue;
      if (change == -256) continue;
      EXPECT_NEAR(c.hue, hue, 3);
    }
  }
}

TEST(ColourMap, AHueShiftTurnsByPartsOfASector) {
  for (const int shift : {-63, -32, 32, 63}) {
    IspRegisters r = map_registers();
    write_hues(r, [&](unsigned, unsigned, unsigned) { return shift; });
    for (const double hue : {20.0, 100.0, 200.0, 310.0}) {
      const Chroma c = mapped(r, 128, hue, 50);
      EXPECT_NEAR(c.hue, hue + shift * 12.0 / 64, 1.5) << hue;
      EXPECT_NEAR(c.size, 50, 1.2) << hue;
    }
  }
}

TEST(ColourMap, LutShiftDoublesCorrections) {
  IspRegisters r = map_registers();
  write_hues(r, [](unsigned, unsigned, unsigned) { return 30; });
  r.word(0x6804) = 2;
  EXPECT_NEAR(mapped(r, 128, 100, 50).hue, 100 + 4 * 30 * 12.0 / 64, 1.5);
}

// The conversion's rounding turns hues by about a degree, a twelfth of a sector.
constexpr double kDegree = 4;

TEST(ColourMap, ASectorActsOnItsHueAndFadesToItsNeighbours) {
  IspRegisters r = map_registers();
  write_saturations(r, [](unsigned hue, unsigned, unsigned) { return hue == 10 ? -200 : 0; });
  EXPECT_NEAR(mapped(r, 128, 120, 50).size, 50 * (1 - 200 / 256.0), kDegree);
  EXPECT_NEAR(mapped(r, 128, 126, 50).size, 50 * (1 - 100 / 256.0), kDegree);
  EXPECT_NEAR(mapped(r, 128, 132.5, 50).size, 50, kDegree);
  EXPECT_NEAR(mapped(r, 128, 300, 50).size, 50, kDegree);
}

TEST(ColourMap, HuesWrapAroundFromTheLastSectorToTheFirst) {
  IspRegisters r = map_registers();
  write_saturations(r, [](unsigned hue, unsigned, unsigned) { return hue == 0 ? -200 : 0; });
  EXPECT_NEAR(mapped(r, 128, 354, 50).size, 50 * (1 - 100 / 256.0), kDegree);
  EXPECT_NEAR(mapped(r, 128, 6, 50).size, 50 * (1 - 100 / 256.0), kDegree);
}

TEST(ColourMap, LumaAndSaturationSelectTheirLevels) {
  IspRegisters r = map_registers();
  write_saturations(r, [](unsigned, unsigned luma, unsigned) { return luma == 3 ? -200 : 0; });
  EXPECT_NEAR(mapped(r, 128, 100, 50).size, 50 * (1 - 200 / 256.0), 1.5);
  EXPECT_NEAR(mapped(r, 86, 100, 30).size, 30, 1.5) << "level 2";
  write_saturations(r, [](unsigned, unsigned, unsigned sat) { return sat == 1 ? -200 : 0; });
  EXPECT_NEAR(mapped(r, 128, 100, 32).size, 32 * (1 - 200 / 256.0), 1.5);
  EXPECT_NEAR(mapped(r, 128, 100, 64).size, 64, 1.5);
}

TEST(ColourMap, LumaStays) {
  IspRegisters r = map_registers();
  const BayerFrame frame = random_frame(kSize, kSize, 10, 5);
  const Picture before = run(r, frame).pictures[0];
  write_hues(r, [](unsigned, unsigned, unsigned) { return 50; });
  const Picture after = run(r, frame).pictures[0];
  EXPECT_EQ(after.luma, before.luma);
  EXPECT_NE(after.chroma, before.chroma);
}

TEST(ColourMap, BothPathsAgree) {
  std::mt19937 random(11);
  Pipeline fast(Pipeline::Path::kFast, 2);
  for (unsigned i = 0; i < 6; ++i) {
    IspRegisters r = neutral_registers(60 + i, 50 + i);
    enable(r, kBypassClm);
    write_hues(r,
               [&](unsigned, unsigned, unsigned) { return static_cast<int>(random() % 128) - 64; });
    write_saturations(
        r, [&](unsigned, unsigned, unsigned) { return static_cast<int>(random() % 512) - 256; });
    r.word(0x6804) = i % 5;
    for (unsigned frame = 0; frame < 2; ++frame) {
      const BayerFrame codes = random_frame(60 + i, 50 + i, 10, i + frame);
      EXPECT_EQ(run(fast, r, codes).pictures[0], run(r, codes).pictures[0]) << i;
    }
  }
}

}  // namespace
}  // namespace t31::model

// SPDX-License-Identifier: GPL-2.0-or-later
// Haze removal: transmission and air light over blocks, and what weakens it.
#include "model/pixel/defog.hpp"

#include <gtest/gtest.h>

#include <random>

#include "golden_state.hpp"
#include "setup.hpp"
#include "tone_setup.hpp"

namespace t31::model {
namespace {

using pixel::ColourPlanes;
using Samples = pixel::Plane<std::uint16_t>;

constexpr std::int32_t kWidth = 720, kHeight = 400;

IspRegisters defog_registers(std::uint32_t width = kWidth, std::uint32_t height = kHeight) {
  IspRegisters r = neutral_registers(width, height);
  set_defog(r);
  return r;
}

ColourPlanes clear(const IspRegisters& r, const ColourPlanes& rgb) {
  return pixel::clear_haze(pixel::decode_defog(r), rgb);
}

ColourPlanes flat(std::uint16_t red, std::uint16_t green, std::uint16_t blue) {
  ColourPlanes rgb{Samples(kWidth, kHeight), Samples(kWidth, kHeight), Samples(kWidth, kHeight)};
  std::fill(rgb[0].samples.begin(), rgb[0].samples.end(), red);
  std::fill(rgb[1].samples.begin(), rgb[1].samples.end(), green);
  std::fill(rgb[2].samples.begin(), rgb[2].samples.end(), blue);
  return rgb;
}

std::array<int, 3> pixel_at(const ColourPlanes& rgb, std::int32_t x, std::int32_t y) {
  return {rgb[0].at(x, y), rgb[1].at(x, y), rgb[2].at(x, y)};
}

// J = A + (I - A) 255 / t, all 10 bits but t.
double cleared(double sample, double air, double transmission) {
  return air + (sample - air) * 255 / transmission;
}

TEST(Defog, FullTransmissionChangesNothingWhateverTheAirLight) {
  IspRegisters r = defog_registers();
  set_haze(r, {255, 10, 130, 250});
  r.word(0x5a28) = 0x00201c0a, r.word(0x5a38) = 0x00201a08, r.word(0x5a68) = 0x2020120d;
  ColourPlanes rgb = flat(0, 0, 0);
  std::mt19937 random(3);
  for (auto& plane : rgb)
    for (auto& sample : plane.samples) sample = static_cast<std::uint16_t>(random() & 1023);
  const ColourPlanes out = clear(r, rgb);
  for (unsigned i = 0; i < 3; ++i) EXPECT_EQ(out[i].samples, rgb[i].samples);
}

TEST(Defog, BypassedItChangesNothing) {
  IspRegisters r = defog_registers();
  set_haze(r, {100, 200, 200, 200});
  disable(r, kBypassDefog);
  EXPECT_EQ(pixel_at(clear(r, flat(300, 400, 500)), 9, 9), (std::array{300, 400, 500}));
}

TEST(Defog, DistanceToTheAirLightGrowsByTheTransmission) {
  for (const std::uint32_t t : {230u, 170u, 102u}) {
    IspRegisters r = defog_registers();
    set_haze(r, {t, 180, 180, 180});
    for (const std::uint16_t grey : {500, 600, 720, 800}) {
      EXPECT_NEAR(pixel_at(clear(r, flat(grey, grey, grey)), 300, 200)[1],
                  std::clamp(cleared(grey, 720, t), 0.0, 1023.0), 2)
          << grey << " at " << t;
    }
  }
}

TEST(Defog, EachColourHasItsOwnAirLight) {
  IspRegisters r = defog_registers();
  set_haze(r, {170, 100, 150, 200});
  const auto out = pixel_at(clear(r, flat(500, 600, 700)), 300, 200);
  EXPECT_NEAR(out[0], cleared(500, 400, 170), 3);
  EXPECT_NEAR(out[1], cleared(600, 600, 170), 3);
  EXPECT_NEAR(out[2], cleared(700, 800, 170), 3);
}

TEST(Defog, LimitsOfMainParaBoundTransmissionAndAirLight) {
  IspRegisters r = defog_registers();
  set_haze(r, {10, 255, 255, 255});
  r.word(0x5a00) = 242 << 8 | 128;
  EXPECT_NEAR(pixel_at(clear(r, flat(900, 900, 900)), 300, 200)[1], cleared(900, 968, 128), 3);
}

TEST(Defog, OneBlocksHazeFadesWithDistanceAndEndsAfterTwoBlocks) {
  IspRegisters r = defog_registers();
  set_haze(r, 9, 5, {80, 0, 0, 0});
  const ColourPlanes out = clear(r, flat(300, 300, 300));
  constexpr std::int32_t kBlock = kWidth / 18, kMiddle = 9 * kBlock + kBlock / 2, kRow = 220;
  const auto at = [&](std::int32_t dx) { return pixel_at(out, kMiddle + dx, kRow)[1]; };
  EXPECT_GT(at(0), 320);
  for (std::int32_t dx = 8; dx < 3 * kBlock; dx += 8) {
    EXPECT_LE(at(dx), at(dx - 8) + 1) << dx;
    EXPECT_LE(at(-dx), at(8 - dx) + 1) << dx;
  }
  EXPECT_EQ(at(3 * kBlock), 300);
  EXPECT_EQ(at(-3 * kBlock), 300);
}

TEST(Defog, DarkPixelsAreChangedLess) {
  IspRegisters r = defog_registers();
  set_haze(r, {128, 200, 200, 200});
  const auto change = [&](std::uint16_t grey) {
    return grey - pixel_at(clear(r, flat(grey, grey, grey)), 300, 200)[1];
  };
  const int bright = change(500), before = change(380);
  r.word(0x5a60) = 0x00060505;  // segments of 32, 32 and 64
  r.word(0x5a64) = 128 << 16 | 64 << 8 | 32;
  r.word(0x5a68) = 0x20201008;  // 8, 16, 32, 32 of 32
  EXPECT_EQ(change(500), bright) << "beyond the last knee";
  set_haze(r, {230, 200, 200, 200});
  const int weakened = change(128);  // value 32: one half
  r.word(0x5a68) = 0x20202020;
  EXPECT_NEAR(2 * weakened, change(128), 2);
  EXPECT_GT(before, 0);
}

TEST(Defog, ColoursOfGreyishPixelsChangeLessThanTheirLuma) {
  IspRegisters r = defog_registers();
  set_haze(r, {128, 150, 150, 150});
  const auto spread = [&] {
    const auto out = pixel_at(clear(r, flat(480, 500, 440)), 300, 200);
    return std::max({out[0], out[1], out[2]}) - std::min({out[0], out[1], out[2]});
  };
  const int full = spread();
  EXPECT_NEAR(full, 60 * 255 / 128, 3);
  r.word(0x5a20) = 0x03030303;
  r.word(0x5a24) = 24 << 16 | 16 << 8 | 8;
  r.word(0x5a28) = 32 << 16 | 28 << 8 | 10;
  EXPECT_LT(spread(), full - 40);
  EXPECT_GE(spread(), 60);
}

TEST(Defog, TablesOfTheTestsAreThoseOfTheRecordedDriver) {
  const auto states = golden_states("sc2336_1920x1080_bayer0_linear");
  if (states.empty()) GTEST_SKIP() << "no shared data";
  const IspRegisters& recorded = states.front().registers;
  const IspRegisters made = defog_registers(1920, 1080);
  for (std::uint32_t i = 0x5800; i < 0x5960; i += 4) {
    if (i == 0x58d4) continue;  // the recorded table has 11 for 10 in one place of this word
    EXPECT_EQ(made[i], recorded[i]) << std::hex << i;
  }
}

}  // namespace
}  // namespace t31::model

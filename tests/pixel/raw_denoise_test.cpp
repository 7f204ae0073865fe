// SPDX-License-Identifier: GPL-2.0-or-later
// RDNS: noise falls, edges stay, thresholds act in their documented direction.
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "detail_setup.hpp"
#include "golden_state.hpp"
#include "setup.hpp"
#include "tests/pictures/measure.hpp"

namespace t31::model {
namespace {

constexpr std::uint32_t kSize = 64;

// The mosaic itself as luma. Thresholds of 16 units of 12 bits in flat places, none elsewhere.
IspRegisters denoise_registers(std::uint32_t flat, std::uint32_t textured, std::uint32_t texture) {
  IspRegisters r = neutral_registers(kSize, kSize);
  disable(r, kBypassDmsc | kBypassCsc);
  enable(r, kBypassRdns);
  r.word(0x3008) = 25u << 16;
  r.word(0x3018) = texture;
  r.word(0x301c) = 0x0fff0fff;
  r.word(0x3020) = r.word(0x3024) = textured << 16 | flat;
  return r;
}

// Normal noise of 64 units of 12 bits, four of luma, around a level on either side of the middle.
BayerFrame noisy_edge(double left, double right, double deviation = 64) {
  std::mt19937 random(3);
  std::normal_distribution<double> normal(0, deviation);
  return make_frame(kSize, kSize, 12, [&](std::uint32_t x, std::uint32_t) {
    const double level = x < kSize / 2 ? left : right;
    return static_cast<std::uint32_t>(std::clamp(level + normal(random), 0.0, 4095.0));
  });
}

double noise_left(const IspRegisters& r, const BayerFrame& frame) {
  const Result result = run(r, frame);
  const Picture& p = result.pictures[0];
  return measure::noise({p.luma.data(), kSize / 2 - 4, kSize, p.luma_stride}).deviation;
}

TEST(RawDenoise, NoiseFallsToAThirdWhereNineSamplesAreAveraged) {
  const BayerFrame frame = noisy_edge(1600, 2400);
  const double before = noise_left(denoise_registers(0, 0, 0), frame);
  EXPECT_NEAR(before, 4, 0.2);
  EXPECT_LT(noise_left(denoise_registers(320, 0, 4095), frame), before * 0.4);
}

TEST(RawDenoise, AnEdgeAboveTheThresholdStaysExactly) {
  const IspRegisters r = denoise_registers(320, 320, 4095);
  const Picture p = run(r, noisy_edge(1600, 2400, 0)).pictures[0];
  for (std::uint32_t y = 0; y < kSize; ++y) {
    for (std::uint32_t x = 0; x < kSize; ++x) {
      ASSERT_EQ(p.y(x, y), x < kSize / 2 ? 100 : 150);
    }
  }
}

TEST(RawDenoise, LargerThresholdsSmoothMore) {
  const BayerFrame frame = noisy_edge(1600, 2400);
  double last = noise_left(denoise_registers(0, 0, 4095), frame);
  for (const std::uint32_t threshold : {40u, 80u, 160u, 320u}) {
    const double now = noise_left(denoise_registers(threshold, 0, 4095), frame);
    EXPECT_LT(now, last) << threshold;
    last = now;
  }
}

TEST(RawDenoise, TexturedPlacesHaveAThresholdOfTheirOwn) {
  const BayerFrame frame = noisy_edge(1600, 2400);
  const double before = noise_left(denoise_registers(0, 0, 0), frame);
  // Everything is textured for a base threshold of none, nothing for the largest.
  EXPECT_DOUBLE_EQ(noise_left(denoise_registers(320, 0, 0), frame), before);
  EXPECT_LT(noise_left(denoise_registers(0, 320, 0), frame), before / 2);
  EXPECT_DOUBLE_EQ(noise_left(denoise_registers(0, 320, 4095), frame), before);
}

TEST(RawDenoise, GreenAndTheOtherColoursHaveThresholdsOfTheirOwn) {
  const BayerFrame frame = noisy_edge(1600, 2400);
  const Picture before = run(denoise_registers(0, 0, 0), frame).pictures[0];
  for (const std::uint32_t word : {0x3020u, 0x3024u}) {
    IspRegisters r = denoise_registers(320, 0, 4095);
    r.word(word) = 0;
    const Picture p = run(r, frame).pictures[0];
    unsigned greens = 0, others = 0;
    for (std::uint32_t y = 0; y < kSize; ++y) {
      for (std::uint32_t x = 0; x < kSize; ++x) {
        ((x + y) % 2 != 0 ? greens : others) += p.y(x, y) != before.y(x, y);
      }
    }
    EXPECT_EQ(greens == 0, word == 0x3020u);
    EXPECT_EQ(others == 0, word == 0x3024u);
  }
}

TEST(RawDenoise, BrightSamplesAndOverexposedSurroundingsStay) {
  const BayerFrame frame = noisy_edge(1600, 2400);
  const double before = noise_left(denoise_registers(0, 0, 0), frame);
  IspRegisters r = denoise_registers(320, 0, 4095);
  r.word(0x301c) = 0x0fff0000 | 1000;  // brighter samples are saturated
  EXPECT_DOUBLE_EQ(noise_left(r, frame), before);
  r.word(0x301c) = 1000u << 16 | 0x0fff;  // brighter samples are overexposed
  EXPECT_LT(noise_left(r, frame), before / 2) << "25 of 25 samples are allowed";
  r.word(0x3008) = 24u << 16;
  EXPECT_DOUBLE_EQ(noise_left(r, frame), before);
}

TEST(RawDenoise, RealTuningFilesNeverRaiseNoiseOrBlurEdges) {
  for (const std::string& name : golden_names()) {
    for (const char* phase : {"gain log2_q16=0", "gain log2_q16=262144", "night"}) {
      auto state = recorded_registers(name, phase);
      ASSERT_TRUE(state) << name << ' ' << phase;
      IspRegisters on = *state;
      cut_to(on, kSize, kSize);
      disable(on, ~std::uint32_t{kBypassRdns});
      IspRegisters off = on;
      disable(off, kBypassRdns);
      const BayerFrame noise = noisy_edge(200, 1400, 6), edge = noisy_edge(200, 1400, 0);
      EXPECT_LE(noise_left(on, noise), noise_left(off, noise)) << name << ' ' << phase;
      EXPECT_EQ(run(on, edge).pictures[0].luma, run(off, edge).pictures[0].luma) << name;
    }
  }
}

}  // namespace
}  // namespace t31::model

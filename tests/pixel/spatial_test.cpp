// SPDX-License-Identifier: GPL-2.0-or-later
// SDNS: the weights that its tables give, and what they do to pictures.
#include "model/pixel/spatial_denoise.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "detail_setup.hpp"

namespace t31::model {
namespace {

constexpr std::uint32_t kWidth = 128, kHeight = 96;

IspRegisters spatial_registers(std::uint32_t rest, std::uint32_t moving = 0) {
  IspRegisters r = plain_registers(kWidth, kHeight);
  set_spatial_denoise(r, rest, moving);
  return r;
}

BayerFrame noisy(double luma, double sigma, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> noise(luma, sigma);
  return luma_frame(kWidth, kHeight, [&](auto, auto) { return noise(random); });
}

double deviation(const Picture& p, std::uint32_t first = 0, std::uint32_t end = kWidth) {
  double sum = 0, squares = 0, n = 0;
  for (std::uint32_t y = 0; y < kHeight; ++y) {
    for (std::uint32_t x = first; x < end; ++x)
      sum += p.y(x, y), squares += p.y(x, y) * p.y(x, y), ++n;
  }
  return std::sqrt((squares - sum * sum / n) / n);
}

double noise_left(std::uint32_t strength, double sigma) {
  return deviation(run(spatial_registers(strength), noisy(100, sigma, 1)).pictures[0]);
}

// The documented curve: 4 exp(-d / (16.25 h^2)), d in units of 8 squared differences, ending where
// the tables end.
TEST(SpatialDenoise, WeighsNeighboursByTheDocumentedCurveForEachStrength) {
  const pixel::SpatialDenoise block = pixel::decode_spatial_denoise(spatial_registers(1));
  const double whole = block.weight(16, 0);
  for (int h = 2; h <= 16; ++h) {
    const double width = 16.25 * h * h;
    for (double d = 0; d < 3 * width; d += width / 40) {
      const int distance = static_cast<int>(8 * d);
      if (distance > 8 * 460) break;  // the first stage ends there
      EXPECT_NEAR(block.weight(h, distance) / whole, std::exp(-distance / 8 / width), 0.04)
          << "h " << h << ", d " << d;
    }
    EXPECT_EQ(block.weight(h, static_cast<int>(8 * 3.3 * width)), 0) << h;
  }
}

TEST(SpatialDenoise, ALargerStrengthWeighsADistanceMore) {
  const pixel::SpatialDenoise block = pixel::decode_spatial_denoise(spatial_registers(1));
  for (int distance = 100; distance < 5000; distance += 100) {
    for (int h = 2; h <= 16; ++h) {
      EXPECT_GE(block.weight(h, distance), block.weight(h - 1, distance)) << h << ' ' << distance;
    }
  }
}

TEST(SpatialDenoise, StrengthZeroAndBypassChangeNothing) {
  const BayerFrame frame = noisy(100, 8, 3);
  const Picture plain = run(plain_registers(kWidth, kHeight), frame).pictures[0];
  EXPECT_EQ(run(spatial_registers(0), frame).pictures[0], plain);
  IspRegisters r = spatial_registers(16);
  disable(r, kBypassSdns);
  EXPECT_EQ(run(r, frame).pictures[0], plain);
}

TEST(SpatialDenoise, HalvesNoiseWithinItsReachAndMoreWithMoreStrength) {
  EXPECT_LT(noise_left(5, 4), 2);
  EXPECT_LT(noise_left(8, 6), 3);
  EXPECT_LT(noise_left(12, 6), noise_left(5, 6));
  EXPECT_LT(noise_left(5, 6), noise_left(2, 6));
  EXPECT_LT(noise_left(2, 6), noise_left(0, 6));
}

TEST(SpatialDenoise, LeavesChromaAlone) {
  const BayerFrame frame = noisy(100, 8, 3);
  const Picture plain = run(plain_registers(kWidth, kHeight), frame).pictures[0];
  EXPECT_EQ(run(spatial_registers(16), frame).pictures[0].chroma, plain.chroma);
}

TEST(SpatialDenoise, KeepsEdgesThatStandOutOfTheNoise) {
  std::mt19937 random(1);
  std::normal_distribution<double> noise(0, 4);
  const BayerFrame frame = luma_frame(kWidth, kHeight, [&](std::uint32_t x, std::uint32_t) {
    return (x < kWidth / 2 ? 60 : 160) + noise(random);
  });
  const Picture p = run(spatial_registers(6), frame).pictures[0];
  double left = 0, right = 0;
  for (std::uint32_t y = 0; y < kHeight; ++y) {
    left += p.y(kWidth / 2 - 1, y) / double{kHeight};
    right += p.y(kWidth / 2, y) / double{kHeight};
  }
  EXPECT_NEAR(left, 60, 2);
  EXPECT_NEAR(right, 160, 2);
}

TEST(SpatialDenoise, TheClassOfActivityChoosesTheStrength) {
  IspRegisters r = spatial_registers(0);
  // Only where the range of 3x3 samples is from 40 on to 50.
  set_strengths(r, 0x885c, {0, 0, 0, 0, 0, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0});
  const auto checks = [](double range) {
    return luma_frame(kWidth, kHeight, [=](std::uint32_t x, std::uint32_t y) {
      return 100 + ((x + y) % 2 == 0 ? range : 0);
    });
  };
  EXPECT_EQ(deviation(run(r, checks(38)).pictures[0]), 19);
  EXPECT_LT(deviation(run(r, checks(44)).pictures[0]), 22);
  EXPECT_EQ(deviation(run(r, checks(52)).pictures[0]), 26);
}

TEST(SpatialDenoise, TheDarkAndTheBrightAreDenoisedAsIfNothingHappenedThere) {
  // Strength for flat places only, and noise that is nowhere flat.
  IspRegisters r = spatial_registers(0);
  std::array<std::uint8_t, 16> strengths{};
  strengths[0] = 12;
  set_strengths(r, 0x885c, strengths);
  r.word(0x887c) = 16 << 16 | 220 << 8 | 40;
  const auto changed = [&](double luma) {
    const BayerFrame frame = noisy(luma, 4, 1);
    const Picture plain = run(plain_registers(kWidth, kHeight), frame).pictures[0];
    const Picture p = run(r, frame).pictures[0];
    double count = 0;
    for (std::uint32_t i = 0; i < kWidth * kHeight; ++i) count += p.luma[i] != plain.luma[i];
    return count / (kWidth * kHeight);
  };
  EXPECT_GT(changed(20), 0.7);
  EXPECT_LT(changed(100), 0.1);
  EXPECT_GT(changed(240), 0.7);
  r.word(0x887c) = 16 << 16 | 255 << 8;
  EXPECT_LT(changed(20), 0.1);
}

TEST(SpatialDenoise, MovingAreasTakeTheStrengthForMotion) {
  IspRegisters r = spatial_registers(0, 16);
  set_temporal_denoise(r);
  Pipeline pipeline(Pipeline::Path::kReference, 1);
  TestMemory memory(1 << 16);
  Picture p, plain;
  for (unsigned i = 0; i < 6; ++i) {
    std::mt19937 random(i);
    std::normal_distribution<double> noise(0, 4);
    // The right half jumps by far more than noise.
    const BayerFrame frame = luma_frame(kWidth, kHeight, [&](std::uint32_t x, std::uint32_t) {
      return (x < kWidth / 2 ? 100 : 60 + 60 * (i % 2)) + noise(random);
    });
    p = run(pipeline, r, frame, &memory).pictures[0];
    plain = run(plain_registers(kWidth, kHeight), frame).pictures[0];
  }
  EXPECT_LT(2 * deviation(p, kWidth * 3 / 4, kWidth), deviation(plain, kWidth * 3 / 4, kWidth));
  // With no window asked for, the strength at rest holds there too.
  r.word(0x880c) = 0;
  Picture still = run(pipeline, r, noisy(200, 4, 9), &memory).pictures[0];
  EXPECT_GT(1.2 * deviation(still, kWidth * 3 / 4, kWidth), 3.5);
}

TEST(SpatialDenoise, NeighboursWithoutWeightInTheFirstStageDoNotCount) {
  IspRegisters r = spatial_registers(16);
  for (std::uint32_t i = 0x88a0; i < 0x88c0; i += 4) r.word(i) = 0;
  const BayerFrame frame = noisy(100, 8, 3);
  EXPECT_EQ(run(r, frame).pictures[0], run(plain_registers(kWidth, kHeight), frame).pictures[0]);
}

}  // namespace
}  // namespace t31::model

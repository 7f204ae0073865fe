// SPDX-License-Identifier: GPL-2.0-or-later
// Shot and read noise: statistics, reproducibility, and the fast path against its definition.
#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "hwy/targets.h"
#include "model/sensor/noise_hash.hpp"
#include "model/sensor/photons.hpp"
#include "probe.hpp"

namespace t31::model::testing {
namespace {

std::string flat(double level, unsigned seed = 1) {
  return R"({"scene":{"type":"flat","level":)" + std::to_string(level) +
         R"(},"shading":false,"response":"identity","seed":)" + std::to_string(seed) + "}";
}

TEST(Noise, SumOfBytesHasTheMomentsOfItsDefinition) {
  double sum = 0, squares = 0, fourth = 0, neighbour = 0;
  double previous = 0;
  constexpr int kRows = 200, kColumns = 5000;
  for (std::uint32_t row = 0; row < kRows; ++row) {
    const std::uint64_t key = row_key(7, 3, row);
    for (std::uint32_t column = 0; column < kColumns; ++column) {
      const double z = noise_sum(key, column) * static_cast<double>(kNoiseUnit);
      sum += z;
      squares += z * z;
      fourth += z * z * z * z;
      neighbour += z * previous;
      previous = z;
    }
  }
  constexpr double kCount = kRows * kColumns;
  EXPECT_NEAR(sum / kCount, 0, 0.004);  // four standard errors of a million draws
  EXPECT_NEAR(squares / kCount, 1, 0.006);
  EXPECT_NEAR(fourth / kCount, 3 - 0.15, 0.04);
  EXPECT_NEAR(neighbour / kCount, 0, 0.004);
}

// Variance in codes: shot noise mean * k, read noise (2 e- * k)^2, converter (0.5)^2, rounding
// 1/12, with k = gain * 958 codes / 6000 electrons.
TEST(Noise, VarianceFollowsTheShotNoiseModelOverLevelAndGain) {
  for (const unsigned coarse : {0x00U, 0x08U, 0x0bU}) {
    for (const double level : {0.0, 0.01, 0.05, 0.1}) {
      auto sensor = powered(flat(level));
      write(*sensor, 0x3e09, coarse);
      const double gain = coarse == 0x00 ? 1 : coarse == 0x08 ? 2 : 8;
      const double k = gain * 958 / 6000;
      const double mean = 958 * level * gain;
      const double variance = mean * k + 4 * k * k + 0.25 + 1.0 / 12;
      const Moments seen = moments(take(*sensor, 0), Colour::kGreen);
      EXPECT_NEAR(seen.mean, 65 + mean, 0.1) << level << " x" << gain;
      EXPECT_NEAR(seen.variance, variance, variance * 0.02) << level << " x" << gain;
    }
  }
}

TEST(Noise, IsTheSameForTheSameSeedAndFrameAndAnyNumberOfThreads) {
  auto first = powered(flat(0.18));
  auto second = powered(flat(0.18));
  const BayerFrame one = take(*first, 5, 1);
  EXPECT_EQ(take(*second, 5, 2).codes, one.codes);
  EXPECT_EQ(take(*second, 5, 7).codes, one.codes);
  EXPECT_EQ(take(*second, 5, 0).codes, one.codes);
}

TEST(Noise, IsIndependentBetweenFramesSeedsAndPixels) {
  const auto correlation = [](const BayerFrame& a, const BayerFrame& b, std::size_t shift) {
    const std::size_t count = a.codes.size() - shift;
    double product = 0, sum_a = 0, sum_b = 0, square = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const double x = a.codes[i], y = b.codes[i + shift];
      product += x * y;
      sum_a += x;
      sum_b += y;
      square += x * x;
    }
    const auto n = static_cast<double>(count);
    return (product / n - sum_a / n * (sum_b / n)) / (square / n - sum_a / n * (sum_a / n));
  };
  auto sensor = powered(flat(0.18));
  auto other = powered(flat(0.18, 2));
  const BayerFrame now = take(*sensor, 1);
  const BayerFrame next = take(*sensor, 2);
  EXPECT_LT(std::abs(correlation(now, next, 0)), 0.004);
  EXPECT_LT(std::abs(correlation(now, next, 1)), 0.004);
  EXPECT_LT(std::abs(correlation(now, take(*other, 1), 0)), 0.004);
  for (const std::size_t shift : {1, 2, 8, 1919, 1920, 1921}) {
    EXPECT_LT(std::abs(correlation(now, now, shift)), 0.004) << shift;
  }
}

// Lengths around every vector size, unaligned, on every instruction set that this machine has.
TEST(Noise, EveryVectorSizeGivesTheBytesOfTheDefinition) {
  const PixelPhysics physics{
      .full_well = 6000, .read_noise = 2, .converter_noise = 0.5, .black_level = 65, .bits = 10};
  std::vector<std::uint16_t> light(300), shade(300), fast(300), plain(300);
  for (std::size_t i = 0; i < light.size(); ++i) {
    light[i] = static_cast<std::uint16_t>(i * i * 7);
    shade[i] = static_cast<std::uint16_t>(20000 + i * 40);
  }
  const auto targets = hwy::SupportedAndGeneratedTargets();
  ASSERT_FALSE(targets.empty());
  for (const auto target : targets) {
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    for (const double gain : {0.5, 1.0, 32.0, 1e6}) {
      for (const bool noise : {false, true}) {
        const ExposureTerms terms = exposure_terms(physics, 1.0 / 65535, 1, gain, noise);
        for (std::size_t count = 0; count < 70; ++count) {
          for (const std::uint16_t* dim :
               {static_cast<const std::uint16_t*>(nullptr), std::as_const(shade).data() + 3}) {
            std::fill(fast.begin(), fast.end(), 7777);
            std::fill(plain.begin(), plain.end(), 7777);
            expose_row(terms, 99, light.data() + count, dim, fast.data() + 1, count);
            expose_row_reference(terms, 99, light.data() + count, dim, plain.data() + 1, count);
            ASSERT_EQ(fast, plain) << hwy::TargetName(target) << " " << count << " x" << gain;
          }
        }
      }
    }
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

}  // namespace
}  // namespace t31::model::testing

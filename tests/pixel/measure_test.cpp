// SPDX-License-Identifier: GPL-2.0-or-later
// What pictures are judged by, against closed forms.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <stdexcept>

#include "tests/pictures/measure.hpp"

namespace t31::measure {
namespace {

// An edge blurred by a Gaussian of `sigma` pixels; `extra` of it added once more as unsharp mask.
Rows gaussian_edge(double sigma, double from, double to, double extra = 0) {
  Rows rows(200, std::vector<double>(100));
  const auto step = [](double x, double s) { return 0.5 + 0.5 * std::erf(x / (s * std::sqrt(2))); };
  for (std::size_t y = 0; y < rows.size(); ++y) {
    for (std::size_t x = 0; x < rows[y].size(); ++x) {
      const double position = static_cast<double>(x) - 50 + (static_cast<double>(y) - 100) * 0.0875;
      const double profile =
          (1 + extra) * step(position, sigma) - extra * step(position, 3 * sigma);
      rows[y][x] = from + (to - from) * profile;
    }
  }
  return rows;
}

TEST(Measure, Mtf50OfAGaussianEdgeIsThatOfTheGaussian) {
  for (const double sigma : {0.4, 0.6, 1.0}) {
    // exp(-2 (pi sigma f)^2) = 1/2; the edge's slant widens it by its cosine.
    const double expected = std::sqrt(std::log(2.0) / 2) / (std::numbers::pi * sigma);
    EXPECT_NEAR(slanted_edge(gaussian_edge(sigma, 50, 200)).mtf50, expected, 0.03 * expected);
    EXPECT_NEAR(slanted_edge(gaussian_edge(sigma, 200, 50)).mtf50, expected, 0.03 * expected);
  }
}

TEST(Measure, OvershootIsAShareOfTheStep) {
  EXPECT_NEAR(slanted_edge(gaussian_edge(1, 50, 150)).overshoot, 0, 0.005);
  const Edge sharpened = slanted_edge(gaussian_edge(1, 50, 150, 0.5));
  // 1.5 P(x) - 0.5 P(x / 3) is greatest at x^2 = 9/4 ln 9, P the normal distribution.
  EXPECT_NEAR(sharpened.overshoot, 0.0950, 0.002);
  EXPECT_NEAR(sharpened.overshoot, sharpened.undershoot, 0.01);
}

TEST(Measure, WhatIsNoSlantedEdgeIsRefused) {
  EXPECT_THROW((void)slanted_edge(Rows(20, std::vector<double>(100))), std::invalid_argument);
  Rows upright(200, std::vector<double>(100, 10));
  for (auto& row : upright) std::fill(row.begin() + 50, row.end(), 90);
  EXPECT_THROW((void)slanted_edge(upright), std::invalid_argument);
}

TEST(Measure, NoiseIsTheStandardDeviation) {
  const std::uint8_t samples[] = {10, 20, 10, 20, 99};
  const Noise found = noise({samples, 4, 1, 5});
  EXPECT_DOUBLE_EQ(found.mean, 15);
  EXPECT_DOUBLE_EQ(found.deviation, 5);
  const std::uint8_t others[] = {13, 16, 13, 16, 0};
  EXPECT_DOUBLE_EQ(difference({samples, 4, 1, 5}, {others, 4, 1, 5}), std::sqrt(12.5));
}

}  // namespace
}  // namespace t31::measure

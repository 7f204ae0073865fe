// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31tune/colour_fit.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "model/scene/color_checker.hpp"
#include "t31tune/simplex.hpp"

namespace t31::test {
namespace {

// What a sensor sees whose white-balanced colours `matrix` turns into sRGB: its inverse, row
// sums 1.
constexpr tune::Matrix kTrue{1.7, -0.5, -0.2, -0.3, 1.6, -0.3, 0.1, -0.7, 1.6};

tune::ChartReading reading_of(const tune::Matrix& m, double red, double blue) {
  const double det = m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) +
                     m[2] * (m[3] * m[7] - m[4] * m[6]);
  const tune::Matrix inverse{(m[4] * m[8] - m[5] * m[7]) / det, (m[2] * m[7] - m[1] * m[8]) / det,
                             (m[1] * m[5] - m[2] * m[4]) / det, (m[5] * m[6] - m[3] * m[8]) / det,
                             (m[0] * m[8] - m[2] * m[6]) / det, (m[2] * m[3] - m[0] * m[5]) / det,
                             (m[3] * m[7] - m[4] * m[6]) / det, (m[1] * m[6] - m[0] * m[7]) / det,
                             (m[0] * m[4] - m[1] * m[3]) / det};
  tune::ChartReading reading;
  for (std::size_t patch = 0; patch < colour::kPatchCount; ++patch) {
    const colour::Rgb in = colour::published_colour(patch);
    for (std::size_t row = 0; row < 3; ++row) {
      for (std::size_t c = 0; c < 3; ++c) {
        reading.camera[patch][row] += 0.6 * inverse[3 * row + c] * in[c];
      }
    }
    reading.camera[patch][0] *= red;
    reading.camera[patch][2] *= blue;
  }
  return reading;
}

TEST(ColourFit, FindsTheMatrixOfAKnownSensor) {
  const auto reading = reading_of(kTrue, 0.55, 0.7);
  const auto grey = tune::measure_grey(reading);
  EXPECT_NEAR(grey.red, 0.55, 0.003);
  EXPECT_NEAR(grey.blue, 0.7, 0.003);
  const tune::Matrix fitted = tune::fit_matrix(reading, grey);
  for (std::size_t i = 0; i < fitted.size(); ++i) EXPECT_NEAR(fitted[i], kTrue[i], 0.06) << i;
  EXPECT_LT(tune::predict(reading, grey, fitted).mean, 0.5);
  EXPECT_GT(tune::predict(reading, grey, tune::kIdentityMatrix).mean, 5);
}

TEST(ColourFit, RowsInTheFileSumToOneExactly) {
  const auto reading = reading_of(kTrue, 0.55, 0.7);
  const auto q10 = tune::to_q10(tune::fit_matrix(reading, tune::measure_grey(reading)));
  for (std::size_t row = 0; row < 3; ++row) {
    EXPECT_EQ(q10[3 * row] + q10[3 * row + 1] + q10[3 * row + 2], 1024);
  }
}

TEST(ColourFit, AClippedPatchChangesNothing) {
  auto reading = reading_of(kTrue, 0.55, 0.7);
  reading.camera[model::kFirstNeutral] = {0.3, 0.3, 0.3};
  reading.clipped[model::kFirstNeutral] = true;
  const auto grey = tune::measure_grey(reading);
  EXPECT_NEAR(grey.red, 0.55, 0.003);
  const tune::Matrix fitted = tune::fit_matrix(reading, grey);
  for (std::size_t i = 0; i < fitted.size(); ++i) EXPECT_NEAR(fitted[i], kTrue[i], 0.06) << i;
  EXPECT_LT(tune::predict(reading, grey, fitted).mean, 0.5);
}

TEST(ColourFit, ErrorsDoNotDependOnExposure) {
  auto reading = reading_of(kTrue, 0.55, 0.7);
  const auto grey = tune::measure_grey(reading);
  const double once = tune::predict(reading, grey, tune::kIdentityMatrix).mean;
  for (colour::Rgb& rgb : reading.camera) {
    for (double& channel : rgb) channel /= 3;
  }
  EXPECT_NEAR(tune::predict(reading, grey, tune::kIdentityMatrix).mean, once, 1e-9);
}

TEST(Simplex, FindsTheBottomOfACurvedValley) {
  // Rosenbrock's function: 0 at (1, 1), along a bent valley.
  const auto valley = [](const std::vector<double>& at) {
    return std::pow(1 - at[0], 2) + 100 * std::pow(at[1] - at[0] * at[0], 2);
  };
  const auto found = tune::minimise({-1.2, 1}, 0.3, valley);
  EXPECT_NEAR(found[0], 1, 0.01);
  EXPECT_NEAR(found[1], 1, 0.02);
}

}  // namespace
}  // namespace t31::test

// SPDX-License-Identifier: GPL-2.0-or-later
// colour_fit.hpp - white balance and colour matrix from the patches of a chart.
#pragma once

#include <array>

#include "t31tune/chart_reading.hpp"

namespace t31::tune {

// Row by row, red to blue; the rows sum to 1.
using Matrix = std::array<double, 9>;
inline constexpr Matrix kIdentityMatrix{1, 0, 0, 0, 1, 0, 0, 0, 1};
// As the tuning file holds it: Q10, rows that sum to 1024 exactly.
std::array<int, 9> to_q10(const Matrix& matrix);
Matrix from_q10(const std::array<int, 9>& matrix);

// Raw red and blue of a grey over its green.
struct GreyRatios {
  double red = 1;
  double blue = 1;
};

// From the greys that are neither clipped nor black.
GreyRatios measure_grey(const ChartReading& reading);

// CIEDE2000 of each patch, exposure matched on neutral 5, and the mean over those not clipped.
struct PatchErrors {
  std::array<double, colour::kPatchCount> delta_e{};
  double mean = 0;
  colour::PatchColours shown{};  // linear sRGB after the match
};
// What white balance and a matrix make of the chart.
PatchErrors predict(const ChartReading& reading, const GreyRatios& grey, const Matrix& matrix);

// The matrix with the least mean error; greys stay grey.
Matrix fit_matrix(const ChartReading& reading, const GreyRatios& grey);

}  // namespace t31::tune

// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31tune/colour_fit.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "colour/ciede2000.hpp"
#include "model/scene/color_checker.hpp"
#include "t31tune/linear.hpp"
#include "t31tune/simplex.hpp"

namespace t31::tune {
namespace {

using colour::Rgb;

constexpr std::size_t kFirstGrey = model::kFirstNeutral;
constexpr std::size_t kBlackPatch = colour::kPatchCount - 1;
// Large elements amplify noise: what a sum of squares costs, in CIEDE2000.
constexpr double kNoiseCost = 0.01;
// Elements of the file have 14 bits, Q10.
constexpr double kLargestElement = 7.9;

const std::array<colour::Lab, colour::kPatchCount>& published_lab() {
  static const auto kLab = [] {
    std::array<colour::Lab, colour::kPatchCount> all;
    for (std::size_t i = 0; i < all.size(); ++i)
      all[i] = colour::linear_to_lab(colour::published_colour(i));
    return all;
  }();
  return kLab;
}

Rgb corrected(const Matrix& m, const Rgb& in) {
  Rgb out{};
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t c = 0; c < 3; ++c) out[row] += m[3 * row + c] * in[c];
    out[row] = std::max(out[row], 0.0);  // as the pipeline does
  }
  return out;
}

// The free elements: those off the diagonal.
using Free = std::vector<double>;
constexpr std::size_t kFree = 6;
Matrix to_matrix(const Free& f) {
  return {1 - f[0] - f[1], f[0], f[1], f[2], 1 - f[2] - f[3], f[3], f[4], f[5], 1 - f[4] - f[5]};
}

Rgb balanced(const Rgb& camera, const GreyRatios& grey) {
  return {camera[0] / grey.red, camera[1], camera[2] / grey.blue};
}

// The matrix closest in linear light, as a start: of each row two unknowns, the third follows.
Free linear_start(const ChartReading& reading, const GreyRatios& grey) {
  const Rgb neutral = balanced(reading.camera[model::kNeutralFive], grey);
  const double exposure = colour::published_colour(model::kNeutralFive)[1] / neutral[1];
  constexpr std::size_t kOthers[3][2] = {{1, 2}, {0, 2}, {0, 1}};
  Free start(kFree);
  for (std::size_t row = 0; row < 3; ++row) {
    LeastSquares equations(2);
    for (std::size_t patch = 0; patch < colour::kPatchCount; ++patch) {
      if (reading.clipped[patch]) continue;
      Rgb in = balanced(reading.camera[patch], grey);
      for (double& channel : in) channel *= exposure;
      const auto [a, b] = kOthers[row];
      equations.add(std::array{in[a] - in[row], in[b] - in[row]},
                    colour::published_colour(patch)[row] - in[row]);
    }
    if (const auto solution = equations.solve()) {
      start[2 * row] = (*solution)[0];
      start[2 * row + 1] = (*solution)[1];
    }
  }
  return start;
}

}  // namespace

std::array<int, 9> to_q10(const Matrix& matrix) {
  std::array<int, 9> out;
  for (std::size_t row = 0; row < 3; ++row) {
    int rest = 1024;
    for (std::size_t column = 0; column < 3; ++column) {
      if (column == row) continue;
      out[3 * row + column] = static_cast<int>(std::lround(matrix[3 * row + column] * 1024));
      rest -= out[3 * row + column];
    }
    out[4 * row] = rest;
  }
  return out;
}

Matrix from_q10(const std::array<int, 9>& matrix) {
  Matrix out;
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = matrix[i] / 1024.0;
  return out;
}

GreyRatios measure_grey(const ChartReading& reading) {
  Rgb sum{};
  for (std::size_t patch = kFirstGrey; patch < kBlackPatch; ++patch) {
    if (reading.clipped[patch]) continue;
    for (std::size_t c = 0; c < 3; ++c) sum[c] += reading.camera[patch][c];
  }
  return {sum[0] / sum[1], sum[2] / sum[1]};
}

PatchErrors predict(const ChartReading& reading, const GreyRatios& grey, const Matrix& matrix) {
  PatchErrors out;
  const double wanted = colour::linear_to_xyz(colour::published_colour(model::kNeutralFive))[1];
  const Rgb neutral = corrected(matrix, balanced(reading.camera[model::kNeutralFive], grey));
  const double exposure = wanted / std::max(colour::linear_to_xyz(neutral)[1], 1e-9);
  double counted = 0;
  for (std::size_t patch = 0; patch < colour::kPatchCount; ++patch) {
    Rgb rgb = corrected(matrix, balanced(reading.camera[patch], grey));
    for (double& channel : rgb) channel *= exposure;
    out.shown[patch] = rgb;
    out.delta_e[patch] = colour::ciede2000(colour::linear_to_lab(rgb), published_lab()[patch]);
    if (reading.clipped[patch]) continue;
    out.mean += out.delta_e[patch];
    ++counted;
  }
  out.mean /= counted;
  return out;
}

Matrix fit_matrix(const ChartReading& reading, const GreyRatios& grey) {
  const auto cost = [&](const Free& free) {
    const Matrix matrix = to_matrix(free);
    double squares = 0;
    double beyond = 0;
    for (const double element : matrix) {
      squares += element * element;
      beyond += std::max(0.0, std::abs(element) - kLargestElement);
    }
    return predict(reading, grey, matrix).mean + kNoiseCost * squares + 100 * beyond;
  };
  constexpr double kStep = 0.15;
  const Free best = minimise(linear_start(reading, grey), kStep, cost);
  // Once more from there: a simplex may collapse early.
  return to_matrix(minimise(best, kStep, cost));
}

}  // namespace t31::tune

// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31tune/linear.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace t31::tune {

void LeastSquares::add(std::span<const double> row, double value, double weight) {
  for (std::size_t i = 0; i < unknowns_; ++i) {
    for (std::size_t j = 0; j < unknowns_; ++j) {
      normal_[i * unknowns_ + j] += weight * row[i] * row[j];
    }
    right_[i] += weight * row[i] * value;
  }
}

// Gauss with the largest pivot.
std::optional<std::vector<double>> LeastSquares::solve() const {
  std::vector<double> a = normal_;
  std::vector<double> x = right_;
  const std::size_t n = unknowns_;
  double largest = 0;
  for (std::size_t i = 0; i < n; ++i) largest = std::max(largest, std::abs(a[i * n + i]));
  for (std::size_t column = 0; column < n; ++column) {
    std::size_t pivot = column;
    for (std::size_t row = column + 1; row < n; ++row) {
      if (std::abs(a[row * n + column]) > std::abs(a[pivot * n + column])) pivot = row;
    }
    if (!(std::abs(a[pivot * n + column]) > largest * 1e-13)) return std::nullopt;
    if (pivot != column) {
      for (std::size_t k = 0; k < n; ++k) std::swap(a[pivot * n + k], a[column * n + k]);
      std::swap(x[pivot], x[column]);
    }
    for (std::size_t row = 0; row < n; ++row) {
      if (row == column) continue;
      const double factor = a[row * n + column] / a[column * n + column];
      if (factor == 0) continue;
      for (std::size_t k = column; k < n; ++k) a[row * n + k] -= factor * a[column * n + k];
      x[row] -= factor * x[column];
    }
  }
  for (std::size_t i = 0; i < n; ++i) x[i] /= a[i * n + i];
  return x;
}

}  // namespace t31::tune

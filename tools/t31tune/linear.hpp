// SPDX-License-Identifier: GPL-2.0-or-later
// linear.hpp - least squares with a handful of unknowns.
#pragma once

#include <optional>
#include <span>
#include <vector>

namespace t31::tune {

// Collects equations (row . unknowns = value) and solves them in the least-squares sense. They are
// collected as normal equations: a picture's worth of them takes no memory.
class LeastSquares {
 public:
  explicit LeastSquares(std::size_t unknowns)
      : unknowns_(unknowns), normal_(unknowns * unknowns), right_(unknowns) {}

  void add(std::span<const double> row, double value, double weight = 1);
  // Nothing when the equations don't determine the unknowns.
  std::optional<std::vector<double>> solve() const;

 private:
  std::size_t unknowns_;
  std::vector<double> normal_, right_;
};

}  // namespace t31::tune

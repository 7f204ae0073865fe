// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31tune/linear.hpp"

#include <Eigen/QR>

namespace t31::tune {

void LeastSquares::add(std::span<const double> row, double value, double weight) {
  for (std::size_t i = 0; i < unknowns_; ++i) {
    for (std::size_t j = 0; j < unknowns_; ++j) {
      normal_[i * unknowns_ + j] += weight * row[i] * row[j];
    }
    right_[i] += weight * row[i] * value;
  }
}

std::optional<std::vector<double>> LeastSquares::solve() const {
  constexpr double kSingular = 1e-13;  // share of the largest pivot
  const auto n = static_cast<Eigen::Index>(unknowns_);
  const Eigen::Map<const Eigen::MatrixXd> normal(normal_.data(), n, n);  // symmetric
  const Eigen::Map<const Eigen::VectorXd> right(right_.data(), n);
  Eigen::ColPivHouseholderQR<Eigen::MatrixXd> factors;
  factors.setThreshold(kSingular);
  factors.compute(normal);
  if (!factors.isInvertible()) return std::nullopt;
  const Eigen::VectorXd x = factors.solve(right);
  return std::vector<double>(x.begin(), x.end());
}

}  // namespace t31::tune

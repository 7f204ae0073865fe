// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31tune/homography.hpp"

#include <algorithm>
#include <cmath>

#include "t31tune/linear.hpp"

namespace t31::tune {

std::optional<Homography> Homography::fit(std::span<const PointPair> pairs) {
  Homography out;
  for (const PointPair& pair : pairs) {
    out.scale_ = std::max({out.scale_, std::abs(pair.picture.x), std::abs(pair.picture.y)});
  }
  LeastSquares equations(8);
  for (const auto& [plane, picture] : pairs) {
    const double x = picture.x / out.scale_, y = picture.y / out.scale_;
    const double u = plane.x, v = plane.y;
    equations.add(std::array{u, v, 1.0, 0.0, 0.0, 0.0, -u * x, -v * x}, x);
    equations.add(std::array{0.0, 0.0, 0.0, u, v, 1.0, -u * y, -v * y}, y);
  }
  const auto solution = equations.solve();
  if (!solution) return std::nullopt;
  std::copy(solution->begin(), solution->end(), out.h_.begin());
  return out;
}

colour::Point Homography::at(const colour::Point& plane) const {
  const double w = h_[6] * plane.x + h_[7] * plane.y + 1;
  return {scale_ * (h_[0] * plane.x + h_[1] * plane.y + h_[2]) / w,
          scale_ * (h_[3] * plane.x + h_[4] * plane.y + h_[5]) / w};
}

}  // namespace t31::tune

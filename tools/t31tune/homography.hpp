// SPDX-License-Identifier: GPL-2.0-or-later
// homography.hpp - the perspective view of a plane.
#pragma once

#include <array>
#include <optional>
#include <span>

#include "colour/chart.hpp"

namespace t31::tune {

struct PointPair {
  colour::Point plane;
  colour::Point picture;
};

class Homography {
 public:
  // The best for at least four pairs; nothing when they don't determine one.
  static std::optional<Homography> fit(std::span<const PointPair> pairs);

  colour::Point at(const colour::Point& plane) const;

 private:
  std::array<double, 8> h_{};  // row by row, the last is 1
  double scale_ = 1;           // of the picture
};

}  // namespace t31::tune

// SPDX-License-Identifier: GPL-2.0-or-later
// mirrored.hpp - reads samples around a position; beyond the edges the plane is mirrored.
#pragma once

#include "model/pixel/arithmetic.hpp"
#include "model/pixel/plane.hpp"

namespace t31::model::pixel {

struct Mirrored {
  const Plane<std::uint16_t>& plane;
  std::int32_t operator()(std::int32_t x, std::int32_t y) const {
    return plane.at(mirrored(x, plane.width), mirrored(y, plane.height));
  }
};

}  // namespace t31::model::pixel

// SPDX-License-Identifier: GPL-2.0-or-later
// yuv.hpp - a picture between the conversion to YUV and the scaler: 10 bits, chroma around 512.
#pragma once

#include "model/pixel/arithmetic.hpp"
#include "model/pixel/plane.hpp"

namespace t31::model::pixel {

// One chroma pair per 2x2 luma samples; odd sizes round up.
struct YuvFrame {
  Plane<std::uint16_t> luma, u, v;

  YuvFrame() = default;
  YuvFrame(std::int32_t w, std::int32_t h)
      : luma(w, h), u((w + 1) / 2, (h + 1) / 2), v((w + 1) / 2, (h + 1) / 2) {}
};

// Sum of a 2x2 block. The last row and column of an odd size stand in for the missing.
inline std::int32_t block_sum(const Plane<std::uint16_t>& plane, std::int32_t x, std::int32_t y) {
  const std::int32_t right = std::min(x + 1, plane.width - 1);
  const std::int32_t below = std::min(y + 1, plane.height - 1);
  return plane.at(x, y) + plane.at(right, y) + plane.at(x, below) + plane.at(right, below);
}

// A sample of a plane whose edges are repeated beyond it.
template <typename Sample>
std::int32_t edged(const Plane<Sample>& plane, std::int32_t x, std::int32_t y) {
  return plane.at(limit(x, 0, plane.width - 1), limit(y, 0, plane.height - 1));
}

}  // namespace t31::model::pixel

// SPDX-License-Identifier: GPL-2.0-or-later
// lens_distortion.hpp - HLDC: moves pixels along the radius, which straightens bent lines.
#pragma once

#include <cstdint>

#include "model/pixel/pipeline.hpp"
#include "model/pixel/plane.hpp"

namespace t31::model::pixel {

// A position in the corrected picture shows the source at centre + d (1 + first r^2 + second r^4),
// d its distance to the centre along an axis, r its distance in half diagonals.
struct LensDistortion {
  struct Axis {
    double first = 0, second = 0;
  };
  bool active = false;
  Axis horizontal, vertical;

  bool changes() const {
    return active && (horizontal.first != 0 || horizontal.second != 0 || vertical.first != 0 ||
                      vertical.second != 0);
  }
};

LensDistortion decode_lens_distortion(const IspRegisters& registers);

Nv12Frame straightened(const LensDistortion& block, const Nv12Frame& image);

}  // namespace t31::model::pixel

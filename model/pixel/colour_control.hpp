// SPDX-License-Identifier: GPL-2.0-or-later
// colour_control.hpp - BCSH: colour matrix with hue, contrast, saturation, brightness on 10-bit
// YUV.
#pragma once

#include "model/pixel/arithmetic.hpp"
#include "model/pixel/colour.hpp"
#include "model/pixel/colour_space.hpp"
#include "model/pixel/pipeline.hpp"

namespace t31::model::pixel {

// Rises from 0 at `low` to 1024 at `high`.
struct Ramp {
  bool enabled = false;
  std::int32_t low = 0, high = 0, slope = 0;
  std::int32_t weight(std::int32_t x) const {
    if (x >= high) return kUnityQ10;
    return limit((x - low) * slope, 0, kUnityQ10);
  }
};

// Piecewise linear luma curve: through the origin, then from (x1, y1), then from (x2, y2).
struct Contrast {
  bool enabled = false;
  std::int32_t x1 = 0, x2 = 0, y1 = 0, y2 = 0;
  std::array<std::int32_t, 3> slope{};  // Q10
  std::int32_t apply(std::int32_t y) const {
    if (!enabled) return y;
    if (y <= x1) return apply_gain(y, slope[0], 10);
    if (y <= x2) return y1 + apply_gain(y - x1, slope[1], 10);
    return y2 + apply_gain(y - x2, slope[2], 10);
  }
};

// Gain of chroma, from `weak` below magnitude `low` to `strong` from `high` on.
struct Saturation {
  bool enabled = false;
  std::int32_t low = 0, high = 0, step = 0;
  std::int32_t weak = kUnityQ10, strong = kUnityQ10;
  std::int32_t gain(std::int32_t magnitude) const;
};

struct ColourControl {
  bool active = false;
  std::array<Range, 3> clip_in{}, clip_matrix{}, clip_out{};  // each: luma, chroma, chroma
  Triple offset_in{}, offset_out{};
  Matrix matrix;
  Ramp dark, bright, colourful;  // where the matrix acts: not dark, not bright, not grey
  Contrast contrast;
  Saturation saturation;

  Triple apply(const Triple& yuv) const;

 private:
  Triple through_matrix(const Triple& yuv) const;
  std::int32_t matrix_weight(const Triple& yuv) const;
};

ColourControl decode_colour_control(const IspRegisters& registers);

}  // namespace t31::model::pixel

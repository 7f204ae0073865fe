// SPDX-License-Identifier: GPL-2.0-or-later
// colour_space.hpp - CSC: RGB to luma and chroma, 10 bit, chroma around 512.
#pragma once

#include "model/pixel/arithmetic.hpp"
#include "model/pixel/colour.hpp"
#include "model/pixel/pipeline.hpp"

namespace t31::model::pixel {

struct Range {
  std::int32_t low = 0, high = kMax10;
  std::int32_t clip(std::int32_t x) const { return limit(x, low, high); }
};

struct ColourSpace {
  bool active = false;
  Matrix matrix;
  Triple offset{};
  std::array<Range, 3> range{};

  // `rgb`: 10 bit. A bypassed block hands red, green and blue on as the three components.
  Triple apply(const Triple& rgb) const {
    if (!active) return rgb;
    Triple yuv = matrix * rgb;
    for (unsigned i = 0; i < 3; ++i) yuv[i] = range[i].clip(yuv[i] + offset[i]);
    return yuv;
  }
};

ColourSpace decode_colour_space(const IspRegisters& registers);

}  // namespace t31::model::pixel

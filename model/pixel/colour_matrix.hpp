// SPDX-License-Identifier: GPL-2.0-or-later
// colour_matrix.hpp - CCM: camera RGB to standard RGB, linear, 12 bit.
#pragma once

#include "model/pixel/arithmetic.hpp"
#include "model/pixel/colour.hpp"
#include "model/pixel/pipeline.hpp"

namespace t31::model::pixel {

// Dark pixels keep their colour in part: there the matrix would only spread noise.
struct DarkProtection {
  bool enabled = false;
  std::int32_t low = 0, high = 0;  // of the largest component: all protected, none
  std::int32_t step = 0;           // between them, 1/32 per unit
  std::int32_t strength = 0;       // 256: up to no matrix at all

  // Share of the matrix, of 256.
  std::int32_t share(const Triple& rgb) const {
    if (!enabled) return 256;
    const std::int32_t level = std::max({rgb[0], rgb[1], rgb[2]});
    const std::int32_t free = level >= high ? 32 : limit((level - low) * step, 0, 32);
    return 256 - (((32 - free) * strength) >> 5);
  }
};

struct ColourMatrix {
  bool active = false;
  Matrix matrix;
  DarkProtection dark;

  bool protects_dark() const { return active && dark.enabled; }
  Triple apply(const Triple& rgb) const {
    if (!active) return rgb;
    Triple out = matrix * rgb;
    const std::int32_t share = dark.share(rgb);
    for (unsigned i = 0; i < 3; ++i) out[i] = clip12(rgb[i] + (((out[i] - rgb[i]) * share) >> 8));
    return out;
  }
};

ColourMatrix decode_colour_matrix(const IspRegisters& registers);

}  // namespace t31::model::pixel

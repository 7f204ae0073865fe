// SPDX-License-Identifier: GPL-2.0-or-later
// demosaic.hpp - DMSC: Bayer to RGB with a horizontal/vertical decision, and sharpening.
#pragma once

#include <cstdint>

#include "model/pixel/arithmetic.hpp"
#include "model/pixel/bayer.hpp"
#include "model/pixel/plane.hpp"

namespace t31::model::pixel {

// Strength of sharpening, 128 = add the whole detail: for detail brighter and darker than around.
struct SharpenStrength {
  std::int32_t white = 0;
  std::int32_t black = 0;
};

struct Demosaic {
  bool active = false;
  std::int32_t direction_threshold = 1;  // gradients closer than this: no direction
  std::int32_t detail_threshold = 0;     // smaller detail is not sharpened
  SharpenStrength directional, undirectional;

  // What detail d adds to each colour of a pixel.
  std::int32_t sharpening(std::int32_t d, bool is_directional) const {
    if (d < detail_threshold && -d < detail_threshold) return 0;
    const SharpenStrength& strength = is_directional ? directional : undirectional;
    return (d * (d > 0 ? strength.white : strength.black)) >> 7;
  }
};

Demosaic decode_demosaic(const IspRegisters& registers);

struct RgbPlanes {
  Plane<std::uint16_t> red, green, blue;
};

// Whole-frame reference. A bypassed demosaic hands every sample on as grey.
RgbPlanes demosaic_frame(const Demosaic& block, const FilterArray& filter,
                         const Plane<std::uint16_t>& bayer);

}  // namespace t31::model::pixel

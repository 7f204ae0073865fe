// SPDX-License-Identifier: GPL-2.0-or-later
// demosaic.hpp - DMSC: Bayer to RGB with a horizontal/vertical decision, false colour, sharpening.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "model/pixel/arithmetic.hpp"
#include "model/pixel/bayer.hpp"
#include "model/pixel/plane.hpp"

namespace t31::model::pixel {

// Weight of a detail by its magnitude, 32 = 1.0.
struct DetailWeights {
  static constexpr unsigned kNodes = 22;
  static constexpr unsigned kSpacingBits = 5;  // nodes are 32 units of 12 bits apart
  std::array<std::uint8_t, kNodes> nodes{};

  bool operator==(const DetailWeights&) const = default;
  // In 1/1024.
  std::int32_t at(std::int32_t magnitude) const {
    const std::uint32_t i = static_cast<std::uint32_t>(magnitude) >> kSpacingBits;
    if (i >= kNodes - 1) return nodes[kNodes - 1] << kSpacingBits;
    const std::int32_t within = magnitude & ((1 << kSpacingBits) - 1);
    return (nodes[i] << kSpacingBits) + (nodes[i + 1] - nodes[i]) * within;
  }
};

// Sharpening of details that are brighter (or darker) than around.
struct SharpenSide {
  static constexpr std::int32_t kMaxStrength = 511;
  std::int32_t strength = 0;  // 128 adds the whole detail
  std::int32_t most = 0;      // that is added
  DetailWeights weights;

  std::int32_t added(std::int32_t magnitude) const {
    const std::int32_t effective = (strength * weights.at(magnitude)) >> 10;
    return std::min(effective, kMaxStrength);
  }
};
struct Sharpening {
  SharpenSide white, black;

  bool active() const { return (white.strength | black.strength) != 0; }
};

// Colour differences shrink where the mosaic changes fast, in 1/128 of them.
struct FalseColour {
  static constexpr std::int32_t kMaxStrength = 127;
  std::array<std::int32_t, 4> steps{};      // of activity
  std::array<std::int32_t, 3> strengths{};  // from the first, from the second, from the fourth on

  // Where the mosaic changes fast in both directions alike, as fine patterns alias.
  std::int32_t alias_from = 0, alias_strength = 0;
  // Where green is darker, and colour is mostly noise.
  std::int32_t dark_below = 0, dark_strength = 0;

  bool active() const {
    return (strengths[0] | strengths[1] | strengths[2] | alias_strength | dark_strength) != 0;
  }
  // From the third to the fourth step the strength changes evenly.
  std::int32_t slope() const {
    const std::int32_t span = steps[3] - steps[2];
    return span < 256 ? 0 : (strengths[2] - strengths[1]) * 65536 / span;
  }
  std::int32_t strength(std::int32_t activity) const {
    if (activity >= steps[3]) return strengths[2];
    if (activity >= steps[2]) return strengths[1] + (((activity - steps[2]) * slope()) >> 16);
    if (activity >= steps[1]) return strengths[1];
    return activity >= steps[0] ? strengths[0] : 0;
  }
  // In 1/128.
  std::int32_t strength_at(std::int32_t activity, bool is_directional, std::int32_t green) const {
    const std::int32_t alias = !is_directional && activity >= alias_from ? alias_strength : 0;
    return std::max({strength(activity), alias, green < dark_below ? dark_strength : 0});
  }
  static std::int32_t suppressed(std::int32_t difference, std::int32_t strength) {
    return difference - ((difference * strength) >> 7);
  }
};

struct Demosaic {
  bool active = false;
  std::int32_t direction_threshold = 1;  // gradients closer than this: no direction
  std::int32_t detail_threshold = 0;     // smaller detail is not sharpened
  Sharpening directional, undirectional;
  FalseColour false_colour;

  // What detail d adds to each colour of a pixel.
  std::int32_t sharpening(std::int32_t d, bool is_directional) const {
    if (d < detail_threshold && -d < detail_threshold) return 0;
    const Sharpening& s = is_directional ? directional : undirectional;
    if (d > 0) return std::min((d * s.white.added(d)) >> 7, s.white.most);
    return std::max((d * s.black.added(-d)) >> 7, -s.black.most);
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

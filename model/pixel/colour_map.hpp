// SPDX-License-Identifier: GPL-2.0-or-later
// colour_map.hpp - CLM: hue and saturation corrected by hue, luma and saturation.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "model/pixel/arithmetic.hpp"
#include "model/pixel/colour.hpp"
#include "model/pixel/pipeline.hpp"

namespace t31::model::pixel {

// What a correction does to chroma around 0: (u, v) becomes (turn, lean; -lean, turn) (u, v) >> 11.
struct ChromaTurn {
  std::int16_t along = 2048, across = 0;
};

struct ColourMap {
  static constexpr unsigned kHues = 30, kLumas = 7, kSaturations = 5;
  static constexpr unsigned kNodes = kHues * kLumas * kSaturations;

  bool active = false;  // false also for a map without any correction
  unsigned shift = 0;   // makes all corrections larger
  std::array<std::int8_t, kNodes> hue{};
  std::array<std::int16_t, kNodes> saturation{};

  bool operator==(const ColourMap&) const = default;

  // The correction at a luma level (0 ... 6) for chroma of 8 bits around 0.
  ChromaTurn turn(unsigned luma, std::int32_t u, std::int32_t v) const;
  // A pixel of 10 bits; luma stays.
  Triple apply(const Triple& yuv) const;
};

ColourMap decode_colour_map(const IspRegisters& registers);

// Mixes the corrections of two luma levels; applies them. Shared by both paths.
inline Triple turned(const Triple& yuv, const ChromaTurn& below, const ChromaTurn& above) {
  const std::int32_t fraction = (yuv[0] * 6) & 1023;
  const std::int32_t along = below.along + (((above.along - below.along) * fraction) >> 10);
  const std::int32_t across = below.across + (((above.across - below.across) * fraction) >> 10);
  const std::int32_t u = yuv[1] - kMidChroma, v = yuv[2] - kMidChroma;
  return {yuv[0], limit(((u * along - v * across) >> 11) + kMidChroma, 0, kMax10),
          limit(((u * across + v * along) >> 11) + kMidChroma, 0, kMax10)};
}
// The luma level below.
inline unsigned luma_level(std::int32_t y) {
  return static_cast<unsigned>(y * 6) >> 10;
}

// All corrections of a map, made anew only when the map changes.
class ColourMapTable {
 public:
  void update(const ColourMap& map);
  bool active() const { return map_.active; }
  // Chroma of a row of 2x2 blocks, in place; luma is that of the two rows above and below.
  void correct_row(const std::int16_t* above, const std::int16_t* below, std::size_t pairs,
                   std::int16_t* u, std::int16_t* v) const;

 private:
  static constexpr std::size_t kChroma = 256 * 256;
  ColourMap map_;
  std::vector<ChromaTurn> turns_;  // by luma level, v and u of 8 bits
};

}  // namespace t31::model::pixel

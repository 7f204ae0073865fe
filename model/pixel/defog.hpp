// SPDX-License-Identifier: GPL-2.0-or-later
// defog.hpp - DEFOG: haze removal on RGB behind gamma, with transmission and air light in 10 x 18
// blocks.
#pragma once

#include <array>
#include <cstdint>

#include "model/pixel/colour.hpp"
#include "model/pixel/pipeline.hpp"
#include "model/pixel/plane.hpp"
#include "model/pixel/segments.hpp"
#include "model/pixel/tile_weights.hpp"

namespace t31::model::pixel {

// What a tile's pixels have in common.
struct Haze {
  std::int32_t gain = 0;  // of the distance to the air light, Q10
  Triple air{};           // 10 bits
};

struct Defog {
  static constexpr unsigned kColumns = 18, kRows = 10;
  static constexpr std::int32_t kClear = 255;             // a transmission that changes nothing
  static constexpr std::int32_t kLeastTransmission = 16;  // of what the arithmetic takes
  static constexpr std::int32_t kFull = 32;               // of weights by value and saturation

  struct Block {
    std::int32_t transmission = 0;
    Triple air{};  // 8 bits
    bool operator==(const Block&) const = default;
  };

  bool active = false;
  WeightRules transmission_weights, air_weights;
  std::array<Block, kColumns * kRows> blocks{};  // column by column
  std::int32_t least_transmission = 0, most_air = 0;
  Segments strength;              // by value (8 bits)
  Segments colour_by_value;       // of changes of colour
  Segments colour_by_saturation;  // largest less smallest component, 5 bits

  const Block& block(std::int32_t row, std::int32_t column) const {
    return blocks[static_cast<unsigned>(column * static_cast<std::int32_t>(kRows) + row)];
  }
  // Of the distance to the air light, Q10.
  std::int32_t gain_of(std::int32_t transmission) const;
  Haze haze(const TileWeights::Tile& transmission, const TileWeights::Tile& air) const;
  // 10-bit RGB.
  Triple apply(const Haze& haze, const Triple& rgb) const;
};
Defog decode_defog(const IspRegisters& registers);

// Whole-frame reference, 10-bit planes of red, green, blue.
using ColourPlanes = std::array<Plane<std::uint16_t>, 3>;
ColourPlanes clear_haze(const Defog& block, ColourPlanes rgb);

}  // namespace t31::model::pixel

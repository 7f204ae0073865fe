// SPDX-License-Identifier: GPL-2.0-or-later
// tone_mapping.hpp - ADR: local tone mapping of the Bayer frame with a curve for each of 4 x 6
// blocks.
#pragma once

#include <array>
#include <cstdint>

#include "model/pixel/pipeline.hpp"
#include "model/pixel/plane.hpp"
#include "model/pixel/segments.hpp"
#include "model/pixel/tile_weights.hpp"

namespace t31::model::pixel {

// What a sample's surroundings say, 12 bits: the mean of the nearest samples, weighted so that each
// Bayer order gives (R + 2 G + B) / 4, and that of a wider window.
struct ToneLuma {
  std::int32_t near = 0, wide = 0;
};

// Colour compensation: how far a sample's ratio to luma (Q8) moves, by how much luma was raised.
struct ColourCompensation {
  static constexpr unsigned kSteps = 16;  // of the gain, from 1.0 to 2.0

  bool active = false, constant = true;          // the same for every gain
  std::array<Segments, kSteps> shifts{};         // of the ratio
  const Segments& at(std::int32_t gain) const {  // Q12
    constexpr std::int32_t kLast = kSteps - 1;
    return shifts[static_cast<unsigned>(limit((gain - 4096) >> 8, 0, kLast))];
  }
};

struct ToneMapping {
  static constexpr unsigned kColumns = 6, kRows = 4, kNodes = 11;
  static constexpr std::int32_t kMostToned = kMax12 << 4;
  using Curve = std::array<std::int32_t, kNodes>;
  // Where curves have their nodes and how wide segments are; the last ends at 4096.
  struct Knees {
    std::array<std::int32_t, kNodes> x{};
    std::array<std::int32_t, kNodes + 1> width_bits{};  // at most 12
  };

  bool active = false;
  WeightRules weights;
  Knees knees;
  std::array<Curve, kColumns * kRows> curves{};  // column by column
  Segments minimum;                              // of toned luma
  bool changes_contrast = false;
  Segments contrast;  // of detail by luma, Q10
  std::int32_t least_detail = 0, most_detail = 0;
  ColourCompensation compensation;

  const Curve& curve(std::int32_t row, std::int32_t column) const {
    return curves[static_cast<unsigned>(column * static_cast<std::int32_t>(kRows) + row)];
  }
  // Luma to toned luma; values have four fraction bits.
  static Segments curve_through(const Knees& knees, const Curve& nodes);
  // The curve of a tile.
  Segments blended(const TileWeights::Tile& tile) const;

  std::int32_t apply(const Segments& tone, std::int32_t sample, const ToneLuma& luma) const;

 private:
  std::int32_t detail(const ToneLuma& luma) const;
};
ToneMapping decode_tone_mapping(const IspRegisters& registers);

// Whole-frame reference.
Plane<std::uint16_t> map_tones(const ToneMapping& block, Plane<std::uint16_t> bayer);

}  // namespace t31::model::pixel

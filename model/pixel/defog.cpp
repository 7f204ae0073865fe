// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/defog.hpp"

#include "model/pixel/bypass.hpp"

namespace t31::model::pixel {
namespace {

constexpr std::uint32_t kRowEdges = 0x5800, kColumnEdges = 0x5820;
constexpr std::uint32_t kNear = 0x5850;  // 24 squared distances, two per word
constexpr std::uint32_t kFar = 0x5880;   // 31
constexpr std::uint32_t kWeights02 = 0x58c0, kWeights20 = 0x58e0, kWeights21 = 0x5900;
constexpr std::uint32_t kWeights12 = 0x5920, kWeights22 = 0x5940;
constexpr std::uint32_t kLimits = 0x5a00;      // 7:0 least transmission, 15:8 most air light
constexpr std::uint32_t kSaturation = 0x5a20;  // widths; next word: knees; next: weights
constexpr std::uint32_t kValue = 0x5a30;
constexpr std::uint32_t kDark = 0x5a60;
constexpr std::uint32_t kMap = 0x58000;  // a word per block, column by column

constexpr unsigned kNearClasses = 24, kFarClasses = 31;
constexpr unsigned kEdgeBits = 12, kDistanceBits = 15, kWeightBits = 5;

std::vector<std::int32_t> decode_list(const IspRegisters& registers, std::uint32_t offset,
                                      unsigned size, unsigned bits) {
  std::vector<std::int32_t> list;
  for (unsigned i = 0; i < size; ++i) {
    list.push_back(field(registers[offset + 4 * (i / 2)], 16 * (i % 2), bits));
  }
  return list;
}

ToneGrid decode_grid(const IspRegisters& registers) {
  ToneGrid grid;
  grid.x = decode_list(registers, kColumnEdges, Defog::kColumns + 1, kEdgeBits);
  grid.y = decode_list(registers, kRowEdges, Defog::kRows + 1, kEdgeBits);
  for (auto* edges : {&grid.x, &grid.y}) {
    for (std::size_t i = 1; i < edges->size(); ++i) {
      (*edges)[i] = std::max((*edges)[i], (*edges)[i - 1]);
    }
  }
  return grid;
}

OuterWeights::Table decode_weights(const IspRegisters& registers, std::uint32_t offset) {
  OuterWeights::Table table{};
  for (unsigned i = 0; i < table.size(); ++i) {
    table[i] =
        static_cast<std::uint8_t>(field(registers[offset + 4 * (i / 4)], 8 * (i % 4), kWeightBits));
  }
  return table;
}

DistanceClasses decode_classes(const IspRegisters& registers, std::uint32_t offset,
                               unsigned classes, std::int32_t weight) {
  return {DistanceClasses::Order::kNearFirst, 2,
          decode_list(registers, offset, classes, kDistanceBits), weight};
}

// The function of three words: widths as powers of two, knees, weights up to 32. It starts with
// `first`; the last weight holds on.
Segments decode_function(const IspRegisters& registers, std::uint32_t offset, unsigned knee_bits,
                         unsigned first_weight, std::int32_t first) {
  constexpr unsigned kKnees = 3;
  const std::uint32_t widths = registers[offset], knees = registers[offset + 4];
  const std::uint32_t weights = registers[offset + 8];
  Segments s;
  s.count = kKnees + 1;
  s.value[0] = first;
  for (unsigned i = 0; i < kKnees; ++i) {
    s.start[i + 1] = std::max(field(knees, 8 * i, knee_bits), s.start[i]);
    s.value[i + 1] = std::min(field(weights, 8 * (i + first_weight), 6), Defog::kFull);
    s.slope[i] = slope_of(s.value[i + 1] - s.value[i], field(widths, 8 * i, 3),
                          s.start[i + 1] - s.start[i], Defog::kFull);
  }
  return s;
}

std::int32_t rounded(std::int32_t sum, std::int32_t weights) {
  return (sum + weights / 2) / weights;
}

}  // namespace

std::int32_t Defog::gain_of(std::int32_t transmission) const {
  return (kClear << 10) / std::max({transmission, least_transmission, kLeastTransmission});
}

Haze Defog::haze(const TileWeights::Tile& near, const TileWeights::Tile& around) const {
  const std::int32_t t = rounded(
      TileWeights::blend(
          near, [this](std::int32_t r, std::int32_t c) { return block(r, c).transmission; }),
      near.sum);
  Haze haze;
  haze.gain = gain_of(t);
  for (unsigned i = 0; i < haze.air.size(); ++i) {
    const std::int32_t air = rounded(
        TileWeights::blend(
            around, [this, i](std::int32_t r, std::int32_t c) { return block(r, c).air[i]; }),
        around.sum);
    haze.air[i] = std::min(air, most_air) << 2;
  }
  return haze;
}

Triple Defog::apply(const Haze& haze, const Triple& rgb) const {
  const std::int32_t most = std::max({rgb[0], rgb[1], rgb[2]}) >> 2;
  const std::int32_t least = std::min({rgb[0], rgb[1], rgb[2]}) >> 2;
  const std::int32_t saturation = (most - least) >> 3;
  Triple change{};
  for (unsigned i = 0; i < 3; ++i) {
    const std::int32_t cleared = haze.air[i] + (((rgb[i] - haze.air[i]) * haze.gain) >> 10);
    change[i] = (limit(cleared - rgb[i], -kMax10, kMax10) * strength(most)) >> 5;
  }
  const std::int32_t luma = (5 * change[0] + 9 * change[1] + 2 * change[2]) >> 4;
  const std::int32_t share = (colour_by_value(most) * colour_by_saturation(saturation)) >> 5;
  Triple out{};
  for (unsigned i = 0; i < 3; ++i) {
    const std::int32_t colour = (limit(change[i] - luma, -kMax10, kMax10) * share) >> 5;
    out[i] = limit(rgb[i] + luma + colour, 0, kMax10);
  }
  return out;
}

Defog decode_defog(const IspRegisters& registers) {
  Defog block;
  block.active = !bypassed(registers, Block::kDefog);
  if (!block.active) return block;
  block.transmission_weights.grid = block.air_weights.grid = decode_grid(registers);
  // Weights of blocks further away are written on twice the scale of these classes.
  block.transmission_weights.classes = decode_classes(registers, kFar, kFarClasses, 2);
  OuterWeights& outer = block.transmission_weights.outer;
  outer.by02 = decode_weights(registers, kWeights02);
  outer.by20 = decode_weights(registers, kWeights20);
  outer.by21 = decode_weights(registers, kWeights21);
  outer.by12 = decode_weights(registers, kWeights12);
  outer.by22 = decode_weights(registers, kWeights22);
  block.air_weights.classes = decode_classes(registers, kNear, kNearClasses, 1);
  block.air_weights.reaches_outer = false;
  for (unsigned i = 0; i < block.blocks.size(); ++i) {
    const std::uint32_t word = registers[kMap + 4 * i];
    block.blocks[i] = {field(word, 0, 8),
                       {field(word, 24, 8), field(word, 16, 8), field(word, 8, 8)}};
  }
  block.least_transmission = field(registers[kLimits], 0, 8);
  block.most_air = field(registers[kLimits], 8, 8);
  block.colour_by_saturation = decode_function(registers, kSaturation, 5, 0, 0);
  block.colour_by_value = decode_function(registers, kValue, 8, 0, 0);
  const std::int32_t at_black = std::min(field(registers[kDark + 8], 0, 6), Defog::kFull);
  block.strength = decode_function(registers, kDark, 8, 1, at_black);
  return block;
}

ColourPlanes clear_haze(const Defog& block, ColourPlanes rgb) {
  if (!block.active) return rgb;
  const std::int32_t width = rgb[0].width, height = rgb[0].height;
  TileWeights transmission, air;
  transmission.update(block.transmission_weights, width, height);
  air.update(block.air_weights, width, height);
  for (std::int32_t y = 0; y < height; ++y) {
    for (std::int32_t x = 0; x < width; ++x) {
      const std::int32_t column = x / TileWeights::kTile, row = y / TileWeights::kTile;
      const Haze haze = block.haze(transmission.at(column, row), air.at(column, row));
      const Triple pixel = block.apply(haze, {rgb[0].at(x, y), rgb[1].at(x, y), rgb[2].at(x, y)});
      for (unsigned i = 0; i < 3; ++i) rgb[i].at(x, y) = static_cast<std::uint16_t>(pixel[i]);
    }
  }
  return rgb;
}

}  // namespace t31::model::pixel

// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/tile_weights.hpp"

#include <algorithm>
#include <cstdlib>

namespace t31::model::pixel {
namespace {

// The block of an axis that holds a position; the first or last one for those outside.
std::int32_t block_at(const std::vector<std::int32_t>& edges, std::int32_t position) {
  const auto next = std::upper_bound(edges.begin() + 1, edges.end() - 1, position);
  return static_cast<std::int32_t>(next - edges.begin()) - 1;
}

// Distance of a position to the centre of block i, in half pixels.
std::int32_t half_pixels(const std::vector<std::int32_t>& edges, std::int32_t i,
                         std::int32_t position) {
  const auto k = static_cast<std::size_t>(i);
  return std::abs(position - (edges[k] + edges[k + 1]));
}

std::uint8_t weight_of(const WeightRules& rules, std::int32_t dx, std::int32_t dy) {
  return static_cast<std::uint8_t>(
      std::min(rules.classes.of(dx, dy) * rules.classes.weight_per_class, 255));
}

std::uint8_t outer_weight(const OuterWeights& outer, std::int32_t rows, std::int32_t columns,
                          std::int32_t inner_class) {
  const auto i = static_cast<unsigned>(std::min(inner_class, 31));
  if (rows == 2) return columns == 2 ? outer.by22[i] : columns == 1 ? outer.by21[i] : outer.by20[i];
  return rows == 1 ? outer.by12[i] : outer.by02[i];
}

TileWeights::Tile make_tile(const WeightRules& rules, std::int32_t x, std::int32_t y) {
  constexpr std::int32_t kReach = TileWeights::kReach, kMiddle = TileWeights::kBlocks / 2;
  const ToneGrid& grid = rules.grid;
  // The tile's centre in half pixels.
  const std::int32_t px = 2 * x + TileWeights::kTile, py = 2 * y + TileWeights::kTile;
  TileWeights::Tile tile;
  tile.row = block_at(grid.y, py / 2);
  tile.column = block_at(grid.x, px / 2);
  for (std::int32_t i = -kReach; i <= kReach; ++i) {
    for (std::int32_t k = -kReach; k <= kReach; ++k) {
      const std::int32_t row = tile.row + i, column = tile.column + k;
      if (row < 0 || row >= grid.rows() || column < 0 || column >= grid.columns()) continue;
      const std::int32_t inner_row = tile.row + std::clamp(i, -1, 1);
      const std::int32_t inner_column = tile.column + std::clamp(k, -1, 1);
      const std::int32_t dx = half_pixels(grid.x, inner_column, px);
      const std::int32_t dy = half_pixels(grid.y, inner_row, py);
      const bool outer = std::abs(i) == kReach || std::abs(k) == kReach;
      std::uint8_t weight = 0;
      if (!outer) weight = weight_of(rules, dx, dy);
      if (outer && rules.reaches_outer) {
        weight = outer_weight(rules.outer, std::abs(i), std::abs(k), rules.classes.of(dx, dy));
      }
      tile.weights[static_cast<unsigned>((i + kReach) * TileWeights::kSide + k + kReach)] = weight;
      tile.sum += weight;
    }
  }
  if (tile.sum == 0) tile.sum = tile.weights[kMiddle] = 1;
  return tile;
}

}  // namespace

std::int32_t DistanceClasses::of(std::int32_t dx, std::int32_t dy) const {
  const std::int64_t wide = dx, high = dy;
  if (order == Order::kFarFirst) {
    const std::int64_t x = wide >> (1 + pixel_bits), y = high >> (1 + pixel_bits);
    return static_cast<std::int32_t>(std::count_if(
        limits.begin(), limits.end(), [&](std::int32_t limit) { return limit >= x * x + y * y; }));
  }
  const unsigned bits = 2 * (1 + pixel_bits);
  const std::int64_t square = (wide * wide + high * high + (1 << (bits - 1))) >> bits;
  const auto first = std::find_if(limits.begin(), limits.end(),
                                  [&](std::int32_t limit) { return square < limit; });
  return static_cast<std::int32_t>(limits.end() - first);
}

void TileWeights::update(const WeightRules& rules, std::int32_t width, std::int32_t height) {
  if (!tiles_.empty() && rules == rules_ && width == width_ && height == height_) return;
  rules_ = rules;
  width_ = width;
  height_ = height;
  columns_ = (width + kTile - 1) / kTile;
  const std::int32_t rows = (height + kTile - 1) / kTile;
  tiles_.resize(static_cast<std::size_t>(columns_ * rows));
  for (std::int32_t row = 0; row < rows; ++row) {
    for (std::int32_t column = 0; column < columns_; ++column) {
      tiles_[static_cast<std::size_t>(row * columns_ + column)] =
          make_tile(rules, kTile * column, kTile * row);
    }
  }
}

}  // namespace t31::model::pixel

// SPDX-License-Identifier: GPL-2.0-or-later
// tile_weights.hpp - how local tone mapping and defog blend what they know block by block.
//
// Tables of the registers give a block's weight by the distance to its centre. Distances are taken
// once for each tile of 8x8 pixels, so that all pixels of a tile blend the same blocks in the same
// proportion.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace t31::model::pixel {

struct ToneGrid {
  std::vector<std::int32_t> x, y;  // edges of the blocks in pixels, ascending
  std::int32_t columns() const { return static_cast<std::int32_t>(x.size()) - 1; }
  std::int32_t rows() const { return static_cast<std::int32_t>(y.size()) - 1; }
  bool operator==(const ToneGrid&) const = default;
};

// Classes of distance, 0 (far) to classes.size() (at the centre).
struct DistanceClasses {
  enum class Order { kFarFirst, kNearFirst };
  Order order = Order::kFarFirst;
  unsigned pixel_bits = 3;            // distances are squared in units of 2^bits pixels
  std::vector<std::int32_t> limits;   // squared distances
  std::int32_t weight_per_class = 1;  // of the nine blocks around the tile

  std::int32_t of(std::int32_t dx, std::int32_t dy) const;  // in half pixels
  bool operator==(const DistanceClasses&) const = default;
};

// Weights of the blocks two rows or columns away, by the class of the block between.
struct OuterWeights {
  using Table = std::array<std::uint8_t, 32>;
  Table by20{}, by02{}, by12{}, by21{}, by22{};  // rows away, columns away
  bool operator==(const OuterWeights&) const = default;
};

struct WeightRules {
  ToneGrid grid;
  DistanceClasses classes;
  bool reaches_outer = true;  // 5x5 blocks; else 3x3
  OuterWeights outer;
  bool operator==(const WeightRules&) const = default;
};

class TileWeights {
 public:
  static constexpr std::int32_t kTile = 8, kReach = 2, kSide = 2 * kReach + 1;
  static constexpr unsigned kBlocks = kSide * kSide, kPadded = 32;

  struct Tile {
    std::int32_t row = 0, column = 0;  // of the block that holds the tile's centre
    std::int32_t sum = 0;              // of the weights, not 0
    // Rows from two above, in each from two to the left; 0 where there is no block, and behind.
    std::array<std::uint8_t, kPadded> weights{};
  };

  // Does nothing when neither rules nor size have changed.
  void update(const WeightRules& rules, std::int32_t width, std::int32_t height);

  std::int32_t columns() const { return columns_; }
  const Tile& at(std::int32_t column, std::int32_t row) const {
    return tiles_[static_cast<std::size_t>(row * columns_ + column)];
  }
  // Sum of weight x value over the blocks around, value(row, column).
  template <typename Value>
  static std::int32_t blend(const Tile& tile, const Value& value) {
    std::int32_t sum = 0;
    for (unsigned i = 0; i < kBlocks; ++i) {
      if (tile.weights[i] == 0) continue;
      const auto k = static_cast<std::int32_t>(i);
      sum +=
          tile.weights[i] * value(tile.row + k / kSide - kReach, tile.column + k % kSide - kReach);
    }
    return sum;
  }

 private:
  WeightRules rules_;
  std::int32_t width_ = 0, height_ = 0, columns_ = 0;
  std::vector<Tile> tiles_;
};

}  // namespace t31::model::pixel

// SPDX-License-Identifier: GPL-2.0-or-later
// fast_tone_rows.hpp - vector kernels of tone mapping, defog and their statistics, on rows split by
// column parity as in fast_rows.hpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "model/pixel/defog.hpp"
#include "model/pixel/fast_rows.hpp"
#include "model/pixel/tone_mapping.hpp"
#include "model/pixel/tone_statistics.hpp"

namespace t31::model::pixel {

// Nodes of the curves around a block, ready for products of pairs: for neighbours 2p and 2p + 1
// node 0 of both, node 1 of both ...
struct CurvePairs {
  static constexpr unsigned kPairs = (TileWeights::kBlocks + 1) / 2, kLanes = 12;
  alignas(16) std::array<std::array<std::int16_t, 2 * kLanes>, kPairs> nodes{};
};

// Curves of a row of tiles: for each tile and table sixteen bytes, one per segment. Even and odd
// tiles apart: vectors take every second one.
struct CurveTables {
  enum Table : unsigned { kValueLow, kValueHigh, kSlopeLow, kSlopeHigh, kTables };
  static constexpr std::size_t kBytes = 16;
  std::uint8_t* tables[kTables][2] = {};
};

// Transmission and air light of the blocks around a block, in the order of the weights; air light
// of the nine next to it.
struct HazePatch {
  static constexpr unsigned kFirstAir = 6, kAirBlocks = 16;  // of the weights
  alignas(16) std::array<std::int16_t, TileWeights::kPadded> transmission{};
  alignas(16) std::array<std::array<std::int16_t, kAirBlocks>, 3> air{};
};
// What a row of tiles has in common with its pixels, by pair of columns.
struct HazeColumns {
  Sample* gain = nullptr;
  Sample* air[3] = {};
};
// `patches` by block, column by column; `gains` by transmission.
struct HazeTiles {
  const Defog* block = nullptr;
  const HazePatch* patches = nullptr;
  const std::int16_t* gains = nullptr;
  const TileWeights::Tile* transmission = nullptr;
  const TileWeights::Tile* air = nullptr;
};
void tile_haze(const HazeTiles& tiles, std::size_t count, const HazeColumns& out);

// Makes the tables of `count` tiles. `pairs` by curve, that is by column and row of blocks.
void tile_curves(const ToneMapping& block, const CurvePairs* pairs, const TileWeights::Tile* tiles,
                 std::size_t count, const CurveTables& out);

// Vertical halves of the two smoothed lumas from Bayer rows y - 2 ... y + 2, padding included.
void smooth_columns(const Split (&bayer)[5], std::size_t pairs, Split near, Split wide);

// For blocks whose colour compensation is the same for every gain.
struct ToneRow {
  const ToneMapping* block = nullptr;
  const CurveTables* curves = nullptr;
  Split bayer, near, wide;  // `near` and `wide` from smooth_columns
};
void tone_row(const ToneRow& row, std::size_t pairs, Split out);

// 12-bit luma of the cells of two rows, and their sums by zone.
void cell_luma_row(const Split (&bayer)[2], std::size_t cells, Sample* luma);
void tone_zone_row(const ToneMeter& meter, const Sample* luma, ToneTotals::Zone* zones);

// Adds a row of 10-bit RGB to its blocks.
void defog_zone_row(const DefogMeter& meter, const Split& red, const Split& green,
                    const Split& blue, DefogTotals::Block* blocks);

// 10-bit RGB in place; gain and air light by pair of columns.
struct HazeRow {
  const Defog* block = nullptr;
  HazeColumns haze;
};
void defog_row(const HazeRow& row, std::size_t pairs, const Split& red, const Split& green,
               const Split& blue);

}  // namespace t31::model::pixel

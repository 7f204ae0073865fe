// SPDX-License-Identifier: GPL-2.0-or-later
// fast_tone_band.hpp - tone mapping, defog and their statistics for the bands of the fast path.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "model/pixel/configuration.hpp"
#include "model/pixel/fast_memory.hpp"
#include "model/pixel/fast_tone_rows.hpp"

namespace t31::model::pixel {

// What all bands of a frame share. Weights stay from frame to frame.
class ToneTables {
 public:
  void update(const Configuration& configuration);

  const CurvePairs* pairs() const { return pairs_.data(); }
  const TileWeights& tone() const { return tone_; }
  const TileWeights& transmission() const { return transmission_; }
  const TileWeights& air() const { return air_; }
  const HazePatch* patches() const { return patches_.data(); }
  const std::int16_t* gains() const { return gains_.data(); }

 private:
  TileWeights tone_, transmission_, air_;
  std::array<CurvePairs, ToneMapping::kColumns * ToneMapping::kRows> pairs_;
  std::array<HazePatch, Defog::kColumns * Defog::kRows> patches_;
  std::array<std::int16_t, 256> gains_{};  // by transmission
};

// The working memory of one worker.
class ToneBand {
 public:
  // Makes ready for a frame. Both must outlive the calls below.
  void begin(const Configuration& configuration, const ToneTables& tables);

  // Adds two rows of Bayer cells to the statistics of tone mapping; `y` is the upper one's.
  void measure_cells(std::int32_t y, const Split& upper, const Split& lower);
  // Maps row y; `bayer` are rows y - 2 ... y + 2, padded.
  void map(std::int32_t y, const Split (&bayer)[5], const Split& out);
  // Adds a row of 10-bit RGB to the statistics of defog.
  void measure_rgb(std::int32_t y, const Split& red, const Split& green, const Split& blue);
  // Clears row y of 10-bit RGB of haze.
  void clear(std::int32_t y, const Split& red, const Split& green, const Split& blue);

  // Of all rows since `begin`.
  const ToneTotals& tone_totals();
  const DefogTotals& defog_totals() const { return defog_totals_; }

 private:
  static constexpr unsigned kSubHistograms = 4;
  using Histogram = std::array<std::uint32_t, ToneMeter::kBins>;

  void resize(std::int32_t width);
  void make_curves(std::int32_t tile_row);
  void map_one_by_one(std::int32_t y, const Split& bayer, const Split& out);
  void make_haze(std::int32_t tile_row);

  const Configuration* configuration_ = nullptr;
  const ToneTables* tables_ = nullptr;
  std::int32_t width_ = 0, tile_columns_ = 0;
  std::size_t pairs_ = 0;

  RowStore<Sample> samples_;
  AlignedArray<std::uint8_t> curve_bytes_;
  CurveTables curves_;
  std::int32_t curve_row_ = -1, haze_row_ = -1;  // of tiles, whose curves and haze are at hand
  Split near_, wide_;
  Sample* luma_ = nullptr;
  HazeColumns haze_;

  ToneTotals tone_totals_;
  DefogTotals defog_totals_;
  std::array<Histogram, kSubHistograms> histograms_{};
};

}  // namespace t31::model::pixel

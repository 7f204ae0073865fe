// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/fast_tone_band.hpp"

namespace t31::model::pixel {
namespace {

constexpr std::int32_t kTile = TileWeights::kTile;
constexpr std::size_t kPairsPerTile = kTile / 2;

// The nodes around block (row, column), pairwise. Blocks that don't exist weigh nothing.
CurvePairs curve_pairs(const ToneMapping& block, std::int32_t row, std::int32_t column) {
  constexpr std::int32_t kReach = TileWeights::kReach, kSide = TileWeights::kSide;
  constexpr auto kRows = static_cast<std::int32_t>(ToneMapping::kRows);
  constexpr auto kColumns = static_cast<std::int32_t>(ToneMapping::kColumns);
  CurvePairs pairs;
  for (std::int32_t i = 0; i < kSide * kSide; ++i) {
    const std::int32_t r = row + i / kSide - kReach, c = column + i % kSide - kReach;
    if (r < 0 || r >= kRows || c < 0 || c >= kColumns) continue;
    const ToneMapping::Curve& curve = block.curve(r, c);
    auto& nodes = pairs.nodes[static_cast<unsigned>(i / 2)];
    for (unsigned k = 0; k < curve.size(); ++k) {
      nodes[2 * k + static_cast<unsigned>(i % 2)] = static_cast<std::int16_t>(curve[k]);
    }
  }
  return pairs;
}

HazePatch haze_patch(const Defog& block, std::int32_t row, std::int32_t column) {
  constexpr std::int32_t kReach = TileWeights::kReach, kSide = TileWeights::kSide;
  constexpr auto kRows = static_cast<std::int32_t>(Defog::kRows);
  constexpr auto kColumns = static_cast<std::int32_t>(Defog::kColumns);
  HazePatch patch;
  for (std::int32_t i = 0; i < kSide * kSide; ++i) {
    const std::int32_t r = row + i / kSide - kReach, c = column + i % kSide - kReach;
    if (r < 0 || r >= kRows || c < 0 || c >= kColumns) continue;
    const Defog::Block& from = block.block(r, c);
    patch.transmission[static_cast<unsigned>(i)] = static_cast<std::int16_t>(from.transmission);
    const auto air = static_cast<unsigned>(i) - HazePatch::kFirstAir;
    if (air >= HazePatch::kAirBlocks) continue;
    for (unsigned k = 0; k < 3; ++k) patch.air[k][air] = static_cast<std::int16_t>(from.air[k]);
  }
  return patch;
}

}  // namespace

void ToneTables::update(const Configuration& c) {
  if (c.tone_mapping.active) {
    tone_.update(c.tone_mapping.weights, c.width, c.height);
    constexpr auto kRows = static_cast<std::int32_t>(ToneMapping::kRows);
    for (std::int32_t i = 0; i < static_cast<std::int32_t>(pairs_.size()); ++i) {
      pairs_[static_cast<unsigned>(i)] = curve_pairs(c.tone_mapping, i % kRows, i / kRows);
    }
  }
  if (c.defog.active) {
    transmission_.update(c.defog.transmission_weights, c.width, c.height);
    air_.update(c.defog.air_weights, c.width, c.height);
    constexpr auto kRows = static_cast<std::int32_t>(Defog::kRows);
    for (std::int32_t i = 0; i < static_cast<std::int32_t>(patches_.size()); ++i) {
      patches_[static_cast<unsigned>(i)] = haze_patch(c.defog, i % kRows, i / kRows);
    }
    for (unsigned t = 0; t < gains_.size(); ++t) {
      gains_[t] = static_cast<std::int16_t>(c.defog.gain_of(static_cast<std::int32_t>(t)));
    }
  }
}

void ToneBand::resize(std::int32_t width) {
  width_ = width;
  pairs_ = static_cast<std::size_t>(width + 1) / 2;
  tile_columns_ = (width + kTile - 1) / kTile;
  const auto tiles = static_cast<std::size_t>(tile_columns_);
  samples_ = RowStore<Sample>(4 + 1 + 4, pairs_ + kPairsPerTile);
  near_ = {samples_.next(), samples_.next()};
  wide_ = {samples_.next(), samples_.next()};
  luma_ = samples_.next();
  haze_.gain = samples_.next();
  for (auto& air : haze_.air) air = samples_.next();
  // Vectors take several tiles at a time.
  const std::size_t bytes = CurveTables::kBytes * ((tiles + 1) / 2 + kPadding);
  curve_bytes_ = AlignedArray<std::uint8_t>(2 * CurveTables::kTables * bytes);
  std::uint8_t* next = curve_bytes_.get();
  for (auto& table : curves_.tables) {
    for (auto& half : table) half = next, next += bytes;
  }
}

void ToneBand::begin(const Configuration& configuration, const ToneTables& tables) {
  configuration_ = &configuration;
  tables_ = &tables;
  if (configuration.width != width_) resize(configuration.width);
  curve_row_ = haze_row_ = -1;
  tone_totals_ = {};
  defog_totals_ = {};
  histograms_ = {};
}

void ToneBand::measure_cells(std::int32_t y, const Split& upper, const Split& lower) {
  const ToneMeter& meter = configuration_->tone_meter;
  const std::int32_t cells = width_ / 2;
  cell_luma_row({upper, lower}, static_cast<std::size_t>(cells), luma_);
  for (std::int32_t x = 0; x < cells; ++x) {
    // Neighbours are often equal: separate tables keep their counts from waiting for one another.
    ++histograms_[static_cast<unsigned>(x) % kSubHistograms][static_cast<unsigned>(luma_[x]) >> 3];
  }
  const int row = meter.row_at(y / 2);
  if (row < 0) return;
  tone_zone_row(meter, luma_,
                &tone_totals_.zones[static_cast<unsigned>(row) * ToneMeter::kColumns]);
}

const ToneTotals& ToneBand::tone_totals() {
  for (Histogram& part : histograms_) {
    for (unsigned i = 0; i < part.size(); ++i) tone_totals_.histogram[i] += part[i];
    part.fill(0);
  }
  return tone_totals_;
}

void ToneBand::make_curves(std::int32_t tile_row) {
  if (tile_row == curve_row_) return;
  curve_row_ = tile_row;
  tile_curves(configuration_->tone_mapping, tables_->pairs(), &tables_->tone().at(0, tile_row),
              static_cast<std::size_t>(tile_columns_), curves_);
}

void ToneBand::map(std::int32_t y, const Split (&bayer)[5], const Split& out) {
  const ToneMapping& block = configuration_->tone_mapping;
  smooth_columns(bayer, pairs_, near_, wide_);
  const ColourCompensation& compensation = block.compensation;
  if (compensation.active && !compensation.constant) return map_one_by_one(y, bayer[2], out);
  make_curves(y / kTile);
  tone_row({&block, &curves_, bayer[2], near_, wide_}, pairs_, out);
}

// For settings that no tuning file has.
void ToneBand::map_one_by_one(std::int32_t y, const Split& bayer, const Split& out) {
  const ToneMapping& block = configuration_->tone_mapping;
  const auto at = [](const Split& row, std::int32_t x) -> Sample& { return row[x & 1][x >> 1]; };
  const auto word = [&at](const Split& row, std::int32_t x) {
    return static_cast<std::int32_t>(static_cast<std::uint16_t>(at(row, x)));
  };
  Segments curve;
  for (std::int32_t x = 0; x < width_; ++x) {
    if (x % kTile == 0) curve = block.blended(tables_->tone().at(x / kTile, y / kTile));
    const std::int32_t near = word(near_, x - 1) + 2 * word(near_, x) + word(near_, x + 1);
    const std::int32_t wide = word(wide_, x - 2) + word(wide_, x + 2) + 6 * word(wide_, x) +
                              4 * (word(wide_, x - 1) + word(wide_, x + 1));
    at(out, x) = static_cast<Sample>(block.apply(curve, at(bayer, x), {near >> 4, wide >> 4}));
  }
}

void ToneBand::measure_rgb(std::int32_t y, const Split& red, const Split& green,
                           const Split& blue) {
  const DefogMeter& meter = configuration_->defog_meter;
  const int row = meter.row_at(y);
  if (row < 0) return;
  defog_zone_row(meter, red, green, blue,
                 &defog_totals_.blocks[static_cast<unsigned>(row) * DefogMeter::kColumns]);
}

void ToneBand::make_haze(std::int32_t tile_row) {
  if (tile_row == haze_row_) return;
  haze_row_ = tile_row;
  const HazeTiles tiles{&configuration_->defog, tables_->patches(), tables_->gains(),
                        &tables_->transmission().at(0, tile_row), &tables_->air().at(0, tile_row)};
  tile_haze(tiles, static_cast<std::size_t>(tile_columns_), haze_);
}

void ToneBand::clear(std::int32_t y, const Split& red, const Split& green, const Split& blue) {
  make_haze(y / kTile);
  defog_row({&configuration_->defog, haze_}, pairs_, red, green, blue);
}

}  // namespace t31::model::pixel

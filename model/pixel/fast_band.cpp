// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/fast_band.hpp"

#include <cstring>

namespace t31::model::pixel {
namespace {

// Column x of a split row; x may be a little outside of it.
Sample& sample(const Split& row, std::int32_t x) {
  return row[x & 1][x >> 1];
}

// Columns beyond the edges that a neighbourhood may reach.
constexpr std::int32_t kBefore[] = {-2, -1};
constexpr std::int32_t kBehind[] = {0, 1, 2};  // from the width on

void copy_row(const Split& from, const Split& to, std::size_t pairs) {
  for (unsigned parity = 0; parity < 2; ++parity) {
    std::memcpy(to[parity], from[parity], pairs * sizeof(Sample));
  }
}

}  // namespace

void GammaTables::update(const Gamma& gamma) {
  if (valid_ && gamma.active == gamma_.active && gamma.curves == gamma_.curves) return;
  gamma_ = gamma;
  valid_ = true;
  for (unsigned colour = 0; colour < tables_.size(); ++colour) {
    unsigned same = 0;
    while (gamma.curves[same] != gamma.curves[colour]) ++same;
    table_of_[colour] = same;
    if (same != colour) continue;
    for (std::int32_t x = 0; x <= kMax12; ++x) {
      tables_[colour][static_cast<unsigned>(x)] =
          static_cast<std::uint16_t>(gamma.apply(colour, x) >> 2);
    }
  }
}

void MeshRows::resize(std::int32_t width) {
  width_ = width;
  store_ = RowStore<Sample>(2 * 2 * kPlanes, static_cast<std::size_t>(width + 1) / 2);
  for (auto& row : gains_) {
    for (Split& plane : row) plane = {store_.next(), store_.next()};
  }
}

void MeshRows::begin(const LensShading& shading) {
  shading_ = &shading;
  row_[0] = row_[1] = -1;
  if (!shading.active) return;
  fractions_.resize(static_cast<std::size_t>(shading.cell_width));
  for (std::int32_t x = 0; x < shading.cell_width; ++x) {
    fractions_[static_cast<std::size_t>(x)] = LensShading::fraction(x, shading.cell_width);
  }
}

void MeshRows::fill(const Split& gains, unsigned plane, std::int32_t row) const {
  const std::int32_t cell = shading_->cell_width;
  for (std::int32_t first = 0, column = 0; first < width_; first += cell, ++column) {
    const std::int32_t left = shading_->node(plane, row, column);
    const std::int32_t right = shading_->node(plane, row, column + 1);
    const std::int32_t size = std::min(cell, width_ - first);
    for (std::int32_t i = 0; i < size; ++i) {
      sample(gains, first + i) =
          static_cast<Sample>(mix_q15(left, right, fractions_[static_cast<std::size_t>(i)]));
    }
  }
}

Split MeshRows::along(unsigned plane, std::int32_t row) {
  const unsigned slot = row % 2;
  if (row_[slot] != row) {
    row_[slot] = row;
    for (unsigned p = 0; p < kPlanes; ++p) fill(gains_[slot][p], p, row);
  }
  return gains_[slot][plane];
}

void Band::resize(std::int32_t width) {
  width_ = width;
  pairs_ = static_cast<std::size_t>(width + 1) / 2;
  constexpr std::size_t kSplits = 2 + 2 * kRawRows + 2 * kBayerRows + 2 * kGreenRows + 3;
  samples_ = RowStore<Sample>(2 * kSplits + kGreenRows + 4 + 1, pairs_);
  const auto split = [this] { return Split{samples_.next(), samples_.next()}; };
  for (auto& row : tap_) row = split();
  for (auto& row : balanced_) row = split();
  for (auto& row : corrected_) row = split();
  for (auto& row : bayer_) row = split();
  for (auto& row : mapped_) row = split();
  for (auto& row : green_) row = split();
  for (auto& row : directional_) row = split();
  for (auto& row : difference_) row = samples_.next();
  red_ = split(), rgb_green_ = split(), blue_ = split();
  for (unsigned i = 0; i < 2; ++i) u_sum_[i] = samples_.next(), v_sum_[i] = samples_.next();
  zeros_ = samples_.next();
  bytes_ = RowStore<std::uint8_t>(6, pairs_);
  cells_ = {bytes_.next(), bytes_.next(), bytes_.next(), bytes_.next(), bytes_.next()};
  candidates_ = bytes_.next();
  mesh_.resize(width);
}

void Band::begin(const Configuration& configuration, const BandTables& tables,
                 const BayerFrame& frame, bool statistics) {
  configuration_ = &configuration;
  gamma_ = &tables.gamma;
  colour_map_ = &tables.colour_map;
  frame_ = &frame;
  statistics_ = statistics;
  height_ = configuration.height;
  corrects_ = configuration.defect_pixels.changes();
  denoises_ = configuration.raw_denoise.changes();
  maps_ = configuration.tone_mapping.active;
  if (configuration.width != width_) resize(configuration.width);
  mesh_.begin(configuration.lens_shading);
  tone_.begin(configuration, tables.tones);
  totals_ = {};
  histograms_ = {};
}

unsigned Band::site(std::int32_t y) const {
  return configuration_->filter.green(0, static_cast<std::uint32_t>(y)) ? 1 : 0;
}

void Band::pad(Split row) const {
  for (const std::int32_t x : kBefore) sample(row, x) = sample(row, mirrored(x, width_));
  for (const std::int32_t i : kBehind) {
    sample(row, width_ + i) = sample(row, mirrored(width_ + i, width_));
  }
}

void Band::pad_site(Sample* row, unsigned parity) const {
  const auto site = static_cast<std::int32_t>(parity);
  for (const std::int32_t x : kBefore) {
    if ((x & 1) == site) row[x >> 1] = row[mirrored(x, width_) >> 1];
  }
  for (const std::int32_t i : kBehind) {
    const std::int32_t x = width_ + i;
    if ((x & 1) == site) row[x >> 1] = row[mirrored(x, width_) >> 1];
  }
}

void Band::set_mesh(std::int32_t y, BayerRow& row) {
  const LensShading& shading = configuration_->lens_shading;
  row.lens_shading = true;
  row.mesh_bits = shading.fraction_bits;
  row.mesh_fraction = LensShading::fraction(y, shading.cell_height);
  const std::int32_t mesh_row = y / shading.cell_height;
  for (unsigned parity = 0; parity < 2; ++parity) {
    const unsigned slot = FilterArray::slot(parity, static_cast<unsigned>(y));
    const unsigned plane = LensShading::plane(configuration_->filter.visible(slot));
    row.mesh_above[parity] = mesh_.along(plane, mesh_row)[parity];
    row.mesh_below[parity] = mesh_.along(plane, mesh_row + 1)[parity];
  }
}

void Band::make_balanced(std::int32_t y, Split out, bool shade) {
  const Configuration& c = *configuration_;
  BayerRow row;
  row.bits = frame_->bits;
  row.black_level = c.black_level.active;
  row.white_balance = c.white_balance.active;
  for (unsigned parity = 0; parity < 2; ++parity) {
    const unsigned slot = FilterArray::slot(parity, static_cast<unsigned>(y));
    row.level[parity] = c.black_level.level[slot];
    row.level_gain[parity] = c.black_level.gain[slot];
    row.balance_gain[parity] = c.white_balance.gain[slot];
  }
  if (shade && c.lens_shading.active) set_mesh(y, row);
  const auto width = static_cast<std::size_t>(width_);
  bayer_row(row, frame_->codes.data() + static_cast<std::size_t>(y) * width, width, tap_[y % 2],
            out);
  pad(out);
  const bool second_of_pair = y % 2 == 1 && y > first_ && y < end_;
  if (statistics_ && second_of_pair) measure_cells(y);
}

void Band::make_corrected(std::int32_t y, Split out) {
  DefectRow row;
  row.block = &configuration_->defect_pixels;
  for (std::int32_t i = 0; i < 3; ++i) row.bayer[i] = balanced(y + 2 * i - 2);
  defect_row(row, pairs_, out);
  pad(out);
}

void Band::make_denoised(std::int32_t y) {
  DenoiseRow row;
  row.block = &configuration_->raw_denoise;
  row.site = site(y);
  for (std::int32_t i = 0; i < 5; ++i) row.bayer[i] = corrected(y + i - 2);
  denoise_row(row, pairs_, bayer(y));
}

void Band::shade(std::int32_t y) {
  if (configuration_->lens_shading.active) {
    BayerRow row;
    set_mesh(y, row);
    shade_row(row, pairs_, bayer(y));
  }
  pad(bayer(y));
}

void Band::make_balanced_to(std::int32_t last) {
  for (; next_balanced_ <= std::min(last, height_ - 1); ++next_balanced_) {
    make_balanced(next_balanced_, balanced(next_balanced_), false);
  }
}

void Band::make_corrected_to(std::int32_t last) {
  for (; next_corrected_ <= std::min(last, height_ - 1); ++next_corrected_) {
    const std::int32_t y = next_corrected_;
    if (corrects_) {
      make_balanced_to(y + 2);
      make_corrected(y, corrected(y));
    } else {
      make_balanced(y, corrected(y), false);
    }
  }
}

void Band::make_bayer_to(std::int32_t last) {
  for (; next_bayer_ <= std::min(last, height_ - 1); ++next_bayer_) {
    const std::int32_t y = next_bayer_;
    if (denoises_) {
      make_corrected_to(y + 2);
      make_denoised(y);
      shade(y);
    } else if (corrects_) {
      make_balanced_to(y + 2);
      make_corrected(y, bayer(y));
      shade(y);
    } else {
      make_balanced(y, bayer(y), true);
    }
    const bool second_of_pair = y % 2 == 1 && y > first_ && y < end_;
    if (statistics_ && second_of_pair && configuration_->tone_meter.active) {
      tone_.measure_cells(y - 1, bayer(y - 1), bayer(y));
    }
  }
}

void Band::make_mosaic_to(std::int32_t last) {
  if (!maps_) return make_bayer_to(last);
  for (; next_mapped_ <= std::min(last, height_ - 1); ++next_mapped_) {
    const std::int32_t y = next_mapped_;
    make_bayer_to(y + 2);
    tone_.map(y, {bayer(y - 2), bayer(y - 1), bayer(y), bayer(y + 1), bayer(y + 2)}, mapped(y));
    pad(mapped(y));
  }
}

void Band::make_green(std::int32_t y) {
  GreenRow row;
  row.block = &configuration_->demosaic;
  row.site = site(y);
  for (std::int32_t i = 0; i < 5; ++i) row.bayer[i] = mosaic(y + i - 2);
  const std::int32_t slot = green_slot(y);
  green_row(row, pairs_, green_[slot], difference_[slot], directional_[slot]);
  pad(green_[slot]);
  pad_site(difference_[slot], row.site);
}

void Band::make_rgb(std::int32_t y) {
  if (!configuration_->demosaic.active) {
    for (const Split& colour : {red_, rgb_green_, blue_}) copy_row(mosaic(y), colour, pairs_);
  } else {
    RgbRow row;
    row.block = &configuration_->demosaic;
    row.site = site(y);
    row.red_row = configuration_->filter.red_row(static_cast<std::uint32_t>(y));
    for (std::int32_t i = 0; i < 3; ++i) {
      const std::int32_t slot = green_slot(y + i - 1);
      row.green[i] = green_[slot];
      row.difference[i] = difference_[slot];
    }
    row.directional = directional_[green_slot(y)];
    rgb_row(row, pairs_, red_, rgb_green_, blue_);
  }
  // The last column of an odd width stands in for its missing neighbour in the mean of chroma.
  if (width_ % 2 != 0) {
    for (const Split& colour : {red_, rgb_green_, blue_}) {
      sample(colour, width_) = sample(colour, width_ - 1);
    }
  }
}

void Band::look_up_gamma() {
  const Split colours[3] = {red_, rgb_green_, blue_};
  for (unsigned i = 0; i < 3; ++i) {
    const std::uint16_t* table = (*gamma_)[i].data();
    look_up_row(table, colours[i].even, pairs_);
    look_up_row(table, colours[i].odd, pairs_);
  }
}

void Band::make_colour(std::int32_t y, const FastYuv& yuv) {
  const Configuration& c = *configuration_;
  if (c.colour_matrix.active) {
    for (unsigned parity = 0; parity < 2; ++parity) {
      matrix_row(c.colour_matrix, pairs_, red_[parity], rgb_green_[parity], blue_[parity]);
    }
  }
  look_up_gamma();
  if (statistics_ && c.defog_meter.active) tone_.measure_rgb(y, red_, rgb_green_, blue_);
  if (c.defog.active) tone_.clear(y, red_, rgb_green_, blue_);
  const unsigned own = static_cast<unsigned>(y) % 2;
  colour_row({&c.colour_space, red_, rgb_green_, blue_}, pairs_, yuv.luma.row(y), u_sum_[own],
             v_sum_[own]);
  yuv.luma.pad(y);
  const bool last = y + 1 == height_;
  if (own == 1 || last) {
    halve_rows(u_sum_[0], u_sum_[own], pairs_, yuv.u.row(y / 2));
    halve_rows(v_sum_[0], v_sum_[own], pairs_, yuv.v.row(y / 2));
    if (colour_map_->active()) {
      colour_map_->correct_row(yuv.luma.row(y & ~1), yuv.luma.row(y), pairs_, yuv.u.row(y / 2),
                               yuv.v.row(y / 2));
    }
    yuv.u.pad(y / 2);
    yuv.v.pad(y / 2);
  }
}

void Band::count_histogram(std::int32_t y) {
  const Grid& grid = configuration_->ae.grid;
  if (grid.row_at(y / 2) < 0) return;
  const std::int32_t cells = width_ / 2;
  const std::int32_t begin = std::min(grid.x[0], cells);
  const std::int32_t end = std::min(grid.x[grid.columns], cells);
  for (std::int32_t x = begin; x < end; ++x) {
    // Neighbours are often equal: separate tables keep their counts from waiting for one another.
    ++histograms_[static_cast<unsigned>(x) % kSubHistograms][cells_.luma[x]];
  }
  if (!configuration_->filter.has_infrared()) return;
  for (std::int32_t x = begin; x < end; ++x) ++totals_.infrared_histogram[cells_.infrared[x]];
}

void Band::measure_cells(std::int32_t y) {
  const Configuration& c = *configuration_;
  CellRow row;
  row.red = row.blue = row.infrared = zeros_;
  for (unsigned slot = 0; slot < 4; ++slot) {
    const Sample* samples = tap_[slot / 2][slot % 2];
    row.slots[slot] = samples;
    switch (c.filter.slots[slot]) {
      case Colour::kRed:
        row.red = samples;
        break;
      case Colour::kBlue:
        row.blue = samples;
        break;
      case Colour::kInfrared:
        row.infrared = samples;
        break;
      case Colour::kGreenRed:
        row.green[0] = samples;
        break;
      case Colour::kGreenBlue:
        row.green[1] = samples;
        break;
    }
  }
  if (row.green[0] == nullptr) row.green[0] = row.green[1];
  if (row.green[1] == nullptr) row.green[1] = row.green[0];
  const auto cells = static_cast<std::size_t>(width_ / 2);
  cell_row(row, cells, cells_);
  if (const int zone = c.ae.grid.row_at(y / 2); zone >= 0) {
    ae_zone_row(c.ae, cells_, cells, &totals_.ae[static_cast<unsigned>(zone) * c.ae.grid.columns]);
  }
  if (const int zone = c.awb.grid.row_at(y / 2); zone >= 0) {
    awb_zone_row(c.awb, cells_, candidates_, cells,
                 &totals_.awb[static_cast<unsigned>(zone) * c.awb.grid.columns]);
  }
  count_histogram(y);
}

void Band::run(std::int32_t first, std::int32_t end, const FastYuv& yuv) {
  const bool demosaic = configuration_->demosaic.active;
  first_ = first;
  end_ = end;
  next_mapped_ = std::max(first - 3, 0);
  next_bayer_ = maps_ ? std::max(next_mapped_ - 2, 0) : next_mapped_;
  next_corrected_ = std::max(next_bayer_ - 2, 0);
  next_balanced_ = std::max((denoises_ ? next_corrected_ : next_bayer_) - 2, 0);
  std::int32_t next_green = std::max(first - 1, 0);
  for (std::int32_t y = first; y < end; ++y) {
    make_mosaic_to(y + 3);
    for (; demosaic && next_green <= std::min(y + 1, height_ - 1); ++next_green) {
      make_green(next_green);
    }
    make_rgb(y);
    make_colour(y, yuv);
  }
}

FrameTotals Band::totals() const {
  FrameTotals totals = totals_;
  for (const Histogram& part : histograms_) {
    for (unsigned i = 0; i < part.size(); ++i) totals.histogram[i] += part[i];
  }
  return totals;
}

}  // namespace t31::model::pixel

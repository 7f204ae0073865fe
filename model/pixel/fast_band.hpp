// SPDX-License-Identifier: GPL-2.0-or-later
// fast_band.hpp - the fused path from a band of sensor rows to YUV rows and statistics.
//
// A few rows of each intermediate stage are kept, just enough for the neighbourhoods of the next
// one, so that a band runs in the second-level cache.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "model/pixel/configuration.hpp"
#include "model/pixel/fast_memory.hpp"
#include "model/pixel/fast_rows.hpp"
#include "model/pixel/fast_tone_band.hpp"
#include "model/pixel/fast_yuv.hpp"

namespace t31::model::pixel {

// Gamma as one look-up per colour, 12 to 10 bits.
class GammaTables {
 public:
  using Table = std::array<std::uint16_t, 4096>;
  void update(const Gamma& gamma);
  const Table& operator[](unsigned colour) const { return tables_[table_of_[colour]]; }

 private:
  bool valid_ = false;
  Gamma gamma_;
  std::array<Table, 3> tables_{};
  std::array<unsigned, 3> table_of_{};  // equal curves share one, which spares the cache
};

// Lens shading gains along two neighbouring mesh rows, for each colour plane, by column parity.
class MeshRows {
 public:
  void resize(std::int32_t width);
  // Makes ready for a frame.
  void begin(const LensShading& shading);
  // Gains along mesh row `row`; valid until the row after the next one is asked for.
  Split along(unsigned plane, std::int32_t row);

 private:
  static constexpr unsigned kPlanes = 3;
  void fill(const Split& gains, unsigned plane, std::int32_t row) const;

  const LensShading* shading_ = nullptr;
  std::int32_t width_ = 0;
  std::vector<std::int32_t> fractions_;  // by column within a cell
  RowStore<Sample> store_;
  Split gains_[2][kPlanes];
  std::int32_t row_[2] = {-1, -1};
};

// What is looked up, made once for all workers.
struct BandTables {
  const GammaTables& gamma;
  const ToneTables& tones;
  const ColourMapTable& colour_map;
};

// The working memory of one worker.
class Band {
 public:
  // Makes ready for a frame. All arguments must outlive the calls of `run`.
  void begin(const Configuration& configuration, const BandTables& tables, const BayerFrame& frame,
             bool statistics);
  // Rows [first, end) of the image. `first` is even, and `end` too unless it is the height.
  void run(std::int32_t first, std::int32_t end, const FastYuv& yuv);
  // Statistics of all bands that this worker ran since `begin`.
  FrameTotals totals() const;
  ToneBand& tone() { return tone_; }

 private:
  static constexpr std::int32_t kBayerRows = 8;  // of which seven are in use at a time
  static constexpr std::int32_t kRawRows = 8;    // of which five
  static constexpr std::int32_t kGreenRows = 4;  // of which three
  static constexpr unsigned kSubHistograms = 4;
  using Histogram = std::array<std::uint32_t, 256>;

  void resize(std::int32_t width);
  Split& bayer(std::int32_t y) { return bayer_[mirrored(y, height_) % kBayerRows]; }
  Split& balanced(std::int32_t y) { return balanced_[mirrored(y, height_) % kRawRows]; }
  Split& corrected(std::int32_t y) { return corrected_[mirrored(y, height_) % kRawRows]; }
  Split& mapped(std::int32_t y) { return mapped_[mirrored(y, height_) % kBayerRows]; }
  // What the demosaic reads.
  Split& mosaic(std::int32_t y) { return maps_ ? mapped(y) : bayer(y); }
  std::int32_t green_slot(std::int32_t y) const { return mirrored(y, height_) % kGreenRows; }
  unsigned site(std::int32_t y) const;  // column parity that is not green

  // Each makes the rows up to `last` of a stage, and what it needs of the stage before.
  void make_balanced_to(std::int32_t last);
  void make_corrected_to(std::int32_t last);
  void make_bayer_to(std::int32_t last);
  void make_mosaic_to(std::int32_t last);
  void make_balanced(std::int32_t y, Split out, bool shade);
  void make_corrected(std::int32_t y, Split out);
  void make_denoised(std::int32_t y);
  void shade(std::int32_t y);
  void set_mesh(std::int32_t y, BayerRow& row);
  void make_green(std::int32_t y);
  void make_rgb(std::int32_t y);
  void make_colour(std::int32_t y, const FastYuv& yuv);
  void look_up_gamma();
  void measure_cells(std::int32_t y);
  void count_histogram(std::int32_t y);

  void pad(Split row) const;
  void pad_site(Sample* row, unsigned parity) const;

  const Configuration* configuration_ = nullptr;
  const GammaTables* gamma_ = nullptr;
  const ColourMapTable* colour_map_ = nullptr;
  const BayerFrame* frame_ = nullptr;
  bool statistics_ = false;
  std::int32_t width_ = 0, height_ = 0;
  std::size_t pairs_ = 0;

  RowStore<Sample> samples_;
  RowStore<std::uint8_t> bytes_;
  bool corrects_ = false, denoises_ = false, maps_ = false;
  // Rows of the band to finish, and the next ones of each stage.
  std::int32_t first_ = 0, end_ = 0;
  std::int32_t next_balanced_ = 0, next_corrected_ = 0, next_bayer_ = 0, next_mapped_ = 0;
  Split balanced_[kRawRows], corrected_[kRawRows];
  Split tap_[2], bayer_[kBayerRows], mapped_[kBayerRows], green_[kGreenRows],
      directional_[kGreenRows];
  Sample* difference_[kGreenRows] = {};
  Split red_, rgb_green_, blue_;
  Sample *u_sum_[2] = {}, *v_sum_[2] = {};
  Sample* zeros_ = nullptr;
  CellBytes cells_{};
  std::uint8_t* candidates_ = nullptr;
  MeshRows mesh_;
  ToneBand tone_;

  FrameTotals totals_;
  std::array<Histogram, kSubHistograms> histograms_{};
};

}  // namespace t31::model::pixel

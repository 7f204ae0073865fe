// SPDX-License-Identifier: GPL-2.0-or-later
// statistics.hpp - what the AE and AWB engines measure, and their DMA records.
//
// Both look at the Bayer frame behind the black level block, one 2x2 cell as one position.
#pragma once

#include <array>
#include <cstdint>

#include "model/pixel/arithmetic.hpp"
#include "model/pixel/bayer.hpp"
#include "model/pixel/plane.hpp"

namespace t31::model::pixel {

// Zones in cells; zone edges are running sums of the widths and heights.
struct Grid {
  static constexpr unsigned kMaxZones = 15;
  unsigned columns = 0, rows = 0;
  using Edges = std::array<std::int32_t, kMaxZones + 1>;  // zone i spans [edge[i], edge[i + 1])
  Edges x{}, y{};

  // The zone that holds a position, or -1.
  int column_at(std::int32_t position) const { return zone_at(x, columns, position); }
  int row_at(std::int32_t position) const { return zone_at(y, rows, position); }

 private:
  static int zone_at(const Edges& edges, unsigned zones, std::int32_t position);
};
// Of the engine whose registers begin at `base`; all engines pack it alike.
Grid decode_grid(const IspRegisters& registers, std::uint32_t base);

// One cell on the 8-bit scale of the statistics.
struct Cell {
  std::int32_t luma = 0, red = 0, green = 0, blue = 0, infrared = 0;
};

// Reads the cell whose four 12-bit samples are `slots`; a colour that the cell lacks reads 0.
Cell measure(const FilterArray& filter, const std::array<std::int32_t, 4>& slots);

struct AeEngine {
  bool zones_active = false, histogram_active = false;
  Grid grid;
  std::int32_t dark = 0, bright = 0;  // luma below, luma from
};

struct AwbEngine {
  bool active = false;
  Grid grid;
  std::int32_t red_low = 0, red_high = 0;                                   // bounds of 256 R/G
  std::int32_t blue_low = 0, blue_high = 0;                                 // bounds of 256 B/G
  std::int32_t red_weight = 0, blue_weight = 0, sum_low = 0, sum_high = 0;  // weighted, Q8
  std::int32_t luma_low = 0, luma_high = 0;

  bool white_candidate(const Cell& cell) const;
};

// Bases of the AE engines' registers.
inline constexpr std::uint32_t kFirstExposure = 0xa000, kSecondExposure = 0xa800;
AeEngine decode_ae(const IspRegisters& registers, std::uint32_t base);
AwbEngine decode_awb(const IspRegisters& registers);

// Running totals of one zone.
struct AeZone {
  std::uint32_t dark_sum = 0, middle_sum = 0, bright_sum = 0;
  std::uint32_t dark_count = 0, bright_count = 0, infrared_sum = 0;
};
struct AwbZone {
  std::uint32_t red = 0, green = 0, blue = 0, infrared = 0, count = 0;
};

// Totals of a frame; engines add up cells, `write` packs them as DMA does.
struct FrameTotals {
  static constexpr unsigned kZones = Grid::kMaxZones * Grid::kMaxZones;
  std::array<AeZone, kZones> ae{};  // row by row, `columns` zones per row
  std::array<AwbZone, kZones> awb{};
  std::array<std::uint32_t, 256> histogram{}, infrared_histogram{};
  void add(const FrameTotals& other);
};
void write_statistics(const AeEngine& ae, const AwbEngine& awb, const FrameTotals& totals,
                      Statistics& out);

// Whole-frame reference on the Bayer plane behind the black level block.
FrameTotals measure_frame(const AeEngine& ae, const AwbEngine& awb, const FilterArray& filter,
                          const Plane<std::uint16_t>& bayer);

}  // namespace t31::model::pixel

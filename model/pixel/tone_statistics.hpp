// SPDX-License-Identifier: GPL-2.0-or-later
// tone_statistics.hpp - what local tone mapping (ADR) and defog measure, and their DMA records.
//
// Tone mapping looks at the Bayer frame that it is about to map, one 2x2 cell as one sample; defog
// at every RGB pixel that it is about to clear.
#pragma once

#include <array>
#include <cstdint>

#include "model/pixel/arithmetic.hpp"
#include "model/pixel/colour.hpp"
#include "model/pixel/pipeline.hpp"
#include "model/pixel/plane.hpp"

namespace t31::model::pixel {

// Luma of cells in 6 rows x 8 columns of zones: the 4 x 6 blocks of the curves, and a ring around.
struct ToneMeter {
  static constexpr unsigned kColumns = 8, kRows = 6, kBins = 512, kZoneBins = 5;

  bool active = false;
  // Edges of the zones in cells, none before the one to its left and none beyond the frame.
  std::array<std::int32_t, kColumns + 1> x{};
  std::array<std::int32_t, kRows + 1> y{};
  std::array<std::int32_t, kZoneBins - 1> limits{};  // 12-bit luma from which the next bin counts

  int row_at(std::int32_t position) const;  // of zones, or -1
};
ToneMeter decode_tone_meter(const IspRegisters& registers);

struct ToneTotals {
  struct Zone {
    std::uint32_t sum = 0;
    std::array<std::uint32_t, ToneMeter::kZoneBins> bins{};
  };
  std::array<Zone, ToneMeter::kColumns * ToneMeter::kRows> zones{};  // row by row
  std::array<std::uint32_t, ToneMeter::kBins> histogram{};
  void add(const ToneTotals& other);
};
using DmaRecord = std::array<std::uint8_t, 4096>;
void write_tone_statistics(const ToneMeter& meter, const ToneTotals& totals, DmaRecord& out);

// Sums of 8-bit red, green and blue, and counts of dark and bright pixels, in 10 x 18 blocks.
struct DefogMeter {
  static constexpr unsigned kColumns = 18, kRows = 10;

  bool active = false;
  std::array<std::int32_t, kColumns + 1> x{};  // edges in pixels, as above
  std::array<std::int32_t, kRows + 1> y{};
  std::int32_t dark = 0, bright = 0;  // luma below, luma above

  int row_at(std::int32_t position) const;  // of blocks, or -1
};
DefogMeter decode_defog_meter(const IspRegisters& registers);

struct DefogTotals {
  struct Block {
    std::uint32_t red = 0, green = 0, blue = 0;
    std::uint32_t dark = 0, middle = 0, bright = 0;
  };
  std::array<Block, DefogMeter::kColumns * DefogMeter::kRows> blocks{};  // row by row
  void add(const DefogTotals& other);
};
void write_defog_statistics(const DefogMeter& meter, const DefogTotals& totals, DmaRecord& out);

// Luma of 8-bit RGB as defog weighs it, 8 bits.
constexpr std::int32_t defog_luma(const Triple& rgb) {
  return (19 * rgb[0] + 38 * rgb[1] + 7 * rgb[2]) >> 6;
}

// Whole-frame references: the Bayer plane in front of tone mapping, 10-bit RGB in front of defog.
ToneTotals measure_tone(const ToneMeter& meter, const Plane<std::uint16_t>& bayer);
DefogTotals measure_defog(const DefogMeter& meter, const std::array<Plane<std::uint16_t>, 3>& rgb);

}  // namespace t31::model::pixel

// SPDX-License-Identifier: GPL-2.0-or-later
// focus.hpp - focus statistics (AF): how much detail each zone of the picture holds, by two
// vertical and two horizontal filters on 8-bit luma behind the conversion to YUV.
//
// A filter's answer is taken less what it would answer if the pixel's luma were constant, so that
// every filter passes detail only, whatever its coefficients (docs/pixels.md).
#pragma once

#include <array>
#include <cstdint>
#include <cstdlib>

#include "model/pixel/arithmetic.hpp"
#include "model/pixel/plane.hpp"
#include "model/pixel/statistics.hpp"

namespace t31::model::pixel {

// Five rows, coefficients with 9 fraction bits.
struct VerticalFilter {
  static constexpr std::int32_t kReach = 2;
  std::array<std::int32_t, 5> taps{};
};

// A section of second order, then one of first: coefficients with 8 fraction bits, the first one of
// either numerator is 1.0.
struct HorizontalFilter {
  std::int32_t gain1 = 0, b1 = 0, b2 = 0, a1 = 0, a2 = 0;
  std::int32_t gain2 = 0, b3 = 0, a3 = 0;
  std::int32_t constant = 0;  // what a constant is multiplied by in the end

  static constexpr std::int32_t kLargest = 1 << 17;  // of what a section remembers

  struct State {
    std::int32_t x1 = 0, x2 = 0, first1 = 0, first2 = 0, second1 = 0;
  };
  // Answer to the next luma of a row, given less the row's first one; 8 fraction bits.
  std::int32_t step(State& s, std::int32_t x) const {
    const std::int32_t input = gain1 * (256 * x + b1 * s.x1 + b2 * s.x2);
    const std::int32_t first =
        limit((input + a1 * s.first1 + a2 * s.first2 + 128) >> 8, -kLargest, kLargest);
    const std::int32_t inner = (256 * first + b3 * s.first1) >> 8;
    const std::int32_t second =
        limit((gain2 * inner + a3 * s.second1 + 128) >> 8, -kLargest, kLargest);
    s = {x, s.x1, first, s.first1, second};
    return second - constant * x;
  }
};

// Gain of detail by the pixel's luma: `low` in the dark, rising with `rise`, one between, falling
// with `fall` to `high` in the bright. 255 is one, slopes have 4 fraction bits.
struct LumaGain {
  bool active = false;
  std::int32_t dark_end = 0, full_from = 0, rise = 0, low = 0;
  std::int32_t full_to = 0, bright_from = 0, fall = 0, high = 0;

  std::int32_t apply(std::int32_t luma, std::int32_t detail) const {
    std::int32_t gain = 255;
    if (luma < full_from) gain = std::min(low + (std::max(luma - dark_end, 0) * rise >> 4), 255);
    if (luma > full_to) gain = std::min(gain, std::max(255 - ((luma - full_to) * fall >> 4), high));
    if (luma >= bright_from) gain = std::min(gain, high);
    return (detail * (gain + (gain >> 7)) + 128) >> 8;
  }
};

// Drops detail up to `from`, lets it rise with `slope` (4 fraction bits), is `most` at `to`.
struct FocusCoring {
  bool active = false;
  std::int32_t from = 0, to = 0, slope = 0, most = 0;

  std::int32_t apply(std::int32_t detail) const {
    if (detail >= to) return most;
    return detail <= from ? 0 : std::min((detail - from) * slope >> 4, most);
  }
};

struct FocusEngine {
  // In the order of their registers.
  enum Filter { kVertical0, kVertical1, kHorizontal0, kHorizontal1, kFilters };
  bool active = false;
  Grid grid;  // in pixels
  std::int32_t highlight = 0;
  std::array<bool, kFilters> on{};
  std::array<VerticalFilter, 2> vertical{};
  std::array<HorizontalFilter, 2> horizontal{};
  std::array<LumaGain, kFilters> gain{};
  std::array<FocusCoring, kFilters> coring{};

  // What a filter's answer counts, from its size rounded to 8 bits.
  std::int32_t count(unsigned filter, std::int32_t luma, std::int32_t detail) const {
    if (gain[filter].active) detail = gain[filter].apply(luma, detail);
    return coring[filter].active ? coring[filter].apply(detail) : detail;
  }
  bool plain() const;  // neither gains nor coring
};
FocusEngine decode_focus(const IspRegisters& registers);

// Size of an answer with `bits` fraction bits, rounded, at most 255.
constexpr std::int32_t detail_of(std::int32_t answer, unsigned bits) {
  return std::min((std::abs(answer) + (1 << (bits - 1))) >> bits, 255);
}

struct FocusZone {
  std::array<std::uint32_t, FocusEngine::kFilters> detail{};
  std::uint32_t luma = 0, highlights = 0;
};
// Row by row, `columns` zones per row.
struct FocusTotals {
  std::array<FocusZone, Grid::kMaxZones * Grid::kMaxZones> zones{};
  void add(const FocusTotals& other);
};
void write_focus_statistics(const FocusEngine& engine, const FocusTotals& totals,
                            std::array<std::uint8_t, 4096>& out);

// Whole-frame reference; luma of 10 bits.
FocusTotals measure_focus(const FocusEngine& engine, const Plane<std::uint16_t>& luma);

}  // namespace t31::model::pixel

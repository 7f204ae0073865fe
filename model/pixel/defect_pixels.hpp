// SPDX-License-Identifier: GPL-2.0-or-later
// defect_pixels.hpp - DPC: finds pixels that stand out of their same-colour neighbours and replaces
// them; CTR: evens out the two greens.
#pragma once

#include <array>
#include <cstdint>

#include "model/pixel/arithmetic.hpp"
#include "model/pixel/bayer.hpp"
#include "model/pixel/plane.hpp"

namespace t31::model::pixel {

// A threshold with a soft zone below it.
struct SoftThreshold {
  std::int32_t low = 0, high = 0;

  bool hard() const { return low >= high; }
  // How far x is above: 0 ... 256.
  std::int32_t above(std::int32_t x) const {
    if (hard()) return x > high ? 256 : 0;
    return limit((x - low) * 256 / (high - low), 0, 256);
  }
  // How far x is below.
  std::int32_t below(std::int32_t x) const {
    if (hard()) return x < high ? 256 : 0;
    return limit((high - x) * 256 / (high - low), 0, 256);
  }
};

// The eight neighbours of one colour, two samples away.
struct SameColour {
  // Opposite ones are adjacent: left, right, above, below; then the diagonals.
  std::array<std::int32_t, 4> near{}, far{};
};

// Detectors 1 and 3: a pixel far from a flat neighbourhood.
struct FlatDetector {
  bool enabled = false;
  SoftThreshold flat, distance;
};

// Detector 2: a pixel beyond the extreme neighbours, of which some may be set aside.
struct RankDetector {
  bool enabled = false;
  // Bit 4 i + j: i extreme near and j extreme far neighbours may be set aside.
  std::uint32_t bright_pairs = 0, dark_pairs = 0;
  SoftThreshold bright, dark;                  // distance to the median
  std::array<SoftThreshold, 4> near{}, far{};  // distance to the extreme that is left, by rank
};

// CTR: what the greens of the other rows differ by is taken off, where it is too little for detail.
struct GreenBalance {
  std::int32_t strength = 0;   // 0 off, 256 the whole difference
  std::int32_t threshold = 0;  // differences from here on are detail
  std::int32_t dark = 0, bright = kMax12;

  bool active() const { return strength > 0 && threshold > 0; }
};

struct DefectPixels {
  bool active = false;
  FlatDetector ranged;          // detector 1
  RankDetector ranked;          // detector 2
  FlatDetector averaged;        // detector 3
  std::int32_t strength = 16;   // of the replacement, sixteenths
  std::int32_t mean_share = 0;  // of the mean in it, sixteenths; the rest is the median
  GreenBalance balance;

  bool detects() const { return ranged.enabled || ranked.enabled || averaged.enabled; }
  // Without soft zones, partial replacement and balance: what the fast path has vectors for.
  bool plain() const;
  bool changes() const { return active && ((detects() && strength > 0) || balance.active()); }
  std::int32_t apply(std::int32_t x, const SameColour& neighbours) const;
};

DefectPixels decode_defect_pixels(const IspRegisters& registers);

// Whole-frame reference, beyond the edges samples are mirrored.
Plane<std::uint16_t> correct_frame(const DefectPixels& block, const FilterArray& filter,
                                   const Plane<std::uint16_t>& bayer);

}  // namespace t31::model::pixel

// SPDX-License-Identifier: GPL-2.0-or-later
// black_level.hpp - GIB: black level per position of the 2x2 cell, then one gain per colour.
#pragma once

#include <array>
#include <cstdint>

#include "model/pixel/arithmetic.hpp"
#include "model/pixel/bayer.hpp"

namespace t31::model::pixel {

struct BlackLevel {
  bool active = false;
  std::array<std::int32_t, 4> level{};  // by slot, 12 bit units
  std::array<std::int32_t, 4> gain{};   // by slot, Q10

  std::int32_t apply(unsigned slot, std::int32_t x) const {
    if (!active) return x;
    return apply_gain(std::max(x - level[slot], 0), gain[slot], 10);
  }
};

BlackLevel decode_black_level(const IspRegisters& registers, const FilterArray& filter);

}  // namespace t31::model::pixel

// SPDX-License-Identifier: GPL-2.0-or-later
// white_balance.hpp - AG: one white-balance gain per position of the 2x2 cell.
#pragma once

#include <array>
#include <cstdint>

#include "model/pixel/arithmetic.hpp"
#include "model/pixel/bayer.hpp"

namespace t31::model::pixel {

struct WhiteBalance {
  bool active = false;
  std::array<std::int32_t, 4> gain{};  // by slot, Q10

  std::int32_t apply(unsigned slot, std::int32_t x) const {
    return active ? apply_gain(x, gain[slot], 10) : x;
  }
};

WhiteBalance decode_white_balance(const IspRegisters& registers, const FilterArray& filter);

}  // namespace t31::model::pixel

// SPDX-License-Identifier: GPL-2.0-or-later
// exposures.hpp - what happens to each exposure of two before they are fused: black level and
// digital gain (GB), GIB when it is not bypassed, white balance.
#pragma once

#include <array>
#include <cstdint>

#include "model/pixel/black_level.hpp"
#include "model/pixel/white_balance.hpp"

namespace t31::model::pixel {

enum class Exposure : unsigned { kLong = 0, kShort = 1 };

struct ExposurePath {
  bool active = false;                  // GB
  std::array<std::int32_t, 4> level{};  // by slot, 12 bit units
  std::array<std::int32_t, 4> gain{};   // by slot, Q10
  std::int32_t least = 0;               // after the black level
  unsigned shift = 0;
  BlackLevel common;
  WhiteBalance balance;

  // 12 bit in and out.
  std::int32_t levelled(unsigned slot, std::int32_t x) const;
  std::int32_t apply(unsigned slot, std::int32_t x) const {
    return balance.apply(slot, levelled(slot, x));
  }
};

ExposurePath decode_exposure(const IspRegisters& registers, const FilterArray& filter,
                             Exposure exposure);

}  // namespace t31::model::pixel

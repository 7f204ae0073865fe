// SPDX-License-Identifier: GPL-2.0-or-later
// segments.hpp - functions made of straight segments, as several blocks have them in registers:
// knees, values at the knees, widths of the segments as powers of two.
#pragma once

#include <array>
#include <cstdint>

#include "model/pixel/arithmetic.hpp"

namespace t31::model::pixel {

// Up to sixteen segments: x counts how many knees it has reached, and is measured from the last.
struct Segments {
  static constexpr unsigned kMost = 16;

  unsigned count = 1;                       // segments; one more than knees
  std::array<std::int32_t, kMost> start{};  // first x of a segment; start[0] = 0, ascending
  std::array<std::int32_t, kMost> value{};  // there
  std::array<std::int32_t, kMost> slope{};  // 256ths of a step of the value per step of x

  unsigned index(std::int32_t x) const {
    unsigned i = 0;
    for (unsigned k = 1; k < count; ++k) i += x >= start[k] ? 1 : 0;
    return i;
  }
  std::int32_t operator()(std::int32_t x) const {
    const unsigned i = index(x);
    return value[i] + (((x - start[i]) * slope[i]) >> 8);
  }
};

// A slope of `rise` over 2^bits, which never rises more than the values' range over the width.
constexpr std::int32_t slope_of(std::int32_t rise, std::int32_t bits, std::int32_t width,
                                std::int32_t range) {
  const std::int32_t steepest = std::min((range << 8) / std::max(width, 1), 32767);
  return limit((rise << 8) >> std::min(bits, 16), -steepest, steepest);
}

}  // namespace t31::model::pixel

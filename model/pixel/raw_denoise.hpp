// SPDX-License-Identifier: GPL-2.0-or-later
// raw_denoise.hpp - RDNS: a sigma filter over the nine same-colour samples of a 5x5 window.
#pragma once

#include <array>
#include <cstdint>

#include "model/pixel/arithmetic.hpp"
#include "model/pixel/bayer.hpp"
#include "model/pixel/plane.hpp"

namespace t31::model::pixel {

struct RawDenoise {
  // Neighbours that differ by no more take part, in flat and in textured places.
  struct Thresholds {
    std::int32_t flat = 0, textured = 0;
  };
  static constexpr std::int32_t kWindow = 25;  // samples of all colours

  bool active = false;
  Thresholds green, other;
  std::int32_t texture = 0;      // mean difference to the neighbours from which on it is textured
  std::int32_t saturation = 0;   // brighter samples stay
  std::int32_t overexposed = 0;  // samples brighter than this are overexposed
  std::int32_t most_overexposed = 0;  // with more of them in the window a sample stays

  bool guards() const { return most_overexposed < kWindow && overexposed < kMax12; }
  bool changes() const {
    return active && (green.flat | green.textured | other.flat | other.textured) != 0;
  }
  // 1 / n as Q15, n = 1 ... 9.
  static constexpr std::array<std::int32_t, 10> kReciprocal{0,    32767, 16384, 10923, 8192,
                                                            6554, 5461,  4681,  4096,  3641};
  std::int32_t apply(std::int32_t x, const std::array<std::int32_t, 8>& neighbours,
                     const Thresholds& thresholds) const;
};

RawDenoise decode_raw_denoise(const IspRegisters& registers);

// Whole-frame reference, beyond the edges samples are mirrored.
Plane<std::uint16_t> denoise_frame(const RawDenoise& block, const FilterArray& filter,
                                   const Plane<std::uint16_t>& bayer);

}  // namespace t31::model::pixel

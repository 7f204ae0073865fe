// SPDX-License-Identifier: GPL-2.0-or-later
// gamma.hpp - GAMMA: a curve of 128 segments per colour in look-up RAM, 12 to 12 bit.
#pragma once

#include <array>
#include <cstdint>

#include "model/pixel/arithmetic.hpp"
#include "model/pixel/colour.hpp"
#include "model/pixel/pipeline.hpp"

namespace t31::model::pixel {

struct Gamma {
  static constexpr unsigned kSegments = 128;
  using Curve = std::array<std::uint32_t, kSegments>;  // as in RAM: 11:0 start, 23:12 end

  bool active = false;
  std::array<Curve, 3> curves{};  // red, green, blue

  std::int32_t apply(unsigned colour, std::int32_t x) const {
    if (!active) return x;
    const std::uint32_t segment = curves[colour][static_cast<unsigned>(x) >> 5];
    const std::int32_t start = field(segment, 0, 12), end = field(segment, 12, 12);
    return start + (((end - start) * (x & 31)) >> 5);
  }
  Triple apply(const Triple& rgb) const {
    return {apply(0, rgb[0]), apply(1, rgb[1]), apply(2, rgb[2])};
  }
};

Gamma decode_gamma(const IspRegisters& registers);

}  // namespace t31::model::pixel

// SPDX-License-Identifier: GPL-2.0-or-later
// infrared.hpp - the part of GIB for filter arrays with infrared: takes off what infrared adds to
// each colour.
#pragma once

#include <array>
#include <cstdint>

#include "model/pixel/arithmetic.hpp"
#include "model/pixel/bayer.hpp"

namespace t31::model::pixel {

struct InfraredRemoval {
  static constexpr unsigned kSegments = 32;
  using Curve = std::array<std::uint32_t, kSegments>;  // as in RAM: 11:0 start, 23:12 end

  bool active = false;
  std::array<Curve, 3> curves{};  // red, green, blue, by infrared level

  // What infrared of this level adds to a colour.
  std::int32_t share(Colour colour, std::int32_t infrared) const {
    const Curve& curve = curves[colour == Colour::kRed ? 0 : colour == Colour::kBlue ? 2 : 1];
    const std::uint32_t segment = curve[static_cast<unsigned>(infrared) >> 7];
    const std::int32_t start = field(segment, 0, 12), end = field(segment, 12, 12);
    return start + (((end - start) * (infrared & 127)) >> 7);
  }
  // `sample` and `infrared` less their black levels; infrared itself stays.
  std::int32_t apply(Colour colour, std::int32_t sample, std::int32_t infrared) const {
    if (!active || colour == Colour::kInfrared) return sample;
    return std::max(sample - share(colour, infrared), 0);
  }
};

// Acts only for patterns with infrared.
InfraredRemoval decode_infrared_removal(const IspRegisters& registers, const FilterArray& filter);

}  // namespace t31::model::pixel

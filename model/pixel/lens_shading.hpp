// SPDX-License-Identifier: GPL-2.0-or-later
// lens_shading.hpp - LSC: a mesh of gains per colour, interpolated over its cells.
#pragma once

#include <cstdint>

#include "model/pixel/arithmetic.hpp"
#include "model/pixel/bayer.hpp"

namespace t31::model::pixel {

struct LensShading {
  const IspRegisters* registers = nullptr;  // the mesh stays in its RAM
  bool active = false;
  std::int32_t cell_width = 0, cell_height = 0;
  std::uint32_t stride = 0;    // pairs of nodes per mesh row
  unsigned fraction_bits = 0;  // of a gain: 11 (scale 0) ... 8

  static unsigned plane(Colour colour) {
    return colour == Colour::kRed ? 0 : colour == Colour::kBlue ? 2 : 1;
  }
  // Gain at a node; 0 beyond the RAM.
  std::int32_t node(unsigned plane, std::int32_t row, std::int32_t column) const;

  // Position within a cell as a Q15 fraction of it.
  static std::int32_t fraction(std::int32_t position, std::int32_t cell) {
    return ((position % cell) << 15) / cell;
  }
  // Gain on mesh row `row`, interpolated horizontally for pixel column x.
  std::int32_t on_row(unsigned plane, std::int32_t row, std::int32_t x) const {
    const std::int32_t column = x / cell_width;
    return mix_q15(node(plane, row, column), node(plane, row, column + 1), fraction(x, cell_width));
  }
  std::int32_t gain(unsigned plane, std::int32_t x, std::int32_t y) const {
    const std::int32_t row = y / cell_height;
    return mix_q15(on_row(plane, row, x), on_row(plane, row + 1, x), fraction(y, cell_height));
  }
  std::int32_t apply(unsigned plane, std::int32_t x, std::int32_t y, std::int32_t sample) const {
    return active ? apply_gain(sample, gain(plane, x, y), fraction_bits) : sample;
  }
};

LensShading decode_lens_shading(const IspRegisters& registers);

}  // namespace t31::model::pixel

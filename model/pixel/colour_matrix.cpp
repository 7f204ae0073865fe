// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/colour_matrix.hpp"

#include "model/pixel/bypass.hpp"

namespace t31::model::pixel {
namespace {

constexpr std::uint32_t kElements =
    0x5004;  // nine elements row by row, two per word, low half first
constexpr unsigned kElementBits = 14;

}  // namespace

ColourMatrix decode_colour_matrix(const IspRegisters& registers) {
  ColourMatrix block;
  block.active = !bypassed(registers, Block::kColourMatrix);
  for (unsigned i = 0; i < 9; ++i) {
    block.matrix.rows[i / 3][i % 3] =
        signed_field(registers[kElements + 4 * (i / 2)], 16 * (i % 2), kElementBits);
  }
  return block;
}

}  // namespace t31::model::pixel

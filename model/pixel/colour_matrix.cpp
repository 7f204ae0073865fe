// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/colour_matrix.hpp"

#include "model/pixel/bypass.hpp"

namespace t31::model::pixel {
namespace {

constexpr std::uint32_t kElements =
    0x5004;  // nine elements row by row, two per word, low half first
constexpr unsigned kElementBits = 14;
constexpr std::uint32_t kDarkLevels = 0x5018;  // 11:0 high, 12 on, 31:16 low
constexpr std::uint32_t kDarkStep = 0x501c;
constexpr std::uint32_t kDarkStrength = 0x5020;  // 15:0

}  // namespace

ColourMatrix decode_colour_matrix(const IspRegisters& registers) {
  ColourMatrix block;
  block.active = !bypassed(registers, Block::kColourMatrix);
  for (unsigned i = 0; i < 9; ++i) {
    block.matrix.rows[i / 3][i % 3] =
        signed_field(registers[kElements + 4 * (i / 2)], 16 * (i % 2), kElementBits);
  }
  const std::uint32_t levels = registers[kDarkLevels];
  block.dark = {field(levels, 12, 1) != 0, field(levels, 16, 12), field(levels, 0, 12),
                field(registers[kDarkStep], 0, 6),
                std::min(field(registers[kDarkStrength], 0, 16), 256)};
  return block;
}

}  // namespace t31::model::pixel

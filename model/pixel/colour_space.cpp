// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/colour_space.hpp"

#include "model/pixel/bypass.hpp"

namespace t31::model::pixel {
namespace {

constexpr std::array<std::uint32_t, 3> kRows{0x6010, 0x6014, 0x6018};  // magnitudes, 10 bits each
constexpr std::uint32_t kOffsets = 0x6020;                             // 7:0 luma, 15:8 chroma
constexpr std::uint32_t kLimits = 0x6030;  // chroma 7:0 low, 15:8 high; luma 23:16 low, 31:24 high

// The registers hold magnitudes; the signs are wired.
constexpr std::int32_t kSigns[3][3] = {{1, 1, 1}, {-1, -1, 1}, {1, -1, -1}};

// Offsets and limits are on the 8-bit scale.
constexpr std::int32_t to_10(std::int32_t x8) {
  return 4 * x8;
}
constexpr Range range_of(std::int32_t low8, std::int32_t high8) {
  return {to_10(low8), to_10(high8) + 3};
}

}  // namespace

ColourSpace decode_colour_space(const IspRegisters& registers) {
  ColourSpace block;
  block.active = !bypassed(registers, Block::kColourSpace);
  for (unsigned i = 0; i < 3; ++i) {
    for (unsigned j = 0; j < 3; ++j) {
      block.matrix.rows[i][j] = kSigns[i][j] * field(registers[kRows[i]], 10 * j, 10);
    }
  }
  const std::uint32_t offsets = registers[kOffsets], limits = registers[kLimits];
  const std::int32_t chroma_offset = to_10(field(offsets, 8, 8));
  block.offset = {to_10(field(offsets, 0, 8)), chroma_offset, chroma_offset};
  const Range chroma = range_of(field(limits, 0, 8), field(limits, 8, 8));
  block.range = {range_of(field(limits, 16, 8), field(limits, 24, 8)), chroma, chroma};
  return block;
}

}  // namespace t31::model::pixel

// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/infrared.hpp"

#include "model/pixel/bypass.hpp"

namespace t31::model::pixel {
namespace {

constexpr std::uint32_t kControl = 0x106c;                                  // bit 16: on
constexpr std::array<std::uint32_t, 3> kCurves{0x80000, 0x80080, 0x80100};  // red, green, blue

}  // namespace

InfraredRemoval decode_infrared_removal(const IspRegisters& registers, const FilterArray& filter) {
  InfraredRemoval block;
  block.active = !bypassed(registers, Block::kBlackLevel) && filter.has_infrared() &&
                 field(registers[kControl], 16, 1) != 0;
  for (unsigned colour = 0; colour < 3; ++colour) {
    for (unsigned i = 0; i < InfraredRemoval::kSegments; ++i) {
      block.curves[colour][i] = registers[kCurves[colour] + 4 * i];
    }
  }
  return block;
}

}  // namespace t31::model::pixel

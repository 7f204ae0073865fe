// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/black_level.hpp"

#include "model/pixel/bypass.hpp"

namespace t31::model::pixel {
namespace {

constexpr std::uint32_t kGainRedGreen = 0x1030;      // 15:0 red, 31:16 both greens
constexpr std::uint32_t kGainBlueInfrared = 0x1034;  // 15:0 blue, 31:16 infrared
constexpr std::uint32_t kLevelSlot0 = 0x1060;        // 11:0 slot 0
constexpr std::uint32_t kLevelSlots12 = 0x1064;      // 11:0 slot 1, 27:16 slot 2
constexpr std::uint32_t kLevelSlot3 = 0x1068;        // 11:0 slot 3; 27:16 the colour without a slot

std::int32_t gain_of(const IspRegisters& registers, Colour colour) {
  switch (colour) {
    case Colour::kRed:
      return field(registers[kGainRedGreen], 0, 16);
    case Colour::kBlue:
      return field(registers[kGainBlueInfrared], 0, 16);
    case Colour::kInfrared:
      return field(registers[kGainBlueInfrared], 16, 16);
    case Colour::kGreenRed:
    case Colour::kGreenBlue:
      break;
  }
  return field(registers[kGainRedGreen], 16, 16);
}

}  // namespace

BlackLevel decode_black_level(const IspRegisters& registers, const FilterArray& filter) {
  BlackLevel block;
  block.active = !bypassed(registers, Block::kBlackLevel);
  block.level = {field(registers[kLevelSlot0], 0, 12), field(registers[kLevelSlots12], 0, 12),
                 field(registers[kLevelSlots12], 16, 12), field(registers[kLevelSlot3], 0, 12)};
  for (unsigned slot = 0; slot < 4; ++slot) {
    block.gain[slot] = gain_of(registers, filter.slots[slot]);
  }
  return block;
}

}  // namespace t31::model::pixel

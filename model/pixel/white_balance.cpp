// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/white_balance.hpp"

#include "model/pixel/bypass.hpp"

namespace t31::model::pixel {
namespace {

constexpr std::uint32_t kRedGreen = 0x1804;   // 15:0 red, 31:16 green of the red rows
constexpr std::uint32_t kBlueGreen = 0x1808;  // 15:0 blue, 31:16 green of the blue rows

std::int32_t gain_of(const IspRegisters& registers, Colour colour) {
  switch (colour) {
    case Colour::kRed:
      return field(registers[kRedGreen], 0, 16);
    case Colour::kGreenRed:
      return field(registers[kRedGreen], 16, 16);
    case Colour::kBlue:
      return field(registers[kBlueGreen], 0, 16);
    case Colour::kGreenBlue:
      return field(registers[kBlueGreen], 16, 16);
    case Colour::kInfrared:
      break;
  }
  return kUnityQ10;
}

}  // namespace

WhiteBalance decode_white_balance(const IspRegisters& registers, const FilterArray& filter) {
  WhiteBalance block;
  block.active = !bypassed(registers, Block::kWhiteBalance);
  for (unsigned slot = 0; slot < 4; ++slot) {
    block.gain[slot] = gain_of(registers, filter.visible(slot));
  }
  return block;
}

}  // namespace t31::model::pixel

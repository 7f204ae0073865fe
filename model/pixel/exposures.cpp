// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/exposures.hpp"

#include "model/pixel/bypass.hpp"

namespace t31::model::pixel {
namespace {

constexpr unsigned kBypassBit = 0;
constexpr std::uint32_t kBypass = 0x000c;
constexpr std::uint32_t kShift = 0x1008;        // 1:0 long, 3:2 short
constexpr std::uint32_t kLeastEnable = 0x1014;  // bit 0 long, bit 16 short

// Of one exposure.
struct Offsets {
  std::uint32_t gains;    // 15:0 red, 31:16 green; then blue, infrared
  std::uint32_t levels;   // slots 0 and 1; 2 and 3; 27:16 of the third: least value
  std::uint32_t balance;  // white balance, as 0x1804 and 0x1808
};
constexpr Offsets kOffsets[2] = {{0x1000, 0x1018, 0x1804}, {0x100c, 0x1024, 0x180c}};

std::int32_t gain_of(const IspRegisters& registers, std::uint32_t gains, Colour colour) {
  switch (colour) {
    case Colour::kRed:
      return field(registers[gains], 0, 16);
    case Colour::kBlue:
      return field(registers[gains + 4], 0, 16);
    case Colour::kInfrared:
      return field(registers[gains + 4], 16, 16);
    case Colour::kGreenRed:
    case Colour::kGreenBlue:
      break;
  }
  return field(registers[gains], 16, 16);
}

std::int32_t balance_of(const IspRegisters& registers, std::uint32_t balance, Colour colour) {
  switch (colour) {
    case Colour::kRed:
      return field(registers[balance], 0, 16);
    case Colour::kGreenRed:
      return field(registers[balance], 16, 16);
    case Colour::kBlue:
      return field(registers[balance + 4], 0, 16);
    case Colour::kGreenBlue:
      return field(registers[balance + 4], 16, 16);
    case Colour::kInfrared:
      break;
  }
  return kUnityQ10;
}

}  // namespace

std::int32_t ExposurePath::levelled(unsigned slot, std::int32_t x) const {
  if (active) {
    const std::int32_t above = std::max(x - level[slot], least);
    x = std::min(apply_gain(above, gain[slot], 10) << shift, kMax12);
  }
  return common.apply(slot, x);
}

ExposurePath decode_exposure(const IspRegisters& registers, const FilterArray& filter,
                             Exposure exposure) {
  const bool second = exposure == Exposure::kShort;
  const Offsets& at = kOffsets[second];
  ExposurePath path;
  path.active = ((registers[kBypass] >> kBypassBit) & 1u) == 0;
  for (unsigned slot = 0; slot < 4; ++slot) {
    path.level[slot] = field(registers[at.levels + 4 * (slot / 2)], 16 * (slot % 2), 12);
    path.gain[slot] = gain_of(registers, at.gains, filter.slots[slot]);
    path.balance.gain[slot] = balance_of(registers, at.balance, filter.visible(slot));
  }
  if (field(registers[kLeastEnable], second ? 16 : 0, 1) != 0) {
    path.least = field(registers[at.levels + 8], 16, 12);
  }
  path.shift = static_cast<unsigned>(field(registers[kShift], second ? 2 : 0, 2));
  path.common = decode_black_level(registers, filter);
  path.balance.active = !bypassed(registers, Block::kWhiteBalance);
  return path;
}

}  // namespace t31::model::pixel

// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/bypass.hpp"

namespace t31::blocks {
namespace {

constexpr u32 kLinearMask = 0xb577fffd;
constexpr u32 kLinearSet = 0x34000009;
constexpr u32 kWdrMask = 0xa1fffff6;
constexpr u32 kWdrStartMask = 0xa1ffdf76;
constexpr u32 kWdrSet = 0x00880002;
constexpr u32 kOutputReleased = 1u << 31;

// Two exposures call for tone mapping and colour map whatever the file's words say; a file without
// their tables (the neutral one) must not get them.
constexpr u32 kForcedByTwo = 1u << 7 | 1u << 13;
bool has_tone_tables(tuning::Bank bank) {
  constexpr u32 kLastNode = 128;
  return bank.get(tuning::Parameter::kAdrSoftGamXArray, kLastNode) != 0;
}

}  // namespace

u32 compose_bypass(tuning::Bank bank, bool wdr, const BypassRequest& request) {
  u32 word = 0;
  for (u32 bit = 0; bit < 32; ++bit) {
    word |= (bank.get(tuning::Parameter::kTopBypass, bit) & 1) << bit;
  }
  u32 wdr_mask = request.switched ? kWdrMask : kWdrStartMask;
  if (!has_tone_tables(bank)) wdr_mask |= kForcedByTwo;
  word = wdr ? (word & wdr_mask) | kWdrSet : (word & kLinearMask) | kLinearSet;
  word = (word & ~request.chosen) | (request.modules & request.chosen);
  if (request.output_released) word |= kOutputReleased;
  return word;
}

}  // namespace t31::blocks

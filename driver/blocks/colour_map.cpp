// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/colour_map.hpp"

#include <utility>

#include "driver/regs/colour_map.hpp"

namespace t31::blocks {
namespace {

namespace reg = t31::reg::colour_map;
using tuning::Parameter;

constexpr u32 kNodesPerGroup = 5;

// Hue nodes are bytes, saturation nodes 16 bits wide.
template <typename Node>
const Node* nodes(tuning::Bank bank, Parameter table) {
  return reinterpret_cast<const Node*>(bank.bytes() + tuning::parameter_info(table).offset);
}

// Five nodes of kBits each, one after the other, in two words.
template <u32 kBits, typename Node>
void write_table(RegisterCache& registers, const Node* node, u32 ram) {
  constexpr u32 kMask = (1u << kBits) - 1;
  for (u32 group = 0; group < reg::kGroups; ++group, ram += 8, node += kNodesPerGroup) {
    u32 low = 0;
    u32 high = 0;
    for (u32 i = 0; i < kNodesPerGroup; ++i) {
      const u32 value = static_cast<u32>(node[i]) & kMask;
      const u32 at = i * kBits;
      if (at < 32) low |= value << at;
      if (at >= 32) high |= value << (at - 32);
      if (at < 32 && at + kBits > 32) high |= value >> (32 - at);
    }
    registers.write(ram, low);
    registers.write(ram + 4, high);
  }
}

void write_zeros(RegisterCache& registers, const t31::reg::Register& ram) {
  for (u32 offset = ram.offset; offset < ram.at(ram.count); offset += ram.stride) {
    registers.write(offset, 0);
  }
}

template <typename Node>
bool is_blank(const Node* node, u32 count) {
  u32 bits = 0;
  for (const Node* const end = node + count; node != end; ++node) bits |= static_cast<u32>(*node);
  return bits == 0;
}

}  // namespace

void ColourMap::write(RegisterCache& registers, const BlockInputs& inputs) {
  constexpr u32 kNodes = reg::kGroups * kNodesPerGroup;
  constexpr u32 kHueBits = 7;
  constexpr u32 kSaturationBits = 9;
  dirty_ = false;
  registers.put_latched(reg::kLatch.offset, reg::kShift.offset,
                        inputs.bank.get(Parameter::kClmLutShift));
  const s8* const hue = nodes<s8>(inputs.bank, Parameter::kClmHLut);
  const s16* const saturation = nodes<s16>(inputs.bank, Parameter::kClmSLut);
  const bool blank = is_blank(hue, kNodes) && is_blank(saturation, kNodes);
  if (blank && blank_) return;
  blank_ = blank;
  if (blank) {
    write_zeros(registers, reg::kHue);
    write_zeros(registers, reg::kHueCopy);
    write_zeros(registers, reg::kSaturation);
    write_zeros(registers, reg::kSaturationCopy);
    return;
  }
  write_table<kHueBits>(registers, hue, reg::kHue.offset);
  write_table<kHueBits>(registers, hue, reg::kHueCopy.offset);
  write_table<kSaturationBits>(registers, saturation, reg::kSaturation.offset);
  write_table<kSaturationBits>(registers, saturation, reg::kSaturationCopy.offset);
}

void ColourMap::reload(RegisterCache& registers, const BlockInputs& inputs) {
  write(registers, inputs);
}

void ColourMap::commit(RegisterCache& registers, const BlockInputs& inputs) {
  if (dirty_) write(registers, inputs);
}

}  // namespace t31::blocks

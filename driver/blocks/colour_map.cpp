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

// Five nodes of kBits each, one after the other.
struct WordPair {
  u32 word[2];
};
template <u32 kBits, typename Node>
WordPair pack(const Node* node) {
  constexpr u32 kMask = (1u << kBits) - 1;
  WordPair pair{};
#pragma GCC unroll 5
  for (u32 i = 0; i < kNodesPerGroup; ++i) {
    const u32 value = static_cast<u32>(node[i]) & kMask;
    const u32 at = i * kBits;
    if (at < 32) pair.word[0] |= value << at;
    if (at >= 32) pair.word[1] |= value << (at - 32);
    if (at < 32 && at + kBits > 32) pair.word[1] |= value >> (32 - at);
  }
  return pair;
}

}  // namespace

// Both read ports hold the same: `shadow`, if it is known at all.
template <u32 kBits, typename Node>
void ColourMap::write_table(RegisterCache& registers, const Node* node, Ram& shadow, u32 ram,
                            u32 copy) const {
  u32 changed[(kWords + 31) / 32] = {};
  for (u32 i = 0; i < kWords; node += kNodesPerGroup) {
    for (const u32 word : pack<kBits>(node).word) {
      if (!known_ || shadow.words[i] != word) {
        registers.write(ram + 4 * i, word);
        shadow.words[i] = word;
        changed[i / 32] |= 1u << (i % 32);
      }
      ++i;
    }
  }
  for (u32 i = 0; i < kWords; ++i) {
    if ((changed[i / 32] >> (i % 32) & 1) != 0) registers.write(copy + 4 * i, shadow.words[i]);
  }
}

void ColourMap::write(RegisterCache& registers, const BlockInputs& inputs) {
  constexpr u32 kHueBits = 7;
  constexpr u32 kSaturationBits = 9;
  static_assert(kWords == reg::kWords);
  dirty_ = false;
  registers.put_latched(reg::kLatch.offset, reg::kShift.offset,
                        inputs.bank.get(Parameter::kClmLutShift));
  write_table<kHueBits>(registers, nodes<s8>(inputs.bank, Parameter::kClmHLut), hue_,
                        reg::kHue.offset, reg::kHueCopy.offset);
  write_table<kSaturationBits>(registers, nodes<s16>(inputs.bank, Parameter::kClmSLut), saturation_,
                               reg::kSaturation.offset, reg::kSaturationCopy.offset);
  known_ = true;
}

void ColourMap::commit(RegisterCache& registers, const BlockInputs& inputs) {
  if (dirty_) write(registers, inputs);
}

}  // namespace t31::blocks

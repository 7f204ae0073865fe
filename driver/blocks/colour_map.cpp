// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/colour_map.hpp"

#include "driver/regs/colour_map.hpp"

namespace t31::blocks {
namespace {

namespace reg = t31::reg::colour_map;
using tuning::Parameter;

constexpr u32 kNodesPerGroup = 5;
constexpr u32 kNodes = reg::kGroups * kNodesPerGroup;

struct WordPair {
  u32 word[2];
};

// Five nodes of `bits` each, one after the other.
WordPair pack(tuning::Bank bank, Parameter table, u32 group, u32 bits) {
  const u32 mask = (1u << bits) - 1;
  WordPair pair{};
  for (u32 i = 0; i < kNodesPerGroup; ++i) {
    const u32 node = bank.get(table, kNodesPerGroup * group + i) & mask;
    const u32 at = i * bits;
    if (at < 32) pair.word[0] |= node << at;
    if (at + bits > 32) pair.word[1] |= at < 32 ? node >> (32 - at) : node << (at - 32);
  }
  return pair;
}

void write_table(RegisterCache& registers, tuning::Bank bank, Parameter table, u32 bits,
                 const t31::reg::Register& ram) {
  for (u32 group = 0; group < reg::kGroups; ++group) {
    const WordPair pair = pack(bank, table, group, bits);
    registers.write(ram.at(2 * group), pair.word[0]);
    registers.write(ram.at(2 * group + 1), pair.word[1]);
  }
}

bool is_blank(tuning::Bank bank) {
  for (u32 i = 0; i < kNodes; ++i) {
    if (bank.get(Parameter::kClmHLut, i) != 0 || bank.get(Parameter::kClmSLut, i) != 0) {
      return false;
    }
  }
  return true;
}

}  // namespace

void ColourMap::write(RegisterCache& registers, const BlockInputs& inputs) {
  constexpr u32 kHueBits = 7;
  constexpr u32 kSaturationBits = 9;
  dirty_ = false;
  const bool blank = is_blank(inputs.bank);
  registers.put_latched(reg::kLatch.offset, reg::kShift.offset,
                        inputs.bank.get(Parameter::kClmLutShift));
  if (blank && blank_) return;
  blank_ = blank;
  write_table(registers, inputs.bank, Parameter::kClmHLut, kHueBits, reg::kHue);
  write_table(registers, inputs.bank, Parameter::kClmHLut, kHueBits, reg::kHueCopy);
  write_table(registers, inputs.bank, Parameter::kClmSLut, kSaturationBits, reg::kSaturation);
  write_table(registers, inputs.bank, Parameter::kClmSLut, kSaturationBits, reg::kSaturationCopy);
}

void ColourMap::reload(RegisterCache& registers, const BlockInputs& inputs) {
  write(registers, inputs);
}

void ColourMap::commit(RegisterCache& registers, const BlockInputs& inputs) {
  if (dirty_) write(registers, inputs);
}

}  // namespace t31::blocks

// SPDX-License-Identifier: GPL-2.0-or-later
// array_registers.hpp - registers that hold parameter arrays as they are, several elements each.
#pragma once

#include <span>

#include "driver/tuning/bank.hpp"

namespace t31::blocks {

// Elements [first, first + count) of an array go to bit `bit` of register `reg` and on, one every
// `spacing` bits; each is cut to `width` bits. Rows of one register stand together.
struct ArrayRow {
  tuning::Parameter parameter;
  u8 first;
  u8 count;
  u16 reg;
  u8 bit;
  u8 spacing;
  u8 width;
};

// Packs `table` in its order: value(parameter, element) is what a row holds, put(offset, word)
// takes the registers.
template <typename Value, typename Put>
void pack_arrays(std::span<const ArrayRow> table, Value&& value, Put&& put) {
  u32 reg = table[0].reg;
  u32 word = 0;
  for (const ArrayRow& row : table) {
    const u32 mask = (1u << row.width) - 1;
    for (u32 i = 0; i < row.count; ++i) {
      const u32 position = row.bit + i * row.spacing;
      const u32 at = row.reg + position / 32 * 4;
      if (at != reg) {
        put(reg, word);
        reg = at;
        word = 0;
      }
      word |= (value(row.parameter, row.first + i) & mask) << position % 32;
    }
  }
  put(reg, word);
}

}  // namespace t31::blocks

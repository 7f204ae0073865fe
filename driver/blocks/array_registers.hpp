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

// Packs `table` in its order: values(parameter) is an array of 32-bit elements, put(offset, word)
// takes the registers. What an array doesn't have is 0.
template <typename Values, typename Put>
void pack_arrays(std::span<const ArrayRow> table, Values&& values, Put&& put) {
  u32 reg = table[0].reg;
  u32 word = 0;
  for (const ArrayRow& row : table) {
    const u32 mask = (1u << row.width) - 1;
    const std::span<const u32> array = values(row.parameter);
    u32 bit = row.bit;
    u32 at = row.reg;
    const u32 spacing = row.spacing;
    const u32 end = u32{row.first} + row.count;
    for (u32 i = row.first; i < end; ++i, bit += spacing) {
      if (bit >= 32) {
        bit -= 32;
        at += 4;
      }
      if (at != reg) {
        put(reg, word);
        reg = at;
        word = 0;
      }
      if (i < array.size()) word |= (array[i] & mask) << bit;
    }
  }
  put(reg, word);
}

}  // namespace t31::blocks

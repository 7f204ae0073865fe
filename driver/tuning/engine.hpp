// SPDX-License-Identifier: GPL-2.0-or-later
// engine.hpp - the one engine behind all blocks that are described by a table: it reads parameters
// of the active bank, interpolates what follows the gain, packs fields into registers.
#pragma once

#include "driver/tuning/interpolate.hpp"

namespace t31::tuning {

enum class Follows : u8 { kFixed, kGain };

// What a row does with the field that it names.
enum class Combine : u8 {
  kSet,
  kLessEighth,    // x - x / 8
  kAdd,           // to the row before
  kSubtract,      // from the row before
  kAddLimit4095,  // kAdd, then at most 4095
};

// One row: a parameter, what it follows, the register field it goes to. Rows of one register stand
// together. A value that doesn't fit its field is cut.
struct Entry {
  Parameter parameter;
  Parameter wdr_parameter;  // instead of it in WDR mode
  u8 element;               // of a fixed parameter
  Follows follows;
  Combine combine;
  u16 reg;
  u8 bit;
  u8 width;
};

struct EngineInputs {
  Bank bank;
  GainCode gain;
  bool wdr;
};

// The value of one row by itself.
u32 entry_value(const Entry& entry, const EngineInputs& inputs);

// Computes the registers of `table` in its order and hands each to `put(offset, value)`. With
// `only_following`, registers without any row that follows the gain are left out.
template <typename Put>
void refresh(std::span<const Entry> table, const EngineInputs& inputs, bool only_following,
             Put&& put);

// ---- implementation of the template
// --------------------------------------------------------------

namespace detail {
// Packs the rows of one register that begin at `first`; returns the row after them.
struct PackedRegister {
  u32 value;
  u32 next;
  bool follows;
};
PackedRegister pack(std::span<const Entry> table, u32 first, const EngineInputs& inputs,
                    bool only_following);
}  // namespace detail

template <typename Put>
void refresh(std::span<const Entry> table, const EngineInputs& inputs, bool only_following,
             Put&& put) {
  for (u32 row = 0; row < table.size();) {
    const detail::PackedRegister packed = detail::pack(table, row, inputs, only_following);
    if (packed.follows || !only_following) put(u32{table[row].reg}, packed.value);
    row = packed.next;
  }
}

}  // namespace t31::tuning

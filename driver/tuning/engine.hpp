// SPDX-License-Identifier: GPL-2.0-or-later
// engine.hpp - the one engine behind all blocks that are described by a table: it reads parameters
// of the active bank, interpolates what follows the gain, packs fields into registers.
#pragma once

#include "driver/tuning/interpolate.hpp"
#include "driver/tuning/table.hpp"

namespace t31::tuning {

struct EngineInputs {
  Bank bank;  // present
  GainCode gain;
  bool wdr;
};

// Computes all registers of a table in its order and hands each to `put(offset, value)`.
template <typename Put>
void refresh(const TableView& table, const EngineInputs& inputs, Put&& put);

// The same for a change of gain only: registers that follow it. `registers` has
//   u32 held(u32 offset)                what the register holds; it is known
//   void write(u32 offset, u32 value)   called where that differs.
// A change of gain touches some 300 registers with 450 lists: this loop is what it costs.
template <typename Registers>
void follow_gain(const TableView& table, const EngineInputs& inputs, Registers& registers);

// ---- implementation
// ------------------------------------------------------------------------------------

namespace detail {

// Between neighbours, `fraction` in Q16, rounded half up as seen from the first (tuning-blob 2.1).
// Like the vendor's, it is exact while they differ by less than 32768.
inline u32 between(u32 a, u32 b, u32 fraction) {
  if (a == b) return a;
  const s32 way = static_cast<s32>((b - a) * fraction);
  return a + static_cast<u32>((way + (way >> 31) + 0x8000) >> 16);
}

// Where the rows find their values.
struct Source {
  const u32* words;  // of the bank
  const u32* point;  // the same, moved to the point of the lists below the gain
  u32 fraction;
  bool wdr;
  explicit Source(const EngineInputs& inputs);
};

// Packs `count` plain rows.
u32 pack_plain(const PlainRow* rows, u32 count, const Source& source);

// Packs the rows up to `end` and moves on.
template <bool kWdr>
inline u32 pack_following(const FollowRow*& row, const FollowRow* end, const u32* point,
                          u32 fraction) {
  u32 value = 0;
  for (; row != end; ++row) {
    const u32* at = point + row->word[kWdr ? 1 : 0];
    value |= (between(at[0], at[1], fraction) & row->mask) * row->copies;
  }
  return value;
}

template <bool kWdr, typename Registers>
void follow_gain(const TableView& table, const Source& source, Registers& registers) {
  const FollowRow* row = table.following;
  const u32* const point = source.point;
  const u32 fraction = source.fraction;
  u32 value = 0;
  for (const ChangeRow& change : table.changes) {
    const u32 held = registers.held(change.offset);
    if (change.kind == RegisterKind::kFields) {
      value = (held & change.keep) | pack_following<kWdr>(row, row + change.rows, point, fraction);
    } else if (change.kind == RegisterKind::kSums) {
      value = pack_plain(table.plain + change.keep, change.rows, source);
    }
    if (value != held) registers.write(change.offset, value);
  }
}

}  // namespace detail

template <typename Put>
void refresh(const TableView& table, const EngineInputs& inputs, Put&& put) {
  const detail::Source source(inputs);
  const FollowRow* row = table.following;
  const PlainRow* plain = table.plain;
  u32 value = 0;
  for (const RegisterRow& reg : table.registers) {
    if (reg.kind != RegisterKind::kCopy) {
      const FollowRow* const end = row + reg.following;
      value = source.wdr ? detail::pack_following<true>(row, end, source.point, source.fraction)
                         : detail::pack_following<false>(row, end, source.point, source.fraction);
      value |= detail::pack_plain(plain, reg.plain, source);
      plain += reg.plain;
    }
    put(u32{reg.offset}, value);
  }
}

template <typename Registers>
void follow_gain(const TableView& table, const EngineInputs& inputs, Registers& registers) {
  const detail::Source source(inputs);
  if (inputs.wdr) {
    detail::follow_gain<true>(table, source, registers);
  } else {
    detail::follow_gain<false>(table, source, registers);
  }
}

}  // namespace t31::tuning

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

// Which registers of a table a change of gain can change at all: most lists of a tuning file are
// the same at all gains. Holds in either mode until the bank changes.
class MovingRegisters {
 public:
  void find(const TableView& table, Bank bank);
  std::span<const u8> changes() const { return {change_, count_}; }

 private:
  u8 change_[kMostChanges] = {};  // indices of the table's changes
  u32 count_ = 0;
};

// The same for a change of gain only: the registers that move with it. `registers` has
//   u32& held(u32 offset)               what the register holds; it is known
//   void begin()                        called before the first write
//   void write(u32 offset, u32 value)   called where that differs
// Up to 230 registers with 500 lists: this loop is what a change of gain costs.
template <typename Registers>
void follow_gain(const TableView& table, const MovingRegisters& moving, const EngineInputs& inputs,
                 Registers& registers);

// Lists of a bank at one gain.
class GainReader {
 public:
  GainReader(Bank bank, GainCode gain);
  u32 operator()(Parameter list) const;

 private:
  const u32* point_;
  u32 fraction_;
};

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

template <bool kWdr>
inline u32 value_of(const FollowRow& row, const u32* point, u32 fraction) {
  const u32* at = point + row.word[kWdr ? 1 : 0];
  return (between(at[0], at[1], fraction) & row.mask) * row.copies;
}

// Whether each second row, what is subtracted, is 0.
inline bool subtracts_nothing(const PlainRow* rows, u32 count, const u32* words) {
  u32 sum = 0;
  for (u32 i = 1; i < count; i += 2) sum |= words[rows[i].word[0]];
  return sum == 0;
}

template <bool kWdr, typename Registers>
void follow_gain(const TableView& table, std::span<const u8> moving, const Source& source,
                 Registers& registers) {
  const ChangeRow* const changes = table.changes.data();
  const u32* const point = source.point;
  const u32 fraction = source.fraction;
  u32 value = 0;
  bool begun = false;
  for (const u8 index : moving) {
    const ChangeRow& change = changes[index];
    u32& held = registers.held(change.offset);
    if (change.kind == RegisterKind::kFields) {
      const FollowRow* row = table.following + change.first;
      value = held & change.keep;
      for (u32 left = change.rows; left != 0; --left) {
        value |= value_of<kWdr>(*row++, point, fraction);
      }
    } else if (change.kind == RegisterKind::kSums ||
               (change.kind == RegisterKind::kLess &&
                !subtracts_nothing(table.plain + change.first, change.rows, source.words))) {
      value = pack_plain(table.plain + change.first, change.rows, source);
    }
    if (value == held) continue;
    if (!begun) registers.begin();
    begun = true;
    held = value;
    registers.write(change.offset, value);
  }
}

}  // namespace detail

inline u32 GainReader::operator()(Parameter list) const {
  const u32* at = point_ + parameter_info(list).offset / 4;
  return detail::between(at[0], at[1], fraction_);
}

template <typename Put>
void refresh(const TableView& table, const EngineInputs& inputs, Put&& put) {
  const detail::Source source(inputs);
  const FollowRow* row = table.following;
  const PlainRow* plain = table.plain;
  u32 value = 0;
  for (const RegisterRow& reg : table.registers) {
    if (reg.kind != RegisterKind::kCopy) {
      value = detail::pack_plain(plain, reg.plain, source);
      plain += reg.plain;
      for (const FollowRow* const end = row + reg.following; row != end; ++row) {
        value |= source.wdr ? detail::value_of<true>(*row, source.point, source.fraction)
                            : detail::value_of<false>(*row, source.point, source.fraction);
      }
    }
    put(u32{reg.offset}, value);
  }
}

template <typename Registers>
void follow_gain(const TableView& table, const MovingRegisters& moving, const EngineInputs& inputs,
                 Registers& registers) {
  const detail::Source source(inputs);
  if (inputs.wdr) {
    detail::follow_gain<true>(table, moving.changes(), source, registers);
  } else {
    detail::follow_gain<false>(table, moving.changes(), source, registers);
  }
}

}  // namespace t31::tuning

// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/tuning/engine.hpp"

#include "driver/base/math.hpp"

namespace t31::tuning {

GainReader::GainReader(Bank bank, GainCode gain) {
  const GainPosition position(gain);
  point_ = reinterpret_cast<const u32*>(bank.bytes()) + position.index;
  fraction_ = position.fraction;
}

namespace detail {
namespace {

u32 value_of(const PlainRow& row, const Source& source) {
  const u32 word = row.word[source.wdr ? 1 : 0];
  if (!row.follows) return source.words[word];
  return between(source.point[word], source.point[word + 1], source.fraction);
}

// Per side, the first, two, four and all but one of nine ranks.
u32 level_mask(u32 level) {
  constexpr u32 kMasks[] = {0, 0x00010001, 0x00130013, 0x01370137, 0x137f137f};
  return kMasks[min(level, 4u)];
}

// Whether a row's value depends on the gain or on the mode.
bool varies(const FollowRow& row, const u32* words) {
  const u32 first = words[row.word[0]];
  const u32 lists = row.word[0] == row.word[1] ? 1 : 2;
  for (u32 k = 0; k < lists; ++k) {
    const u32* const list = words + row.word[k];
    for (u32 i = 0; i < kGainPoints; ++i) {
      if (list[i] != first) return true;
    }
  }
  return false;
}

u32 combined(const PlainRow& row, u32 field, u32 value) {
  switch (row.combine) {
    case Combine::kSet:
      return value;
    case Combine::kLessEighth:
      return value - (value >> 3);
    case Combine::kAdd:
      return field + value;
    case Combine::kSubtract:
      return field - value;
    case Combine::kSubtractToZero:
      return field < value ? 0 : field - value;
    case Combine::kAddLimit4095:
      return min(field + value, 4095u);
    case Combine::kLevelMask:
      return level_mask(value);
  }
  return 0;
}

}  // namespace

Source::Source(const EngineInputs& inputs)
    // Banks lie at multiples of four bytes, and so do their lists.
    : words(reinterpret_cast<const u32*>(inputs.bank.bytes())), wdr(inputs.wdr) {
  const GainPosition position(inputs.gain);
  point = words + position.index;
  fraction = position.fraction;
}

u32 pack_plain(const PlainRow* rows, u32 count, const Source& source) {
  u32 value = 0;
  u32 field = 0;
  for (const PlainRow* const end = rows + count; rows != end; ++rows) {
    field = combined(*rows, field, value_of(*rows, source));
    const bool complete = rows + 1 == end || rows[1].bit != rows->bit;
    if (complete) value |= (field & mask_of(rows->width)) << rows->bit;
  }
  return value;
}

}  // namespace detail

void MovingRegisters::find(const TableView& table, Bank bank) {
  const u32* const words = reinterpret_cast<const u32*>(bank.bytes());
  count_ = 0;
  bool moves = false;
  for (u32 i = 0; i < table.changes.size(); ++i) {
    const ChangeRow& change = table.changes[i];
    if (change.kind == RegisterKind::kFields) {
      moves = false;
      const FollowRow* const first = table.following + change.first;
      for (const FollowRow* row = first; row != first + change.rows && !moves; ++row) {
        moves = detail::varies(*row, words);
      }
    } else if (change.kind == RegisterKind::kSums) {
      moves = true;
    }
    // A copy moves with the register before it, and so does a difference.
    if (moves) change_[count_++] = static_cast<u8>(i);
  }
}

}  // namespace t31::tuning

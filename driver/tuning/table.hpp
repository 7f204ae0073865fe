// SPDX-License-Identifier: GPL-2.0-or-later
// table.hpp - blocks described as tables: which parameter goes to which field of which register.
//
// A block lists entries, one a field (Entry); the compiler turns them into the rows that the engine
// runs through (engine.hpp).
#pragma once

#include <array>
#include <span>

#include "driver/tuning/bank.hpp"

namespace t31::tuning {

// kGainLate: a list over the gain that only a full refresh evaluates, as the vendor's driver does.
enum class Follows : u8 { kFixed, kGain, kGainLate };

// What a row does with the field that it names.
enum class Combine : u8 {
  kSet,
  kLessEighth,      // x - x / 8
  kAdd,             // to the row before
  kSubtract,        // from the row before
  kSubtractToZero,  // from the row before, not below 0
  kAddLimit4095,    // kAdd, then at most 4095
  kLevelMask,       // 0..4 extreme samples a side as the mask of the rank filter
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

// The first row of a register in a list of entries; their number when there is none.
constexpr u32 first_row(std::span<const Entry> entries, u32 offset) {
  u32 row = 0;
  while (row < entries.size() && entries[row].reg != offset) ++row;
  return row;
}

// The rows from kBegin up to kEnd.
template <u32 kBegin, u32 kEnd, u32 kRows>
constexpr std::array<Entry, kEnd - kBegin> part(const Entry (&entries)[kRows]) {
  std::array<Entry, kEnd - kBegin> rows{};
  for (u32 i = kBegin; i < kEnd; ++i) rows[i - kBegin] = entries[i];
  return rows;
}

// ---- what the engine runs through

// A value that follows the gain: cut to `mask`, then put to each place where `copies` has a bit.
struct FollowRow {
  u16 word[2];  // first of its list in a bank, in 32-bit words: linear, WDR
  u32 mask;
  u32 copies;
};

// Any other: fixed, late, or a term of a sum.
struct PlainRow {
  u16 word[2];
  bool follows;
  Combine combine;
  u8 bit;
  u8 width;
};

enum class RegisterKind : u8 {
  kFields,
  kSums,  // rows combine: all of them are plain
  kCopy,  // equals the register before
  kLess,  // the register before, less fixed values: plain rows of two, a value and what to subtract
};

// A register of a full refresh: its rows are the next ones of both kinds.
struct RegisterRow {
  u16 offset;
  RegisterKind kind;
  u8 following;
  u8 plain;
};

// A register of a change of gain: its rows are the next following ones, at least one. What doesn't
// follow stays as the register holds it.
struct ChangeRow {
  u16 offset;
  RegisterKind kind;
  u8 rows;    // following ones; of a sum: plain ones
  u16 first;  // the first of them
  u32 keep;   // bits that stay
};

// So many changes a table has at most.
inline constexpr u32 kMostChanges = 112;

struct TableView {
  std::span<const RegisterRow> registers;
  std::span<const ChangeRow> changes;
  const FollowRow* following;
  const PlainRow* plain;
};

// ---- from entries to rows, at compile time

namespace detail {

constexpr u32 mask_of(u32 width) {
  return width >= 32 ? 0xffffffffu : (1u << width) - 1;
}

constexpr u16 first_word(Parameter parameter, u32 element) {
  return static_cast<u16>(parameter_info(parameter).offset / 4 + element);
}

constexpr bool same_field(const Entry& a, const Entry& b) {
  return a.parameter == b.parameter && a.wdr_parameter == b.wdr_parameter &&
         a.element == b.element && a.follows == b.follows && a.combine == b.combine &&
         a.width == b.width;
}

struct TableSizes {
  u32 registers, changes, following, plain;
};

template <u32 kRegisters, u32 kChanges, u32 kFollowing, u32 kPlain>
struct CompiledTable {
  std::array<RegisterRow, kRegisters> registers{};
  std::array<ChangeRow, kChanges> changes{};
  std::array<FollowRow, kFollowing + 1> following{};  // one more: no empty array
  std::array<PlainRow, kPlain + 1> plain{};
};

// Each field of the register at `first` is that of the register before, less a fixed value.
constexpr bool is_less(std::span<const Entry> entries, u32 first, u32 count) {
  if (count % 2 != 0 || first < count / 2) return false;
  for (u32 i = 0; i < count; i += 2) {
    const Entry& before = entries[first - count / 2 + i / 2];
    const Entry& value = entries[first + i];
    const Entry& less = entries[first + i + 1];
    const bool subtracts =
        less.combine == Combine::kSubtract || less.combine == Combine::kSubtractToZero;
    if (!subtracts || less.follows != Follows::kFixed || !same_field(before, value) ||
        before.bit != value.bit || before.reg != entries[first - 1].reg) {
      return false;
    }
  }
  return true;
}

// Visits the entries and fills `out`, if there is one; returns how many rows there are.
template <typename Out>
constexpr TableSizes compile(std::span<const Entry> entries, Out* out) {
  TableSizes n{};
  const auto is_copy = [&](u32 first, u32 count) {
    if (first < count) return false;
    for (u32 i = first; i < first + count; ++i) {
      const Entry& before = entries[i - count];
      if (!same_field(before, entries[i]) || before.bit != entries[i].bit) return false;
      if (before.reg != entries[first - 1].reg) return false;
    }
    return first == count || entries[first - count - 1].reg != entries[first - 1].reg;
  };
  const auto add_plain = [&](const Entry& entry) {
    if (out != nullptr) {
      out->plain[n.plain] = {{first_word(entry.parameter, entry.element),
                              first_word(entry.wdr_parameter, entry.element)},
                             entry.follows != Follows::kFixed,
                             entry.combine,
                             entry.bit,
                             entry.width};
    }
    ++n.plain;
  };
  for (u32 first = 0, count = 0; first < entries.size(); first += count) {
    count = 1;
    while (first + count < entries.size() && entries[first + count].reg == entries[first].reg) {
      ++count;
    }
    bool sums = false;
    bool follows = false;
    for (u32 i = first; i < first + count; ++i) {
      sums |= entries[i].combine != Combine::kSet;
      follows |= entries[i].follows == Follows::kGain;
    }
    RegisterRow row{entries[first].reg, RegisterKind::kFields, 0, 0};
    ChangeRow change{entries[first].reg, RegisterKind::kFields, 0, static_cast<u16>(n.following),
                     0xffffffffu};
    if (is_copy(first, count)) {
      row.kind = change.kind = RegisterKind::kCopy;
    } else if (sums) {
      row.kind = RegisterKind::kSums;
      change.kind = is_less(entries, first, count) ? RegisterKind::kLess : RegisterKind::kSums;
      row.plain = change.rows = static_cast<u8>(count);
      change.first = static_cast<u16>(n.plain);
      for (u32 i = first; i < first + count; ++i) add_plain(entries[i]);
    } else {
      for (u32 i = first; i < first + count; ++i) {
        const Entry& entry = entries[i];
        if (entry.follows != Follows::kGain) {
          add_plain(entry);
          ++row.plain;
          continue;
        }
        const u32 mask = mask_of(entry.width);
        change.keep &= ~(mask << entry.bit);
        const bool repeats = i > first && same_field(entries[i - 1], entry);
        if (!repeats) {
          if (out != nullptr) {
            out->following[n.following] = {{first_word(entry.parameter, entry.element),
                                            first_word(entry.wdr_parameter, entry.element)},
                                           mask,
                                           0};
          }
          ++n.following;
          ++row.following;
        }
        if (out != nullptr) out->following[n.following - 1].copies |= 1u << entry.bit;
      }
      change.rows = row.following;
    }
    if (out != nullptr) out->registers[n.registers] = row;
    ++n.registers;
    if (follows) {
      if (out != nullptr) out->changes[n.changes] = change;
      ++n.changes;
    }
  }
  return n;
}

template <const auto& kEntries>
struct Compiled {
  using NoOutput = CompiledTable<1, 1, 1, 1>;
  static constexpr TableSizes kSizes = compile<NoOutput>(kEntries, nullptr);
  static_assert(kSizes.changes <= kMostChanges);
  using Rows = CompiledTable<kSizes.registers, kSizes.changes, kSizes.following, kSizes.plain>;
  static constexpr Rows make() {
    Rows rows;
    compile(kEntries, &rows);
    return rows;
  }
  static constexpr Rows kRows = make();
};

}  // namespace detail

// The rows of a table of entries.
template <const auto& kEntries>
constexpr TableView table_view() {
  constexpr const auto& kRows = detail::Compiled<kEntries>::kRows;
  return {kRows.registers, kRows.changes, kRows.following.data(), kRows.plain.data()};
}

}  // namespace t31::tuning

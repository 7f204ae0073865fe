// SPDX-License-Identifier: GPL-2.0-or-later
// register_cache.hpp - what the image blocks' registers hold, so that nothing is written twice.
#pragma once

#include "driver/port/window.hpp"

namespace t31::blocks {

// Shadows of the registers of the blocks that this driver implements. A register that isn't
// shadowed, or whose contents are unknown, is always written. Look-up RAM is shadowed by its block.
class RegisterCache {
 public:
  // Each unit of the ISP has a window of 2 KiB.
  static constexpr u32 kUnitShift = 11;
  static constexpr u32 kUnitBytes = 1u << kUnitShift;
  static constexpr u32 kUnitCount = 0xc000 >> kUnitShift;
  static constexpr u32 kSlots = 1754;

  explicit RegisterCache(Window isp) : isp_(isp) {}

  // After a reset of the chip: contents unknown.
  void forget();
  // While it is on, what is unchanged is written too.
  void set_repeat(bool on) { repeat_ = on; }
  bool repeats() const { return repeat_; }
  // Writes when different. True when it was written.
  bool put(u32 offset, u32 value);
  // The same for registers that act through a latch: 1 to `latch` first.
  bool put_latched(u32 latch, u32 offset, u32 value);
  bool holds(u32 offset, u32 value) const { return holds_slot(slot_of(offset), value); }
  bool known(u32 offset) const { return knows_slot(slot_of(offset)); }
  // The shadow of a unit's first register, as an index and in place; its others follow.
  static u32 first_slot(u32 base);
  u32* unit(u32 base) { return values_ + first_slot(base); }
  // A register by its shadow's index.
  bool holds_slot(u32 slot, u32 value) const {
    return !repeat_ && knows_slot(slot) && values_[slot] == value;
  }
  void write_slot(u32 slot, u32 offset, u32 value) {
    isp_.write(offset, value);
    values_[slot] = value;
    known_[slot / 32] |= 1u << (slot % 32);
  }
  // A write that acts and leaves nothing behind.
  void strobe(u32 offset, u32 value = 1) { isp_.write(offset, value); }
  // Look-up RAM and what else is shadowed elsewhere.
  void write(u32 offset, u32 value) { isp_.write(offset, value); }

 private:
  static constexpr u32 kNone = 0xffffffffu;
  static u32 slot_of(u32 offset);
  bool knows_slot(u32 slot) const {
    return slot != kNone && ((known_[slot / 32] >> (slot % 32)) & 1) != 0;
  }
  bool put_slot(u32 slot, u32 latch, u32 offset, u32 value);

  Window isp_;
  u32 values_[kSlots] = {};
  u32 known_[(kSlots + 31) / 32] = {};
  bool repeat_ = false;
};

}  // namespace t31::blocks

// SPDX-License-Identifier: GPL-2.0-or-later
// group_writer.hpp - writes the registers of one unit that differ from what they hold, and tells
// whether there were any.
#pragma once

#include "driver/blocks/register_cache.hpp"

namespace t31::blocks {

class GroupWriter {
 public:
  // `base` of a unit whose registers are shadowed. With `open`, that register gets `open_value`
  // before the first write.
  GroupWriter(RegisterCache& registers, u32 base, u32 open = 0, u32 open_value = 0)
      : registers_(registers),
        first_(registers.first_slot(base)),
        unit_(registers.unit(base)),
        open_(open),
        open_value_(open_value) {}

  // Registers whose contents are known: what one holds; after begin(), write.
  u32& held(u32 offset) const { return unit_[(offset % RegisterCache::kUnitBytes) / 4]; }
  void begin() {
    if (!written_ && open_ != 0) registers_.strobe(open_, open_value_);
    written_ = true;
  }
  void write(u32 offset, u32 value) { registers_.write(offset, value); }
  // Any shadowed register of the unit. True when it was written.
  bool put(u32 offset, u32 value) {
    const u32 slot = first_ + (offset % RegisterCache::kUnitBytes) / 4;
    if (registers_.holds_slot(slot, value)) return false;
    begin();
    registers_.write_slot(slot, offset, value);
    return true;
  }
  bool written() const { return written_; }
  // Whether this register's contents are known.
  bool known(u32 offset) const { return registers_.known(offset); }

 private:
  RegisterCache& registers_;
  u32 first_;
  u32* unit_;
  u32 open_;
  u32 open_value_;
  bool written_ = false;
};

}  // namespace t31::blocks

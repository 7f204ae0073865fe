// SPDX-License-Identifier: GPL-2.0-or-later
// ae_history.hpp - which exposure a frame was taken with: settings act some frames after they were
// decided, and a statistic belongs to the exposure of its own frame.
#pragma once

#include "driver/port/port_types.h"

namespace t31::control {

class AeHistory {
 public:
  // `value` is in force for `frame` and those after it, until the next one. Frame numbers wrap.
  void push(u32 value, u32 frame) {
    // A setting that replaces one that hasn't acted yet stands in its place.
    while (count_ > 0 && !before(newest().frame, frame)) --count_;
    if (count_ == kDepth) {
      for (u32 i = 1; i < kDepth; ++i) entries_[i - 1] = entries_[i];
      --count_;
    }
    entries_[count_++] = {value, frame};
  }
  void clear() { count_ = 0; }

  // Exposure value of a frame; that of the oldest setting known for a frame before it. 0 without
  // any.
  u32 at(u32 frame) const {
    for (u32 i = count_; i > 0; --i) {
      if (!before(frame, entries_[i - 1].frame)) return entries_[i - 1].value;
    }
    return count_ == 0 ? 0 : entries_[0].value;
  }
  // The newest setting is in force in this frame.
  bool arrived(u32 frame) const { return count_ != 0 && !before(frame, newest().frame); }

 private:
  struct Entry {
    u32 value, frame;
  };
  static constexpr bool before(u32 a, u32 b) { return static_cast<s32>(a - b) < 0; }
  const Entry& newest() const { return entries_[count_ - 1]; }

  static constexpr u32 kDepth = 8;
  Entry entries_[kDepth] = {};
  u32 count_ = 0;
};

}  // namespace t31::control

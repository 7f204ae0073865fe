// SPDX-License-Identifier: GPL-2.0-or-later
// index_queue.hpp - a first-in first-out queue of buffer indices that can't count below zero nor
// above its capacity.
#pragma once

#include "driver/port/port_types.h"

namespace t31::output {

class IndexQueue {
 public:
  static constexpr unsigned kCapacity = 64;

  unsigned size() const { return size_; }
  bool empty() const { return size_ == 0; }
  void clear() { size_ = 0; }

  // The i-th oldest; i < size().
  u8 at(unsigned i) const { return entries_[(head_ + i) % kCapacity]; }

  // False, and nothing changes, when full.
  bool push_back(u8 index) {
    if (size_ == kCapacity) return false;
    entries_[(head_ + size_++) % kCapacity] = index;
    return true;
  }
  bool push_front(u8 index) {
    if (size_ == kCapacity) return false;
    head_ = (head_ + kCapacity - 1) % kCapacity;
    entries_[head_] = index;
    ++size_;
    return true;
  }
  // False, and `index` is untouched, when empty.
  bool pop_front(u8& index) {
    if (size_ == 0) return false;
    index = entries_[head_];
    head_ = (head_ + 1) % kCapacity;
    --size_;
    return true;
  }

 private:
  unsigned head_ = 0;
  unsigned size_ = 0;
  u8 entries_[kCapacity] = {};
};

}  // namespace t31::output

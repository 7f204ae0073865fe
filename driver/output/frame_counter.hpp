// SPDX-License-Identifier: GPL-2.0-or-later
// frame_counter.hpp - which frame a completed buffer holds.
//
// A dropped frame raises no interrupt, so a channel's frames are counted at their starts. The
// number given to a completion does not depend on the order of interrupts: start and completion may
// be handled late, together, or in either order.
#pragma once

#include "driver/port/port_types.h"

namespace t31::output {

class FrameCounter {
 public:
  // A completion so soon after a frame start belongs to the frame before: no sensor reads a frame
  // out in less.
  static constexpr u32 kShortestReadoutNs = 1000000;

  // Counting from 0. `start_pending`: the start of a frame that began before the channel was
  // switched on has yet to be reported; it does not count.
  void reset(bool start_pending) {
    *this = FrameCounter{};
    ignore_next_ = start_pending;
  }

  // irq
  void frame_start(u64 timestamp_ns) {
    if (ignore_next_) {
      ignore_next_ = false;
      return;
    }
    ++started_;
    last_start_ns_ = timestamp_ns;
  }

  // Number of the newest frame of `count` (> 0) that completed together, the newest at
  // `timestamp_ns`; those before it have the numbers before. Never repeats a number. irq
  u32 completed(u64 timestamp_ns, u32 count) {
    if (started_ == 0) started_ = 1;  // its start was not seen
    u32 number = started_ - 1;
    if (number > 0 && timestamp_ns < last_start_ns_ + kShortestReadoutNs) --number;
    const u32 lowest = next_ + count - 1;
    if (number < lowest) number = lowest;
    if (started_ <= number) started_ = number + 1;  // starts were lost
    next_ = number + 1;
    completed_ += count;
    return number;
  }

  // Frames that reached the channel and were not delivered. The one being read out does not count.
  u32 missed() const {
    const u32 over = started_ > 1 && started_ - 1 > next_ ? started_ - 1 : next_;
    return over - completed_;
  }
  u32 started() const { return started_; }

 private:
  u32 started_ = 0;    // frames that have begun
  u32 next_ = 0;       // lowest number not yet given
  u32 completed_ = 0;  // completions counted
  u64 last_start_ns_ = 0;
  bool ignore_next_ = false;
};

}  // namespace t31::output

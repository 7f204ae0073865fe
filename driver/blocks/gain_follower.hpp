// SPDX-License-Identifier: GPL-2.0-or-later
// gain_follower.hpp - the total gain as a block follows it: small changes don't count, and a reload
// computes at a slightly moved gain (hw-blocks-raw-color 4.2, 4.4).
#pragma once

#include "driver/base/math.hpp"
#include "driver/tuning/interpolate.hpp"

namespace t31::blocks {

class GainFollower {
 public:
  // Blocks are initialised for gain 2.
  static constexpr tuning::GainCode kStart = 0x10000;
  // What a reload or a new parameter adds, so that the next report of the gain counts as changed.
  static constexpr u32 kShift = 0x200;

  void start() {
    settled_ = wanted_ = kStart;
    moved_ = false;
  }
  void set(tuning::GainCode gain) {
    wanted_ = gain;
    moved_ = absolute_difference(gain, settled_) >= kThreshold;
  }
  bool moved() const { return moved_; }
  // What was computed last counts as computed for a gain this much higher.
  void shift(u32 by) { settled_ += by; }
  tuning::GainCode settled() const { return settled_; }
  // Everything is computed for the gain of now.
  tuning::GainCode settle() {
    if (moved_) settled_ = wanted_;
    moved_ = false;
    return settled_;
  }

 private:
  // A change below 1/256 stop doesn't count.
  static constexpr u32 kThreshold = 0x100;
  tuning::GainCode settled_ = kStart;
  tuning::GainCode wanted_ = kStart;
  bool moved_ = false;
};

}  // namespace t31::blocks

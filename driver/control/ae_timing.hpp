// SPDX-License-Identifier: GPL-2.0-or-later
// ae_timing.hpp - whether exposure acts in the frame that it is expected in. Sensor drivers state a
// delay; some are a frame off. The picture tells: a large change of exposure shows as a jump.
#pragma once

#include "driver/control/ae_history.hpp"

namespace t31::control {

class AeTiming {
 public:
  void restart();

  // A frame's mean, Q8 and not 0, in the order of frames.
  void observe(u32 frame, u32 mean_q8, const AeHistory& history);

  // Frame whose expected exposure this frame has.
  u32 expected(u32 frame) const { return frame - static_cast<u32>(late_); }
  // A jump has been seen where it was expected. Until then a frame next to an expected change says
  // nothing.
  bool certain() const { return certain_; }

 private:
  static constexpr u32 kFrames = 4;
  void vote(s32 frames_late);

  u32 means_[kFrames] = {};  // of consecutive frames, newest last
  u32 filled_ = 0;
  u32 last_frame_ = 0;
  s32 late_ = 0;
  s32 last_vote_ = 0;
  bool certain_ = false;
};

}  // namespace t31::control

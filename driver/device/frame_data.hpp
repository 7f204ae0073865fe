// SPDX-License-Identifier: GPL-2.0-or-later
// frame_data.hpp - what frames bring: statistics that are ready or unpacked, and what was done for
// them.
#pragma once

#include "driver/control/auto_control.hpp"

namespace t31::device {

// Kinds of statistics, in the order of a status report.
enum class Statistic : u8 {
  kExposureZones,
  kHistogram,
  kBalance,
  kFocus,
  kShortZones,
  kShortHistogram,
  kTone,
  kDefog,
  kWdr,
  kCount
};
inline constexpr u32 kStatisticKinds = static_cast<u32>(Statistic::kCount);

// What interrupts have counted.
struct Progress {
  u32 frames_started = 0, frames_done = 0, overflows = 0, input_errors = 0;
};

// What the driver has learnt of the running picture; a snapshot for read-back.
struct Picture {
  control::AutoTables tables;
  struct Origin {
    bool valid = false;  // there have been some since stream on
    u32 frame = 0;       // that they were taken from, counted since then
  } of[kStatisticKinds];
};

// Statistics that have come in and have not been unpacked: which buffer of each engine's ring was
// completed last, and by which frame.
struct ReadyStatistics {
  struct Entry {
    bool ready = false;
    u32 buffer = 0, frame = 0;
  } of[kStatisticKinds];
  const Entry& get(Statistic kind) const { return of[static_cast<u32>(kind)]; }
};

// Work done for frames, counted.
struct FrameCounters {
  u32 commits = 0;       // block updates written
  u32 late_commits = 0;  // came after the next frame had started: waited a frame
  u32 statistics = 0;    // statistics unpacked
};

}  // namespace t31::device

// SPDX-License-Identifier: GPL-2.0-or-later
// interrupts.hpp - the two interrupt lines: acknowledge, count, hand on (hw-pipeline 4.4, 1.2).
#pragma once

#include "driver/base/result.hpp"
#include "driver/port/lock.hpp"
#include "driver/port/window.hpp"

namespace t31::core {

inline constexpr unsigned kChannels = 3;

// Who is told, all in interrupt context. Set once before the lines are requested.
struct InterruptHooks {
  void* context;
  void (*frame_start)(void* context, u64 time_ns);
  void (*statistics)(void* context, u32 status);  // AE, AWB bits of the status word
  void (*ip_done)(void* context, u64 time_ns);
  void (*channel_done)(void* context, unsigned channel, u64 time_ns);
  void (*video_input)(void* context);  // the VIC's service routine
};

class Interrupts {
 public:
  Interrupts() : lock_("interrupt counters") {}

  // Requests lines 37 and 38; both start disabled. -EBUSY and others as the port says.
  Status acquire(Window isp, const InterruptHooks& hooks);
  void release();

  void enable_core();
  void disable_core();
  void enable_vic();
  void disable_vic();

  struct Counters {
    u32 frames_started = 0, ip_done = 0;
    u32 channel_done[kChannels] = {};
    u32 errors = 0, broken_frames = 0, overflows = 0;
    u32 last_error_status = 0, last_error_detail = 0;
    u64 last_frame_start_ns = 0;
    u64 frame_interval_ns = 0;  // between the last two frame starts
    u64 last_channel0_done_ns = 0;
    u64 vertical_blank_ns = 0;  // channel 0 done to the next frame start
  };
  Counters counters() const;
  void reset_counters();

 private:
  static t31_irq_result core_handler(void* context);
  static t31_irq_result vic_handler(void* context);
  void handle_core();
  void count(u32 status, u32 detail, u64 now);

  Window isp_;
  InterruptHooks hooks_{};
  t31_irq* core_irq_ = nullptr;
  t31_irq* vic_irq_ = nullptr;
  bool core_enabled_ = false;  // process context only, under the session's lock
  bool vic_enabled_ = false;

  mutable SpinLock lock_;  // guards counters_
  Counters counters_;
};

}  // namespace t31::core

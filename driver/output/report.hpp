// SPDX-License-Identifier: GPL-2.0-or-later
// report.hpp - what a channel tells /proc/jz/isp: a snapshot without pointers, and its vendor text.
#pragma once

#include "driver/graph/links.hpp"
#include "driver/output/buffer_set.hpp"
#include "driver/output/geometry.hpp"

namespace t31::output {

enum class ChannelError : u8 {
  kNone,
  kUnknownAddress,
  kSkippedBuffers,
  kFifoStuck,
  kStopTimeout,
  kBufferRefused,
  kGeometryRefused,
  kFrontCropDropped
};

// One sentence; "none" for kNone.
const char* words(ChannelError error);

// Counters of a channel. Those of frames count since STREAMON, the others since open.
struct ChannelCounters {
  u32 started = 0;          // frames that reached the channel
  u32 delivered = 0;        // given to the client's done list
  u32 dropped = 0;          // reached the channel, not delivered: no buffer, or a drop pattern
  u32 discarded = 0;        // thrown away after a day/night switch
  u32 lost = 0;             // completed without a record of their own
  u32 unknown_address = 0;  // completions for an address that was not queued
  u32 fifo_stuck = 0;       // the done FIFO did not run empty
  u32 waiting = 0;          // buffers queued in software: the address FIFO was full
};

struct ChannelReport {
  graph::State state = graph::State::kSlake;
  u32 fourcc = 0;
  Size picture;
  bool scaler = false;
  Size scaled;
  bool crop = false;
  Rectangle window;
  ChannelCounters counters;
  ChannelError last_error = ChannelError::kNone;
  // Early delivery (channel 0): frames not ready in time, interrupts ahead, deliveries, interrupts
  // swallowed, interrupts ahead swallowed.
  u32 early_missed = 0, early_ahead = 0, early_delivered = 0, early_swallowed = 0,
      early_ahead_swallowed = 0;
  u32 buffer_count = 0;
  u32 queue_count = 0, done_count = 0;
  u8 queue[BufferSet::kMaximum] = {};  // indices, active ones first
  u8 done[BufferSet::kMaximum] = {};
  struct {
    u32 address, queued, completed;
    BufferState state;
  } buffers[BufferSet::kMaximum] = {};

  bool running() const { return state == graph::State::kRunning; }
};

// The part of /proc/jz/isp/isp-fs for one channel, as the vendor's driver prints it (user-abi 7.2).
void print_frame_source(t31_proc_text* text, unsigned channel, const ChannelReport& report);

}  // namespace t31::output

// SPDX-License-Identifier: GPL-2.0-or-later
// channel.hpp - buffers and frames of one output channel: what clients and interrupts do at frame
// rate. No allocation, no lock held across a copy to or from a client.
#pragma once

#include "driver/driver.h"
#include "driver/input/raw_stream.hpp"
#include "driver/output/buffer_set.hpp"
#include "driver/output/frame_counter.hpp"
#include "driver/output/report.hpp"
#include "driver/output/scaler.hpp"
#include "driver/port/lock.hpp"
#include "uapi/t31/framechan.h"

namespace t31::output {

// An open descriptor of a channel's node. A channel that was closed under its client (last close of
// /dev/tx-isp) answers -EPERM to the old descriptor and may be opened anew.
using File = u32;
inline constexpr File kNoFile = 0;

class Channel {
 public:
  Channel(unsigned index, FrameFifo fifo, const t31_parameters& parameters)
      : index_(index), fifo_(fifo), parameters_(parameters), lock_("channel") {}

  // ---- Client, process context. All: -EPERM when `file` does not hold the channel.

  // Checks a QBUF and fills in the answer; nothing happens yet. -EINVAL as user-abi 4.6.
  Status check_queue(File file, t31_buffer& buffer);
  // Queues it; handed to the hardware at once when streaming. -EINVAL: changed since check_queue.
  Status queue(File file, const t31_buffer& buffer);
  // The oldest done buffer; blocks unless `nonblock`. -EINVAL: not streaming, or no longer;
  // -EAGAIN; -ERESTARTSYS.
  Status dequeue(File file, bool nonblock, t31_buffer& buffer);
  // Undoes a dequeue whose answer did not reach the client.
  void undo_dequeue(File file, u32 index);
  // -EINVAL: no such buffer.
  Status query(File file, t31_buffer& buffer);
  // Waits for the next finished frame since open that nobody has waited for. `finished`: that one
  // and those after it. -ERESTARTSYS.
  Status wait_finished(File file, u32& finished);
  void undo_wait_finished(File file);
  bool held_by(File file) const;

  // ---- Configuration, process context, under the output unit's mutex.

  void open(File file);
  void close();  // frees the buffers, wakes everybody
  void allocate(unsigned count, Size picture);
  // Buffers for raw frames of two bytes a pixel.
  void allocate_raw(unsigned count, Size picture);
  // Raw frames from `source` instead of the scaler's pictures; null: pictures again. Not while
  // streaming.
  void take_from(input::RawStream* source);
  // Before start: channel 0 may deliver early, channel 1 late (module parameters). -ENOMEM.
  Status prepare_delivery();
  // After end_stream; the inverse.
  void end_delivery();
  // Channel 0 is set to deliver early; it then works with a single buffer.
  bool delivers_early() const;
  // Buffers first, then `switch_on`, with interrupts off. It returns whether the interrupt of a
  // frame start before it is still to come.
  template <typename SwitchOn>
  void start(SwitchOn switch_on) {
    SpinLock::Guard guard(lock_);
    begin_stream();
    counter_.reset(switch_on());
  }
  // Clients get no more frames and no longer wait. The hardware may still write the active buffers.
  void end_stream();
  // The hardware has stopped: buffers are the client's again.
  void release_buffers();
  // The next `count` frames are thrown away, when streaming.
  void discard(u8 count);
  void note(ChannelError error);
  void fill(ChannelReport& report) const;
  unsigned buffer_count() const;
  // A line for the log that the interrupt could not write; null: none.
  const char* take_complaint();

  // ---- irq

  void frame_start(u64 timestamp_ns);
  void frame_done(u64 timestamp_ns);

 private:
  void begin_stream();                                                      // under lock_
  void hand_over();                                                         // under lock_, irq
  unsigned finish(const u32* addresses, unsigned count, u64 timestamp_ns);  // under lock_, irq
  bool deliver(u64 timestamp_ns, u32 sequence, u32 reserved);               // under lock_, irq
  Status check_queue_locked(File file, const t31_buffer& buffer) const;

  // Delivery at another time than the interrupt's (channel_delivery.cpp).
  enum class Delivery : u8 { kAtInterrupt, kEarly, kLate };
  Delivery delivery_of_parameters() const;
  void run_delivery();
  void deliver_early();
  void deliver_late();
  void swallow(u32 address);   // under lock_, irq
  unsigned takeable() const {  // under lock_
    return buffers_.done().size() - held_;
  }
  static void mark(u32 address);  // the buffer's first word shows that nothing was written
  static bool still_marked(u32 address);

  const unsigned index_;
  bool sink_full() const {  // under lock_
    return raw_ != nullptr ? raw_->full() : fifo_.full();
  }
  void sink_push(u32 address);   // under lock_
  bool sink_pop(u32& address) {  // under lock_
    return raw_ != nullptr ? raw_->pop(address) : fifo_.pop(address);
  }

  const FrameFifo fifo_;
  const t31_parameters& parameters_;
  t31_queue* delivery_queue_ = nullptr;  // changed only while no stream runs
  WorkItem delivery_work_;
  WaitQueue wait_{"channel"};
  mutable SpinLock lock_;  // guards everything below
  input::RawStream* raw_ = nullptr;
  File owner_ = kNoFile;
  bool streaming_ = false;
  u32 stream_ = 0;  // number of the current or last stream
  u32 chroma_offset_ = 0;
  u32 finished_ = 0;  // frames nobody has waited for
  u8 discard_ = 0;
  Delivery delivery_ = Delivery::kAtInterrupt;
  u32 delivery_ms_ = 0;
  unsigned held_ = 0;       // late: the newest done buffers, whose time has not come
  bool announced_ = false;  // early: delivered, its interrupt is still to come
  bool ahead_ = false;      // early: the interrupt came first
  u32 announced_address_ = 0;
  struct {
    u32 missed = 0, ahead = 0, delivered = 0, swallowed = 0, ahead_swallowed = 0;
  } early_;
  bool complain_ = false;
  BufferSet buffers_;
  FrameCounter counter_;
  ChannelCounters counters_;
  ChannelError last_error_ = ChannelError::kNone;
};

}  // namespace t31::output

// SPDX-License-Identifier: GPL-2.0-or-later
// buffer_set.hpp - the buffers of one channel and where each of them is. No hardware, no lock: the
// channel calls it under its lock.
//
//   Free -> Queued -> Active -> Done -> Dequeued -> Queued ...
//
// A buffer is in exactly one place. Queued: waits in software. Active: its address is in the
// hardware's FIFO. Done: holds a frame nobody has taken yet. Dequeued: the client has it.
#pragma once

#include "driver/base/result.hpp"
#include "driver/output/index_queue.hpp"

namespace t31::output {

enum class BufferState : u8 { kFree, kQueued, kActive, kDone, kDequeued };

struct Buffer {
  BufferState state = BufferState::kFree;
  u32 address = 0;       // bus address of the luma
  u64 timestamp_ns = 0;  // of the frame it holds
  u32 sequence = 0;      // of the frame it holds
  u32 reserved = 0;      // lines << 16 | 1 when delivered early, else 0
  u32 queued = 0;        // times queued since allocation
  u32 completed = 0;     // frames received since allocation
};

class BufferSet {
 public:
  static constexpr unsigned kMaximum = IndexQueue::kCapacity;

  // `count` free buffers of `image_size` bytes; count <= kMaximum. 0 frees all.
  void allocate(unsigned count, u32 image_size);
  unsigned count() const { return count_; }
  u32 image_size() const { return image_size_; }
  const Buffer& at(unsigned index) const { return buffers_[index]; }
  const IndexQueue& queued() const { return queued_; }
  const IndexQueue& active() const { return active_; }
  const IndexQueue& done() const { return done_; }

  // True when the client may queue `index`.
  bool can_queue(unsigned index) const;
  // -EINVAL: no such buffer, or it is already queued, active or done.
  Status queue(unsigned index, u32 address);
  // The oldest queued buffer becomes active; its address goes to the hardware. False: none.
  bool activate(u32& address);

  // Position of `address` among the active buffers, counted from the oldest and not before `from`;
  // -1: not there.
  int find_active(u32 address, unsigned from) const;
  // The oldest active buffer holds a frame now. False: none active.
  bool complete(u64 timestamp_ns, u32 sequence, u32 reserved = 0);
  // The oldest active buffer goes back to the tail of the queue, its frame is thrown away.
  bool recycle();

  // The oldest done buffer goes to the client. False: none.
  bool take(unsigned& index);
  // Undoes take(): the buffer is the next to be taken again.
  void put_back(unsigned index);

  // All buffers become free, as STREAMOFF wants it; they stay allocated.
  void release_all();

  // Every buffer is in the place that its state names, and nowhere else. For tests.
  bool consistent() const;

 private:
  unsigned count_ = 0;
  u32 image_size_ = 0;
  Buffer buffers_[kMaximum];
  IndexQueue queued_, active_, done_;
};

}  // namespace t31::output

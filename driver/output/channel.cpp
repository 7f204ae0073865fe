// SPDX-License-Identifier: GPL-2.0-or-later
// channel.cpp - a channel's streams: start, stop, and what interrupts do.
#include "driver/output/channel.hpp"

namespace t31::output {
namespace {

// Pictures taken from the done FIFO per interrupt: one more than can be in flight. A FIFO that
// never says "empty" must not keep the interrupt forever.
constexpr unsigned kDrainLimit = BufferSet::kMaximum + 1;

}  // namespace

void Channel::open(File file) {
  SpinLock::Guard guard(lock_);
  owner_ = file;
  streaming_ = false;
  finished_ = 0;
  discard_ = 0;
  early_ = {};
  complain_ = false;
  counters_ = ChannelCounters{};
  counter_ = FrameCounter{};
  last_error_ = ChannelError::kNone;
  buffers_.allocate(0, 0);
}

void Channel::close() {
  {
    SpinLock::Guard guard(lock_);
    owner_ = kNoFile;
    streaming_ = false;
    buffers_.allocate(0, 0);
    held_ = 0;
  }
  wait_.wake_all();
}

void Channel::allocate(unsigned count, Size picture) {
  SpinLock::Guard guard(lock_);
  buffers_.allocate(count, image_size(picture));
  chroma_offset_ = chroma_offset(picture);
}

void Channel::allocate_raw(unsigned count, Size picture) {
  SpinLock::Guard guard(lock_);
  buffers_.allocate(count, raw_image_size(picture));
}

void Channel::take_from(input::RawStream* source) {
  SpinLock::Guard guard(lock_);
  raw_ = source;
}

void Channel::sink_push(u32 address) {
  if (raw_ != nullptr) {
    raw_->push(address);
  } else {
    fifo_.push(address, address + chroma_offset_);
  }
}

void Channel::begin_stream() {
  streaming_ = true;
  ++stream_;
  discard_ = 0;
  held_ = 0;
  announced_ = ahead_ = false;
  counters_.delivered = 0;
  counters_.discarded = 0;
  hand_over();
}

void Channel::end_stream() {
  {
    SpinLock::Guard guard(lock_);
    streaming_ = false;
  }
  wait_.wake_all();
}

void Channel::release_buffers() {
  SpinLock::Guard guard(lock_);
  buffers_.release_all();
  held_ = 0;
}

void Channel::discard(u8 count) {
  SpinLock::Guard guard(lock_);
  if (streaming_) discard_ = count;
}

void Channel::note(ChannelError error) {
  SpinLock::Guard guard(lock_);
  last_error_ = error;
}

unsigned Channel::buffer_count() const {
  SpinLock::Guard guard(lock_);
  return buffers_.count();
}

const char* Channel::take_complaint() {
  SpinLock::Guard guard(lock_);
  if (!complain_) return nullptr;
  complain_ = false;
  return words(ChannelError::kFifoStuck);
}

void Channel::fill(ChannelReport& report) const {
  SpinLock::Guard guard(lock_);
  report.counters = counters_;
  report.counters.started = counter_.started();
  report.counters.dropped = counter_.missed();
  report.counters.waiting = buffers_.queued().size();
  report.last_error = last_error_;
  report.early_missed = early_.missed;
  report.early_ahead = early_.ahead;
  report.early_delivered = early_.delivered;
  report.early_swallowed = early_.swallowed;
  report.early_ahead_swallowed = early_.ahead_swallowed;
  report.buffer_count = buffers_.count();
  report.queue_count = 0;
  report.done_count = 0;
  for (unsigned i = 0; i < buffers_.active().size(); ++i) {
    report.queue[report.queue_count++] = buffers_.active().at(i);
  }
  for (unsigned i = 0; i < buffers_.queued().size(); ++i) {
    report.queue[report.queue_count++] = buffers_.queued().at(i);
  }
  for (unsigned i = 0; i < buffers_.done().size(); ++i) {
    report.done[report.done_count++] = buffers_.done().at(i);
  }
  for (unsigned i = 0; i < buffers_.count(); ++i) {
    const Buffer& buffer = buffers_.at(i);
    report.buffers[i] = {buffer.address, buffer.queued, buffer.completed, buffer.state};
  }
}

void Channel::frame_start(u64 timestamp_ns) {
  SpinLock::Guard guard(lock_);
  if (!streaming_) return;
  counter_.frame_start(timestamp_ns);
  if (delivery_ == Delivery::kEarly) delivery_work_.queue_delayed(delivery_queue_, delivery_ms_);
}

void Channel::frame_done(u64 timestamp_ns) {
  unsigned delivered = 0;
  {
    SpinLock::Guard guard(lock_);
    u32 addresses[kDrainLimit];
    unsigned count = 0;
    while (count < kDrainLimit && sink_pop(addresses[count])) ++count;
    if (count == kDrainLimit) {
      ++counters_.fifo_stuck;
      complain_ = complain_ || counters_.fifo_stuck == 1;
      last_error_ = ChannelError::kFifoStuck;
    }
    if (streaming_ && delivery_ == Delivery::kEarly) {
      for (unsigned i = 0; i < count; ++i) swallow(addresses[i]);
      hand_over();
    } else if (streaming_) {
      delivered = finish(addresses, count, timestamp_ns);
      hand_over();
    }
  }
  if (delivered != 0) wait_.wake_all();
}

// As many addresses as the FIFO takes; the rest waits.
void Channel::hand_over() {
  u32 address = 0;
  while (!buffers_.queued().empty() && !sink_full()) {
    buffers_.activate(address);
    sink_push(address);
  }
}

// Completed pictures in the hardware's order. A match behind the oldest active buffer completes all
// before it as well: the hardware took them in that order, their records are lost.
unsigned Channel::finish(const u32* addresses, unsigned count, u64 timestamp_ns) {
  unsigned finished = 0, matched = 0;
  for (unsigned i = 0; i < count; ++i) {
    const int position = buffers_.find_active(addresses[i], finished);
    if (position < 0) {
      ++counters_.unknown_address;
      last_error_ = ChannelError::kUnknownAddress;
      continue;
    }
    finished = static_cast<unsigned>(position) + 1;
    ++matched;
  }
  if (finished == 0) return 0;
  if (finished != matched) {
    counters_.lost += finished - matched;
    last_error_ = ChannelError::kSkippedBuffers;
  }
  const u32 newest = counter_.completed(timestamp_ns, finished);
  unsigned delivered = 0;
  for (unsigned i = 0; i < finished; ++i) {
    if (deliver(timestamp_ns, newest - (finished - 1 - i), 0)) ++delivered;
  }
  return delivered;
}

// The oldest active buffer goes to the client, unless its frame is thrown away. True: the client
// has something to take.
bool Channel::deliver(u64 timestamp_ns, u32 sequence, u32 reserved) {
  if (discard_ != 0) {
    --discard_;
    ++counters_.discarded;
    buffers_.recycle();
    return false;
  }
  buffers_.complete(timestamp_ns, sequence, reserved);
  ++counters_.delivered;
  if (delivery_ == Delivery::kLate) {
    ++held_;
    delivery_work_.queue_delayed(delivery_queue_, delivery_ms_);
    return false;
  }
  ++finished_;
  return true;
}

}  // namespace t31::output

// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/output/buffer_set.hpp"

namespace t31::output {

void BufferSet::allocate(unsigned count, u32 image_size) {
  queued_.clear();
  active_.clear();
  done_.clear();
  for (Buffer& buffer : buffers_) buffer = Buffer{};
  count_ = count < kMaximum ? count : kMaximum;
  image_size_ = image_size;
}

bool BufferSet::can_queue(unsigned index) const {
  if (index >= count_) return false;
  const BufferState state = buffers_[index].state;
  return state == BufferState::kFree || state == BufferState::kDequeued;
}

Status BufferSet::queue(unsigned index, u32 address) {
  if (!can_queue(index) || !queued_.push_back(static_cast<u8>(index))) {
    return Status::error(T31_EINVAL);
  }
  Buffer& buffer = buffers_[index];
  buffer.state = BufferState::kQueued;
  buffer.address = address;
  buffer.reserved = 0;
  ++buffer.queued;
  return kOk;
}

bool BufferSet::activate(u32& address) {
  u8 index = 0;
  if (!queued_.pop_front(index)) return false;
  active_.push_back(index);
  buffers_[index].state = BufferState::kActive;
  address = buffers_[index].address;
  return true;
}

int BufferSet::find_active(u32 address, unsigned from) const {
  for (unsigned i = from; i < active_.size(); ++i) {
    if (buffers_[active_.at(i)].address == address) return static_cast<int>(i);
  }
  return -1;
}

bool BufferSet::complete(u64 timestamp_ns, u32 sequence, u32 reserved) {
  u8 index = 0;
  if (!active_.pop_front(index)) return false;
  done_.push_back(index);
  Buffer& buffer = buffers_[index];
  buffer.state = BufferState::kDone;
  buffer.timestamp_ns = timestamp_ns;
  buffer.sequence = sequence;
  buffer.reserved = reserved;
  ++buffer.completed;
  return true;
}

bool BufferSet::recycle() {
  u8 index = 0;
  if (!active_.pop_front(index)) return false;
  queued_.push_back(index);
  buffers_[index].state = BufferState::kQueued;
  return true;
}

bool BufferSet::take(unsigned& index) {
  u8 oldest = 0;
  if (!done_.pop_front(oldest)) return false;
  index = oldest;
  buffers_[oldest].state = BufferState::kDequeued;
  return true;
}

void BufferSet::put_back(unsigned index) {
  if (index >= count_ || buffers_[index].state != BufferState::kDequeued) return;
  if (!done_.push_front(static_cast<u8>(index))) return;
  buffers_[index].state = BufferState::kDone;
}

void BufferSet::release_all() {
  queued_.clear();
  active_.clear();
  done_.clear();
  for (Buffer& buffer : buffers_) buffer.state = BufferState::kFree;
}

bool BufferSet::consistent() const {
  unsigned places[kMaximum] = {};
  const struct {
    const IndexQueue& queue;
    BufferState state;
  } lists[] = {{queued_, BufferState::kQueued},
               {active_, BufferState::kActive},
               {done_, BufferState::kDone}};
  for (const auto& list : lists) {
    for (unsigned i = 0; i < list.queue.size(); ++i) {
      const u8 index = list.queue.at(i);
      if (index >= count_ || buffers_[index].state != list.state) return false;
      ++places[index];
    }
  }
  for (unsigned i = 0; i < kMaximum; ++i) {
    const BufferState state = buffers_[i].state;
    const bool outside = state == BufferState::kFree || state == BufferState::kDequeued;
    if (places[i] != (outside ? 0u : 1u)) return false;
    if (i >= count_ && state != BufferState::kFree) return false;
  }
  return true;
}

}  // namespace t31::output

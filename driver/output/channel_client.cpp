// SPDX-License-Identifier: GPL-2.0-or-later
// channel_client.cpp - a channel's buffers as its client sees them.
#include "driver/base/math.hpp"
#include "driver/output/channel.hpp"

namespace t31::output {
namespace {

constexpr u32 kAddressAlignment = 8;

u32 flags_of(BufferState state) {
  switch (state) {
    case BufferState::kQueued:
    case BufferState::kActive:
      return T31_BUF_FLAG_TIMESTAMP_MONOTONIC | T31_BUF_FLAG_QUEUED;
    case BufferState::kDone:
      return T31_BUF_FLAG_TIMESTAMP_MONOTONIC | T31_BUF_FLAG_DONE;
    case BufferState::kFree:
    case BufferState::kDequeued:
      break;
  }
  return T31_BUF_FLAG_TIMESTAMP_MONOTONIC;
}

t31_buffer answer(u32 index, const Buffer& buffer, BufferState state, u32 length) {
  constexpr u32 kNsPerSecond = 1000000000;
  const u32 seconds = static_cast<u32>(divide(buffer.timestamp_ns, kNsPerSecond));
  const u64 rest = buffer.timestamp_ns - static_cast<u64>(seconds) * kNsPerSecond;
  t31_buffer out{};
  out.index = index;
  out.type = T31_BUF_TYPE_VIDEO_CAPTURE;
  out.flags = flags_of(state);
  out.tv_sec = seconds;
  out.tv_usec = static_cast<u32>(rest) / 1000;
  out.sequence = buffer.sequence;
  out.memory = T31_MEMORY_USERPTR;
  out.userptr = buffer.address;
  out.length = length;
  out.reserved = buffer.reserved;
  return out;
}

}  // namespace

bool Channel::held_by(File file) const {
  SpinLock::Guard guard(lock_);
  return file != kNoFile && owner_ == file;
}

Status Channel::check_queue_locked(File file, const t31_buffer& buffer) const {
  if (owner_ != file) return Status::error(T31_EPERM);
  const bool accepted = buffer.type == T31_BUF_TYPE_VIDEO_CAPTURE &&
                        buffer.memory == T31_MEMORY_USERPTR && buffers_.can_queue(buffer.index) &&
                        buffer.length == buffers_.image_size();
  return accepted ? kOk : Status::error(T31_EINVAL);
}

Status Channel::check_queue(File file, t31_buffer& buffer) {
  Buffer copy;
  {
    SpinLock::Guard guard(lock_);
    const Status status = check_queue_locked(file, buffer);
    const bool memory = buffer.userptr != 0 && buffer.userptr % kAddressAlignment == 0 &&
                        t31_port_dma_range_valid(buffer.userptr, buffer.length) != 0;
    if (!status.ok() || !memory) {
      last_error_ = ChannelError::kBufferRefused;
      return status.ok() ? Status::error(T31_EINVAL) : status;
    }
    copy = buffers_.at(buffer.index);
  }
  copy.address = buffer.userptr;
  copy.reserved = 0;
  buffer = answer(buffer.index, copy, BufferState::kQueued, buffer.length);
  return kOk;
}

Status Channel::queue(File file, const t31_buffer& buffer) {
  if (delivers_early()) mark(buffer.userptr);
  // Before the hardware knows the address: lines of the cache must not be written over the frame.
  t31_port_dma_sync_for_device(buffer.userptr, buffer.length);
  SpinLock::Guard guard(lock_);
  Status status = check_queue_locked(file, buffer);
  if (!status.ok()) return status;
  status = buffers_.queue(buffer.index, buffer.userptr);
  if (status.ok() && streaming_) hand_over();
  return status;
}

Status Channel::dequeue(File file, bool nonblock, t31_buffer& buffer) {
  u32 stream = 0;
  for (bool first = true;; first = false) {
    {
      SpinLock::Guard guard(lock_);
      if (owner_ != file) return Status::error(T31_EPERM);
      if (first) stream = stream_;
      if (!streaming_ || stream_ != stream) return Status::error(T31_EINVAL);
      unsigned index = 0;
      if (takeable() != 0 && buffers_.take(index)) {
        buffer = answer(index, buffers_.at(index), BufferState::kDone, buffers_.image_size());
        return kOk;
      }
    }
    if (nonblock) return Status::error(T31_EAGAIN);
    const Status status = wait_.wait([this, file, stream] {
      SpinLock::Guard guard(lock_);
      return owner_ != file || !streaming_ || stream_ != stream || takeable() != 0;
    });
    if (!status.ok()) return status;
  }
}

void Channel::undo_dequeue(File file, u32 index) {
  {
    SpinLock::Guard guard(lock_);
    if (owner_ == file && streaming_) buffers_.put_back(index);
  }
  wait_.wake_all();
}

Status Channel::query(File file, t31_buffer& buffer) {
  SpinLock::Guard guard(lock_);
  if (owner_ != file) return Status::error(T31_EPERM);
  if (buffer.type != T31_BUF_TYPE_VIDEO_CAPTURE || buffer.index >= buffers_.count()) {
    return Status::error(T31_EINVAL);
  }
  const Buffer& found = buffers_.at(buffer.index);
  buffer = answer(buffer.index, found, found.state, buffers_.image_size());
  return kOk;
}

Status Channel::wait_finished(File file, u32& finished) {
  for (;;) {
    {
      SpinLock::Guard guard(lock_);
      if (owner_ != file) return Status::error(T31_EPERM);
      if (finished_ != 0) {
        finished = finished_--;
        return kOk;
      }
    }
    const Status status = wait_.wait([this, file] {
      SpinLock::Guard guard(lock_);
      return owner_ != file || finished_ != 0;
    });
    if (!status.ok()) return status;
  }
}

void Channel::undo_wait_finished(File file) {
  SpinLock::Guard guard(lock_);
  if (owner_ == file) ++finished_;
}

}  // namespace t31::output

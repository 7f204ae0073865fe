// SPDX-License-Identifier: GPL-2.0-or-later
// channel_delivery.cpp - frames delivered at another time than their interrupt.
//
// Early (channel 0, isp_ch0_pre_dequeue_time): a frame is handed out that many milliseconds after
// it began, while its lower lines are still being written; the client reads its progress from the
// line counter. The interrupt at its end is then swallowed (hw-pipeline 6.4). Late (channel 1,
// isp_ch1_dequeue_delay_time): a done frame becomes takeable that much later.
#include "driver/base/math.hpp"
#include "driver/output/channel.hpp"

namespace t31::output {
namespace {

constexpr u32 kMarker = 0x12345678;
constexpr u32 kMarkerBytes = 32;  // a cache line: the memory is cached
constexpr u32 kNsPerMs = 1000000;

}  // namespace

Channel::Delivery Channel::delivery_of_parameters() const {
  if (index_ == 0 && parameters_.isp_ch0_pre_dequeue_time > 0) return Delivery::kEarly;
  if (index_ == 1 && parameters_.isp_ch1_dequeue_delay_time > 0) return Delivery::kLate;
  return Delivery::kAtInterrupt;
}

bool Channel::delivers_early() const {
  return delivery_of_parameters() == Delivery::kEarly;
}

Status Channel::prepare_delivery() {
  const Delivery delivery = delivery_of_parameters();
  if (delivery != Delivery::kAtInterrupt) {
    const int result = t31_port_queue_create("framechan", &delivery_queue_);
    if (result != 0) return Status::from(result);
    delivery_work_.init([](void* context) { static_cast<Channel*>(context)->run_delivery(); },
                        this);
  }
  SpinLock::Guard guard(lock_);
  delivery_ = delivery;
  delivery_ms_ =
      static_cast<u32>(delivery == Delivery::kEarly ? parameters_.isp_ch0_pre_dequeue_time
                                                    : parameters_.isp_ch1_dequeue_delay_time);
  return kOk;
}

void Channel::end_delivery() {
  if (delivery_queue_ == nullptr) return;
  delivery_work_.cancel(delivery_queue_);
  t31_port_queue_destroy(delivery_queue_);
  delivery_queue_ = nullptr;
}

void Channel::run_delivery() {
  if (delivery_ == Delivery::kEarly) {
    deliver_early();
  } else {
    deliver_late();
  }
}

void Channel::mark(u32 address) {
  void* memory = t31_port_rmem_map(address, kMarkerBytes);
  if (memory == nullptr) return;
  *static_cast<volatile u32*>(memory) = kMarker;
  t31_port_rmem_unmap(memory, kMarkerBytes);
}

bool Channel::still_marked(u32 address) {
  void* memory = t31_port_rmem_map(address, kMarkerBytes);
  if (memory == nullptr) return false;
  t31_port_dma_sync_for_cpu(address, kMarkerBytes);
  const bool marked = *static_cast<volatile u32*>(memory) == kMarker;
  t31_port_rmem_unmap(memory, kMarkerBytes);
  return marked;
}

void Channel::deliver_early() {
  u32 address = 0;
  {
    SpinLock::Guard guard(lock_);
    if (!streaming_) return;
    if (buffers_.active().empty()) {
      ++early_.missed;
      return;
    }
    address = buffers_.at(buffers_.active().at(0)).address;
  }
  const bool untouched = still_marked(address);
  const u32 lines = fifo_.lines();
  const u64 now = t31_port_time_ns();
  {
    SpinLock::Guard guard(lock_);
    if (!streaming_ || buffers_.find_active(address, 0) != 0) return;
    if (untouched) {
      ++early_.missed;
      return;
    }
    announced_ = true;
    ahead_ = false;
    announced_address_ = address;
    ++early_.delivered;
    deliver(now, counter_.completed(now, 1), lines << 16 | 1);
  }
  wait_.wake_all();
}

// The end of a frame in early mode: its buffer has gone to the client, or goes with a later frame.
void Channel::swallow(u32 address) {
  if (announced_) {
    announced_ = false;
    ++early_.swallowed;
    if (address != announced_address_) {
      ++counters_.unknown_address;
      last_error_ = ChannelError::kUnknownAddress;
    }
    return;
  }
  if (!ahead_) ++early_.ahead;
  ahead_ = true;
  ++early_.ahead_swallowed;
}

void Channel::deliver_late() {
  bool delivered = false;
  {
    SpinLock::Guard guard(lock_);
    const u64 now = t31_port_time_ns();
    while (streaming_ && held_ != 0) {
      const u8 oldest = buffers_.done().at(takeable());
      const u64 due = buffers_.at(oldest).timestamp_ns + static_cast<u64>(delivery_ms_) * kNsPerMs;
      if (due > now) {
        // Rounded up: the item must not run before its time.
        const u32 remaining = static_cast<u32>(divide(due - now + kNsPerMs - 1, kNsPerMs));
        delivery_work_.queue_delayed(delivery_queue_, remaining);
        break;
      }
      --held_;
      ++finished_;
      delivered = true;
    }
  }
  if (delivered) wait_.wake_all();
}

}  // namespace t31::output

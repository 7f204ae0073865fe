// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/core/interrupts.hpp"

#include "driver/regs/isp_top.hpp"

namespace t31::core {

namespace isp = reg::isp;
namespace bit = reg::isp::interrupt;

namespace {

constexpr u32 kCoreLine = 37;
constexpr u32 kVicLine = 38;

constexpr u32 kStatistics = bit::kAeZones | bit::kAeHistogram | bit::kAwbZones | bit::kAe1Zones |
                            bit::kAe1Histogram | bit::kWdrStatistics | bit::kToneStatistics |
                            bit::kDefogStatistics | bit::kAfZones;

}  // namespace

Status Interrupts::acquire(Window window, const InterruptHooks& hooks) {
  isp_ = window;
  hooks_ = hooks;
  Status status = Status::from(t31_port_irq_request(kCoreLine, &Interrupts::core_handler, nullptr,
                                                    "isp-m0", this, &core_irq_));
  if (!status.ok()) {
    core_irq_ = nullptr;
  } else {
    status = Status::from(t31_port_irq_request(kVicLine, &Interrupts::vic_handler, nullptr,
                                               "isp-w02", this, &vic_irq_));
    if (!status.ok()) vic_irq_ = nullptr;
  }
  if (!status.ok()) {
    t31_port_log(T31_LOG_ERROR, "interrupt line %u is not available (error %d)",
                 core_irq_ == nullptr ? kCoreLine : kVicLine, -status.code());
    release();
  }
  return status;
}

void Interrupts::release() {
  if (vic_irq_ != nullptr) t31_port_irq_free(vic_irq_);
  if (core_irq_ != nullptr) t31_port_irq_free(core_irq_);
  vic_irq_ = core_irq_ = nullptr;
  core_enabled_ = vic_enabled_ = false;
}

void Interrupts::enable_core() {
  if (!core_enabled_) t31_port_irq_enable(core_irq_);
  core_enabled_ = true;
}

void Interrupts::disable_core() {
  if (core_enabled_) t31_port_irq_disable(core_irq_);
  core_enabled_ = false;
}

void Interrupts::enable_vic() {
  if (!vic_enabled_) t31_port_irq_enable(vic_irq_);
  vic_enabled_ = true;
}

void Interrupts::disable_vic() {
  if (vic_enabled_) t31_port_irq_disable(vic_irq_);
  vic_enabled_ = false;
}

t31_irq_result Interrupts::core_handler(void* context) {
  Interrupts& self = *static_cast<Interrupts*>(context);
  self.handle_core();
  self.hooks_.video_input(self.hooks_.context);
  return T31_IRQ_HANDLED;
}

t31_irq_result Interrupts::vic_handler(void* context) {
  Interrupts& self = *static_cast<Interrupts*>(context);
  self.hooks_.video_input(self.hooks_.context);
  return T31_IRQ_HANDLED;
}

void Interrupts::handle_core() {
  const u32 status = isp_.read(isp::kInterruptStatus.offset);
  if (status == 0) return;
  isp_.write(isp::kInterruptClear.offset, status);
  const u64 now = t31_port_time_ns();
  const u32 detail = (status & bit::kErrors) != 0 ? isp_.read(isp::kErrorDetail.offset) : 0;
  count(status, detail, now);
  for (unsigned channel = 0; channel < kChannels; ++channel) {
    if ((status & bit::kChannelDone0 << channel) != 0) {
      hooks_.channel_done(hooks_.context, channel, now);
    }
  }
  if ((status & kStatistics) != 0) hooks_.statistics(hooks_.context, status & kStatistics);
  if ((status & bit::kIpDone) != 0) hooks_.ip_done(hooks_.context, now);
  // Last: when a frame's end and the next one's start are served together, the end came first.
  if ((status & bit::kFrameStart) != 0) hooks_.frame_start(hooks_.context, now);
}

void Interrupts::count(u32 status, u32 detail, u64 now) {
  SpinLock::Guard guard(lock_);
  if ((status & bit::kErrors) != 0) {
    ++counters_.errors;
    counters_.last_error_status = status & bit::kErrors;
    counters_.last_error_detail = detail;
  }
  if ((status & bit::kOverflow) != 0) ++counters_.overflows;
  if ((status & bit::kBrokenFrame) != 0) ++counters_.broken_frames;
  if ((status & bit::kIpDone) != 0) ++counters_.ip_done;
  for (unsigned channel = 0; channel < kChannels; ++channel) {
    if ((status & bit::kChannelDone0 << channel) != 0) ++counters_.channel_done[channel];
  }
  // A picture's end that is served together with the next start came before it.
  if ((status & bit::kChannelDone0) != 0) counters_.last_channel0_done_ns = now;
  if ((status & bit::kFrameStart) != 0) {
    ++counters_.frames_started;
    if (counters_.last_frame_start_ns != 0) {
      counters_.frame_interval_ns = now - counters_.last_frame_start_ns;
    }
    if (counters_.last_channel0_done_ns > counters_.last_frame_start_ns) {
      counters_.vertical_blank_ns = now - counters_.last_channel0_done_ns;
    }
    counters_.last_frame_start_ns = now;
  }
}

Interrupts::Counters Interrupts::counters() const {
  SpinLock::Guard guard(lock_);
  return counters_;
}

void Interrupts::reset_counters() {
  SpinLock::Guard guard(lock_);
  counters_ = Counters{};
}

}  // namespace t31::core

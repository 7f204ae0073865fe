// SPDX-License-Identifier: GPL-2.0-or-later
// The life of a frame: what interrupts leave behind, what is decided and written for the next
// frame, and what goes to the sensor.
#include "driver/device/camera.hpp"
#include "driver/regs/isp_top.hpp"

namespace t31::device {

namespace bit = reg::isp::interrupt;

namespace {

// A commit that came too late this often in a row is made all the same: better one torn frame than
// settings that never act.
constexpr u32 kMostLateCommits = 2;

}  // namespace

// ---- interrupt context
// -------------------------------------------------------------------------------

void Camera::on_frame_start(void* context, u64 time_ns) {
  Camera& self = *static_cast<Camera*>(context);
  {
    SpinLock::Guard guard(self.frame_lock_);
    ++self.frames_started_;
  }
  self.output_.frame_start(time_ns);
  if (self.exposure_at_frame_start_.load() && self.sensors_.exposure().pending()) {
    self.sensor_item_.queue(self.sensor_queue_);
  }
}

void Camera::on_statistics(void* context, u32 status) {
  Camera& self = *static_cast<Camera*>(context);
  const core::StatisticsDma& dma = self.statistics_;
  SpinLock::Guard guard(self.frame_lock_);
  ReadyStatistics& ready = self.ready_;
  ready.bits |= status;
  if ((status & bit::kAeZones) != 0) ready.zones = dma.ae_zone_index();
  if ((status & bit::kAeHistogram) != 0) ready.histogram = dma.ae_histogram_index();
  if ((status & bit::kAe1Zones) != 0) ready.short_zones = dma.ae1_zone_index();
  if ((status & bit::kAe1Histogram) != 0) ready.short_histogram = dma.ae1_histogram_index();
  if ((status & bit::kWdrStatistics) != 0) ready.wdr = dma.wdr_index();
  if ((status & bit::kAwbZones) != 0) ready.awb = dma.awb_zone_index();
  if ((status & bit::kToneStatistics) != 0) ready.tone = dma.tone_index();
  if ((status & bit::kDefogStatistics) != 0) ready.defog = dma.defog_index();
}

void Camera::on_ip_done(void* context, u64) {
  Camera& self = *static_cast<Camera*>(context);
  {
    SpinLock::Guard guard(self.frame_lock_);
    self.ip_done_frame_ = self.frames_started_;
  }
  self.frame_item_.queue(self.frame_queue_);
  self.logic_due_.store(true);
  self.sensor_item_.queue(self.sensor_queue_);
}

void Camera::on_channel_done(void* context, unsigned channel, u64 time_ns) {
  Camera& self = *static_cast<Camera*>(context);
  self.output_.channel_done(channel, time_ns);
  if (channel != 0) return;
  {
    SpinLock::Guard guard(self.frame_lock_);
    ++self.frames_done_;
  }
  if (self.modes_.frame_done()) self.frame_item_.queue(self.frame_queue_);
  self.frame_done_wait_.wake_all();
}

void Camera::on_video_input(void* context) {
  Camera& self = *static_cast<Camera*>(context);
  const input::Vic::Serviced serviced = self.vic_.service();
  if (serviced.capture_done == 0) return;
  self.capture_.bank_done(serviced.capture_done);
  if (self.raw_stream_.bank_done()) self.output_.channel_done(0, t31_port_time_ns());
}

// ---- sensor queue
// ----------------------------------------------------------------------------------------

void Camera::run_sensor_work(void* context) {
  static_cast<Camera*>(context)->sensor_work();
}

void Camera::sensor_work() {
  const bool logic = logic_due_.load();
  logic_due_.store(false);
  // With expo_fs the settings wait for the frame start; ISP done then only brings the LOGIC event.
  if (logic && exposure_at_frame_start_.load()) {
    sensors_.deliver_logic();
    return;
  }
  sensors_.deliver_exposure(logic);
}

// ---- frame queue
// -------------------------------------------------------------------------------------------

void Camera::run_frame_work(void* context) {
  static_cast<Camera*>(context)->frame_work();
}

void Camera::frame_work() {
  {
    Mutex::Guard guard(picture_);
    adopt_sensor_changes();
    collect_statistics();
    step_exposure();
    bool late = false;
    {
      SpinLock::Guard frame_guard(frame_lock_);
      late = frames_started_ != ip_done_frame_;
    }
    // Without frames of channel 0 the end of any frame is the moment.
    if (links_.pad(0) != graph::PadState::kStreaming) modes_.make_due();
    const bool due = blocks_.dirty() || modes_.due() || next_file_.present();
    if (late && due && consecutive_late_ < kMostLateCommits) {
      ++frame_counters_.late_commits;
      ++consecutive_late_;
    } else {
      if (due) ++frame_counters_.commits;
      consecutive_late_ = 0;
      make_due_changes();
      blocks_.commit();
      blocks_.lens_shading_done();
    }
    statistics_count_.store(statistics_count_.load() + 1);
  }
  statistics_wait_.wake_all();
}

void Camera::adopt_sensor_changes() {
  if (!sensors_.refresh_if_changed()) return;
  const t31_sensor_info info = sensors_.info();
  exposure_.set_limits(info, tuning_.active());
  short_exposure_.set_limits(info);
  exposure_at_frame_start_.store(info.expo_fs != 0);
}

void Camera::collect_statistics() {
  ReadyStatistics ready;
  {
    SpinLock::Guard guard(frame_lock_);
    ready = ready_;
    ready_.bits = 0;
  }
  if ((ready.bits & bit::kAeZones) != 0) {
    if (const u8* dma = statistics_.ae_zones(ready.zones)) {
      control::unpack_ae_zones(dma, zone_cells_, picture_data_.ae);
    }
  }
  if ((ready.bits & bit::kAeHistogram) != 0) {
    if (const u8* dma = statistics_.ae_histogram(ready.histogram)) {
      control::unpack_ae_histogram(dma, picture_data_.ae);
    }
  }
  if ((ready.bits & bit::kAwbZones) != 0) {
    if (const u8* dma = statistics_.awb_zones(ready.awb)) {
      control::unpack_awb_zones(dma, picture_data_.awb);
    }
  }
  if (wdr()) collect_wdr(ready);
  if ((ready.bits & bit::kToneStatistics) != 0) {
    if (const u32* dma = statistics_.tone(ready.tone)) blocks_.take_tone_statistics(dma);
  }
  if ((ready.bits & bit::kDefogStatistics) != 0) {
    if (const u32* dma = statistics_.defog(ready.defog)) blocks_.take_defog_statistics(dma);
  }
  if (ready.bits != 0) {
    picture_data_.valid = true;
    ++frame_counters_.statistics;
  }
}

void Camera::step_exposure() {
  if (exposure_pending()) {
    exposure_delay_.push(decide_exposure(), control::ExposureDelay::runs(sensors_.info()));
  }
  control::Exposure due;
  if (exposure_delay_.step(due)) apply_exposure(due);
}

bool Camera::exposure_pending() const {
  return exposure_.pending() || (wdr() && short_exposure_.pending());
}

control::Exposure Camera::decide_exposure() {
  control::Exposure next = exposure_.pending() ? exposure_.apply(sensors_) : exposure_.in_force();
  if (wdr()) {
    short_exposure_.follow(next, tuning_.active());
    next.short_part = short_exposure_.apply(sensors_);
  }
  return next;
}

void Camera::apply_exposure(const control::Exposure& exposure) {
  frame_exposure_ = exposure;
  blocks_.set_digital_gain(exposure.isp_dgain);
  if (wdr()) blocks_.set_short_digital_gain(exposure.short_part.isp_dgain);
  const s32 gain = exposure.total_gain_log2();
  blocks_.set_total_gain(gain < 0 ? 0 : static_cast<u32>(gain));
  blocks_.set_exposure_value(exposure.value());
}

void Camera::commit_if_idle() {
  if (state() != graph::State::kInitialised) return;
  if (exposure_pending()) {
    apply_exposure(decide_exposure());
    exposure_delay_.clear();
  }
  blocks_.commit();
}

// ---- read-back
// -------------------------------------------------------------------------------------------------

void Camera::picture(Picture& out) const {
  Mutex::Guard guard(picture_);
  out = picture_data_;
}

Status Camera::wait_statistics(u32 after) {
  return statistics_wait_.wait([this, after] { return statistics_count_.load() != after; });
}

Status Camera::wait_frame(u32 milliseconds, u64& count) {
  const auto frames = [this] {
    SpinLock::Guard guard(frame_lock_);
    return frames_done_;
  };
  const u64 before = frames();
  const Status status = frame_done_wait_.wait([&] { return frames() != before; }, milliseconds);
  count = frames();
  return status;
}

void Camera::reset_frame_count() {
  SpinLock::Guard guard(frame_lock_);
  frames_done_ = 0;
}

FrameCounters Camera::frame_counters() const {
  Mutex::Guard guard(picture_);
  return frame_counters_;
}

}  // namespace t31::device

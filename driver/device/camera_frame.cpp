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
  const auto ready = [&](u32 bit, Statistic kind, u32 (core::StatisticsDma::*buffer)() const) {
    if ((status & bit) == 0) return;
    self.ready_.of[static_cast<u32>(kind)] = {true, (dma.*buffer)(), self.frames_started_};
  };
  using Dma = core::StatisticsDma;
  ready(bit::kAeZones, Statistic::kExposureZones, &Dma::ae_zone_index);
  ready(bit::kAeHistogram, Statistic::kHistogram, &Dma::ae_histogram_index);
  ready(bit::kAwbZones, Statistic::kBalance, &Dma::awb_zone_index);
  ready(bit::kAfZones, Statistic::kFocus, &Dma::af_index);
  ready(bit::kAe1Zones, Statistic::kShortZones, &Dma::ae1_zone_index);
  ready(bit::kAe1Histogram, Statistic::kShortHistogram, &Dma::ae1_histogram_index);
  ready(bit::kToneStatistics, Statistic::kTone, &Dma::tone_index);
  ready(bit::kDefogStatistics, Statistic::kDefog, &Dma::defog_index);
  ready(bit::kWdrStatistics, Statistic::kWdr, &Dma::wdr_index);
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
    bool late = false;
    u32 started = 0;
    {
      SpinLock::Guard frame_guard(frame_lock_);
      started = frames_started_;
      late = started != ip_done_frame_;
    }
    step_exposure(started + 1);
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
  if (sensors_.refresh_if_changed()) sensor_mode_changed(sensors_.info());
}

void Camera::collect_statistics() {
  ReadyStatistics ready;
  {
    SpinLock::Guard guard(frame_lock_);
    ready = ready_;
    ready_ = ReadyStatistics{};
  }
  // Statistics are of raw pixels. A sensor that sends YUV has none of them, and exposes by itself.
  if (format_.yuv) ready = ReadyStatistics{};
  step_auto(ready);
  if (wdr()) collect_wdr(ready);
  if (const ReadyStatistics::Entry& tone = ready.get(Statistic::kTone); tone.ready) {
    if (const u32* dma = statistics_.tone(tone.buffer)) blocks_.take_tone_statistics(dma);
  }
  if (const ReadyStatistics::Entry& defog = ready.get(Statistic::kDefog); defog.ready) {
    if (const u32* dma = statistics_.defog(defog.buffer)) blocks_.take_defog_statistics(dma);
  }
  note_statistics(ready);
}

void Camera::note_statistics(const ReadyStatistics& ready) {
  bool any = false;
  for (u32 i = 0; i < kStatisticKinds; ++i) {
    if (!ready.of[i].ready) continue;
    picture_data_.of[i] = {true, ready.of[i].frame};
    any = true;
  }
  if (any) ++frame_counters_.statistics;
}

// `frame`: the one that is written for.
void Camera::step_exposure(u32 frame) {
  control::Exposure due;
  if (exposure_delay_.step(frame, due)) apply_exposure(due);
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
  if (exposure_.pending() || (wdr() && short_exposure_.pending())) {
    control::Exposure next = exposure_.apply(sensors_);
    if (wdr()) {
      short_exposure_.follow(next, tuning_.active());
      next.short_part = short_exposure_.apply(sensors_);
    }
    apply_exposure(next);
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

void Camera::statistics_origins(Picture::Origin (&out)[kStatisticKinds]) const {
  Mutex::Guard guard(picture_);
  for (u32 i = 0; i < kStatisticKinds; ++i) out[i] = picture_data_.of[i];
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

u32 Camera::frames_started() const {
  SpinLock::Guard guard(frame_lock_);
  return frames_started_;
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

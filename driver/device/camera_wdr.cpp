// SPDX-License-Identifier: GPL-2.0-or-later
// Two exposures: switching between them and one, the memory of the delayed exposure, statistics for
// their fusion (user-abi 2.9, hw-pipeline 4.5, hw-blocks-detail-tone 8.13).
#include "driver/device/camera.hpp"
#include "driver/regs/wdr.hpp"

namespace t31::device {

using graph::State;

namespace {

// Kinds of sensor data (sensor-abi 1.4).
constexpr u32 kFrameSequential = 1;
constexpr u32 kLineInterleaved = 2;

constexpr u32 kBytesPerPixel = 2;

bool has_two_exposures(const t31_sensor_info& sensor) {
  return sensor.data_type == kFrameSequential || sensor.data_type == kLineInterleaved;
}

u32 buffer_bytes(const t31_sensor_info& sensor) {
  if (sensor.data_type == kFrameSequential) {
    return kBytesPerPixel * sensor.max_width * sensor.max_height;
  }
  return sensor.data_type == kLineInterleaved ? sensor.wdr_cache : 0;
}

}  // namespace

Status Camera::check_exposures(const t31_sensor_info& sensor) const {
  if (has_two_exposures(sensor) == wdr()) return kOk;
  t31_port_log(T31_LOG_ERROR,
               wdr() ? "WDR is on, but sensor driver %s delivers one exposure: load it with "
                       "data_type=2, or switch WDR off"
                     : "sensor driver %s delivers two exposures, but WDR is off: enable it before "
                       "the sensor is selected",
               sensor.name);
  return Status::error(T31_EINVAL);
}

Status Camera::set_wdr(bool on) {
  Mutex::Guard guard(session_);
  if (!activated()) return Status::error(T31_EPERM);
  if (wdr() == on) return kOk;
  if (state() < State::kInitialised) {
    wdr_.store(on);
    return kOk;
  }
  return switch_wdr(on);
}

// What counts is what the sensor says afterwards: several drivers return errors from events that
// succeeded (sensor-abi 3.5).
Status Camera::ask_sensor_for_wdr(bool on) {
  const t31_sensor_info before = sensors_.info();
  const Status asked = sensors_.change_wdr(input::kEventWdrStop, on);
  const t31_sensor_info info = sensors_.info();
  const bool same_size =
      info.mbus_width == before.mbus_width && info.mbus_height == before.mbus_height;
  if (has_two_exposures(info) == on && same_size) return kOk;
  t31_port_log(T31_LOG_ERROR, "sensor driver %s can't switch to %s exposure%s at run time%s",
               info.name, on ? "two" : "one", on ? "s" : "",
               same_size ? "" : ": its picture has another size");
  if (asked.code() == -T31_ENOIOCTLCMD) return Status::error(T31_EINVAL);
  (void)sensors_.change_wdr(input::kEventWdrStop, !on);
  (void)sensors_.change_wdr(input::kEventWdr, !on);
  return Status::error(T31_EINVAL);
}

Status Camera::switch_wdr(bool on) {
  if (Status status = ask_sensor_for_wdr(on); !status.ok()) return status;
  const bool running = state() == State::kRunning;
  if (running) {
    interrupts_.disable_vic();
    vic_.halt();
    interrupts_.enable_vic();
  }
  const t31_sensor_info info = sensors_.info();
  wdr_.store(on);
  change_isp_mode(info, on);
  Status status = csi_.init(info);
  if (status.ok()) {
    if (running) csi_.set_state(State::kRunning);
    exposure_at_frame_start_.store(info.expo_fs != 0);
    (void)sensors_.change_wdr(input::kEventWdr, on);
    sensors_.forget_exposure();
    {
      Mutex::Guard guard(picture_);
      if (running) begin_exposure(auto_.switch_mode(auto_mode()), frames_started() + 1);
    }
    sensors_.deliver_exposure(false);
    if (running) {
      interrupts_.disable_vic();
      status = vic_.start(info);
      interrupts_.enable_vic();
    }
  }
  if (status.ok() && on && !wdr_buffer_given_) {
    t31_port_log(T31_LOG_WARNING, "two exposures: no picture before SET_WDR_BUF_INFO");
  }
  return status;
}

void Camera::change_isp_mode(const t31_sensor_info& sensor, bool on) {
  Mutex::Guard guard(picture_);
  // One that does not become idle is reset all the same.
  (void)top_.stop();
  top_.change_input(format_, on);
  blocks_.set_wdr(on);
  exposure_delay_.clear();
  exposure_.start(sensor, tuning_.active());
  short_exposure_.start(exposure_.user_limits().short_limits(sensor, tuning_.active()));
  frame_exposure_ = exposure_.in_force();
  line_rate_ = 0;
  sensor_mode_changed(sensor);
  configure_auto(true);
  blocks_.commit();
  top_.resume();
}

Status Camera::wdr_buffer_size(u32& bytes) const {
  Mutex::Guard guard(session_);
  if (state() < State::kInitialised) return Status::error(T31_EINVAL);
  const t31_sensor_info info = sensors_.info();
  bytes = buffer_bytes(info);
  if (bytes == 0) {
    t31_port_log(T31_LOG_WARNING, "sensor %s is in a linear mode: WDR needs no buffer", info.name);
  }
  return kOk;
}

Status Camera::set_wdr_buffer(u32 address, u32 bytes) {
  Mutex::Guard guard(session_);
  if (state() < State::kInitialised) return Status::error(T31_EINVAL);
  const t31_sensor_info info = sensors_.info();
  const u32 needed = buffer_bytes(info);
  if (needed == 0) return Status::error(T31_EPERM);
  if (bytes < needed) {
    t31_port_log(T31_LOG_ERROR, "WDR needs %u bytes for the delayed exposure, got %u: WDR is off",
                 needed, bytes);
    if (wdr() && !switch_wdr(false).ok()) wdr_buffer_given_ = false;
    return Status::error(T31_EFAULT);
  }
  if (address == 0 || (address & 7) != 0 || !t31_port_dma_range_valid(address, needed)) {
    t31_port_log(T31_LOG_ERROR, "WDR buffer at 0x%x lies outside reserved memory", address);
    return Status::error(T31_EINVAL);
  }
  const u32 stride = kBytesPerPixel * info.max_width;
  const Window isp = platform_.isp();
  isp.write(reg::wdr::kDelayAddress.offset, address);
  isp.write(reg::wdr::kDelayStride.offset, stride);
  isp.write(reg::wdr::kDelayLines.offset, stride == 0 ? 0 : needed / stride);
  wdr_buffer_given_ = true;
  return kOk;
}

// The short exposure's statistics and the histograms of both.
void Camera::collect_wdr(const ReadyStatistics& ready) {
  const auto& zones = ready.get(Statistic::kShortZones);
  const auto& histogram = ready.get(Statistic::kShortHistogram);
  if (zones.ready) {
    if (const u8* dma = statistics_.ae1_zones(zones.buffer)) {
      control::unpack_ae_zones(dma, zone_cells_, short_ae_);
    }
  }
  if (histogram.ready) {
    if (const u8* dma = statistics_.ae1_histogram(histogram.buffer)) {
      control::unpack_ae_histogram(dma, short_ae_);
    }
  }
  if (!ready.get(Statistic::kWdr).ready) return;
  const u8* dma = statistics_.wdr(ready.get(Statistic::kWdr).buffer);
  if (dma == nullptr) return;
  blocks_.wdr_histograms().unpack(dma);
  const control::ShortPart& shorter = frame_exposure_.short_part;
  blocks_.step_wdr(short_ae_.zone_mean, {frame_exposure_.lines, frame_exposure_.again,
                                         shorter.lines == 0 ? 1 : shorter.lines, shorter.again});
}

}  // namespace t31::device

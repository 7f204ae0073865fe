// SPDX-License-Identifier: GPL-2.0-or-later
// Controls of exposure and what was measured (user-abi 3.3.3).
#include "driver/base/math.hpp"
#include "driver/device/controls.hpp"
#include "driver/device/snapshot.hpp"
#include "driver/device/user_memory.hpp"
#include "driver/input/sensor_check.hpp"

namespace t31::device {
namespace {

using control::ExposureControl;

struct ExposureRequest {
  u32 mode;  // 0 auto, 1 manual
  u32 unit;  // 0 lines, 1 microseconds
  u16 time;
  u16 pad;
};
static_assert(sizeof(ExposureRequest) == 12);

struct ExposureReport {
  u32 manual;
  u16 time, min, max, line_us;
};
static_assert(sizeof(ExposureReport) == 12);

struct EvReport {
  u32 ev, exposure_us, ev_log2, again, dgain, gain_log2;
};

constexpr u32 kLevelQ = 5;  // fraction bits of gains in read-back, log2

}  // namespace

Status Controls::get_exposure(u32, u32& value) {
  const control::ExposureLimits limits = camera_.exposure_limits();
  const u32 line_us = input::line_time_us(camera_.sensors().info());
  const ExposureReport report = {camera_.integration_time_manual() ? 1u : 0u,
                                 static_cast<u16>(camera_.exposure().lines),
                                 static_cast<u16>(limits.min_lines),
                                 static_cast<u16>(limits.max_lines), static_cast<u16>(line_us)};
  return to_user(value, report);
}

Status Controls::set_exposure(u32, u32 value) {
  ExposureRequest request;
  if (Status status = from_user(request, value); !status.ok()) return status;
  if (request.mode > 1 || (request.mode == 1 && request.unit > 1)) return Status::error(T31_EPERM);
  u32 lines = request.time;
  if (request.mode == 1 && request.unit == 1) {
    const u32 line_us = input::line_time_us(camera_.sensors().info());
    if (line_us == 0) return Status::error(T31_EPERM);
    lines = max(lines / line_us, 1u);
  }
  camera_.set_integration_time(request.mode == 1, lines);
  return kOk;
}

Status Controls::get_ev(u32, u32& value) {
  const control::Exposure now = camera_.exposure();
  const t31_sensor_info sensor = camera_.sensors().info();
  const u64 ev = now.value();
  const u32 ev_q10 = ev > 0xffffffff ? 0xffffffff : static_cast<u32>(ev);
  EvReport report{};
  report.ev = ev_q10 >> 10;
  const u32 lines_per_second_den = (sensor.fps >> 16) * sensor.total_height;
  if (lines_per_second_den != 0) {
    report.exposure_us = static_cast<u32>(divide(
        static_cast<u64>(now.lines) * 1000000u * (sensor.fps & 0xffff), lines_per_second_den));
  }
  report.ev_log2 = static_cast<u32>(log2_q(ev_q10, 10, 16));
  report.again = static_cast<u32>(log2_q(now.again, 10, kLevelQ));
  report.dgain = static_cast<u32>(log2_q(now.isp_dgain, 10, kLevelQ));
  report.gain_log2 = static_cast<u32>(now.total_gain_log2()) >> 16;
  return to_user(value, report);
}

// 8 fraction bits; the vendor's library asks for it once a second.
Status Controls::get_total_gain(u32, u32& value) {
  const control::Exposure now = camera_.exposure();
  value = multiply_q(10, now.again, now.isp_dgain) >> 2;
  return kOk;
}

Status Controls::get_ae_bins(u32, u32& value) {
  const Snapshot snapshot(camera_);
  if (snapshot.get() == nullptr) return Status::error(T31_ENOMEM);
  control::HistogramBins bins;
  const control::MeteringSettings settings = camera_.metering();
  for (u32 i = 0; i < 4; ++i) bins.thresholds[i] = settings.thresholds[i];
  control::fold_histogram(snapshot.get()->tables.exposure.histogram, bins);
  return to_user(value, bins);
}

// Thresholds only; they ascend.
Status Controls::set_ae_bins(u32, u32 value) {
  t31_ae_bins bins;
  if (Status status = from_user(bins, value); !status.ok()) return status;
  for (u32 i = 1; i < 4; ++i) {
    if (bins.thresholds[i] < bins.thresholds[i - 1]) return Status::error(T31_EPERM);
  }
  camera_.change_metering([&](control::MeteringSettings& settings) {
    for (u32 i = 0; i < 4; ++i) settings.thresholds[i] = bins.thresholds[i];
  });
  return kOk;
}

// Asked for with every frame of channel 0: one copy, no allocation.
Status Controls::get_ae_zones(u32, u32& value) {
  const u32 address = value;
  return camera_.with_zone_means(
      [address](const u32(&means)[control::kZones]) { return to_user(address, means); });
}

Status Controls::get_ae_histogram(u32, u32& value) {
  const Snapshot snapshot(camera_);
  if (snapshot.get() == nullptr) return Status::error(T31_ENOMEM);
  return to_user(value, snapshot.get()->tables.exposure.histogram);
}

Status Controls::get_ae_luma(u32, u32& value) {
  const Snapshot snapshot(camera_);
  if (snapshot.get() == nullptr) return Status::error(T31_ENOMEM);
  value = snapshot.get()->tables.exposure.mean;
  return kOk;
}

// The mean is the last one that was settled, as the vendor's; before that the last one.
Status Controls::get_ae_state(u32, u32& value) {
  t31_ae_state state{};
  bool frozen = false;
  camera_.read_exposure([&](const ExposureControl& exposure) { frozen = exposure.held(); });
  camera_.read_auto([&](const control::AutoControl& automatic) {
    const control::AeReport& report = automatic.exposure().report();
    state.stable = frozen || report.settled ? 1 : 0;
    state.target = report.target;
    state.mean = report.settled_mean != 0 ? report.settled_mean : report.mean;
  });
  return to_user(value, state);
}

Status Controls::get_ae_block(u32, u32& value) {
  u32 words[T31_AE_WORDS];
  camera_.exposure_block(words);
  return to_user(value, words);
}

Status Controls::set_ae_block(u32, u32 value) {
  u32 words[T31_AE_WORDS];
  if (Status status = from_user(words, value); !status.ok()) return status;
  camera_.set_exposure_block(words);
  return kOk;
}

Status Controls::get_sensor(u32, u32& value) {
  const t31_sensor_info sensor = camera_.sensors().info();
  const t31_sensor_attributes attributes = {sensor.total_width, sensor.total_height, sensor.fps,
                                            sensor.mbus_width, sensor.mbus_height};
  return to_user(value, attributes);
}

}  // namespace t31::device

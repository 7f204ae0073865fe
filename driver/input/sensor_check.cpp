// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/input/sensor_check.hpp"

#include "driver/input/bayer.hpp"
#include "driver/input/csi.hpp"

namespace t31::input {
namespace {

constexpr u32 kDefaultFps = 25u << 16 | 1;
constexpr u32 kFastestFps = 1000;
constexpr u32 kBlankingLines = 4;  // frame length when a sensor gives none: active lines + this
// Some sensors count exposure in half lines.
constexpr u32 kCountsPerLine = 2;
constexpr u32 kMostGain = 16u << 16;  // log2, Q16: linear gains have 10 fractional bits of 32
constexpr u32 kMostDelay = 7;         // frames
constexpr u32 kUsualDelay = 2;

enum Defect : u32 { kFrameRate = 1, kExposureLimits = 2, kGainLimit = 4, kDelay = 8 };

bool first_time(u32& told, Defect defect) {
  const bool first = (told & defect) == 0;
  told |= defect;
  return first;
}

void mend_frame_rate(t31_sensor_info& info, u32& told) {
  const u32 numerator = info.fps >> 16;
  const u32 denominator = info.fps & 0xffff;
  if (numerator != 0 && denominator != 0 && numerator / denominator <= kFastestFps) return;
  if (first_time(told, kFrameRate)) {
    t31_port_log(T31_LOG_WARNING, "sensor %s: frame rate %u/%u makes no sense, taking 25/1",
                 info.name, numerator, denominator);
  }
  info.fps = kDefaultFps;
}

void mend_exposure(t31_sensor_info& info, u32& told) {
  if (info.total_height == 0) info.total_height = info.mbus_height + kBlankingLines;
  if (info.total_width == 0) info.total_width = info.mbus_width;
  const u32 longest = info.total_height > 1 ? info.total_height - 1 : 1;
  if (info.max_integration_time == 0) info.max_integration_time = longest;
  if (info.min_integration_time == 0) info.min_integration_time = 1;
  const bool too_long = info.max_integration_time > kCountsPerLine * info.total_height;
  if (!too_long && info.min_integration_time <= info.max_integration_time) return;
  if (first_time(told, kExposureLimits)) {
    t31_port_log(T31_LOG_WARNING,
                 "sensor %s: exposure of %u to %u lines in frames of %u makes no sense, taking 1 "
                 "to %u",
                 info.name, info.min_integration_time, info.max_integration_time, info.total_height,
                 too_long ? longest : info.max_integration_time);
  }
  info.min_integration_time = 1;
  if (too_long) info.max_integration_time = longest;
}

void mend_gain(t31_sensor_info& info, u32& told) {
  u32* const gains[] = {&info.max_again, &info.max_dgain, &info.max_again_short};
  for (u32* gain : gains) {
    if (*gain <= kMostGain) continue;
    if (first_time(told, kGainLimit)) {
      t31_port_log(T31_LOG_WARNING, "sensor %s: a largest gain of 2^%u makes no sense, taking 2^%u",
                   info.name, *gain >> 16, kMostGain >> 16);
    }
    *gain = kMostGain;
  }
}

void mend_delays(t31_sensor_info& info, u32& told) {
  u32* const delays[] = {&info.integration_time_apply_delay, &info.again_apply_delay,
                         &info.dgain_apply_delay};
  for (u32* delay : delays) {
    if (*delay <= kMostDelay) continue;
    if (first_time(told, kDelay)) {
      t31_port_log(T31_LOG_WARNING,
                   "sensor %s: exposure that acts %u frames later makes no sense, taking %u",
                   info.name, *delay, kUsualDelay);
    }
    *delay = kUsualDelay;
  }
}

}  // namespace

Status check_sensor_info(t31_sensor_info& info, u32& told) {
  if (info.mbus_width < kMinSize || info.mbus_height < kMinSize || info.mbus_width > kMaxWidth ||
      info.mbus_height > kMaxHeight) {
    t31_port_log(T31_LOG_ERROR, "sensor %s: picture of %ux%u, the ISP takes %ux%u to %ux%u",
                 info.name, info.mbus_width, info.mbus_height, kMinSize, kMinSize, kPromisedWidth,
                 kMaxHeight);
    return Status::error(T31_EINVAL);
  }
  const Result<PixelFormat> format = pixel_format(info.mbus_code);
  const bool parallel_only = info.mbus_code != kCodeYuyv16 && format.ok() && format.value().yuv;
  if (!format.ok() || (parallel_only && info.bus == T31_BUS_MIPI)) {
    t31_port_log(T31_LOG_ERROR, "sensor %s: the ISP has no pixel format 0x%x", info.name,
                 info.mbus_code);
    return Status::error(T31_EINVAL);
  }
  if (info.max_width == 0 || info.max_width > kMaxWidth) info.max_width = info.mbus_width;
  if (info.max_height == 0 || info.max_height > kMaxHeight) info.max_height = info.mbus_height;
  mend_frame_rate(info, told);
  mend_exposure(info, told);
  mend_gain(info, told);
  mend_delays(info, told);
  return kOk;
}

u32 line_time_us(const t31_sensor_info& info) {
  const u32 numerator = info.fps >> 16;
  const u32 denominator = info.fps & 0xffff;
  if (numerator == 0 || info.total_height == 0) return 0;
  // A denominator above 4294 would overflow; frames of more than an hour do not exist.
  const u32 frame_us =
      denominator > 4294 ? 0xffffffff / numerator : 1000000u * denominator / numerator;
  return frame_us / info.total_height;
}

const char* registration_failure_text(t31_sensor_failure failure,
                                      const t31_sensor_probe_report& report) {
  switch (failure) {
    case T31_SENSOR_OK:
      return "ok";
    case T31_SENSOR_BAD_BUS_TYPE:
      return "control bus is not I2C";
    case T31_SENSOR_NO_ADAPTER:
      return "no such I2C bus";
    case T31_SENSOR_BAD_ADDRESS:
      return "I2C address is zero or taken";
    case T31_SENSOR_NO_DRIVER:
      return "no sensor driver of that name is loaded: insmod sensor_<name>_t31.ko first";
    case T31_SENSOR_PROBE_FAILED:
      return "the sensor driver's probe failed";
    case T31_SENSOR_NOT_IDENTIFIED:
      if (report.master_clock_hertz == 0)
        return "no master clock: the sensor driver did not enable cgu_cim";
      if (report.failed_transfers != 0) {
        return "no answer on I2C (NAK): check address, power, reset pin and wiring";
      }
      return "wrong chip id: another sensor is fitted than the one registered";
    case T31_SENSOR_NO_MEMORY:
      return "out of memory";
  }
  return "unknown";
}

void log_registration_failure(const char* name, u32 bus, u32 address, t31_sensor_failure failure,
                              const t31_sensor_probe_report& report) {
  t31_port_log(T31_LOG_ERROR, "sensor %s on I2C bus %u address 0x%x: %s", name, bus, address,
               registration_failure_text(failure, report));
}

}  // namespace t31::input

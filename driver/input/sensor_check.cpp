// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/input/sensor_check.hpp"

#include "driver/input/bayer.hpp"
#include "driver/input/csi.hpp"

namespace t31::input {
namespace {

constexpr u32 kDefaultFps = 25u << 16 | 1;
constexpr u32 kBlankingLines = 4;  // frame length when a sensor gives none: active lines + this

}  // namespace

Status check_sensor_info(t31_sensor_info& info) {
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
  if ((info.fps >> 16) == 0 || (info.fps & 0xffff) == 0) {
    t31_port_log(T31_LOG_WARNING, "sensor %s: frame rate %u/%u makes no sense, taking 25/1",
                 info.name, info.fps >> 16, info.fps & 0xffff);
    info.fps = kDefaultFps;
  }
  if (info.total_height == 0) info.total_height = info.mbus_height + kBlankingLines;
  if (info.total_width == 0) info.total_width = info.mbus_width;
  if (info.max_integration_time == 0) info.max_integration_time = info.total_height - 1;
  if (info.min_integration_time == 0) info.min_integration_time = 1;
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

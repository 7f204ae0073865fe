// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/input/mipi_format.hpp"

#include "driver/input/bayer.hpp"
#include "driver/port/port.h"

namespace t31::input {
namespace {

constexpr u32 kFrameModes = 3;

Status refuse() {
  return Status::error(T31_EINVAL);
}

}  // namespace

u32 mipi_bits_per_pixel(u32 csi_format) {
  switch (csi_format) {
    case 0:
      return 8;
    case 1:
      return 10;
    case 2:
      return 12;
    case kMipiYuv422:
      return 16;
    default:
      return 0;
  }
}

Status check_mipi_format(const t31_sensor_info& sensor) {
  const auto& mipi = sensor.mipi;
  if (mipi_bits_per_pixel(mipi.csi_format) == 0 || mipi.frame_mode >= kFrameModes) {
    t31_port_log(T31_LOG_ERROR, "sensor %s: MIPI format %u, frame mode %u are unknown", sensor.name,
                 mipi.csi_format, mipi.frame_mode);
    return refuse();
  }
  const bool yuv = mipi.csi_format == kMipiYuv422;
  if (yuv != (sensor.mbus_code == kCodeYuyv16)) {
    t31_port_log(T31_LOG_ERROR,
                 "sensor %s: MIPI format %u with pixel format 0x%x: format 7 is YUV 4:2:2, which "
                 "is 0x%x",
                 sensor.name, mipi.csi_format, sensor.mbus_code, kCodeYuyv16);
    return refuse();
  }
  if (yuv && sensor.data_type != 0) {
    t31_port_log(T31_LOG_ERROR, "sensor %s: two exposures of YUV: the ISP joins raw ones",
                 sensor.name);
    return refuse();
  }
  if (yuv && sensor.mbus_width % 2 != 0) {
    t31_port_log(T31_LOG_ERROR, "sensor %s: YUV 4:2:2 of %u pixels a line: must be even",
                 sensor.name, sensor.mbus_width);
    return refuse();
  }
  return kOk;
}

}  // namespace t31::input

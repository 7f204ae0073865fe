// SPDX-License-Identifier: GPL-2.0-or-later
// sensor_check.hpp - what a sensor hands over is checked before the hardware sees it.
#pragma once

#include "driver/base/result.hpp"
#include "driver/input/sensor_api.h"

namespace t31::input {

// Sizes the chip takes: 2592x2048 is promised, widths to 2688 work (public-documents 1, row 2).
inline constexpr u32 kPromisedWidth = 2592;
inline constexpr u32 kMaxWidth = 2688;
inline constexpr u32 kMaxHeight = 2048;
inline constexpr u32 kMinSize = 128;

// Checks and, where a sane value exists, mends what the sensor reported: frame rate, lengths,
// limits of exposure and gain, delays. One log line for each kind of defect that `told` hasn't
// seen; a fresh one is 0. -EINVAL: unusable size, format or lanes.
Status check_sensor_info(t31_sensor_info& info, u32& told);

// Time of one line in microseconds: (1000000 * den / num) / frame length, both divisions
// truncating.
u32 line_time_us(const t31_sensor_info& info);

// One line that says what to do.
void log_registration_failure(const char* name, u32 bus, u32 address, t31_sensor_failure failure,
                              const t31_sensor_probe_report& report);
// The same in words, for /proc/jz/isp/sensor.
const char* registration_failure_text(t31_sensor_failure failure,
                                      const t31_sensor_probe_report& report);

}  // namespace t31::input

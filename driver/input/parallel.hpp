// SPDX-License-Identifier: GPL-2.0-or-later
// parallel.hpp - what the video input is told of a sensor on the parallel port: DVP, BT.601, BT.656
// or BT.1120 (hw-pipeline 3.4, 3.5).
#pragma once

#include "driver/base/result.hpp"
#include "driver/input/sensor_api.h"

namespace t31::input {

// Values of a DVP sensor's attributes (sensor-abi 1.4).
enum DvpPins : u32 { kLow10 = 0, kHigh10 = 1, kAll12 = 2, kLow8 = 3, kHigh8 = 4 };
enum DvpTiming : u32 { kHrefTiming = 0, kHsyncTiming = 1, kSonyTiming = 2 };
enum DvpPolarity : u32 { kPolarityDefault = 0, kPolarityHigh = 1, kPolarityLow = 2 };

// Whether the port can take what the sensor sends; without registers. -EINVAL, with a log line that
// names what is wrong. A timing or polarity that does not exist counts as the default, as with the
// vendor's driver, with a warning.
Status check_parallel(const t31_sensor_info& sensor);

// Register DB_CFG for a sensor that has passed the check.
u32 parallel_config(const t31_sensor_info& sensor);

// In words, for people: "MIPI", "DVP", "BT.601" ..., "low 10 bits" ...
const char* bus_name(u32 bus);
const char* dvp_pins_name(u32 pins);
const char* dvp_timing_name(u32 timing);

}  // namespace t31::input

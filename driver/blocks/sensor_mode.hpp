// SPDX-License-Identifier: GPL-2.0-or-later
// sensor_mode.hpp - what the image blocks need to know of the sensor's mode.
#pragma once

#include "driver/port/port_types.h"

namespace t31::blocks {

struct SensorMode {
  u32 width = 0;
  u32 height = 0;
  u32 bayer = 0;          // value of the ISP's Bayer register
  bool wdr = false;       // two exposures
  bool infrared = false;  // RGB-IR or YUV input
  u32 fps = 0;            // numerator << 16 | denominator
  u32 frame_length = 0;   // lines
};

}  // namespace t31::blocks

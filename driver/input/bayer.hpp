// SPDX-License-Identifier: GPL-2.0-or-later
// bayer.hpp - colour filter order from the media bus code that a sensor reports. Source:
// hw-pipeline 4.1.
#pragma once

#include "driver/base/result.hpp"

namespace t31::input {

// What the ISP must know of the sensor's pixel format.
struct PixelFormat {
  u32 bayer_code = 0;     // register 0x0008; unused with YUV input
  bool infrared = false;  // RGB-IR filter, or YUV input: the IR flag of the ISP
  bool yuv = false;       // YUV 4:2:2 or RGB, not a mosaic
};

// Media bus codes that are no mosaic. The first alone exists on MIPI.
inline constexpr u32 kCodeYuyv16 = 0x2011;
inline constexpr u32 kFirstCodeYuv8 = 0x2002;  // four of them
inline constexpr u32 kLastCodeYuv8 = 0x2005;
inline constexpr u32 kCodeRgb565 = 0x1008;
inline constexpr u32 kCodeBgr565 = 0x1006;

// -EINVAL when the ISP has no such format.
Result<PixelFormat> pixel_format(u32 media_bus_code);

// "RGGB" ...; for proc files.
const char* bayer_name(const PixelFormat& format);

}  // namespace t31::input

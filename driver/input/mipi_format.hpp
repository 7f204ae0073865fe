// SPDX-License-Identifier: GPL-2.0-or-later
// mipi_format.hpp - what a sensor on the MIPI link sends, checked before it is programmed.
#pragma once

#include "driver/base/result.hpp"
#include "driver/input/sensor_api.h"

namespace t31::input {

// Pixel format of the receiver (sensor_csi_fmt) for YUV 4:2:2 of 8 bits: chroma, luma, in turn.
inline constexpr u32 kMipiYuv422 = 7;

// Bits of a pixel on the link; 0: no such format.
u32 mipi_bits_per_pixel(u32 csi_format);

// -EINVAL and one log line for what VIC and ISP can't take: an unknown format or frame mode, a
// mosaic said to be YUV or the other way round, YUV in two exposures or of an odd width.
Status check_mipi_format(const t31_sensor_info& sensor);

}  // namespace t31::input

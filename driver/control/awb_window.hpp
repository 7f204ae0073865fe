// SPDX-License-Identifier: GPL-2.0-or-later
// awb_window.hpp - which cells the white-balance engine counts (ae-awb-af 1.5): bounds of its
// threshold registers, which follow exposure.
#pragma once

#include "driver/tuning/bank.hpp"

namespace t31::control {

struct AwbWindow {
  u32 red_ratio, blue_ratio;  // registers: upper bound << 16 | lower bound
  u32 combined_low, combined_high;
  u32 luma;  // decimation << 16 | upper << 8 | lower
  constexpr bool operator==(const AwbWindow&) const = default;
};

struct AwbExposure {
  u32 value_q10;  // lines x gains
  u32 mean_luma;  // of all zones of the exposure statistics
  u32 isp_gain_q10;
};

// `grey_world` opens all bounds of colour.
AwbWindow awb_window(tuning::Bank bank, const AwbExposure& exposure, bool grey_world);

}  // namespace t31::control

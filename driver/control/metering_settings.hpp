// SPDX-License-Identifier: GPL-2.0-or-later
// metering_settings.hpp - what a user has asked of automatic exposure and focus beside limits and
// parameter arrays.
#pragma once

#include "driver/port/port_types.h"

namespace t31::control {

struct MeteringSettings {
  u8 compensation = 128;                  // 128 neutral
  u8 antiflicker = 0;                     // 0 off, 1 50 Hz, 2 60 Hz
  u8 thresholds[4] = {13, 64, 144, 192};  // of the five-bin histogram
  u32 start_ev = 0;                       // 0: none
  bool start_ev_pending = false;          // for the next start
  u8 focus_enable = 0, focus_shift = 0, focus_frame = 0;
};

}  // namespace t31::control

// SPDX-License-Identifier: GPL-2.0-or-later
// ae_settings.hpp - what automatic exposure works with, from the bank in force, the sensor's mode
// and the user.
#pragma once

#include "driver/control/ae_controller.hpp"

namespace t31::control {

// Frames of a sensor's mode.
struct AeFrameRate {
  u32 numerator = 25, denominator = 1;  // frames a second
  u32 lines = 1350;                     // of a frame, with blanking
};

// Shares fixed by hand, 0 for none; gains Q10.
struct AeManual {
  u32 lines = 0, again = 0, isp_dgain = 0, sensor_dgain = 0;
};

AeSettings ae_settings(tuning::Bank bank, bool wdr, const ExposureLimits& limits,
                       const AeFrameRate& rate, const AeManual& manual,
                       u32 compensation = kAeNoCompensation);

// What a bank starts from, as an exposure value (Q10).
u32 ae_start_value(tuning::Bank bank);

}  // namespace t31::control

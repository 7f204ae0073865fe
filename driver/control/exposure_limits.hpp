// SPDX-License-Identifier: GPL-2.0-or-later
// exposure_limits.hpp - how far exposure may go: the sensor's range, the tuning file's wish within
// it, the user's above both (ae-awb-af 2.1, 2.9).
#pragma once

#include "driver/base/result.hpp"
#include "driver/input/sensor_api.h"
#include "driver/tuning/bank.hpp"

namespace t31::control {

inline constexpr u32 kUnityGain = 0x400;        // Q10
inline constexpr u32 kLargestIspGain = 0xffff;  // the register's field

// Limits in force; gains Q10.
struct ExposureLimits {
  u32 min_lines = 1, max_lines = 1;
  u32 min_again = kUnityGain, max_again = kUnityGain;
  u32 max_sensor_dgain = kUnityGain;
  u32 max_isp_dgain = kLargestIspGain;
  constexpr bool operator==(const ExposureLimits&) const = default;
};

// What a user has asked for; survives everything. 0: nothing.
class UserLimits {
 public:
  // Gains in 1/32 log2 units (160 = 32x). -EPERM beyond 22 octaves.
  Status set_max_again(u32 code);
  Status set_max_isp_dgain(u32 code);
  // -EPERM: 0.
  Status set_max_lines(u32 lines);
  // The same as a time, whatever a line takes; 0: none. Both hold.
  void set_max_microseconds(u32 microseconds) { max_microseconds_ = microseconds; }
  u32 max_microseconds() const { return max_microseconds_; }

  // Control 0x800002f: lines, analogue gain Q10, the same for the short exposure.
  struct Minima {
    u32 lines, again, short_lines, short_again;
  };
  // -EPERM: outside 1..longest time, 1024..largest gain; nothing changes.
  Status set_minima(const Minima& minima, const ExposureLimits& now);
  Minima minima(const ExposureLimits& now) const;

  // As set, else what is in force.
  u32 max_again(const ExposureLimits& now) const;
  u32 max_isp_dgain(const ExposureLimits& now) const;
  u32 max_lines(const ExposureLimits& now) const;

  // The limits for a sensor's mode, a bank and this user.
  ExposureLimits limits(const t31_sensor_info& sensor, tuning::Bank bank) const;
  // Of the short exposure of two.
  ExposureLimits short_limits(const t31_sensor_info& sensor, tuning::Bank bank) const;

 private:
  struct Code {
    bool set = false;
    u32 value = 0;
  };
  Code again_, isp_dgain_;
  u32 max_lines_ = 0;
  u32 max_microseconds_ = 0;
  bool minima_set_ = false;
  Minima minima_{};
};

}  // namespace t31::control

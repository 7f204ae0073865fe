// SPDX-License-Identifier: GPL-2.0-or-later
// af_meter.hpp - how sharp the picture is, from the focus statistics (ae-awb-af 5). The lens is
// user space's business.
#pragma once

#include "driver/control/statistics.hpp"
#include "driver/tuning/bank.hpp"

namespace t31::control {

struct AfMeasurement {
  // Of the whole picture, weighted by zones: both directions, a second form of it, each direction.
  u32 metric = 0, alternative = 0, horizontal = 0, vertical = 0;
  u8 frame = 0;  // the hardware's number

  // As users read them.
  AfMeasurement shifted(u32 bits) const;
  constexpr bool operator==(const AfMeasurement&) const = default;
};

class AfMeter {
 public:
  // Reads the bank's arrays; again whenever they change.
  void configure(tuning::Bank bank);
  // A buffer, 16-byte aligned. Fills the table that users read, 15 columns a row.
  AfMeasurement measure(const u8* zones, u32 (&table)[kZones]) const;

 private:
  u32 rows_ = 1, columns_ = 1;
  u32 q_ = 6;
  u32 tilt_[4] = {};  // shares of one filter of each direction, and of the directions
  u32 weights_total_ = 0;
  u16 weights_[kZones] = {};
};

}  // namespace t31::control

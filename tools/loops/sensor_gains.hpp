// SPDX-License-Identifier: GPL-2.0-or-later
// sensor_gains.hpp - the analogue gains that real sensors have, for plants.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "driver/port/port_types.h"

namespace t31::loops {

// The gains of a sensor, as logarithms to base 2 in Q16.
class GainTable {
 public:
  // Steps of 1/32 octave without end.
  GainTable() = default;
  explicit GainTable(std::vector<u32> steps);  // ascending, from gain 1

  // Largest gain that is not above the request.
  u32 realise(u32 request) const;
  // 0: without end.
  u32 most() const { return steps_.empty() ? 0 : steps_.back(); }
  std::span<const u32> steps() const { return steps_; }

 private:
  std::vector<u32> steps_;
};

// Sensors whose gains are known (sensor-abi 5.2, 5.3).
std::span<const char* const> gain_sensors();
// Throws Failure for any other name.
const GainTable& sensor_gains(const std::string& sensor);

}  // namespace t31::loops

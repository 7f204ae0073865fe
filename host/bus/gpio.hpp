// SPDX-License-Identifier: GPL-2.0-or-later
// gpio.hpp - pins, through the GPIO unit's registers (hw-pipeline 8.1).
#pragma once

#include <cstdint>
#include <mutex>

#include "driver/port/port.h"

namespace t31::host {

class Bus;
class Trace;

class Gpios {
 public:
  static constexpr uint32_t kPins = 96;  // ports A, B, C

  Gpios(Bus& bus, Trace& trace) : bus_(bus), trace_(trace) {}

  void output(uint32_t pin, bool high);

 private:
  void write(uint32_t address, uint32_t value);

  Bus& bus_;
  Trace& trace_;
  std::mutex mutex_;  // a pin's registers are written together
};

}  // namespace t31::host

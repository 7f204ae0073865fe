// SPDX-License-Identifier: GPL-2.0-or-later
// fake_port.hpp - a port with nothing behind it but counters, and an I2C bus with one chip that
// records.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace fake {

// The chip on the bus: a register file.
struct Chip {
  std::uint16_t address = 0x30;
  unsigned address_bytes = 2;
  std::map<std::uint16_t, std::uint8_t> registers;
  bool needs_clock = true;  // no answer while the master clock is stopped
  int fail_nth = 0;         // the Nth transfer from now on is not acknowledged
};

struct World {
  Chip chip;
  std::string traffic;  // "0100=01 r320c(08) ...", as in sensor-event-writes.csv
  unsigned transfers = 0;

  // Fallible port calls: allocation, clocks, pins. The Nth from now on fails.
  int fail_nth_call = 0;
  int fallible_calls = 0;

  // What is held now.
  int memory = 0, clocks = 0, enabled_clocks = 0, pins = 0, locks = 0, driver_users = 0;
  bool driver_loaded = true;
  std::uint32_t clock_hertz = 0;
  std::map<unsigned, int> pin_levels;
  std::string pin_history;  // "18:1 18:0 ..."
  unsigned slept_ms = 0;

  std::vector<std::string> log;

  std::map<std::string, std::function<std::string()>> files;  // below /proc, what they say

  // Nothing held by anybody, I2C included.
  std::string leftovers() const;
};

World& world();
// A new world; the old one must have been left clean.
void reset();

}  // namespace fake

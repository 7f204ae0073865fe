// SPDX-License-Identifier: GPL-2.0-or-later
// clocks.hpp - the SoC's clock tree as far as cameras use it, kept in the CPM's registers as the
// kernel of a camera does (hw-pipeline 1.4).
//
// Rates of the PLLs are the boot loader's choice; ours: APLL (sclka) 1404 MHz, MPLL and VPLL 1200
// MHz, bus clocks h0clk 300 MHz (parent of "isp") and pclk 150 MHz (parent of "csi").
#pragma once

#include <array>
#include <cstdint>
#include <mutex>

#include "driver/port/port.h"

namespace t31::host {

class Bus;
class Trace;

class Clocks {
 public:
  struct Clock;

  Clocks(Bus& bus, Trace& trace);
  // What the boot loader and the kernel leave: dividers on the MPLL and stopped, gates shut.
  void boot();

  Clock* find(const char* name);
  int set_rate(Clock& clock, uint32_t hertz);
  uint32_t rate(const Clock& clock);
  void enable(Clock& clock);
  void disable(Clock& clock);
  int set_parent(Clock& clock, const Clock& parent);
  const char* parent_name(const Clock& clock);
  const char* name(const Clock& clock) const;

  enum class Kind { kFixed, kPll, kDivider, kGate };

  struct Clock {
    const char* name;
    Kind kind;
    uint32_t reg;          // CPM offset
    uint32_t mask;         // divider: field; gate: bit
    const char* parent;    // divider: as booted
    uint32_t hertz;        // fixed, PLL
    uint32_t divider = 0;  // cached while stopped
    unsigned users = 0;
  };

 private:
  Clock& parent_of(const Clock& clock);
  uint32_t rate_locked(const Clock& clock);
  void load_divider(Clock& clock, bool running);
  uint32_t read(uint32_t offset);
  void write(uint32_t offset, uint32_t value);

  Bus& bus_;
  Trace& trace_;
  std::mutex mutex_;
  std::array<Clock, 9> clocks_;
};

}  // namespace t31::host

// A clock as its user holds it.
struct t31_clk {
  t31::host::Clocks::Clock* clock;
  unsigned enabled;
};

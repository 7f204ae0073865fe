// SPDX-License-Identifier: GPL-2.0-or-later
// platform.hpp - what the driver owns of the machine: register windows and clocks.
#pragma once

#include "driver/base/result.hpp"
#include "driver/port/window.hpp"

namespace t31::core {

// A clock by name; gates whose rate is not ours to set are left alone (hw-pipeline 1.3, 1.4).
class Clock {
 public:
  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  ~Clock() { put(); }

  Status get(const char* name);
  void put();
  Status set_rate(u32 hertz);
  u32 rate() const;
  Status enable();
  void disable();  // nothing when not enabled

 private:
  t31_clk* clk_ = nullptr;
  bool enabled_ = false;
};

class Platform {
 public:
  // Maps all units and gets the clocks. On failure everything is given back; one log line names
  // what.
  Status acquire();
  void release();

  // First open: ISP clock at `isp_hertz`, then the gates in the order cgu_isp, isp, csi.
  Status power_on(u32 isp_hertz);
  void power_off();  // mirror

  Window cpm() const { return cpm_.window(); }
  Window isp() const { return isp_.window(); }
  Window vic() const { return vic_.window(); }
  Window csi() const { return csi_.window(); }
  Window phy() const { return phy_.window(); }

  // Stops bus traffic and resets ISP and VIC (hw-pipeline 1.5). Sleeps up to a second. -EINVAL: the
  // ISP does not acknowledge.
  Status reset_isp();

  u32 isp_rate_asked() const { return isp_rate_asked_; }
  // Rate that the divider registers give, 0 when stopped or from an unknown source.
  u32 isp_rate() const { return isp_clock_.rate(); }

 private:
  Status map_all();
  Status get_clocks();

  MappedWindow cpm_, isp_, vic_, csi_, phy_;
  Clock isp_clock_, isp_gate_, csi_gate_;
  u32 isp_rate_asked_ = 0;
};

}  // namespace t31::core

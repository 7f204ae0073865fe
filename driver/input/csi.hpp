// SPDX-License-Identifier: GPL-2.0-or-later
// csi.hpp - the MIPI receiver: CSI-2 host and D-PHY (module isp-w01).
#pragma once

#include "driver/base/result.hpp"
#include "driver/graph/links.hpp"
#include "driver/input/sensor_api.h"
#include "driver/port/window.hpp"

namespace t31::input {

// The chip's package has two data lane pairs (public-documents 1, row 8).
inline constexpr u32 kMaxLanes = 2;

// Settle code of the D-PHY for a lane rate in Mbit/s (hw-pipeline 2.2).
u32 settle_code(u32 mbps);

class Csi {
 public:
  void attach(Window host, Window phy) {
    host_ = host;
    phy_ = phy;
  }

  // Powers the receiver up for the sensor's bus, as hw-pipeline 2.2; for DVP its pads become inputs
  // of the parallel port, for BT nothing happens. Sleeps. -EINVAL: more lanes than the chip has or
  // none, a parallel format that it has not.
  Status init(const t31_sensor_info& sensor);
  // Everything in reset; the inverse of init. What a sensor had set in the PHY is as before it.
  void off();

  struct Errors {
    u32 error1, error2, phy_state;
  };
  // Error registers; some hosts clear them on read.
  Errors errors() const;

  graph::State state() const { return state_; }
  void set_state(graph::State state) { state_ = state; }

 private:
  void init_mipi(const t31_sensor_info& sensor);
  void init_parallel();
  void fix_settle(u32 code);
  void give_settle_back();
  void write_settle(u32 value);

  Window host_;
  Window phy_;
  bool parallel_ = false;  // the pads are the parallel port's
  u32 settle_before_ = 0;  // what the lanes' settle registers held until a sensor fixed them
  bool settle_fixed_ = false;
  graph::State state_ = graph::State::kSlake;
};

}  // namespace t31::input

// SPDX-License-Identifier: GPL-2.0-or-later
// vic.hpp - the video input controller (module isp-w02): takes the sensor's frames from the
// receiver and hands them to the ISP.
#pragma once

#include "driver/base/result.hpp"
#include "driver/graph/links.hpp"
#include "driver/input/sensor_api.h"
#include "driver/port/lock.hpp"
#include "driver/port/window.hpp"
#include "uapi/t31/tx_isp.h"

namespace t31::input {

inline constexpr unsigned kVicErrorKinds = 13;

// In the order of the proc file (hw-pipeline 3.6): index -> words.
const char* vic_error_text(unsigned index);

class Vic {
 public:
  Vic() : lock_("vic") {}
  void attach(Window vic) { vic_ = vic; }

  // The register sequence of hw-pipeline 3.2 for MIPI sensors, 3.4 for DVP, 3.5 for BT.601, BT.656
  // and BT.1120. -EINVAL: a bus or a format that the chip has not; -EIO: the reset does not end.
  Status start(const t31_sensor_info& sensor);
  // Stops taking frames. The inverse of start.
  void stop();
  // At once, for a change between one and two exposures; start() goes on.
  void halt();

  // irq: acknowledges, counts, recovers from errors. Returns true when raw capture has a frame.
  struct Serviced {
    bool frame_done = false;
    u32 capture_done = 0;  // bits of INT_STATUS2: DMA channels 0 and 1
  };
  Serviced service();

  struct Counters {
    u32 frames = 0;
    u32 errors[kVicErrorKinds] = {};
    u32 recoveries = 0;
    u32 horizontal_detail = 0;  // register 0x3a8 at the last horizontal error
    int last_error = -1;        // index of the last error, -1: none since load
  };
  Counters counters() const;

  // GPIO strobes at frame done (user-abi 2.13).
  Status claim_gpios(const t31_gpio_states& states);
  void release_gpios();
  void set_gpio_states(const t31_gpio_states& states);

  graph::State state() const { return state_; }
  void set_state(graph::State state) { state_ = state; }
  Window window() const { return vic_; }

 private:
  Status start_mipi(const t31_sensor_info& sensor);
  Status start_parallel(const t31_sensor_info& sensor);  // vic_parallel.cpp, as the next two
  Status start_dvp(const t31_sensor_info& sensor, u32 config);
  void start_bt(const t31_sensor_info& sensor, u32 config);
  Status reset_and_wait();
  void apply_gpio_states();                     // irq, under lock_; only claimed pins
  void recover();                               // irq, under lock_
  void count_errors(u32 status1, u32 status2);  // irq, under lock_

  Window vic_;
  graph::State state_ = graph::State::kSlake;
  mutable SpinLock lock_;  // guards everything below
  bool started_ = false;
  Counters counters_;
  t31_gpio_states gpio_states_{};
  bool gpio_pending_ = false;
  u16 claimed_[10] = {};
  unsigned claimed_count_ = 0;
};

}  // namespace t31::input

// SPDX-License-Identifier: GPL-2.0-or-later
// short_exposure.hpp - the short exposure of a frame that has two: as user space asks for it, or in
// the relation to the long one that the tuning file gives (ae-awb-af 2.9, 3).
#pragma once

#include "driver/control/exposure_control.hpp"
#include "driver/tuning/bank.hpp"

namespace t31::control {

class ShortExposure {
 public:
  // Sensor selected or its mode changed: nothing is in force yet.
  void start(const ExposureLimits& limits);
  void set_limits(const ExposureLimits& limits);

  // The words of control 0x8000035 that concern the short exposure. 0 means "not given".
  void set_block(const u32 (&words)[T31_AE_WORDS]);
  // Adds them to what ExposureControl fills in.
  void block(u32 (&words)[T31_AE_WORDS]) const;

  // An algorithm in user space decides, from begin to end; what the user has set by hand stays in
  // the background. 0 means "not given".
  struct Wish {
    u32 lines = 0, again = 0, isp_dgain = 0;
  };
  void begin_external();
  void end_external();
  void set_external(const Wish& wish);

  // The long exposure has changed; the short one follows but for what is set by hand.
  void follow(const Exposure& longer, tuning::Bank bank);

  bool pending() const { return pending_; }
  // Quantises, queues the sensor's part and returns what results. Sleeps.
  ShortPart apply(input::SensorHost& sensor);
  const ShortPart& in_force() const { return in_force_; }

 private:
  Wish asked_;
  bool external_ = false;
  Wish external_wish_;
  bool manual_all_ = false, manual_time_ = false, manual_again_ = false, manual_isp_dgain_ = false;
  bool pending_ = false;
  ShortPart followed_;  // what follows the long exposure
  ShortPart in_force_;
  ExposureLimits limits_;
};

}  // namespace t31::control

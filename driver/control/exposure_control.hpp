// SPDX-License-Identifier: GPL-2.0-or-later
// exposure_control.hpp - exposure as user space or automatic exposure asks for it: integration
// time, analogue gain, sensor and ISP digital gain, quantised by the sensor (ae-awb-af 2.7 to
// 2.10).
#pragma once

#include "driver/base/result.hpp"
#include "driver/control/ae_settings.hpp"
#include "driver/input/sensor_host.hpp"
#include "uapi/t31/isp_tuning.h"

namespace t31::control {

// Short exposure of a frame that has two. Gains are linear, Q10.
struct ShortPart {
  u32 lines = 0;
  u32 again = kUnityGain;
  u32 isp_dgain = kUnityGain;
};

// Exposure of one frame. Gains are linear, Q10.
struct Exposure {
  u32 lines = 0;
  u32 again = kUnityGain;
  u32 sensor_dgain = kUnityGain;
  u32 isp_dgain = kUnityGain;
  ShortPart short_part;  // WDR mode

  u32 total_gain() const;       // Q10, all gains
  s32 total_gain_log2() const;  // Q16
  u64 value() const;            // EV: lines * gains, Q10
  u32 bounded_value() const;    // the same, the largest number when it doesn't fit
};

class ExposureControl {
 public:
  // Selection of a sensor: manual settings are kept, what is in force starts from the sensor's own
  // values.
  void start(const t31_sensor_info& sensor, tuning::Bank bank);
  // The sensor's mode, the bank in force or the user's limits have changed: manual settings are
  // quantised anew.
  void set_limits(const t31_sensor_info& sensor, tuning::Bank bank);
  UserLimits& user_limits() { return user_limits_; }
  const UserLimits& user_limits() const { return user_limits_; }

  // Keeps the exposure in force, or gives it back to automatic exposure.
  void freeze(bool frozen);
  bool frozen() const { return manual_all_; }

  // An algorithm in user space decides instead of the driver's, from begin to end. What the user
  // has set by hand stays in the background.
  void begin_external();
  void end_external();
  // A value of 0 means "not given".
  struct Wish {
    u32 lines = 0, again = 0, sensor_dgain = 0, isp_dgain = 0;
  };
  void set_external(const Wish& wish);
  // Automatic exposure has no say.
  bool held() const { return manual_all_ || external_; }

  // Control 0x8000035: 38 words, only those that the vendor's library fills are looked at. A word
  // that is 0 means "not given": the value in force stays.
  void set_block(const u32 (&words)[T31_AE_WORDS]);
  void block(u32 (&words)[T31_AE_WORDS]) const;
  // Control 0x8000025: integration time alone. `manual` false returns to automatic (the time in
  // force stays until automatic exposure runs).
  void set_integration_time(bool manual, u32 lines);
  bool integration_time_manual() const { return manual_time_; }

  bool pending() const { return pending_; }
  // Shares that automatic exposure works around.
  AeManual fixed() const;

  // Quantises what was asked, queues the sensor's part and returns the exposure that results.
  // Sleeps.
  Exposure apply(input::SensorHost& sensor);
  // The same for what automatic exposure has decided; the product of its shares is kept.
  Exposure realise(const AeShares& shares, input::SensorHost& sensor);

  const Exposure& in_force() const { return in_force_; }
  const ExposureLimits& limits() const { return limits_; }

 private:
  bool manual() const {
    return held() || manual_time_ || manual_again_ || manual_sensor_dgain_ || manual_isp_dgain_;
  }

  Wish asked_;
  bool manual_all_ = false, manual_time_ = false, manual_again_ = false,
       manual_sensor_dgain_ = false, manual_isp_dgain_ = false;
  bool external_ = false;
  Wish external_wish_;
  bool pending_ = false;
  Exposure in_force_;
  UserLimits user_limits_;
  ExposureLimits limits_;
};

// ISP digital gain and what follows gain and exposure must reach the ISP for the very frame that
// the sensor takes with the new settings. A delay line, by frame numbers.
class ExposureDelay {
 public:
  // Frames from the one in which settings are decided to the first that has them.
  static u32 frames(const t31_sensor_info& sensor);

  void push(const Exposure& exposure, u32 first_frame);
  // True and `exposure` when a later one is in force in `frame` than what was returned before.
  bool step(u32 frame, Exposure& exposure);
  void clear() { count_ = 0; }

 private:
  static constexpr unsigned kDepth = 8;
  struct Entry {
    Exposure exposure;
    u32 first_frame;
  };
  Entry entries_[kDepth];
  unsigned count_ = 0;
};

}  // namespace t31::control

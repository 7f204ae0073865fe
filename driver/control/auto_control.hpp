// SPDX-License-Identifier: GPL-2.0-or-later
// auto_control.hpp - exposure, white balance and focus of a camera together: what the frame worker
// calls. Pure; the caller realises what is decided and says what came of it.
#pragma once

#include "driver/control/ae_settings.hpp"
#include "driver/control/af_meter.hpp"
#include "driver/control/awb_controller.hpp"
#include "driver/control/awb_window.hpp"

namespace t31::control {

// What everything depends on. Given anew when any of it changes: bank, mode, limits, frame rate,
// settings by hand, arrays of the bank.
struct AutoSetup {
  tuning::Bank bank;
  bool wdr = false;
  bool infrared = false;            // there are infrared pixels, and what they see matters
  u32 width = 1920, height = 1080;  // of the sensor's picture
  ExposureLimits limits;
  AeFrameRate rate;
  AeManual manual;
  u32 compensation = kAeNoCompensation;  // the user's, of the target
};

// Buffers of a frame's statistics, 16-byte aligned; null: not there.
struct AutoInputs {
  const u8* exposure_zones = nullptr;
  const u8* exposure_histogram = nullptr;
  const u8* balance_zones = nullptr;
  const u8* focus_zones = nullptr;
  u32 frame = 0;           // that they were taken from
  u32 exposure_value = 0;  // of the exposure in force, Q10
  u32 isp_gain = kUnityGain;
};

struct AutoTables {
  AeStatistics exposure;
  AwbStatistics balance;
  u32 focus[kZones] = {};
};

struct AutoDecisions {
  AeDecision exposure;
  AwbDecision balance;
  bool window_changed = false;
  AwbWindow window{};
  u32 infrared = 0;  // mean of the infrared pixels, 0..255
};

class AutoControl {
 public:
  // `renewed`: the bank has been replaced, not only changed in places.
  void configure(const AutoSetup& setup, bool renewed);

  // Stream on, in a mode (AeController::kModes): the exposure to begin with. `value`: the user's
  // wish, 0 for the mode's last or the bank's. White balance begins with `gains`.
  AeDecision start(u32 mode, u32 value, const AwbGains& gains = {});
  // After configure() with the new mode's bank.
  AeDecision switch_mode(u32 mode) { return exposure_.switch_mode(mode); }
  // The exposure that sensor and ISP have from `frame` on, whoever set it.
  void committed(u32 value, u32 frame) { exposure_.committed(value, frame); }

  AutoDecisions frame(const AutoInputs& inputs, AutoTables& tables);

  AeController& exposure() { return exposure_; }
  const AeController& exposure() const { return exposure_; }
  AwbController& balance() { return balance_; }
  const AwbController& balance() const { return balance_; }
  const AfMeasurement& focus() const { return focus_; }

 private:
  void follow_infrared(u32 mean);
  void meter(const AutoInputs& inputs, AutoTables& tables, AutoDecisions& out);

  tuning::Bank bank_;
  AeMeter meter_;
  bool infrared_ = false;
  u32 infrared_mean_ = 0;  // that the targets are made for
  AeCurve curve_;          // without infrared
  AeController exposure_;
  AeScene scene_ = AeScene::kEven;
  AwbController balance_;
  AwbWindow window_{};
  AfMeter focus_meter_;
  AfMeasurement focus_;
};

}  // namespace t31::control

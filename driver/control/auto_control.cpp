// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/control/auto_control.hpp"

#include "driver/base/math.hpp"

namespace t31::control {
namespace {

// Of all zones, for the lower luma bound of white balance.
u32 zone_average(const AeStatistics& tables) {
  u32 sum = 0;
  for (const u32 mean : tables.zone_mean) sum += mean;
  return sum / kZones;
}

}  // namespace

void AutoControl::configure(const AutoSetup& setup, bool renewed) {
  bank_ = setup.bank;
  meter_.configure(setup.bank, setup.wdr, setup.width, setup.height);
  exposure_.configure(ae_settings(setup.bank, setup.wdr, setup.limits, setup.rate, setup.manual,
                                  setup.compensation));
  infrared_ = setup.infrared;
  infrared_mean_ = 0;
  curve_ = exposure_.settings().curve;
  focus_meter_.configure(setup.bank);
  // The bank's own is in the registers again.
  window_ = AwbWindow{};
  if (renewed) balance_.configure(setup.bank);
}

AeDecision AutoControl::start(u32 mode, u32 value, const AwbGains& gains) {
  balance_.start(gains);
  focus_ = AfMeasurement{};
  window_ = AwbWindow{};
  return value != 0 ? exposure_.start_at(mode, value)
                    : exposure_.start(mode, ae_start_value(bank_));
}

// By so many levels: less changes the targets by less than 1 %.
void AutoControl::follow_infrared(u32 mean) {
  constexpr u32 kStep = 4;
  if (absolute_difference(mean, infrared_mean_) < kStep) return;
  infrared_mean_ = mean;
  exposure_.set_curve(ae_under_infrared(curve_, mean));
}

void AutoControl::meter(const AutoInputs& inputs, AutoTables& tables, AutoDecisions& out) {
  const AeMeasurement measured =
      meter_.measure(inputs.exposure_zones, inputs.exposure_histogram, tables.exposure);
  if (infrared_) {
    out.infrared = infrared_mean(inputs.exposure_histogram);
    follow_infrared(out.infrared);
  }
  out.exposure = exposure_.step(measured, inputs.frame);
  scene_ = meter_.scene(measured, exposure_.report().target, scene_);
  meter_.set_scene(scene_);
  out.window =
      awb_window(bank_, {inputs.exposure_value, zone_average(tables.exposure), inputs.isp_gain},
                 balance_.grey_world());
  out.window_changed = out.window != window_;
  window_ = out.window;
}

AutoDecisions AutoControl::frame(const AutoInputs& inputs, AutoTables& tables) {
  AutoDecisions out;
  out.window = window_;
  if (inputs.exposure_zones != nullptr && inputs.exposure_histogram != nullptr) {
    meter(inputs, tables, out);
  }
  if (inputs.balance_zones != nullptr) {
    out.balance =
        balance_.step(inputs.balance_zones, inputs.exposure_value, inputs.frame, tables.balance);
  }
  if (inputs.focus_zones != nullptr) {
    focus_ = focus_meter_.measure(inputs.focus_zones, tables.focus);
  }
  return out;
}

}  // namespace t31::control

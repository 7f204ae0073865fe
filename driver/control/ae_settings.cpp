// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/control/ae_settings.hpp"

namespace t31::control {
namespace {

using tuning::Parameter;

enum : u32 { kUpper = 0, kLower = 1 };                 // of the tolerance
enum : u32 { kActive = 0, kBelow = 1, kDimLuma = 2 };  // of antiflicker
enum : u32 { kHertz = 0 };

ShortFlicker below_one_step(u32 policy) {
  return policy == 0   ? ShortFlicker::kAccept
         : policy == 1 ? ShortFlicker::kOverexpose
                       : ShortFlicker::kDim;
}

// Of a gain that may be fixed by hand.
struct Bounds {
  u32 least, most;
};
Bounds bounds(u32 fixed, u32 largest) {
  const u32 most = max(largest, kUnityGain);
  if (fixed == 0) return {kUnityGain, most};
  const u32 gain = clamp(fixed, kUnityGain, most);
  return {gain, gain};
}

}  // namespace

AeSettings ae_settings(tuning::Bank bank, bool wdr, const ExposureLimits& limits,
                       const AeFrameRate& rate, const AeManual& manual, u32 compensation) {
  AeSettings settings;
  settings.curve = ae_target_curve(bank, wdr, compensation);
  settings.tolerance_upper = bank.get(Parameter::kAeStableTol, kUpper);
  settings.tolerance_lower = bank.get(Parameter::kAeStableTol, kLower);

  AeRange& range = settings.range;
  range.min_lines = max(limits.min_lines, 1u);
  range.max_lines = max(limits.max_lines, range.min_lines);
  range.min_again = max(limits.min_again, kUnityGain);
  range.max_again = max(limits.max_again, range.min_again);
  const Bounds sensor = bounds(manual.sensor_dgain, limits.max_sensor_dgain);
  const Bounds isp = bounds(manual.isp_dgain, limits.max_isp_dgain);
  range.min_dgain = multiply_q(kAeQ, sensor.least, isp.least);
  range.max_dgain = max(multiply_q(kAeQ, sensor.most, isp.most), range.min_dgain);
  range.lines_fixed = manual.lines != 0;
  range.fixed_lines = manual.lines;
  if (manual.again != 0) {
    range.min_again = range.max_again = clamp(manual.again, range.min_again, range.max_again);
  }

  AeFlicker& flicker = settings.flicker;
  const bool known = ae_flicker_steps(bank.get(Parameter::kAeFlickerT, kHertz), rate.numerator,
                                      rate.denominator, rate.lines, flicker);
  flicker.active = known && bank.get(Parameter::kAeDeflickerPara, kActive) == 1;
  flicker.below = below_one_step(bank.get(Parameter::kAeDeflickerPara, kBelow));
  flicker.dim_luma = bank.get(Parameter::kAeDeflickerPara, kDimLuma);
  return settings;
}

u32 ae_start_value(tuning::Bank bank) {
  const auto result = [&](u32 index) { return bank.get(Parameter::kAeResult, index); };
  return ae_exposure_value(result(0), max(result(1), kUnityGain), max(result(2), kUnityGain));
}

}  // namespace t31::control

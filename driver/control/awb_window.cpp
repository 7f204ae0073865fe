// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/control/awb_window.hpp"

#include "driver/base/math.hpp"

namespace t31::control {
namespace {

using tuning::Parameter;

// Elements of the statistics parameters and of the exposure thresholds.
enum : u32 { kRatios = 34, kLumaFloor = 42, kLumaCeiling = 43, kDecimation = 44 };
enum : u32 { kLowLight = 2 };

constexpr u32 kOpenLow = 0x0fff0001, kOpenBlueInLowLight = 0x03ff0001;
constexpr u32 kOpenCombinedLow = 0x00000100, kOpenCombinedHigh = 0xffff0100;

u32 luma_bounds(tuning::Bank bank, const AwbExposure& exposure) {
  const auto element = [&](u32 index) { return bank.get(Parameter::kAwbAwbParameter, index); };
  const u32 gain = max(exposure.isp_gain_q10, 1u);
  const u32 mean = multiply_divide(exposure.mean_luma, 1u << 10, gain);
  const u32 low = clamp(multiply_q(10, min(mean, element(kLumaFloor)), gain), 1u, 0xffu);
  return element(kDecimation) << 16 | element(kLumaCeiling) << 8 | low;
}

}  // namespace

AwbWindow awb_window(tuning::Bank bank, const AwbExposure& exposure, bool grey_world) {
  const auto bounds = [&](Parameter parameter, u32 first) {
    return bank.get(parameter, first + 1) << 16 | (bank.get(parameter, first) & 0xffff);
  };
  const u32 luma = luma_bounds(bank, exposure);
  if (grey_world) return {kOpenLow, kOpenLow, kOpenCombinedLow, kOpenCombinedHigh, luma};
  AwbWindow window{bounds(Parameter::kAwbAwbParameter, kRatios),
                   bounds(Parameter::kAwbAwbParameter, kRatios + 2),
                   bounds(Parameter::kAwbAwbParameter, kRatios + 4),
                   bounds(Parameter::kAwbAwbParameter, kRatios + 6), luma};
  if (exposure.value_q10 >> 10 >= bank.get(Parameter::kAwbMode, kLowLight) &&
      exposure.value_q10 != bank.get(Parameter::kAwbMode, kLowLight) << 10) {
    window.red_ratio = bounds(Parameter::kAwbLowlightRgTh, 0);
    window.blue_ratio = kOpenBlueInLowLight;
  }
  return window;
}

}  // namespace t31::control

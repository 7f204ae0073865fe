// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/control/awb_modes.hpp"

namespace t31::control {
namespace {

// From daylight to warm fluorescent.
constexpr AwbGains kPresets[] = {{384, 384}, {438, 303}, {219, 690}, {240, 564},
                                 {315, 459}, {468, 279}, {240, 376}};
constexpr u32 kFirstPreset = static_cast<u32>(AwbMode::kDaylight);

constexpr u32 kCustomCentre = 64;
constexpr u32 kHighKelvin = 5000, kLowKelvin = 3000, kStep = 200;

u32 shifted(u32 gain, u32 user) {
  return gain * (min(user, 0xffffu) + kCustomCentre) / kCustomCentre;
}

}  // namespace

AwbGains awb_mode_gains(const AwbRequest& request, const AwbGains& automatic) {
  switch (request.mode) {
    case AwbMode::kAuto:
      return automatic;
    case AwbMode::kManual:
      return {request.red, request.blue};
    case AwbMode::kCustom:
      return {shifted(automatic.red, request.red), shifted(automatic.blue, request.blue)};
    default:
      return kPresets[min(static_cast<u32>(request.mode) - kFirstPreset, 6u)];
  }
}

AwbReadBack awb_read_back(const AwbRequest& request, const AwbGains& automatic,
                          const ColourRatios& average) {
  AwbReadBack out;
  out.mode = static_cast<u32>(request.mode);
  out.average_red = average.red_q8;
  out.average_blue = average.blue_q8;
  out.reciprocal_red = awb_reciprocal(automatic.red);
  out.reciprocal_blue = awb_reciprocal(automatic.blue);
  const bool measured = request.mode == AwbMode::kAuto;
  out.red = measured ? awb_reciprocal(out.reciprocal_red) : request.red;
  out.blue = measured ? awb_reciprocal(out.reciprocal_blue) : request.blue;
  return out;
}

AwbGains AwbTrendChoice::offsets(const AwbTrend& trend, u32 kelvin, bool renewed) {
  if (renewed || absolute_difference(kelvin, kelvin_) >= kStep) {
    kelvin_ = kelvin;
    first_ = kelvin >= kHighKelvin ? 0 : kelvin > kLowKelvin ? 2 : 4;
  }
  return {trend.offsets[first_], trend.offsets[first_ + 1]};
}

}  // namespace t31::control

// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/control/white_balance.hpp"

#include "driver/base/math.hpp"

namespace t31::control {
namespace {

enum Mode : u32 { kAuto = 0, kManual = 1, kFirstPreset = 2, kCustom = 9, kModes = 10 };

struct Preset {
  u16 red;  // Q8
  u16 blue;
};

// Daylight, cloudy, incandescent, fluorescent, twilight, shade, warm fluorescent (ae-awb-af 4.5).
constexpr Preset kPresets[] = {{384, 384}, {438, 303}, {219, 690}, {240, 564},
                               {315, 459}, {468, 279}, {240, 376}};

constexpr u32 kLargest = 0x3fff;

constexpr u32 kNoTrend = 1024;
constexpr u32 kHighKelvin = 5000, kLowKelvin = 3000;
constexpr u32 kAlgorithms = 3;

u32 to_q10(u32 q8) {
  return min(q8 << 2, kLargest);
}

u32 shifted(u32 gain, u32 trend) {
  const u32 sum = gain + trend;
  return sum < kNoTrend ? 0 : min(sum - kNoTrend, kLargest);
}

}  // namespace

Status WhiteBalance::set(const t31_white_balance& request) {
  if (request.mode >= kModes) return Status::error(T31_EPERM);
  request_ = request;
  return kOk;
}

WhiteBalance::WhiteBalance() {
  for (u32& offset : trend_.offsets) offset = kNoTrend;
}

WhiteBalanceGains WhiteBalance::raw_gains() const {
  // Of the sensor's gains times what automatic white balance starts from.
  const u32 red = min(static_.red * start_red_q8_ >> 8, kLargest);
  const u32 blue = min(static_.blue * start_blue_q8_ >> 8, kLargest);
  switch (request_.mode) {
    case kAuto:
      return {red, blue};
    case kManual:
      return {to_q10(request_.rgain), to_q10(request_.bgain)};
    case kCustom:
      return {to_q10((red >> 2) * (request_.rgain + 64u) / 64),
              to_q10((blue >> 2) * (request_.bgain + 64u) / 64)};
    default:
      return {to_q10(kPresets[request_.mode - kFirstPreset].red),
              to_q10(kPresets[request_.mode - kFirstPreset].blue)};
  }
}

WhiteBalanceGains WhiteBalance::gains() const {
  const WhiteBalanceGains raw = raw_gains();
  const u32 light = kelvin();
  const u32 set = light >= kHighKelvin ? 0u : light > kLowKelvin ? 2u : 4u;
  return {shifted(raw.red, trend_.offsets[set]), shifted(raw.blue, trend_.offsets[set + 1])};
}

void WhiteBalance::get(t31_white_balance& out) const {
  out = request_;
  if (request_.mode == kCustom) return;
  const WhiteBalanceGains now = raw_gains();
  out.rgain = static_cast<u16>(now.red >> 2);
  out.bgain = static_cast<u16>(now.blue >> 2);
}

Status WhiteBalance::set_start(u32 red_q8, u32 blue_q8) {
  const auto valid = [](u32 gain) { return gain != 0 && gain <= 0xffff; };
  if (!valid(red_q8) || !valid(blue_q8)) return Status::error(T31_EPERM);
  start_red_q8_ = red_q8;
  start_blue_q8_ = blue_q8;
  start_given_ = true;
  return kOk;
}

Status WhiteBalance::set_trend(const t31_awb_trend& trend) {
  for (const u32 offset : trend.offsets) {
    if (offset > kLargest) return Status::error(T31_EPERM);
  }
  trend_ = trend;
  return kOk;
}

Status WhiteBalance::set_algorithm(u32 algorithm) {
  if (algorithm >= kAlgorithms) return Status::error(T31_EPERM);
  algorithm_ = algorithm;
  return kOk;
}

}  // namespace t31::control

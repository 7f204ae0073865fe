// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/control/white_balance.hpp"

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

u32 to_q10(u32 q8) {
  const u32 gain = q8 << 2;
  return gain > kLargest ? kLargest : gain;
}

}  // namespace

Status WhiteBalance::set(const t31_white_balance& request) {
  if (request.mode >= kModes) return Status::error(T31_EPERM);
  request_ = request;
  return kOk;
}

WhiteBalanceGains WhiteBalance::gains() const {
  switch (request_.mode) {
    case kAuto:
      return start_;
    case kManual:
      return {to_q10(request_.rgain), to_q10(request_.bgain)};
    case kCustom:
      return {to_q10((start_.red >> 2) * (request_.rgain + 64u) / 64),
              to_q10((start_.blue >> 2) * (request_.bgain + 64u) / 64)};
    default:
      return {to_q10(kPresets[request_.mode - kFirstPreset].red),
              to_q10(kPresets[request_.mode - kFirstPreset].blue)};
  }
}

void WhiteBalance::get(t31_white_balance& out) const {
  out = request_;
  const WhiteBalanceGains now = gains();
  if (request_.mode != kCustom) {
    out.rgain = static_cast<u16>(now.red >> 2);
    out.bgain = static_cast<u16>(now.blue >> 2);
  }
}

}  // namespace t31::control

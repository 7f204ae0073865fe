// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/control/white_balance.hpp"

namespace t31::control {
namespace {

constexpr u32 kLargest = 0x3fff;
constexpr u32 kNoTrend = 1024;
constexpr u32 kAlgorithms = 3;

}  // namespace

WhiteBalance::WhiteBalance() {
  for (u32& offset : trend_.offsets) offset = kNoTrend;
}

void WhiteBalance::set_automatic(const AwbGains& gains, u32 kelvin) {
  automatic_ = gains;
  measured_kelvin_ = kelvin;
}

Status WhiteBalance::set(const t31_white_balance& request) {
  if (request.mode >= kAwbModes) return Status::error(T31_EPERM);
  request_ = request;
  trend_renewed_ = true;
  return kOk;
}

void WhiteBalance::set_external(const AwbGains& gains, u32 kelvin) {
  external_ = true;
  external_gains_ = gains;
  external_kelvin_ = kelvin;
  trend_renewed_ = true;
}

void WhiteBalance::end_external() {
  external_ = false;
  trend_renewed_ = true;
}

u32 WhiteBalance::kelvin() const {
  const bool manual = in_force().mode == AwbMode::kManual;
  const u32 given = external_ && external_kelvin_ != 0 ? external_kelvin_ : kelvin_;
  return manual && given != 0 ? given : measured_kelvin_;
}

AwbRequest WhiteBalance::in_force() const {
  if (external_) return {AwbMode::kManual, external_gains_.red, external_gains_.blue};
  return {static_cast<AwbMode>(request_.mode), request_.rgain, request_.bgain};
}

AwbGains WhiteBalance::total_gains() const {
  return awb_mode_gains(in_force(), automatic_);
}

WhiteBalanceGains WhiteBalance::gains() {
  const AwbGains total = total_gains();
  AwbTrend trend;
  for (u32 i = 0; i < 6; ++i) trend.offsets[i] = trend_.offsets[i];
  const AwbGains offsets = trend_choice_.offsets(trend, kelvin(), trend_renewed_);
  trend_renewed_ = false;
  return {awb_register_gain(total.red, offsets.red), awb_register_gain(total.blue, offsets.blue)};
}

void WhiteBalance::get(t31_white_balance& out) const {
  out = request_;
  out.mode = static_cast<u32>(in_force().mode);
  if (in_force().mode == AwbMode::kCustom) return;
  // As the vendor's driver rounds it.
  const auto applied = [&](u32 gain) {
    return static_cast<u16>(
        min(automatic() ? awb_reciprocal(awb_reciprocal(gain)) : gain, 0xffffu));
  };
  const AwbGains now = total_gains();
  out.rgain = applied(now.red);
  out.bgain = applied(now.blue);
}

Status WhiteBalance::set_start(u32 red_q8, u32 blue_q8) {
  const auto valid = [](u32 gain) { return gain != 0 && gain <= 0xffff; };
  if (!valid(red_q8) || !valid(blue_q8)) return Status::error(T31_EPERM);
  start_ = {red_q8, blue_q8};
  start_given_ = true;
  return kOk;
}

Status WhiteBalance::set_clusters(const t31_awb_clusters& clusters) {
  constexpr u32 kLargestTolerance = 64;
  if (clusters.enable > 1 || clusters.tolerance_enable > 1 ||
      clusters.tolerance > kLargestTolerance)
    return Status::error(T31_EPERM);
  clusters_ = clusters;
  return kOk;
}

Status WhiteBalance::set_trend(const t31_awb_trend& trend) {
  for (const u32 offset : trend.offsets) {
    if (offset > kLargest) return Status::error(T31_EPERM);
  }
  trend_ = trend;
  trend_renewed_ = true;
  return kOk;
}

Status WhiteBalance::set_algorithm(u32 algorithm) {
  if (algorithm >= kAlgorithms) return Status::error(T31_EPERM);
  algorithm_ = algorithm;
  return kOk;
}

}  // namespace t31::control

// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/control/exposure_limits.hpp"

#include "driver/base/math.hpp"
#include "driver/control/ae_distribution.hpp"

namespace t31::control {
namespace {

using tuning::Parameter;

constexpr u32 kCodeQ = 5;                   // fraction bits of a gain code
constexpr u32 kLargestCode = 22 << kCodeQ;  // 2^22 in Q10 fills 32 bits
constexpr u32 kRounding = 4;                // what the vendor adds before it takes a logarithm

// Elements of the exposure limits of a bank; the rest is the short exposure's.
enum : u32 { kMaxLines, kMaxAgain, kMaxSensorDgain, kMaxIspDgain, kMinLines, kMinAgain };

u32 gain_or_unity(u32 gain) {
  return max(gain, kUnityGain);
}

u32 code_of(u32 gain_q10) {
  return static_cast<u32>(log2_q(gain_q10 + kRounding, 10, kCodeQ));
}

// A bank's limit; 0 is none.
u32 within(u32 sensor, u32 bank) {
  return bank == 0 ? sensor : min(sensor, bank);
}

}  // namespace

Status UserLimits::set_max_again(u32 code) {
  if (code >= kLargestCode) return Status::error(T31_EPERM);
  again_ = {true, code};
  return kOk;
}

Status UserLimits::set_max_isp_dgain(u32 code) {
  if (code >= kLargestCode) return Status::error(T31_EPERM);
  isp_dgain_ = {true, code};
  return kOk;
}

Status UserLimits::set_max_lines(u32 lines) {
  if (lines == 0) return Status::error(T31_EPERM);
  max_lines_ = lines;
  return kOk;
}

Status UserLimits::set_minima(const Minima& minima, const ExposureLimits& now) {
  const auto lines_fit = [&](u32 lines) { return lines >= 1 && lines <= now.max_lines; };
  const auto gain_fits = [&](u32 gain) { return gain >= kUnityGain && gain <= now.max_again; };
  if (!lines_fit(minima.lines) || !gain_fits(minima.again)) return Status::error(T31_EPERM);
  minima_ = minima;
  minima_set_ = true;
  return kOk;
}

UserLimits::Minima UserLimits::minima(const ExposureLimits& now) const {
  if (minima_set_) return minima_;
  return {now.min_lines, now.min_again, now.min_lines, now.min_again};
}

u32 UserLimits::max_again(const ExposureLimits& now) const {
  return again_.set ? again_.value : code_of(now.max_again);
}

u32 UserLimits::max_isp_dgain(const ExposureLimits& now) const {
  return isp_dgain_.set ? isp_dgain_.value : code_of(now.max_isp_dgain);
}

u32 UserLimits::max_lines(const ExposureLimits& now) const {
  return max_lines_ != 0 ? max_lines_ : now.max_lines;
}

ExposureLimits UserLimits::limits(const t31_sensor_info& sensor, tuning::Bank bank) const {
  const auto wish = [&](u32 index) { return bank.get(Parameter::kAeSwitchNightMode, index); };
  const auto gain = [](u32 code) { return exp2_q(code, kCodeQ, 10); };
  ExposureLimits limits;
  const u32 most_lines = max(sensor.max_integration_time, sensor.min_integration_time);
  const u32 most_again = gain_or_unity(exp2_q(sensor.max_again, 16, 10));
  limits.min_lines = sensor.min_integration_time;
  limits.max_lines =
      max_lines_ != 0 ? min(max_lines_, most_lines) : within(most_lines, wish(kMaxLines));
  if (max_microseconds_ != 0) {
    limits.max_lines =
        min(limits.max_lines, ae_lines_within(max_microseconds_, sensor.fps >> 16,
                                              sensor.fps & 0xffff, sensor.total_height));
  }
  limits.max_lines = max(limits.max_lines, limits.min_lines);
  limits.max_again = gain_or_unity(again_.set ? min(gain(again_.value), most_again)
                                              : within(most_again, wish(kMaxAgain)));
  limits.max_sensor_dgain =
      gain_or_unity(within(gain_or_unity(exp2_q(sensor.max_dgain, 16, 10)), wish(kMaxSensorDgain)));
  limits.max_isp_dgain =
      gain_or_unity(isp_dgain_.set ? min(gain(isp_dgain_.value), kLargestIspGain)
                                   : within(kLargestIspGain, wish(kMaxIspDgain)));
  if (minima_set_) {
    limits.min_lines = clamp(minima_.lines, limits.min_lines, limits.max_lines);
    limits.min_again = clamp(minima_.again, kUnityGain, limits.max_again);
  }
  return limits;
}

// No sensor has a digital gain for it.
ExposureLimits UserLimits::short_limits(const t31_sensor_info& sensor, tuning::Bank bank) const {
  constexpr u32 kShort = 8;
  const auto wish = [&](u32 index) {
    return bank.get(Parameter::kAeSwitchNightMode, kShort + index);
  };
  ExposureLimits limits;
  limits.min_lines = max(1u, sensor.min_integration_time_short);
  limits.max_lines =
      max(limits.min_lines, within(sensor.max_integration_time_short, wish(kMaxLines)));
  const u32 most_again = gain_or_unity(exp2_q(sensor.max_again_short, 16, 10));
  limits.max_again = gain_or_unity(within(most_again, wish(kMaxAgain)));
  limits.max_isp_dgain = gain_or_unity(within(kLargestIspGain, wish(kMaxIspDgain)));
  if (minima_set_) {
    limits.min_lines = clamp(minima_.short_lines, limits.min_lines, limits.max_lines);
    limits.min_again = clamp(minima_.short_again, kUnityGain, limits.max_again);
  }
  return limits;
}

}  // namespace t31::control

// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/control/short_exposure.hpp"

#include "driver/base/math.hpp"

namespace t31::control {
namespace {

constexpr u32 kQ = 10;
constexpr u32 kLists = 10;
// The field of the gain registers.
constexpr u32 kLargestGain = 0xffff;

// Without a usable list in the tuning file.
constexpr u32 kUsualRatio = 16;

u32 gain_or_unity(u32 gain) {
  return gain < kUnityGain ? kUnityGain : gain;
}

// Exposure value (lines x gain) of the short exposure for one of the long exposure.
u32 followed_value(u32 longer, tuning::Bank bank) {
  const auto knot = [&](u32 i) { return bank.get(tuning::Parameter::kAeEvListWdr, i); };
  const auto value = [&](u32 i) { return max(1u, bank.get(tuning::Parameter::kAe1EvList, i)); };
  if (!bank.present() || knot(0) == 0) return max(1u, longer / kUsualRatio);
  if (longer <= knot(0)) return value(0);
  for (u32 i = 1; i < kLists; ++i) {
    if (longer > knot(i)) continue;
    const u32 span = absolute_difference(knot(i), knot(i - 1));
    if (span == 0) return value(i);
    const u32 step = multiply_divide(absolute_difference(value(i), value(i - 1)),
                                     absolute_difference(longer, knot(i - 1)), span);
    return value(i) < value(i - 1) ? value(i - 1) - step : value(i - 1) + step;
  }
  return value(kLists - 1);
}

}  // namespace

void ShortExposure::set_limits(const t31_sensor_info& sensor) {
  min_lines_ = max(1u, sensor.min_integration_time_short);
  max_lines_ = max(min_lines_, sensor.max_integration_time_short);
  max_again_ = gain_or_unity(exp2_q(sensor.max_again_short, 16, kQ));
}

void ShortExposure::start(const t31_sensor_info& sensor) {
  set_limits(sensor);
  in_force_ = ShortPart{};
  pending_ = true;
}

void ShortExposure::set_block(const u32 (&words)[T31_AE_WORDS]) {
  manual_all_ = words[T31_AE_SHORT_FREEZE] != 0;
  manual_time_ = words[T31_AE_SHORT_INTEGRATION_TIME_MANUAL] != 0;
  manual_again_ = words[T31_AE_SHORT_AGAIN_MANUAL] != 0;
  manual_isp_dgain_ = words[T31_AE_SHORT_ISP_DGAIN_MANUAL] != 0;
  asked_lines_ = words[T31_AE_SHORT_INTEGRATION_TIME];
  asked_again_ = words[T31_AE_SHORT_AGAIN];
  asked_isp_dgain_ = words[T31_AE_SHORT_ISP_DGAIN];
  pending_ = true;
}

void ShortExposure::block(u32 (&words)[T31_AE_WORDS]) const {
  words[T31_AE_SHORT_FREEZE] = manual_all_;
  words[T31_AE_SHORT_INTEGRATION_TIME_MANUAL] = manual_time_;
  words[T31_AE_SHORT_AGAIN_MANUAL] = manual_again_;
  words[T31_AE_SHORT_ISP_DGAIN_MANUAL] = manual_isp_dgain_;
  words[T31_AE_SHORT_INTEGRATION_TIME] = in_force_.lines;
  words[T31_AE_SHORT_AGAIN] = in_force_.again;
  words[T31_AE_SHORT_DGAIN] = kUnityGain;  // no sensor has one for the short exposure
  words[T31_AE_SHORT_ISP_DGAIN] = in_force_.isp_dgain;
  words[20] = max_again_;
  words[21] = max_lines_;
  words[22] = kUnityGain;
  words[23] = kLargestGain;
}

// Time first, then the sensor's gain; digital gain makes up the rest.
void ShortExposure::distribute(u64 value) {
  const u64 lines = value >> kQ;
  followed_.lines =
      clamp(lines > max_lines_ ? max_lines_ : static_cast<u32>(lines), min_lines_, max_lines_);
  const u64 gain = divide(value, followed_.lines);
  followed_.again =
      clamp(gain > max_again_ ? max_again_ : static_cast<u32>(gain), kUnityGain, max_again_);
  followed_.isp_dgain = kUnityGain;
}

void ShortExposure::follow(const Exposure& longer, tuning::Bank bank) {
  const u64 value = longer.value() >> kQ;
  const u32 bounded = value > 0xffffffff ? 0xffffffff : static_cast<u32>(value);
  distribute(static_cast<u64>(followed_value(bounded, bank)) << kQ);
  pending_ = true;
}

ShortPart ShortExposure::apply(input::SensorHost& sensor) {
  pending_ = false;
  ShortPart wanted = followed_;
  const auto by_hand = [&](bool manual, u32 asked) {
    return (manual || manual_all_) && asked != 0;
  };
  if (by_hand(manual_time_, asked_lines_)) wanted.lines = asked_lines_;
  if (by_hand(manual_again_, asked_again_)) wanted.again = asked_again_;
  if (by_hand(manual_isp_dgain_, asked_isp_dgain_)) wanted.isp_dgain = asked_isp_dgain_;

  u32 code = 0;
  ShortPart next;
  const u32 again = clamp(wanted.again, kUnityGain, max_again_);
  const u32 got = sensor.alloc_again_short(static_cast<u32>(log2_q(again << 6, 16, 16)), code);
  next.again = exp2_q(got, 16, 16) >> 6;
  sensor.exposure().set_again_short(code);
  // A sensor may have one gain for both exposures: what it gives too much is taken from the time.
  u32 lines = wanted.lines;
  if (next.again > again && !by_hand(manual_time_, asked_lines_)) {
    lines = multiply_divide(lines, again, next.again);
  }
  next.lines = sensor.alloc_integration_time_short(clamp(lines, min_lines_, max_lines_), code);
  sensor.exposure().set_integration_time_short(code);
  const u32 rest = divide_q(kQ, multiply_q(kQ, again, gain_or_unity(wanted.isp_dgain)), next.again);
  next.isp_dgain = clamp(rest, kUnityGain, kLargestGain);
  in_force_ = next;
  return next;
}

}  // namespace t31::control

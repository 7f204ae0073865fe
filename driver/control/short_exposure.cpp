// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/control/short_exposure.hpp"

#include "driver/base/math.hpp"
#include "driver/control/ae_short.hpp"

namespace t31::control {
namespace {

constexpr u32 kQ = 10;

// Without a usable list in the tuning file.
constexpr u32 kUsualRatio = 16;

u32 gain_or_unity(u32 gain) {
  return max(gain, kUnityGain);
}

u32 followed_value(u32 longer, tuning::Bank bank) {
  const bool usable = bank.present() && bank.get(tuning::Parameter::kAeEvListWdr, 0) != 0;
  return usable ? ae_short_value(ae_short_curve(bank), longer) : longer / kUsualRatio;
}

}  // namespace

void ShortExposure::set_limits(const ExposureLimits& limits) {
  limits_ = limits;
}

void ShortExposure::start(const ExposureLimits& limits) {
  set_limits(limits);
  in_force_ = ShortPart{};
  pending_ = true;
}

void ShortExposure::set_block(const u32 (&words)[T31_AE_WORDS]) {
  manual_all_ = words[T31_AE_SHORT_FREEZE] != 0;
  manual_time_ = words[T31_AE_SHORT_INTEGRATION_TIME_MANUAL] != 0;
  manual_again_ = words[T31_AE_SHORT_AGAIN_MANUAL] != 0;
  manual_isp_dgain_ = words[T31_AE_SHORT_ISP_DGAIN_MANUAL] != 0;
  asked_ = {words[T31_AE_SHORT_INTEGRATION_TIME], words[T31_AE_SHORT_AGAIN],
            words[T31_AE_SHORT_ISP_DGAIN]};
  pending_ = true;
}

void ShortExposure::begin_external() {
  external_ = true;
  external_wish_ = Wish{};
}

void ShortExposure::end_external() {
  external_ = false;
  pending_ = true;
}

void ShortExposure::set_external(const Wish& wish) {
  external_wish_ = wish;
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
  words[20] = limits_.max_again;
  words[21] = limits_.max_lines;
  words[22] = kUnityGain;
  words[23] = limits_.max_isp_dgain;
  words[32] = limits_.min_again;
  words[33] = limits_.min_lines;
  words[34] = words[35] = kUnityGain;
}

void ShortExposure::follow(const Exposure& longer, tuning::Bank bank) {
  AeRange range;
  range.min_lines = limits_.min_lines;
  range.max_lines = limits_.max_lines;
  range.min_again = limits_.min_again;
  range.max_again = limits_.max_again;
  range.max_dgain = limits_.max_isp_dgain;
  const AeShares shares = ae_distribute_short(followed_value(longer.bounded_value(), bank), range);
  followed_ = {max(shares.lines, 1u), shares.again, shares.dgain};
  pending_ = true;
}

ShortPart ShortExposure::apply(input::SensorHost& sensor) {
  pending_ = false;
  ShortPart wanted = followed_;
  const Wish& wish = external_ ? external_wish_ : asked_;
  const bool all = external_ || manual_all_;
  const bool given_time = (all || manual_time_) && wish.lines != 0;
  if (given_time) wanted.lines = wish.lines;
  if ((all || manual_again_) && wish.again != 0) wanted.again = wish.again;
  if ((all || manual_isp_dgain_) && wish.isp_dgain != 0) wanted.isp_dgain = wish.isp_dgain;

  u32 code = 0;
  ShortPart next;
  const u32 again = clamp(wanted.again, limits_.min_again, limits_.max_again);
  const u32 got = sensor.alloc_again_short(static_cast<u32>(log2_q(again << 6, 16, 16)), code);
  next.again = exp2_q(got, 16, 16) >> 6;
  sensor.exposure().set_again_short(code);
  // A sensor may have one gain for both exposures: what it gives too much is taken from the time.
  u32 lines = wanted.lines;
  if (next.again > again && !given_time) {
    lines = multiply_divide(lines, again, next.again);
  }
  next.lines =
      sensor.alloc_integration_time_short(clamp(lines, limits_.min_lines, limits_.max_lines), code);
  sensor.exposure().set_integration_time_short(code);
  u32 rest = divide_q(kQ, multiply_q(kQ, again, gain_or_unity(wanted.isp_dgain)), next.again);
  // What the sensor's steps of time leave is made up for, too.
  if (!given_time && lines > next.lines && next.lines != 0) {
    rest = multiply_divide(rest, lines, next.lines);
  }
  next.isp_dgain = clamp(rest, kUnityGain, kLargestIspGain);
  in_force_ = next;
  return next;
}

}  // namespace t31::control

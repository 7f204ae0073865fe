// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/control/exposure_control.hpp"

#include "driver/base/math.hpp"

namespace t31::control {
namespace {

constexpr u32 kQ = 10;

u32 gain_or_unity(u32 gain) {
  return max(gain, kUnityGain);
}

// Requests and results of the sensor are log2 with 16 fraction bits (ae-awb-af 2.7).
u32 quantise(u32 gain_q10, u32 (input::SensorHost::*alloc)(u32, u32&), input::SensorHost& sensor,
             u32& code) {
  const s32 request = log2_q(gain_q10 << 6, 16, 16);
  const u32 got = (sensor.*alloc)(request < 0 ? 0 : static_cast<u32>(request), code);
  return exp2_q(got, 16, 16) >> 6;
}

}  // namespace

u32 Exposure::total_gain() const {
  return multiply_q(kQ, multiply_q(kQ, again, sensor_dgain), isp_dgain);
}

s32 Exposure::total_gain_log2() const {
  const u32 gain = total_gain();
  return log2_q(gain > 0x3ffffff ? 0xffffffff : gain << 6, 16, 16);
}

u64 Exposure::value() const {
  return static_cast<u64>(lines) * total_gain();
}

u32 Exposure::bounded_value() const {
  const u64 all = value();
  return all >> 32 != 0 ? 0xffffffff : static_cast<u32>(all);
}

void ExposureControl::set_limits(const t31_sensor_info& sensor, tuning::Bank bank) {
  const ExposureLimits before = limits_;
  limits_ = user_limits_.limits(sensor, bank);
  pending_ = pending_ || (manual() && limits_ != before);
}

void ExposureControl::start(const t31_sensor_info& sensor, tuning::Bank bank) {
  limits_ = user_limits_.limits(sensor, bank);
  in_force_ = Exposure{};
  in_force_.lines = sensor.integration_time != 0 ? sensor.integration_time : limits_.max_lines;
  pending_ = manual();
}

void ExposureControl::freeze(bool frozen) {
  if (frozen && !manual_all_) {
    asked_.lines = in_force_.lines;
    asked_.again = in_force_.again;
    asked_.sensor_dgain = in_force_.sensor_dgain;
    asked_.isp_dgain = in_force_.isp_dgain;
  }
  manual_all_ = frozen;
}

void ExposureControl::set_block(const u32 (&words)[T31_AE_WORDS]) {
  manual_all_ = words[T31_AE_FREEZE] != 0;
  manual_time_ = words[T31_AE_INTEGRATION_TIME_MANUAL] != 0;
  manual_again_ = words[T31_AE_AGAIN_MANUAL] != 0;
  manual_sensor_dgain_ = words[T31_AE_DGAIN_MANUAL] != 0;
  manual_isp_dgain_ = words[T31_AE_ISP_DGAIN_MANUAL] != 0;
  asked_.lines = words[T31_AE_INTEGRATION_TIME];
  asked_.again = words[T31_AE_AGAIN];
  asked_.sensor_dgain = words[T31_AE_DGAIN];
  asked_.isp_dgain = words[T31_AE_ISP_DGAIN];
  pending_ = true;
}

void ExposureControl::block(u32 (&words)[T31_AE_WORDS]) const {
  for (u32& word : words) word = 0;
  words[T31_AE_FREEZE] = manual_all_;
  words[T31_AE_AGAIN] = in_force_.again;
  words[T31_AE_DGAIN] = in_force_.sensor_dgain;
  words[T31_AE_INTEGRATION_TIME] = in_force_.lines;
  words[T31_AE_ISP_DGAIN] = in_force_.isp_dgain;
  words[5] = limits_.max_again;
  words[6] = limits_.max_sensor_dgain;
  words[7] = limits_.max_lines;
  words[8] = limits_.max_isp_dgain;
  words[9] = in_force_.bounded_value();
  words[10] = static_cast<u32>(in_force_.total_gain_log2());
  words[11] = static_cast<u32>(log2_q(in_force_.again << 6, 16, 16));
  words[T31_AE_INTEGRATION_TIME_MANUAL] = manual_time_;
  words[T31_AE_AGAIN_MANUAL] = manual_again_;
  words[T31_AE_ISP_DGAIN_MANUAL] = manual_isp_dgain_;
  words[T31_AE_DGAIN_MANUAL] = manual_sensor_dgain_;
  words[28] = limits_.min_again;
  words[29] = words[31] = kUnityGain;
  words[30] = limits_.min_lines;
}

void ExposureControl::set_integration_time(bool manual, u32 lines) {
  manual_time_ = manual;
  if (!manual) return;
  asked_.lines = lines;
  pending_ = true;
}

AeManual ExposureControl::fixed() const {
  AeManual fixed;
  if (manual_time_) fixed.lines = asked_.lines;
  if (manual_again_) fixed.again = asked_.again;
  if (manual_sensor_dgain_) fixed.sensor_dgain = asked_.sensor_dgain;
  if (manual_isp_dgain_) fixed.isp_dgain = asked_.isp_dgain;
  return fixed;
}

// The sensor's digital gain takes what it can; the ISP's makes up for everything else, so that the
// product is exact.
Exposure ExposureControl::realise(const AeShares& shares, input::SensorHost& sensor) {
  pending_ = false;
  Exposure next = in_force_;
  u32 time_code = 0;
  u32 again_code = 0;
  u32 dgain_code = 0;
  next.lines = max(sensor.alloc_integration_time(shares.lines, time_code), 1u);
  const u32 again = next.lines == shares.lines
                        ? shares.again
                        : ae_gain_for_lines(shares.again, shares.lines, next.lines);
  next.again = quantise(manual_again_ ? shares.again : min(again, limits_.max_again),
                        &input::SensorHost::alloc_again, sensor, again_code);
  const AeManual by_hand = fixed();
  const u32 dgain = by_hand.sensor_dgain != 0 ? by_hand.sensor_dgain
                    : by_hand.isp_dgain != 0  ? divide_q(kQ, shares.dgain, by_hand.isp_dgain)
                                              : shares.dgain;
  next.sensor_dgain = quantise(clamp(dgain, kUnityGain, limits_.max_sensor_dgain),
                               &input::SensorHost::alloc_dgain, sensor, dgain_code);
  sensor.exposure().set(time_code, again_code, dgain_code);
  next.isp_dgain =
      ae_isp_gain(again, shares.dgain, next.again, next.sensor_dgain, limits_.max_isp_dgain);
  in_force_ = next;
  return next;
}

void ExposureControl::begin_external() {
  external_ = true;
  external_wish_ = Wish{};
}

void ExposureControl::end_external() {
  external_ = false;
  pending_ = manual();
}

void ExposureControl::set_external(const Wish& wish) {
  external_wish_ = wish;
  pending_ = true;
}

Exposure ExposureControl::apply(input::SensorHost& sensor) {
  pending_ = false;
  Exposure next = in_force_;
  const Wish& wish = external_ ? external_wish_ : asked_;
  const auto given = [&](bool manual, u32 value) { return (held() || manual) && value != 0; };
  u32 code = 0;
  if (given(manual_time_, wish.lines)) {
    const u32 lines = clamp(wish.lines, limits_.min_lines, limits_.max_lines);
    next.lines = sensor.alloc_integration_time(lines, code);
    sensor.exposure().set_integration_time(code);
  }
  // What the sensor's steps leave of the gain asked for is made up by the ISP, so that the product
  // is exact.
  u32 wanted = kUnityGain;
  u32 realised = kUnityGain;
  if (given(manual_again_, wish.again)) {
    wanted = clamp(wish.again, limits_.min_again, limits_.max_again);
    next.again = realised = quantise(wanted, &input::SensorHost::alloc_again, sensor, code);
    sensor.exposure().set_again(code);
  }
  if (given(manual_sensor_dgain_, wish.sensor_dgain)) {
    const u32 dgain = clamp(wish.sensor_dgain, kUnityGain, limits_.max_sensor_dgain);
    next.sensor_dgain = quantise(dgain, &input::SensorHost::alloc_dgain, sensor, code);
    sensor.exposure().set_dgain(code);
    wanted = multiply_q(kQ, wanted, dgain);
    realised = multiply_q(kQ, realised, next.sensor_dgain);
  }
  const bool isp_given = given(manual_isp_dgain_, wish.isp_dgain);
  const u32 isp_dgain = isp_given ? gain_or_unity(wish.isp_dgain) : kUnityGain;
  if (isp_given || wanted != realised) {
    next.isp_dgain =
        min(divide_q(kQ, multiply_q(kQ, wanted, isp_dgain), realised), limits_.max_isp_dgain);
  }
  in_force_ = next;
  return next;
}

u32 ExposureDelay::frames(const t31_sensor_info& sensor) {
  const u32 delay = max(sensor.integration_time_apply_delay, sensor.again_apply_delay);
  // Settings go out at frame start n + 1 (expo_fs), or still in frame n, where they were decided.
  return max(delay + (sensor.expo_fs != 0 ? 1u : 0u), 1u);
}

void ExposureDelay::push(const Exposure& exposure, u32 first_frame) {
  if (count_ == kDepth) {
    for (unsigned i = 1; i < kDepth; ++i) entries_[i - 1] = entries_[i];
    --count_;
  }
  entries_[count_++] = {exposure, first_frame};
}

bool ExposureDelay::step(u32 frame, Exposure& exposure) {
  bool due = false;
  unsigned kept = 0;
  for (unsigned i = 0; i < count_; ++i) {
    if (static_cast<s32>(frame - entries_[i].first_frame) >= 0) {
      exposure = entries_[i].exposure;
      due = true;
      continue;
    }
    entries_[kept++] = entries_[i];
  }
  count_ = kept;
  return due;
}

}  // namespace t31::control

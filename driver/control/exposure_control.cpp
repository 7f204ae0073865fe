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

void ExposureControl::set_limits(const t31_sensor_info& sensor, tuning::Bank bank) {
  limits_ = user_limits_.limits(sensor, bank);
  pending_ = pending_ || manual();
}

void ExposureControl::start(const t31_sensor_info& sensor, tuning::Bank bank) {
  limits_ = user_limits_.limits(sensor, bank);
  in_force_ = Exposure{};
  in_force_.lines = sensor.integration_time != 0 ? sensor.integration_time : limits_.max_lines;
  pending_ = manual();
}

void ExposureControl::freeze(bool frozen) {
  if (frozen && !manual_all_) {
    asked_lines_ = in_force_.lines;
    asked_again_ = in_force_.again;
    asked_sensor_dgain_ = in_force_.sensor_dgain;
    asked_isp_dgain_ = in_force_.isp_dgain;
  }
  manual_all_ = frozen;
}

void ExposureControl::set_block(const u32 (&words)[T31_AE_WORDS]) {
  manual_all_ = words[T31_AE_FREEZE] != 0;
  manual_time_ = words[T31_AE_INTEGRATION_TIME_MANUAL] != 0;
  manual_again_ = words[T31_AE_AGAIN_MANUAL] != 0;
  manual_sensor_dgain_ = words[T31_AE_DGAIN_MANUAL] != 0;
  manual_isp_dgain_ = words[T31_AE_ISP_DGAIN_MANUAL] != 0;
  asked_lines_ = words[T31_AE_INTEGRATION_TIME];
  asked_again_ = words[T31_AE_AGAIN];
  asked_sensor_dgain_ = words[T31_AE_DGAIN];
  asked_isp_dgain_ = words[T31_AE_ISP_DGAIN];
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
  const u64 value = in_force_.value();
  words[9] = value > 0xffffffff ? 0xffffffff : static_cast<u32>(value);
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
  asked_lines_ = lines;
  pending_ = true;
}

Exposure ExposureControl::apply(input::SensorHost& sensor) {
  pending_ = false;
  Exposure next = in_force_;
  u32 code = 0;
  if ((manual_all_ || manual_time_) && asked_lines_ != 0) {
    const u32 lines = clamp(asked_lines_, limits_.min_lines, limits_.max_lines);
    next.lines = sensor.alloc_integration_time(lines, code);
    sensor.exposure().set_integration_time(code);
  }
  // What the sensor's steps leave of the gain asked for is made up by the ISP, so that the product
  // is exact.
  u32 wanted = kUnityGain;
  u32 realised = kUnityGain;
  if ((manual_all_ || manual_again_) && asked_again_ != 0) {
    wanted = clamp(asked_again_, limits_.min_again, limits_.max_again);
    next.again = realised = quantise(wanted, &input::SensorHost::alloc_again, sensor, code);
    sensor.exposure().set_again(code);
  }
  if ((manual_all_ || manual_sensor_dgain_) && asked_sensor_dgain_ != 0) {
    const u32 dgain = clamp(asked_sensor_dgain_, kUnityGain, limits_.max_sensor_dgain);
    next.sensor_dgain = quantise(dgain, &input::SensorHost::alloc_dgain, sensor, code);
    sensor.exposure().set_dgain(code);
    wanted = multiply_q(kQ, wanted, dgain);
    realised = multiply_q(kQ, realised, next.sensor_dgain);
  }
  const bool isp_given = (manual_all_ || manual_isp_dgain_) && asked_isp_dgain_ != 0;
  const u32 isp_dgain = isp_given ? gain_or_unity(asked_isp_dgain_) : kUnityGain;
  if (isp_given || wanted != realised) {
    next.isp_dgain =
        min(divide_q(kQ, multiply_q(kQ, wanted, isp_dgain), realised), limits_.max_isp_dgain);
  }
  in_force_ = next;
  return next;
}

u32 ExposureDelay::runs(const t31_sensor_info& sensor) {
  const u32 delay = max(sensor.integration_time_apply_delay, sensor.again_apply_delay);
  // Settings sent at frame start n + 1 (expo_fs) or still in frame n, where this was decided, are
  // in the frame `delay` later; its digital gain is written one frame before.
  const u32 runs = delay + (sensor.expo_fs != 0 ? 1u : 0u);
  return runs > 1 ? runs - 1 : 0;
}

void ExposureDelay::push(const Exposure& exposure, u32 runs) {
  if (count_ == kDepth) {
    for (unsigned i = 1; i < kDepth; ++i) entries_[i - 1] = entries_[i];
    --count_;
  }
  entries_[count_++] = {exposure, runs};
}

bool ExposureDelay::step(Exposure& exposure) {
  bool due = false;
  unsigned kept = 0;
  for (unsigned i = 0; i < count_; ++i) {
    if (entries_[i].due == 0) {
      exposure = entries_[i].exposure;
      due = true;
      continue;
    }
    --entries_[i].due;
    entries_[kept++] = entries_[i];
  }
  count_ = kept;
  return due;
}

}  // namespace t31::control

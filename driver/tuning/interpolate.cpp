// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/tuning/interpolate.hpp"

#include "driver/base/math.hpp"

namespace t31::tuning {

u32 interpolate(u32 a, u32 b, u32 fraction) {
  const u64 product = static_cast<u64>(absolute_difference(a, b)) * fraction;
  const u32 step = static_cast<u32>((product + 0x8000) >> 16);
  return a < b ? a + step : a - step;
}

GainPosition::GainPosition(GainCode code) {
  if (static_cast<s32>(code) < 0) code = 0;
  index = code >> 16;
  fraction = code & 0xffff;
  if (index >= kGainPoints - 1) {
    index = kGainPoints - 1;
    fraction = 0;
  }
}

u32 at_gain(Bank bank, Parameter parameter, GainCode code) {
  const GainPosition position(code);
  const u32 a = bank.get(parameter, position.index);
  if (position.fraction == 0) return a;
  return interpolate(a, bank.get(parameter, position.index + 1), position.fraction);
}

ExposurePosition::ExposurePosition(std::span<const u32, kGainPoints> knots, u32 ev) {
  u32 k = 0;
  while (k < kGainPoints && knots[k] < ev) ++k;
  upper_ = lower_ = k < kGainPoints ? k : kGainPoints - 1;
  if (k == 0 || k == kGainPoints) return;
  span_ = absolute_difference(knots[k], knots[k - 1]);
  if (span_ == 0) return;
  way_ = absolute_difference(ev, knots[k - 1]);
  lower_ = k - 1;
}

u32 ExposurePosition::between(u32 lower, u32 upper) const {
  if (upper_ == lower_) return upper;
  const u32 step = multiply_divide(way_, absolute_difference(upper, lower), span_);
  return lower < upper ? lower + step : lower - step;
}

u32 at_exposure(std::span<const u32, kGainPoints> knots, std::span<const u32, kGainPoints> values,
                u32 ev) {
  const ExposurePosition position(knots, ev);
  return position.between(values[position.lower()], values[position.upper()]);
}

}  // namespace t31::tuning

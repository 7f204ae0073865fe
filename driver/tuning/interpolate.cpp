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

u32 at_exposure(std::span<const u32, kGainPoints> knots, std::span<const u32, kGainPoints> values,
                u32 ev) {
  if (ev <= knots[0]) return values[0];
  for (u32 k = 1; k < kGainPoints; ++k) {
    if (ev > knots[k]) continue;
    const u32 span = absolute_difference(knots[k], knots[k - 1]);
    if (span == 0) return values[k];
    const u32 way = absolute_difference(ev, knots[k - 1]);
    const u32 rise = absolute_difference(values[k], values[k - 1]);
    const u32 step = multiply_divide(way, rise, span);
    return values[k - 1] < values[k] ? values[k - 1] + step : values[k - 1] - step;
  }
  return values[kGainPoints - 1];
}

}  // namespace t31::tuning

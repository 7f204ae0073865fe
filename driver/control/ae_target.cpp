// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/control/ae_target.hpp"

#include "driver/base/math.hpp"

namespace t31::control {
namespace {

using tuning::Parameter;

constexpr u32 kQ = 10;
constexpr u32 kScaleQ = 7;  // of compensation and of the extra list: 128 = 1.0
// Elements of the compensation parameters.
enum : u32 { kEnabled = 0, kKnotScale = 1, kTargetScale = 2 };

}  // namespace

u32 AeCurve::at(u32 exposure_q10) const {
  const u32 ev = exposure_q10 >> kQ;
  constexpr u32 kLast = kAePoints - 1;
  if (ev < knots[0] || exposure_q10 == knots[0] << kQ) return values[0];
  if (ev >= knots[kLast]) return values[kLast];
  u32 i = 0;
  while (i < kLast && (ev < knots[i] || ev > knots[i + 1])) ++i;
  if (i == kLast) i = 0;
  const u32 span = absolute_difference(knots[i + 1], knots[i]);
  if (span == 0) return values[i];
  const u32 step = multiply_divide(absolute_difference(values[i + 1], values[i]),
                                   absolute_difference(ev, knots[i]), span);
  return values[i + 1] < values[i] ? values[i] - min(step, values[i]) : values[i] + step;
}

AeCurve ae_target_curve(tuning::Bank bank, bool wdr, u32 user) {
  const auto either = [&](Parameter linear, Parameter two) { return wdr ? two : linear; };
  const Parameter compensation = either(Parameter::kAeCompParam, Parameter::kAeCompParamWdr);
  const Parameter extra = either(Parameter::kAeExtraAtList, Parameter::kAeExtraAtListWdr);
  AeCurve curve;
  bank.read(either(Parameter::kAeEvList, Parameter::kAeEvListWdr), curve.knots);
  bank.read(either(Parameter::kAeAtList, Parameter::kAeAtListWdr), curve.values);
  // A user who compensates switches the bank's compensation on, as in the vendor's driver.
  if (bank.get(compensation, kEnabled) != 1 && user == kAeNoCompensation) return curve;
  const u32 knot_scale = bank.get(compensation, kKnotScale);
  const u32 target_scale = ae_compensation_scale(user, bank.get(compensation, kTargetScale));
  for (u32 i = 0; i < kAePoints; ++i) {
    curve.knots[i] = max(1u, knot_scale * curve.knots[i] >> kScaleQ);
    const u32 scaled = knot_scale * curve.values[i] >> kScaleQ;
    curve.values[i] = max(1u, scaled * (bank.get(extra, i) * target_scale) >> 2 * kScaleQ);
  }
  return curve;
}

AeCurve ae_under_infrared(const AeCurve& curve, u32 mean) {
  constexpr u32 kWhole = 256;
  const u32 share = kWhole - min(mean, kWhole - 1) / 2;
  AeCurve scaled;
  for (u32 i = 0; i < kAePoints; ++i) {
    scaled.knots[i] = multiply_divide(curve.knots[i], share, kWhole);
    scaled.values[i] = multiply_divide(curve.values[i], share, kWhole);
  }
  return scaled;
}

}  // namespace t31::control

// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/control/ae_short.hpp"

namespace t31::control {
namespace {

using tuning::Parameter;

constexpr u32 kQ = kAeQ;
constexpr u32 kScaleQ = 7;
enum : u32 { kEnabled = 0, kShortScale = 3 };

}  // namespace

AeCurve ae_short_curve(tuning::Bank bank) {
  AeCurve curve = ae_target_curve(bank, true);
  bank.read(Parameter::kAe1EvList, curve.values);
  const bool scaled = bank.get(Parameter::kAeCompParamWdr, kEnabled) == 1;
  const u32 scale = bank.get(Parameter::kAeCompParamWdr, kShortScale);
  for (u32& value : curve.values) {
    value = max(1u, scaled ? value * scale >> kScaleQ : value);
  }
  return curve;
}

u32 ae_short_value(const AeCurve& curve, u32 value) {
  const u32 lines = curve.at(value);
  return lines > 0xffffffffu >> kQ ? 0xffffffffu : lines << kQ;
}

AeShares ae_distribute_short(u32 value, const AeRange& range) {
  const u32 least = ae_exposure_value(range.min_lines, range.min_again, range.min_dgain);
  if (range.lines_fixed) return ae_distribute(value, range, AeFlicker{}, 1);
  if (value <= least || least == 0) {
    return {range.min_lines, range.min_again, range.min_dgain, false};
  }
  // All relative to the smallest exposure, lines too.
  const u32 needed = divide_q(kQ, value, least);
  const u32 most_lines = divide_q(kQ, range.max_lines << kQ, range.min_lines << kQ);
  const u32 most_again = divide_q(kQ, range.max_again, range.min_again);
  const u32 most_dgain = divide_q(kQ, range.max_dgain, range.min_dgain);
  u32 lines = min(needed, most_lines);
  u32 again = kUnityGain;
  u32 dgain = kUnityGain;
  bool limited = false;
  if (needed <= most_lines) {
    lines = needed >> kQ << kQ;
    again = divide_q(kQ, needed, lines);
  } else if (needed <= multiply_q(kQ, most_lines, most_again)) {
    again = divide_q(kQ, needed, most_lines);
  } else {
    again = most_again;
    dgain = divide_q(kQ, needed, multiply_q(kQ, most_lines, most_again));
    limited = dgain > most_dgain;
    dgain = min(dgain, most_dgain);
  }
  return {multiply_q(kQ, lines, range.min_lines << kQ) >> kQ,
          multiply_q(kQ, again, range.min_again), multiply_q(kQ, dgain, range.min_dgain), limited};
}

}  // namespace t31::control

// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/bcsh_curves.hpp"

#include "driver/base/math.hpp"
#include "driver/blocks/levels.hpp"

namespace t31::blocks {
namespace {

constexpr u32 kTop = 1023;
constexpr u32 kGainMaximum = 6144;  // of the saturation control: 6.0

// base + way * rise / whole, or base - way * rise / whole.
constexpr u32 between(u32 from, u32 rise, u32 way, u32 whole) {
  return from + multiply_divide(way, rise, whole);
}

constexpr u32 slope(u32 rise, u32 run) {
  return run == 0 ? 0 : (rise << 10) / run;
}

ContrastKnots flatter(const ContrastKnots& k, u32 contrast) {
  const u32 back = kNeutralLevel - contrast;
  const u32 middle = k.y1 + absolute_difference(k.y2, k.y1) / 2;
  return {contrast * k.x1 / kNeutralLevel,
          between(k.x2, absolute_difference(k.x2, kTop), back, kNeutralLevel),
          between(k.y1, absolute_difference(k.y1, middle), back, kNeutralLevel),
          between(middle, absolute_difference(k.y2, middle), contrast, kNeutralLevel)};
}

ContrastKnots steeper(const ContrastKnots& k, u32 contrast) {
  constexpr u32 kSteps = 255 - kNeutralLevel;
  const u32 more = contrast - kNeutralLevel;
  const u32 rest = 255 - contrast;
  const u32 middle = k.x1 + absolute_difference(k.x2, k.x1) / 2;
  return {between(k.x1, absolute_difference(middle, k.x1), more, kSteps),
          between(middle, absolute_difference(middle, k.x2), rest, kSteps),
          multiply_divide(rest, k.y1, kSteps),
          between(k.y2, absolute_difference(kTop, k.y2), more, kSteps)};
}

// Linear over 0, 60, 120 steps from `ends` to `middle` and back; Q16.
constexpr s32 arc(u32 step, s32 ends, s32 middle) {
  constexpr s32 kHalf = 60;
  const s32 way = static_cast<s32>(step);
  return step < 60 ? ends + (middle - ends) * way / kHalf
                   : middle + (ends - middle) * (way - kHalf) / kHalf;
}

}  // namespace

ContrastKnots apply_contrast(const ContrastKnots& knots, u32 contrast) {
  if (contrast < kNeutralLevel) return flatter(knots, contrast);
  if (contrast > kNeutralLevel) return steeper(knots, contrast);
  return knots;
}

ContrastCurve contrast_curve(const ContrastKnots& knots, u32 top) {
  ContrastCurve curve{knots, slope(knots.y1, knots.x1), 0, 0};
  if (knots.x1 < knots.x2) {
    curve.slope1 = slope(absolute_difference(knots.y2, knots.y1), knots.x2 - knots.x1);
  } else {
    curve.knots.x1 = knots.x2;
  }
  if (knots.x2 < top) {
    curve.slope2 = slope(absolute_difference(top, knots.y2), top - knots.x2);
  } else {
    curve.knots.x2 = top;
  }
  return curve;
}

u32 apply_saturation(u32 gain, u32 saturation, u32 brightness, u32 contrast,
                     bool contrast_enabled) {
  if (saturation < kNeutralLevel) {
    gain = multiply_divide(gain, saturation, kNeutralLevel);
  } else if (saturation > kNeutralLevel) {
    gain += multiply_divide(saturation - kNeutralLevel, absolute_difference(kGainMaximum, gain),
                            kNeutralLevel);
  }
  if (brightness < kNeutralLevel) gain = multiply_divide(gain, brightness, kNeutralLevel);
  if (contrast_enabled && contrast < kNeutralLevel) {
    gain = multiply_divide(gain, contrast, kNeutralLevel);
  }
  return gain;
}

Matrix rotate_hue(const Matrix& matrix, u32 hue) {
  const u32 step = hue == 0 ? 1 : (hue * 120 - 1) / 256 + 1;
  const s32 cosine = arc(step, 32768, 65536);
  const s32 magnitude_of_sine = arc(step, 56756, 0);
  const s32 sine = step >= 60 ? magnitude_of_sine : -magnitude_of_sine;
  Matrix result = matrix;
  for (u32 column = 0; column < 3; ++column) {
    const s32 u = matrix.at[3 + column];
    const s32 v = matrix.at[6 + column];
    result.at[3 + column] =
        wrapping_add(signed_product_q16(cosine, u), signed_product_q16(sine, v));
    result.at[6 + column] =
        wrapping_add(signed_product_q16(-sine, u), signed_product_q16(cosine, v));
  }
  return result;
}

}  // namespace t31::blocks

// SPDX-License-Identifier: GPL-2.0-or-later
// ae_distribution.hpp - an exposure value shared out to integration time, analogue and digital
// gain, and how the sensor's steps are made up for (ae-awb-af 2.5, 2.7).
//
// Exposure values are lines x gains in Q10, gains Q10.
#pragma once

#include "driver/base/math.hpp"
#include "driver/control/ae_flicker.hpp"
#include "driver/control/exposure_limits.hpp"

namespace t31::control {

inline constexpr u32 kAeQ = 10;

// A gain with equal bounds is fixed by hand.
struct AeRange {
  u32 min_lines = 1, max_lines = 1;
  u32 min_again = kUnityGain, max_again = kUnityGain;
  u32 min_dgain = kUnityGain, max_dgain = kUnityGain;  // sensor's and ISP's together
  bool lines_fixed = false;
  u32 fixed_lines = 0;

  u32 smallest() const;  // exposure values
  u32 largest() const;
  constexpr bool operator==(const AeRange&) const = default;
};

struct AeShares {
  u32 lines = 1;
  u32 again = kUnityGain;
  u32 dgain = kUnityGain;
  bool limited = false;  // less than was asked for: everything is at its largest
  constexpr bool operator==(const AeShares&) const = default;
};

// Value of an exposure as the image blocks are told it; the largest number when it doesn't fit.
constexpr u32 ae_exposure_value(u32 lines, u32 again, u32 dgain) {
  const u64 part = static_cast<u64>(lines) * again;
  if (part >> 32 != 0) return 0xffffffff;
  const u64 value = part * dgain >> kAeQ;
  return value >> 32 != 0 ? 0xffffffff : static_cast<u32>(value);
}

// `target` is the mean luma aimed at; it matters for ShortFlicker::kDim only.
AeShares ae_distribute(u32 value, const AeRange& range, const AeFlicker& flicker, u32 target);

// ---- the sensor's steps: gains are asked for and realised as logarithms in Q16

constexpr u32 ae_gain_request(u32 gain_q10) {
  const s32 log = log2_q(gain_q10 << 6, 16, 16);
  return log < 0 ? 0 : static_cast<u32>(log);
}
constexpr u32 ae_gain_realised(u32 log2_q16) {
  return exp2_q(log2_q16, 16, 16) >> 6;
}
// Analogue gain that makes up for a time that the sensor has changed.
constexpr u32 ae_gain_for_lines(u32 again, u32 asked, u32 realised) {
  return divide_q(kAeQ, multiply_q(kAeQ, again, asked << kAeQ), realised << kAeQ);
}
// ISP digital gain that makes up for the steps of the sensor's gains: the product stays exact.
constexpr u32 ae_isp_gain(u32 again, u32 dgain, u32 realised_again, u32 realised_dgain, u32 most) {
  return min(divide_q(kAeQ, multiply_q(kAeQ, again, dgain),
                      multiply_q(kAeQ, realised_again, realised_dgain)),
             most);
}

// Lines that a time in microseconds is at most; frames of `frame_lines` lines, `numerator` /
// `denominator` a second.
constexpr u32 ae_lines_within(u32 microseconds, u32 numerator, u32 denominator, u32 frame_lines) {
  const u64 lines = static_cast<u64>(microseconds) * numerator;
  if (denominator == 0 || lines >> 40 != 0) return 0xffffffff;
  // Two steps keep the product within 64 bits.
  const u64 per_frame = divide(lines * min(frame_lines, 0xffffffu), 1000000);
  const u64 result = divide(per_frame, denominator);
  return result >> 32 != 0 ? 0xffffffff : static_cast<u32>(result);
}
static_assert(ae_lines_within(40000, 25, 1, 1350) == 1350);
static_assert(ae_lines_within(10000, 25, 1, 1350) == 337);
static_assert(ae_lines_within(33333, 30000, 1001, 1125) == 1123);

}  // namespace t31::control

// SPDX-License-Identifier: GPL-2.0-or-later
// ae_target.hpp - the mean luma that automatic exposure aims at, for each exposure value
// (ae-awb-af 2.4 steps 1 and 2).
#pragma once

#include <span>

#include "driver/tuning/bank.hpp"

namespace t31::control {

inline constexpr u32 kAePoints = 10;

// Knots are exposure values (lines x gain, integer) in ascending order, targets 0..255.
struct AeCurve {
  u32 knots[kAePoints] = {};
  u32 values[kAePoints] = {};

  // Value at an exposure in Q10; between two knots by the integer part. Knots that don't ascend
  // give some value of the list.
  u32 at(u32 exposure_q10) const;
};

// Scale of the target list, 128 = 1.0, for the user's compensation 0..255 (128 neutral) on a bank
// whose own scale is `base` (ae-awb-af 2.9).
constexpr u32 ae_compensation_scale(u32 user, u32 base) {
  if (user <= 128) return user * base / 128;
  const u32 sum = user * 300 / 127 + base;
  return sum < 302 ? 0 : sum - 302;
}
static_assert(ae_compensation_scale(128, 128) == 128 && ae_compensation_scale(64, 128) == 64);
static_assert(ae_compensation_scale(255, 128) == 428 && ae_compensation_scale(129, 128) == 130);

// A bank's target list with its compensation and the user's; `wdr` chooses the lists of two
// exposures.
inline constexpr u32 kAeNoCompensation = 128;
AeCurve ae_target_curve(tuning::Bank bank, bool wdr, u32 user = kAeNoCompensation);

// The same for a scene whose infrared pixels have this mean, 0..255: infrared counts as light that
// colours don't have (step 1).
AeCurve ae_under_infrared(const AeCurve& curve, u32 mean);

}  // namespace t31::control

// SPDX-License-Identifier: GPL-2.0-or-later
// interpolate.hpp - values of a bank that follow gain or exposure.
#pragma once

#include "driver/tuning/bank.hpp"

namespace t31::tuning {

// Total gain as log2 in Q16: 0 = 1x, 0x10000 = 2x. A negative code (gain below 1) counts as 0.
using GainCode = u32;

// Lists that follow the gain have nine points at 1, 2, 4 .. 256.
inline constexpr u32 kGainPoints = 9;

// Between two neighbouring points, `fraction` in Q16, rounded half up (tuning-blob 2.1).
u32 interpolate(u32 a, u32 b, u32 fraction);

// Element index and fraction of a gain code; at the last point, fraction is 0.
struct GainPosition {
  u32 index;
  u32 fraction;
  explicit GainPosition(GainCode code);
};

// List `parameter` at gain `code`.
u32 at_gain(Bank bank, Parameter parameter, GainCode code);

// Nine-point list `values` over the nine knots `knots` at `ev` (lines x gains, integer). Knots that
// don't ascend give some point of the list (hw-blocks-raw-color 2.4).
u32 at_exposure(std::span<const u32, kGainPoints> knots, std::span<const u32, kGainPoints> values,
                u32 ev);

}  // namespace t31::tuning

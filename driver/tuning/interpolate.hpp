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

// Where an exposure value lies among nine knots; reads lists over them without looking again.
class ExposurePosition {
 public:
  ExposurePosition(std::span<const u32, kGainPoints> knots, u32 ev);
  // Index of the point at or after the exposure, and of the one before it (the same at the ends).
  u32 upper() const { return upper_; }
  u32 lower() const { return lower_; }
  // Between the values of a list at these two.
  u32 between(u32 lower, u32 upper) const;

 private:
  u32 upper_ = 0, lower_ = 0;
  u32 way_ = 0, span_ = 0;
};

// Nine-point list `values` over the nine knots `knots` at `ev` (lines x gains, integer). Knots that
// don't ascend give some point of the list (hw-blocks-raw-color 2.4).
u32 at_exposure(std::span<const u32, kGainPoints> knots, std::span<const u32, kGainPoints> values,
                u32 ev);

}  // namespace t31::tuning

// SPDX-License-Identifier: GPL-2.0-or-later
// fast_defog.cpp - vector kernels of haze removal.
#include "model/pixel/fast_tone_rows.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "model/pixel/fast_defog.cpp"
#include "hwy/foreach_target.h"
// After foreach_target.
#include "hwy/highway.h"
#include "model/pixel/fast_arithmetic-inl.hpp"
#include "model/pixel/fast_segments-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace t31::model::pixel {
namespace HWY_NAMESPACE {

HWY_INLINE Word largest(const Triplet& v) {
  return hn::Max(hn::Max(v.a, v.b), v.c);
}
HWY_INLINE Word smallest(const Triplet& v) {
  return hn::Min(hn::Min(v.a, v.b), v.c);
}

struct VectorDefog {
  VectorSegments strength, by_value, by_saturation;

  HWY_INLINE explicit VectorDefog(const Defog& block)
      : strength(block.strength),
        by_value(block.colour_by_value),
        by_saturation(block.colour_by_saturation) {}

  static HWY_INLINE Word within_range(Word v) { return clamp(v, set(-kMax10), set(kMax10)); }

  static HWY_INLINE Word change(Word sample, Word air, Word gain, Word strength) {
    const Word cleared = hn::Add(air, scale_q10(hn::Sub(sample, air), gain));
    const Word difference = within_range(hn::Sub(cleared, sample));
    return hn::ShiftRight<5>(hn::Mul(difference, strength));
  }

  static HWY_INLINE Word result(Word sample, Word change, Word luma, Word share) {
    const Word colour = hn::ShiftRight<5>(hn::Mul(within_range(hn::Sub(change, luma)), share));
    return clamp(hn::Add(hn::Add(sample, luma), colour), hn::Zero(Words()), set(kMax10));
  }

  HWY_INLINE Triplet apply(const Triplet& rgb, const Triplet& air, Word gain) const {
    const Word most = hn::ShiftRight<2>(largest(rgb));
    const Word least = hn::ShiftRight<2>(smallest(rgb));
    const Word saturation = as_signed(
        quotient<5>(as_unsigned(hn::Sub(most, least)), as_unsigned(hn::Max(most, set(1)))));
    const Word k = strength(most);
    const Triplet d{change(rgb.a, air.a, gain, k), change(rgb.b, air.b, gain, k),
                    change(rgb.c, air.c, gain, k)};
    const Word weighted =
        hn::Add(hn::Add(hn::Mul(d.a, set(5)), hn::Mul(d.b, set(9))), hn::Add(d.c, d.c));
    const Word luma = hn::ShiftRight<4>(weighted);
    const Word share = hn::ShiftRight<5>(hn::Mul(by_value(most), by_saturation(saturation)));
    return {result(rgb.a, d.a, luma, share), result(rgb.b, d.b, luma, share),
            result(rgb.c, d.c, luma, share)};
  }
};

void DefogRowKernel(const HazeRow& row, std::size_t pairs, const Split& red, const Split& green,
                    const Split& blue) {
  const Words d;
  const VectorDefog defog(*row.block);
  for (std::size_t i = 0; i < pairs; i += hn::Lanes(d)) {
    const Triplet air{hn::LoadU(d, row.air[0] + i), hn::LoadU(d, row.air[1] + i),
                      hn::LoadU(d, row.air[2] + i)};
    const Word gain = hn::LoadU(d, row.gain + i);
    for (unsigned p = 0; p < 2; ++p) {
      const Triplet out = defog.apply(
          {hn::LoadU(d, red[p] + i), hn::LoadU(d, green[p] + i), hn::LoadU(d, blue[p] + i)}, air,
          gain);
      hn::StoreU(out.a, d, red[p] + i);
      hn::StoreU(out.b, d, green[p] + i);
      hn::StoreU(out.c, d, blue[p] + i);
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace t31::model::pixel
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace t31::model::pixel {
HWY_EXPORT(DefogRowKernel);
void defog_row(const HazeRow& row, std::size_t pairs, const Split& red, const Split& green,
               const Split& blue) {
  HWY_DYNAMIC_DISPATCH(DefogRowKernel)(row, pairs, red, green, blue);
}
}  // namespace t31::model::pixel
#endif

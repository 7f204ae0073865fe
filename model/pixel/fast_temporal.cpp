// SPDX-License-Identifier: GPL-2.0-or-later
// fast_temporal.cpp - vector kernels of MDNS.
#include "model/pixel/fast_temporal.hpp"

#include "model/pixel/temporal_store.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "model/pixel/fast_temporal.cpp"
#include "hwy/foreach_target.h"
// After foreach_target.
#include "hwy/highway.h"
#include "model/pixel/fast_segments-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace t31::model::pixel {
namespace HWY_NAMESPACE {

using HalfBytes = hn::Rebind<std::uint8_t, Words>;

HWY_INLINE Word load_bytes(const std::uint8_t* from) {
  return hn::PromoteTo(Words(), hn::LoadU(HalfBytes(), from));
}
HWY_INLINE void store_bytes(Word v, std::uint8_t* to) {
  hn::StoreU(hn::DemoteTo(HalfBytes(), v), HalfBytes(), to);
}

constexpr std::ptrdiff_t kStart = -FastPlane<Sample>::kReach;
HWY_INLINE std::ptrdiff_t behind(std::size_t samples) {
  return static_cast<std::ptrdiff_t>(samples) + FastPlane<Sample>::kReach;
}

HWY_INLINE Word difference(const Sample* current, const std::uint8_t* stored) {
  return hn::Sub(hn::ShiftRight<2>(hn::LoadU(Words(), current)), load_bytes(stored));
}

void SlideLumaKernel(const LumaDifference& entering, const LumaDifference& leaving,
                     std::size_t samples, Sample* absolute, Sample* net) {
  const Words d;
  const auto step = static_cast<std::ptrdiff_t>(hn::Lanes(d));
  for (std::ptrdiff_t i = kStart; i < behind(samples); i += step) {
    const Word in = difference(entering.current + i, entering.stored + i);
    Word sum = hn::Add(hn::LoadU(d, absolute + i), hn::Abs(in));
    Word signed_sum = hn::Add(hn::LoadU(d, net + i), in);
    if (leaving.current != nullptr) {
      const Word out = difference(leaving.current + i, leaving.stored + i);
      sum = hn::Sub(sum, hn::Abs(out));
      signed_sum = hn::Sub(signed_sum, out);
    }
    hn::StoreU(sum, d, absolute + i);
    hn::StoreU(signed_sum, d, net + i);
  }
}

HWY_INLINE Word chroma_difference(const ChromaDifference& row, std::ptrdiff_t i) {
  const Words d;
  const HalfBytes d8;
  hn::Vec<HalfBytes> u, v;
  hn::LoadInterleaved2(d8, row.stored + 2 * i, u, v);
  const Word du = hn::Sub(hn::ShiftRight<2>(hn::LoadU(d, row.u + i)), hn::PromoteTo(d, u));
  const Word dv = hn::Sub(hn::ShiftRight<2>(hn::LoadU(d, row.v + i)), hn::PromoteTo(d, v));
  return hn::Add(hn::Abs(du), hn::Abs(dv));
}

void SlideChromaKernel(const ChromaDifference& entering, const ChromaDifference& leaving,
                       std::size_t pairs, Sample* absolute) {
  const Words d;
  const auto step = static_cast<std::ptrdiff_t>(hn::Lanes(d));
  for (std::ptrdiff_t i = kStart; i < behind(pairs); i += step) {
    Word sum = hn::Add(hn::LoadU(d, absolute + i), chroma_difference(entering, i));
    if (leaving.u != nullptr) sum = hn::Sub(sum, chroma_difference(leaving, i));
    hn::StoreU(sum, d, absolute + i);
  }
}

// Sum of 2 reach + 1 columns.
HWY_INLINE Word across(const Sample* columns, std::ptrdiff_t reach) {
  const Words d;
  Word sum = hn::LoadU(d, columns);
  for (std::ptrdiff_t k = 1; k <= reach; ++k) {
    sum = hn::Add(sum, hn::Add(hn::LoadU(d, columns - k), hn::LoadU(d, columns + k)));
  }
  return sum;
}

struct VectorMotion {
  UnsignedWord absolute_limit, net_limit, steepness;
  HWY_INLINE explicit VectorMotion(const MotionMeasure& m)
      : absolute_limit(set_unsigned(m.absolute_limit)),
        net_limit(set_unsigned(m.net_limit)),
        steepness(set_unsigned(m.steepness)) {}
  HWY_INLINE Word loss(UnsignedWord absolute, UnsignedWord net) const {
    const UnsignedWord excess =
        hn::Max(hn::SaturatedSub(absolute, absolute_limit), hn::SaturatedSub(net, net_limit));
    return as_signed(hn::Min(hn::MulHigh(excess, steepness), set_unsigned(255)));
  }
};

void LumaMotionKernel(const TemporalDenoise& block, const Sample* absolute, const Sample* net,
                      std::size_t samples, std::uint8_t* loss, std::uint8_t* moving) {
  const Words d;
  const UnsignedWords du;
  const VectorMotion motion(block.luma_motion);
  const UnsignedWord pixel_absolute = set_unsigned(block.block_absolute_limit);
  const UnsignedWord pixel_net = set_unsigned(block.block_net_limit);
  const std::ptrdiff_t reach = block.luma_motion.reach;
  for (std::size_t i = 0; i < samples; i += hn::Lanes(d)) {
    const UnsignedWord sum = as_unsigned(across(absolute + i, reach));
    const UnsignedWord signed_sum = as_unsigned(hn::Abs(across(net + i, reach)));
    store_bytes(motion.loss(sum, signed_sum), loss + i);
    const UnsignedWord beyond =
        hn::Or(hn::SaturatedSub(sum, pixel_absolute), hn::SaturatedSub(signed_sum, pixel_net));
    const Word one = as_signed(hn::Min(beyond, hn::Set(du, std::uint16_t{1})));
    store_bytes(hn::Add(load_bytes(moving + i), one), moving + i);
  }
}

void ChromaMotionKernel(const TemporalDenoise& block, const Sample* absolute,
                        const std::uint8_t* luma_loss, std::size_t pairs, std::uint8_t* loss) {
  const Words d;
  const HalfBytes d8;
  const VectorMotion motion(block.chroma_motion);
  const std::ptrdiff_t reach = block.chroma_motion.reach;
  for (std::size_t i = 0; i < pairs; i += hn::Lanes(d)) {
    const UnsignedWord sum = as_unsigned(across(absolute + i, reach));
    hn::Vec<HalfBytes> even, odd;
    hn::LoadInterleaved2(d8, luma_loss + 2 * i, even, odd);
    const Word own = motion.loss(sum, hn::Zero(UnsignedWords()));
    store_bytes(hn::Max(own, hn::PromoteTo(d, even)), loss + i);
  }
}

HWY_INLINE Word weight_of(Word moving, Word rest, Word loss) {
  return hn::Max(hn::Sub(rest, loss), hn::Min(moving, rest));
}

struct VectorFactors {
  WordTable factor;
  unsigned shift;
  HWY_INLINE explicit VectorFactors(const WeightFactors& w)
      : factor(word_table(w.factor)), shift(w.shift) {}
  HWY_INLINE Word apply(Word weight, Word loss) const {
    const Word step =
        hn::Min(hn::ShiftRightSame(loss, static_cast<int>(shift)), set(WeightFactors::kSteps - 1));
    const UnsignedWord product = as_unsigned(hn::Mul(weight, factor[step]));
    return hn::Min(as_signed(hn::ShiftRight<7>(product)), set(255));
  }
};

void SmoothingRowKernel(const PictureSmoothing& block, const std::array<const Sample*, 5>& luma,
                        std::size_t samples, Sample* change) {
  const Words d;
  const Word beyond = set(block.threshold + 1), part = set(block.part);
  const std::int32_t reach = block.reach;
  for (std::size_t i = 0; i < samples; i += hn::Lanes(d)) {
    const Word own = hn::LoadU(d, luma[2] + i);
    Word sum = hn::Zero(d);
    for (std::int32_t dy = -reach; dy <= reach; ++dy) {
      const Sample* row = luma[static_cast<std::size_t>(dy + 2)] + i;
      for (std::int32_t dx = -reach; dx <= reach; ++dx) {
        const Word difference = hn::Sub(hn::LoadU(d, row + dx), own);
        sum = hn::Add(sum, hn::IfThenElseZero(hn::Lt(hn::Abs(difference), beyond), difference));
      }
    }
    hn::StoreU(hn::MulFixedPoint15(sum, part), d, change + i);
  }
}

struct Mixed {
  Word sample, stored;
};

HWY_INLINE Mixed mix(Word sample, Word stored, Word weight, std::int32_t held) {
  const Word before = hn::ShiftLeft<2>(stored);
  const Word change = hn::MulFixedPoint15(hn::Sub(before, sample), hn::ShiftLeft<7>(weight));
  const Word mixed = hn::Add(sample, change);
  const Word rounded = hn::Min(hn::ShiftRight<2>(hn::Add(mixed, set(2))), set(255));
  const Word difference = hn::Sub(sample, before), one = set(1);
  const Word up = hn::IfThenElseZero(hn::Gt(difference, set(held)), one);
  const Word down = hn::IfThenElseZero(hn::Lt(difference, set(-held)), one);
  const Word stepped = hn::Sub(hn::Add(stored, up), down);
  return {mixed, hn::IfThenElse(hn::Eq(rounded, stored), stepped, rounded)};
}

HWY_INLINE Word share_of(const WordTable& shares, Word weight) {
  return hn::ShiftLeft<7>(shares[hn::ShiftRight<4>(weight)]);
}
HWY_INLINE Word smoothed(Word sample, const Sample* change, Word share) {
  return hn::Add(sample, hn::MulFixedPoint15(hn::LoadU(Words(), change), share));
}

void MixLumaKernel(const MixRow& row, std::size_t samples, Sample* luma, std::uint8_t* stored,
                   std::uint8_t* loss) {
  const Words d;
  const Word moving = set(row.limits->moving);
  const WordTable shares = word_table(row.adjust->smoothing.share);
  const VectorFactors factors(row.adjust->luma);
  for (std::size_t i = 0; i < samples; i += hn::Lanes(d)) {
    const Word lost = load_bytes(loss + i);
    Word weight = weight_of(moving, load_bytes(row.rest + i), lost);
    if (row.adjust->luma.active) weight = factors.apply(weight, lost);
    Word sample = hn::LoadU(d, luma + i);
    if (row.change != nullptr) {
      sample = smoothed(sample, row.change + i, share_of(shares, weight));
    }
    const Mixed mixed = mix(sample, load_bytes(stored + i), weight, kHeldDifference);
    hn::StoreU(mixed.sample, d, luma + i);
    store_bytes(mixed.stored, stored + i);
    store_bytes(weight, loss + i);
  }
}

HWY_INLINE Word scaled(Word x, Word strength) {
  const Word d = hn::Sub(x, set(kMidChroma));
  const Word more =
      hn::MulFixedPoint15(hn::ShiftLeft<2>(d), hn::ShiftLeft<7>(hn::Sub(strength, set(64))));
  return clamp(hn::Add(x, more), hn::Zero(Words()), set(kMax10));
}

void MixChromaKernel(const MixRow& row, const std::uint8_t* loss, std::size_t pairs, Sample* u,
                     Sample* v, std::uint8_t* stored) {
  const Words d;
  const HalfBytes d8;
  const Word moving = set(row.limits->moving);
  const WordTable shares = word_table(row.adjust->chroma_smoothing.share);
  const VectorFactors factors(row.adjust->chroma);
  const ChromaStrength& strength = row.adjust->strength;
  const Word normal = set(strength.normal), weak = set(strength.weak);
  for (std::size_t i = 0; i < pairs; i += hn::Lanes(d)) {
    const Word lost = load_bytes(loss + i);
    Word weight = weight_of(moving, load_bytes(row.rest + i), lost);
    if (row.adjust->chroma.active) weight = factors.apply(weight, lost);
    hn::Vec<HalfBytes> stored_u, stored_v;
    hn::LoadInterleaved2(d8, stored + 2 * i, stored_u, stored_v);
    Word new_u = hn::LoadU(d, u + i), new_v = hn::LoadU(d, v + i);
    if (row.change != nullptr) {
      const Word share = share_of(shares, weight);
      new_u = smoothed(new_u, row.change + i, share);
      new_v = smoothed(new_v, row.change_v + i, share);
    }
    Mixed mixed_u = mix(new_u, hn::PromoteTo(d, stored_u), weight, kHeldChroma);
    Mixed mixed_v = mix(new_v, hn::PromoteTo(d, stored_v), weight, kHeldChroma);
    hn::StoreInterleaved2(hn::DemoteTo(d8, mixed_u.stored), hn::DemoteTo(d8, mixed_v.stored), d8,
                          stored + 2 * i);
    if (strength.active) {
      const Word middle = set(kMidChroma);
      const Word size = hn::ShiftRight<2>(hn::Max(hn::Abs(hn::Sub(mixed_u.sample, middle)),
                                                  hn::Abs(hn::Sub(mixed_v.sample, middle))));
      const Word by = hn::IfThenElse(hn::Lt(size, set(strength.weak_below)), weak, normal);
      mixed_u.sample = scaled(mixed_u.sample, by), mixed_v.sample = scaled(mixed_v.sample, by);
    }
    hn::StoreU(mixed_u.sample, d, u + i);
    hn::StoreU(mixed_v.sample, d, v + i);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace t31::model::pixel
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace t31::model::pixel {
HWY_EXPORT(SlideLumaKernel);
HWY_EXPORT(SlideChromaKernel);
HWY_EXPORT(LumaMotionKernel);
HWY_EXPORT(ChromaMotionKernel);
HWY_EXPORT(SmoothingRowKernel);
HWY_EXPORT(MixLumaKernel);
HWY_EXPORT(MixChromaKernel);
void slide_luma(const LumaDifference& entering, const LumaDifference& leaving, std::size_t samples,
                Sample* absolute, Sample* net) {
  HWY_DYNAMIC_DISPATCH(SlideLumaKernel)(entering, leaving, samples, absolute, net);
}
void slide_chroma(const ChromaDifference& entering, const ChromaDifference& leaving,
                  std::size_t pairs, Sample* absolute) {
  HWY_DYNAMIC_DISPATCH(SlideChromaKernel)(entering, leaving, pairs, absolute);
}
void luma_motion(const TemporalDenoise& block, const Sample* absolute, const Sample* net,
                 std::size_t samples, std::uint8_t* loss, std::uint8_t* moving) {
  HWY_DYNAMIC_DISPATCH(LumaMotionKernel)(block, absolute, net, samples, loss, moving);
}
void chroma_motion(const TemporalDenoise& block, const Sample* absolute,
                   const std::uint8_t* luma_loss, std::size_t pairs, std::uint8_t* loss) {
  HWY_DYNAMIC_DISPATCH(ChromaMotionKernel)(block, absolute, luma_loss, pairs, loss);
}
void smoothing_row(const PictureSmoothing& block, const std::array<const Sample*, 5>& luma,
                   std::size_t samples, Sample* change) {
  HWY_DYNAMIC_DISPATCH(SmoothingRowKernel)(block, luma, samples, change);
}
void mix_luma(const MixRow& row, std::size_t samples, Sample* luma, std::uint8_t* stored,
              std::uint8_t* loss) {
  HWY_DYNAMIC_DISPATCH(MixLumaKernel)(row, samples, luma, stored, loss);
}
void mix_chroma(const MixRow& row, const std::uint8_t* loss, std::size_t pairs, Sample* u,
                Sample* v, std::uint8_t* stored) {
  HWY_DYNAMIC_DISPATCH(MixChromaKernel)(row, loss, pairs, u, v, stored);
}
}  // namespace t31::model::pixel
#endif

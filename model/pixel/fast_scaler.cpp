// SPDX-License-Identifier: GPL-2.0-or-later
// fast_scaler.cpp - vector kernels of the output scaler.
#include "model/pixel/fast_rows.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "model/pixel/fast_scaler.cpp"
#include "hwy/foreach_target.h"
// After foreach_target.
#include "hwy/highway.h"
#include "model/pixel/fast_arithmetic-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace t31::model::pixel {
namespace HWY_NAMESPACE {

using HalfBytes = hn::Rebind<std::uint8_t, Words>;
using HalfByte = hn::Vec<HalfBytes>;
using QuarterBytes = hn::Rebind<std::uint8_t, Integers>;
using Integer = hn::Vec<Integers>;

// a . weights01 + b . weights23 on pairs of words.
HWY_INLINE Integer two_pairs(Word a, Word weights01, Word b, Word weights23) {
  const Integers d;
  Integer odd = hn::Zero(d);
  Integer even = hn::ReorderWidenMulAccumulate(d, a, weights01, hn::Zero(d), odd);
  even = hn::ReorderWidenMulAccumulate(d, b, weights23, even, odd);
  return hn::RearrangeToOddPlusEven(even, odd);
}

struct VerticalWeights {
  Word first, second;
  HWY_INLINE explicit VerticalWeights(const VerticalTaps& taps)
      : first(alternating(taps.weight[0], taps.weight[1])),
        second(alternating(taps.weight[2], taps.weight[3])) {}

  HWY_INLINE Word filter(const HalfByte (&rows)[4]) const {
    const Words d;
    Word v[4];
    for (unsigned i = 0; i < 4; ++i) v[i] = hn::PromoteTo(d, rows[i]);
    const Integer rounding = hn::Set(Integers(), 16);
    const Integer lower = two_pairs(hn::InterleaveLower(d, v[0], v[1]), first,
                                    hn::InterleaveLower(d, v[2], v[3]), second);
    const Integer upper = two_pairs(hn::InterleaveUpper(d, v[0], v[1]), first,
                                    hn::InterleaveUpper(d, v[2], v[3]), second);
    const Word sum = hn::ReorderDemote2To(d, hn::ShiftRight<5>(hn::Add(lower, rounding)),
                                          hn::ShiftRight<5>(hn::Add(upper, rounding)));
    return hn::Min(sum, set(4095));
  }
};

void FilterRowsKernel(const VerticalTaps& taps, std::size_t samples, Sample* out) {
  const Words d;
  const HalfBytes d8;
  const VerticalWeights weights(taps);
  for (std::size_t i = 0; i < samples; i += hn::Lanes(d)) {
    HalfByte rows[4];
    for (unsigned k = 0; k < 4; ++k) rows[k] = hn::LoadU(d8, taps.rows[k] + i);
    hn::StoreU(weights.filter(rows), d, out + i);
  }
}

void FilterPairRowsKernel(const VerticalTaps& taps, std::size_t pairs, Sample* first,
                          Sample* second) {
  const Words d;
  const HalfBytes d8;
  const VerticalWeights weights(taps);
  for (std::size_t i = 0; i < pairs; i += hn::Lanes(d)) {
    HalfByte a[4], b[4];
    for (unsigned k = 0; k < 4; ++k) hn::LoadInterleaved2(d8, taps.rows[k] + 2 * i, a[k], b[k]);
    hn::StoreU(weights.filter(a), d, first + i);
    hn::StoreU(weights.filter(b), d, second + i);
  }
}

void FilterColumnsKernel(const HorizontalTaps& taps, const Sample* in, std::size_t samples,
                         std::uint8_t* out) {
  const Integers d;
  const Words d16;
  const QuarterBytes d8;
  const auto* words = reinterpret_cast<const std::int32_t*>(in);
  const auto* next = reinterpret_cast<const std::int32_t*>(in + 2);
  for (std::size_t i = 0; i < samples; i += hn::Lanes(d)) {
    const Integer bytes = hn::ShiftLeft<1>(hn::LoadU(d, taps.first + i));
    const Word left = hn::BitCast(d16, hn::GatherOffset(d, words, bytes));
    const Word right = hn::BitCast(d16, hn::GatherOffset(d, next, bytes));
    const Word weights01 = hn::BitCast(d16, hn::LoadU(d, taps.weights01 + i));
    const Word weights23 = hn::BitCast(d16, hn::LoadU(d, taps.weights23 + i));
    const Integer sum = hn::Add(two_pairs(left, weights01, right, weights23), hn::Set(d, 4096));
    hn::StoreU(hn::DemoteTo(d8, hn::ShiftRight<13>(sum)), d8, out + i);
  }
}

void InterleaveBytesKernel(const std::uint8_t* first, const std::uint8_t* second, std::size_t pairs,
                           std::uint8_t* out) {
  const hn::ScalableTag<std::uint8_t> d;
  const std::size_t whole = pairs - pairs % hn::Lanes(d);
  for (std::size_t i = 0; i < whole; i += hn::Lanes(d)) {
    hn::StoreInterleaved2(hn::LoadU(d, first + i), hn::LoadU(d, second + i), d, out + 2 * i);
  }
  for (std::size_t i = whole; i < pairs; ++i) {
    out[2 * i] = first[i];
    out[2 * i + 1] = second[i];
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace t31::model::pixel
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace t31::model::pixel {
HWY_EXPORT(FilterRowsKernel);
HWY_EXPORT(FilterPairRowsKernel);
HWY_EXPORT(FilterColumnsKernel);
HWY_EXPORT(InterleaveBytesKernel);
void filter_rows(const VerticalTaps& taps, std::size_t samples, Sample* out) {
  HWY_DYNAMIC_DISPATCH(FilterRowsKernel)(taps, samples, out);
}
void filter_pair_rows(const VerticalTaps& taps, std::size_t pairs, Sample* first, Sample* second) {
  HWY_DYNAMIC_DISPATCH(FilterPairRowsKernel)(taps, pairs, first, second);
}
void filter_columns(const HorizontalTaps& taps, const Sample* in, std::size_t samples,
                    std::uint8_t* out) {
  HWY_DYNAMIC_DISPATCH(FilterColumnsKernel)(taps, in, samples, out);
}
void interleave_bytes(const std::uint8_t* first, const std::uint8_t* second, std::size_t pairs,
                      std::uint8_t* out) {
  HWY_DYNAMIC_DISPATCH(InterleaveBytesKernel)(first, second, pairs, out);
}
}  // namespace t31::model::pixel
#endif

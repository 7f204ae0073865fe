// SPDX-License-Identifier: GPL-2.0-or-later
// fast_tone_statistics.cpp - vector kernels of what tone mapping and defog measure.
#include "model/pixel/fast_tone_rows.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "model/pixel/fast_tone_statistics.cpp"
#include "hwy/foreach_target.h"
// After foreach_target.
#include "hwy/highway.h"
#include "model/pixel/fast_arithmetic-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace t31::model::pixel {
namespace HWY_NAMESPACE {

void CellLumaRowKernel(const Split (&bayer)[2], std::size_t cells, Sample* luma) {
  const Words d;
  for (std::size_t i = 0; i < cells; i += hn::Lanes(d)) {
    const Word upper = hn::Add(hn::LoadU(d, bayer[0].even + i), hn::LoadU(d, bayer[0].odd + i));
    const Word lower = hn::Add(hn::LoadU(d, bayer[1].even + i), hn::LoadU(d, bayer[1].odd + i));
    hn::StoreU(hn::ShiftRight<2>(hn::Add(upper, lower)), d, luma + i);
  }
}

// The sum of many words.
struct WordSum {
  hn::Vec<Integers> even, odd;
  HWY_INLINE WordSum() : even(hn::Zero(Integers())), odd(hn::Zero(Integers())) {}
  HWY_INLINE void add(Word v) {
    even = hn::ReorderWidenMulAccumulate(Integers(), v, set(1), even, odd);
  }
  HWY_INLINE std::uint32_t total() const {
    return static_cast<std::uint32_t>(hn::GetLane(hn::SumOfLanes(Integers(), hn::Add(even, odd))));
  }
};

// Counts; a lane takes no more than 32767.
struct WordCount {
  Word lanes;
  HWY_INLINE WordCount() : lanes(hn::Zero(Words())) {}
  HWY_INLINE void add(hn::Mask<Words> where) {
    lanes = hn::Sub(lanes, hn::VecFromMask(Words(), where));
  }
  HWY_INLINE std::uint32_t total() const {
    WordSum sum;
    sum.add(lanes);
    return sum.total();
  }
};

void ToneZoneRowKernel(const ToneMeter& meter, const Sample* luma, ToneTotals::Zone* zones) {
  const Words d;
  constexpr unsigned kLimits = ToneMeter::kZoneBins - 1;
  Word below[kLimits];
  for (unsigned k = 0; k < kLimits; ++k) below[k] = set(meter.limits[k] - 1);
  for (unsigned column = 0; column < ToneMeter::kColumns; ++column) {
    const std::int32_t begin = meter.x[column], end = meter.x[column + 1];
    if (begin >= end) continue;
    WordSum sum;
    WordCount reached[kLimits];
    const auto lanes = static_cast<std::int32_t>(hn::Lanes(d));
    for (std::int32_t i = begin; i < end; i += lanes) {
      const auto valid = hn::FirstN(d, static_cast<std::size_t>(std::min(end - i, lanes)));
      // What isn't valid reaches no limit, not even 0.
      const Word y = hn::LoadU(d, luma + i);
      sum.add(hn::IfThenElseZero(valid, y));
      const Word counted = hn::IfThenElse(valid, y, set(-2));
      for (unsigned k = 0; k < kLimits; ++k) reached[k].add(hn::Gt(counted, below[k]));
    }
    ToneTotals::Zone& zone = zones[column];
    zone.sum += sum.total();
    std::uint32_t left = static_cast<std::uint32_t>(end - begin);
    for (unsigned k = 0; k < kLimits; ++k) {
      const std::uint32_t above = reached[k].total();
      zone.bins[k] += left - above;
      left = above;
    }
    zone.bins[kLimits] += left;
  }
}

struct BlockSums {
  WordSum red, green, blue;
  WordCount dark, bright;
  HWY_INLINE BlockSums() {}  // the compiler's own would not be for this instruction set
};

HWY_INLINE void add_pixels(const Split& red, const Split& green, const Split& blue, unsigned parity,
                           std::int32_t begin, std::int32_t end, Word dark, Word bright,
                           BlockSums& sums) {
  const Words d;
  const auto lanes = static_cast<std::int32_t>(hn::Lanes(d));
  for (std::int32_t i = begin; i < end; i += lanes) {
    const auto valid = hn::FirstN(d, static_cast<std::size_t>(std::min(end - i, lanes)));
    const auto load = [&](const Split& colour) HWY_ATTR {
      return hn::IfThenElseZero(valid, hn::ShiftRight<2>(hn::LoadU(d, colour[parity] + i)));
    };
    const Word r = load(red), g = load(green), b = load(blue);
    sums.red.add(r);
    sums.green.add(g);
    sums.blue.add(b);
    const Word weighted =
        hn::Add(hn::Add(hn::Mul(r, set(19)), hn::Mul(g, set(38))), hn::Mul(b, set(7)));
    const Word luma = hn::ShiftRight<6>(weighted);
    const auto is_dark = hn::Lt(luma, dark);
    sums.dark.add(hn::And(valid, is_dark));
    sums.bright.add(hn::And(valid, hn::AndNot(is_dark, hn::Gt(luma, bright))));
  }
}

void DefogZoneRowKernel(const DefogMeter& meter, const Split& red, const Split& green,
                        const Split& blue, DefogTotals::Block* blocks) {
  const Word dark = set(meter.dark), bright = set(meter.bright);
  for (unsigned column = 0; column < DefogMeter::kColumns; ++column) {
    const std::int32_t begin = meter.x[column], end = meter.x[column + 1];
    if (begin >= end) continue;
    BlockSums sums;
    add_pixels(red, green, blue, 0, (begin + 1) / 2, (end + 1) / 2, dark, bright, sums);
    add_pixels(red, green, blue, 1, begin / 2, end / 2, dark, bright, sums);
    DefogTotals::Block& block = blocks[column];
    block.red += sums.red.total();
    block.green += sums.green.total();
    block.blue += sums.blue.total();
    const std::uint32_t low = sums.dark.total(), high = sums.bright.total();
    block.dark += low;
    block.bright += high;
    block.middle += static_cast<std::uint32_t>(end - begin) - low - high;
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace t31::model::pixel
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace t31::model::pixel {
HWY_EXPORT(CellLumaRowKernel);
HWY_EXPORT(ToneZoneRowKernel);
HWY_EXPORT(DefogZoneRowKernel);
void cell_luma_row(const Split (&bayer)[2], std::size_t cells, Sample* luma) {
  HWY_DYNAMIC_DISPATCH(CellLumaRowKernel)(bayer, cells, luma);
}
void tone_zone_row(const ToneMeter& meter, const Sample* luma, ToneTotals::Zone* zones) {
  HWY_DYNAMIC_DISPATCH(ToneZoneRowKernel)(meter, luma, zones);
}
void defog_zone_row(const DefogMeter& meter, const Split& red, const Split& green,
                    const Split& blue, DefogTotals::Block* blocks) {
  HWY_DYNAMIC_DISPATCH(DefogZoneRowKernel)(meter, red, green, blue, blocks);
}
}  // namespace t31::model::pixel
#endif

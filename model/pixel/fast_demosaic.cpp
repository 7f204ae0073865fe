// SPDX-License-Identifier: GPL-2.0-or-later
// fast_demosaic.cpp - vector kernels of the demosaic block.
#include "model/pixel/fast_rows.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "model/pixel/fast_demosaic.cpp"
#include "hwy/foreach_target.h"
// After foreach_target.
#include "hwy/highway.h"
#include "model/pixel/fast_arithmetic-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace t31::model::pixel {
namespace HWY_NAMESPACE {

HWY_INLINE Word load(const Sample* from) {
  return hn::LoadU(Words(), from);
}
HWY_INLINE void store(Word v, Sample* to) {
  hn::StoreU(v, Words(), to);
}
HWY_INLINE Word distance(Word a, Word b) {
  return hn::Abs(hn::Sub(a, b));
}

// The column to the left (right) of position i of a parity lies in the other parity at i + this.
constexpr std::ptrdiff_t left_of(unsigned parity) {
  return parity == 0 ? -1 : 0;
}
constexpr std::ptrdiff_t right_of(unsigned parity) {
  return parity == 0 ? 0 : 1;
}

// A sample and those at distance one and two to both sides, along one direction.
struct Line {
  Word before2, before1, centre, after1, after2;

  HWY_INLINE Word curvature() const {
    return hn::Sub(hn::Sub(hn::Add(centre, centre), before2), after2);
  }
  HWY_INLINE Word gradient() const {
    return hn::Add(distance(before1, after1), hn::Abs(curvature()));
  }
  HWY_INLINE Word interpolated() const {
    const Word neighbours = hn::Add(before1, after1);
    return hn::ShiftRight<2>(hn::Add(hn::Add(neighbours, neighbours), curvature()));
  }
};

template <unsigned kParity>
HWY_INLINE Line across(const Split& row, std::size_t i) {
  const Sample* own = row[kParity] + i;
  const Sample* other = row[1 - kParity] + i;
  return {load(own - 1), load(other + left_of(kParity)), load(own), load(other + right_of(kParity)),
          load(own + 1)};
}

template <unsigned kParity>
HWY_INLINE Line along(const Split* rows, std::size_t i) {
  return {load(rows[0][kParity] + i), load(rows[1][kParity] + i), load(rows[2][kParity] + i),
          load(rows[3][kParity] + i), load(rows[4][kParity] + i)};
}

// All ones where one direction is clearly smoother.
HWY_INLINE Word directional(Word horizontal, Word vertical, Word below_threshold) {
  return hn::VecFromMask(Words(), hn::Gt(distance(horizontal, vertical), below_threshold));
}

// The largest value below a threshold. What is compared stays below 15 bits, so that a larger
// threshold is never met either way.
HWY_INLINE Word below(std::int32_t threshold) {
  return set(std::min(threshold, 32767) - 1);
}

template <unsigned kSite>
HWY_INLINE void green_of_row(const GreenRow& row, std::size_t pairs, Split green,
                             Sample* difference, Split flags) {
  const Word threshold = below(row.block->direction_threshold);
  for (std::size_t i = 0; i < pairs; i += hn::Lanes(Words())) {
    const Line h = across<kSite>(row.bayer[2], i), v = along<kSite>(row.bayer, i);
    const Word gh = h.gradient(), gv = v.gradient();
    const Word flag = directional(gh, gv, threshold);
    const Word from_h = h.interpolated(), from_v = v.interpolated();
    const Word smoother = hn::IfThenElse(hn::Lt(gh, gv), from_h, from_v);
    const Word mean = hn::ShiftRight<1>(hn::Add(from_h, from_v));
    const Word g = clamp12(hn::IfVecThenElse(flag, smoother, mean));
    store(g, green[kSite] + i);
    store(hn::Sub(h.centre, g), difference + i);
    store(flag, flags[kSite] + i);

    const Line gh2 = across<1 - kSite>(row.bayer[2], i), gv2 = along<1 - kSite>(row.bayer, i);
    store(gh2.centre, green[1 - kSite] + i);
    store(directional(gh2.gradient(), gv2.gradient(), threshold), flags[1 - kSite] + i);
  }
}

void GreenRowKernel(const GreenRow& row, std::size_t pairs, Split green, Sample* difference,
                    Split flags) {
  if (row.site == 0) {
    green_of_row<0>(row, pairs, green, difference, flags);
  } else {
    green_of_row<1>(row, pairs, green, difference, flags);
  }
}

// Strengths, scaled so that the high half of a product is d * strength >> 7.
struct VectorSharpen {
  Word below_detail, directional_white, directional_black, white, black;
  bool active;

  HWY_INLINE explicit VectorSharpen(const Demosaic& block)
      : below_detail(below(block.detail_threshold)),
        directional_white(set(block.directional.white * 64)),
        directional_black(set(block.directional.black * 64)),
        white(set(block.undirectional.white * 64)),
        black(set(block.undirectional.black * 64)),
        active((block.directional.white | block.directional.black | block.undirectional.white |
                block.undirectional.black) != 0) {}

  HWY_INLINE Word added(Word detail, Word flag) const {
    const auto bright = hn::Gt(detail, hn::Zero(Words()));
    const Word strength =
        hn::IfVecThenElse(flag, hn::IfThenElse(bright, directional_white, directional_black),
                          hn::IfThenElse(bright, white, black));
    const Word product = hn::MulHigh(hn::ShiftLeft<3>(detail), strength);
    return hn::IfThenElseZero(hn::Gt(hn::Abs(detail), below_detail), product);
  }
};

// 1-2-1 sum of three rows; unsigned, since the sum over three columns takes 16 bits.
template <unsigned kParity>
HWY_INLINE UnsignedWord column_sum(const Split* rows, std::ptrdiff_t i) {
  const Word centre = load(rows[1][kParity] + i);
  return as_unsigned(hn::Add(hn::Add(load(rows[0][kParity] + i), load(rows[2][kParity] + i)),
                             hn::Add(centre, centre)));
}

template <unsigned kParity>
HWY_INLINE Word detail(const Split* green, std::size_t at) {
  const auto i = static_cast<std::ptrdiff_t>(at);
  const UnsignedWord centre = column_sum<kParity>(green, i);
  const UnsignedWord sides = hn::Add(column_sum<1 - kParity>(green, i + left_of(kParity)),
                                     column_sum<1 - kParity>(green, i + right_of(kParity)));
  const UnsignedWord sum = hn::Add(hn::Add(sides, hn::Add(centre, centre)), set_unsigned(8));
  return hn::Sub(load(green[1][kParity] + i), as_signed(hn::ShiftRight<4>(sum)));
}

HWY_INLINE Word rounded_mean(Word a, Word b) {
  return hn::ShiftRight<1>(hn::Add(hn::Add(a, b), set(1)));
}

// The row's own colour minus green, and that of the rows above and below.
struct Differences {
  Word own, other;
};

template <unsigned kSite>
HWY_INLINE Differences at_site(const RgbRow& row, std::size_t i) {
  const Sample* above = row.difference[0] + i;
  const Sample* below = row.difference[2] + i;
  const Word top = hn::Add(load(above + left_of(kSite)), load(above + right_of(kSite)));
  const Word bottom = hn::Add(load(below + left_of(kSite)), load(below + right_of(kSite)));
  return {load(row.difference[1] + i), hn::ShiftRight<2>(hn::Add(hn::Add(top, bottom), set(2)))};
}

template <unsigned kSite>
HWY_INLINE Differences at_green(const RgbRow& row, std::size_t i) {
  const Sample* own = row.difference[1] + i;
  return {rounded_mean(load(own + left_of(1 - kSite)), load(own + right_of(1 - kSite))),
          rounded_mean(load(row.difference[0] + i), load(row.difference[2] + i))};
}

template <unsigned kParity>
HWY_INLINE void finish(const RgbRow& row, const VectorSharpen& sharpen, const Differences& k,
                       std::size_t i, Sample* own, Sample* green, Sample* other) {
  Word g = load(row.green[1][kParity] + i);
  Word a = clamp12(hn::Add(g, k.own)), b = clamp12(hn::Add(g, k.other));
  if (sharpen.active) {
    const Word added =
        sharpen.added(detail<kParity>(row.green, i), load(row.directional[kParity] + i));
    g = clamp12(hn::Add(g, added));
    a = clamp12(hn::Add(a, added));
    b = clamp12(hn::Add(b, added));
  }
  store(a, own + i);
  store(g, green + i);
  store(b, other + i);
}

template <unsigned kSite>
HWY_INLINE void rgb_of_row(const RgbRow& row, std::size_t pairs, Split own, Split green,
                           Split other) {
  const VectorSharpen sharpen(*row.block);
  for (std::size_t i = 0; i < pairs; i += hn::Lanes(Words())) {
    finish<kSite>(row, sharpen, at_site<kSite>(row, i), i, own[kSite], green[kSite], other[kSite]);
    constexpr unsigned kGreen = 1 - kSite;
    finish<kGreen>(row, sharpen, at_green<kSite>(row, i), i, own[kGreen], green[kGreen],
                   other[kGreen]);
  }
}

void RgbRowKernel(const RgbRow& row, std::size_t pairs, Split red, Split green, Split blue) {
  const Split own = row.red_row ? red : blue, other = row.red_row ? blue : red;
  if (row.site == 0) {
    rgb_of_row<0>(row, pairs, own, green, other);
  } else {
    rgb_of_row<1>(row, pairs, own, green, other);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace t31::model::pixel
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace t31::model::pixel {
HWY_EXPORT(GreenRowKernel);
HWY_EXPORT(RgbRowKernel);
void green_row(const GreenRow& row, std::size_t pairs, Split green, Sample* difference,
               Split directional) {
  HWY_DYNAMIC_DISPATCH(GreenRowKernel)(row, pairs, green, difference, directional);
}
void rgb_row(const RgbRow& row, std::size_t pairs, Split red, Split green, Split blue) {
  HWY_DYNAMIC_DISPATCH(RgbRowKernel)(row, pairs, red, green, blue);
}
}  // namespace t31::model::pixel
#endif

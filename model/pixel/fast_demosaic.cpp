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

// The larger gradient, its bits inverted where the pixel is directional, and back.
HWY_INLINE Word packed_slopes(Word horizontal, Word vertical, Word flag) {
  return hn::Xor(hn::Max(horizontal, vertical), flag);
}
HWY_INLINE Word flag_of(Word slopes) {
  return hn::ShiftRight<15>(slopes);
}
HWY_INLINE Word activity_of(Word slopes) {
  return hn::Xor(slopes, flag_of(slopes));
}

// The largest value below a threshold. What is compared stays below 15 bits, so that a larger
// threshold is never met either way.
HWY_INLINE Word below(std::int32_t threshold) {
  return set(std::min(threshold, 32767) - 1);
}

template <unsigned kSite>
HWY_INLINE void green_of_row(const GreenRow& row, std::size_t pairs, Split green,
                             Sample* difference, Split slopes) {
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
    store(packed_slopes(gh, gv, flag), slopes[kSite] + i);

    const Line gh2 = across<1 - kSite>(row.bayer[2], i), gv2 = along<1 - kSite>(row.bayer, i);
    store(gh2.centre, green[1 - kSite] + i);
    const Word green_h = gh2.gradient(), green_v = gv2.gradient();
    store(packed_slopes(green_h, green_v, directional(green_h, green_v, threshold)),
          slopes[1 - kSite] + i);
  }
}

void GreenRowKernel(const GreenRow& row, std::size_t pairs, Split green, Sample* difference,
                    Split slopes) {
  if (row.site == 0) {
    green_of_row<0>(row, pairs, green, difference, slopes);
  } else {
    green_of_row<1>(row, pairs, green, difference, slopes);
  }
}

// DetailWeights as byte tables: nodes and their steps, 16 to a table.
struct VectorWeights {
  HWY_ALIGN std::uint8_t nodes[2][16] = {};
  HWY_ALIGN std::uint8_t steps[2][16] = {};

  HWY_INLINE explicit VectorWeights(const DetailWeights& weights) {
    for (unsigned i = 0; i < 32; ++i) {
      const std::uint8_t own = weights.nodes[std::min(i, DetailWeights::kNodes - 1)];
      const std::uint8_t next = weights.nodes[std::min(i + 1, DetailWeights::kNodes - 1)];
      nodes[i / 16][i % 16] = own;
      steps[i / 16][i % 16] = static_cast<std::uint8_t>(next - own);
    }
  }

  // Bytes of two tables at `index`, 0 ... 31; the upper byte of each lane is 0.
  HWY_INLINE static Word look_up(const std::uint8_t (&tables)[2][16], Word lower, Word upper) {
    const hn::Repartition<std::uint8_t, Words> d8;
    return hn::Or(
        hn::TableLookupBytesOr0(hn::BitCast(Words(), hn::LoadDup128(d8, tables[0])), lower),
        hn::TableLookupBytesOr0(hn::BitCast(Words(), hn::LoadDup128(d8, tables[1])), upper));
  }

  HWY_INLINE Word at(Word magnitude) const {
    const Words d;
    const Word index = hn::Min(hn::ShiftRight<DetailWeights::kSpacingBits>(magnitude), set(31));
    // An index byte with its highest bit set reads 0.
    const Word beyond = hn::And(hn::VecFromMask(d, hn::Gt(index, set(15))), set(0x80));
    const Word off = set(-0x8000);
    const Word lower = hn::Or(hn::Or(index, beyond), off);
    const Word upper = hn::Or(hn::Sub(index, set(16)), off);
    const Word node = look_up(nodes, lower, upper);
    const Word step = hn::ShiftRight<8>(hn::ShiftLeft<8>(look_up(steps, lower, upper)));
    const Word within = hn::And(magnitude, set((1 << DetailWeights::kSpacingBits) - 1));
    return hn::Add(hn::ShiftLeft<DetailWeights::kSpacingBits>(node), hn::Mul(step, within));
  }
};

// Strengths scaled so that the high half of a product with weights is the effective strength.
struct VectorSharpening {
  VectorWeights white_weights, black_weights;
  bool same_weights;
  Word white, black, white_most, black_most;

  HWY_INLINE explicit VectorSharpening(const Sharpening& s)
      : white_weights(s.white.weights),
        black_weights(s.black.weights),
        same_weights(s.white.weights == s.black.weights),
        white(set(s.white.strength * 64)),
        black(set(s.black.strength * 64)),
        white_most(set(s.white.most)),
        black_most(set(-s.black.most)) {}

  HWY_INLINE Word added(Word detail, Word magnitude) const {
    const auto bright = hn::Gt(detail, hn::Zero(Words()));
    Word weight = white_weights.at(magnitude);
    if (!same_weights) weight = hn::IfThenElse(bright, weight, black_weights.at(magnitude));
    const Word strength = hn::MulHigh(hn::IfThenElse(bright, white, black), weight);
    const Word effective = hn::ShiftLeft<6>(hn::Min(strength, set(SharpenSide::kMaxStrength)));
    const Word product = hn::MulHigh(hn::ShiftLeft<3>(detail), effective);
    return clamp(product, black_most, white_most);
  }
};

struct VectorSharpen {
  Word below_detail;
  VectorSharpening directional, undirectional;
  bool active;

  HWY_INLINE explicit VectorSharpen(const Demosaic& block)
      : below_detail(below(block.detail_threshold)),
        directional(block.directional),
        undirectional(block.undirectional),
        active(block.directional.active() || block.undirectional.active()) {}

  HWY_INLINE Word added(Word detail, Word flag) const {
    const Word magnitude = hn::Abs(detail);
    const Word sum = hn::IfVecThenElse(flag, directional.added(detail, magnitude),
                                       undirectional.added(detail, magnitude));
    return hn::IfThenElseZero(hn::Gt(magnitude, below_detail), sum);
  }
};

struct VectorFalseColour {
  bool active;
  Word below_step[4], strengths[3], slope, third, below_alias, alias, dark_below, dark;

  // What is compared stays below 15 bits, as with `below`.
  HWY_INLINE explicit VectorFalseColour(const FalseColour& f)
      : active(f.active()),
        below_step{below(f.steps[0]), below(f.steps[1]), below(f.steps[2]), below(f.steps[3])},
        strengths{set(f.strengths[0]), set(f.strengths[1]), set(f.strengths[2])},
        slope(set(f.slope())),
        third(set(std::min(f.steps[2], 32767))),
        below_alias(below(f.alias_from)),
        alias(set(f.alias_strength)),
        dark_below(set(std::min(f.dark_below, 32767))),
        dark(set(f.dark_strength)) {}

  // Strengths scaled as in VectorSharpening.
  HWY_INLINE Word strength(Word activity, Word directional_flag, Word green) const {
    const Word rising = hn::Add(
        strengths[1], hn::MulHigh(hn::Max(hn::Sub(activity, third), hn::Zero(Words())), slope));
    Word s = hn::IfThenElseZero(hn::Gt(activity, below_step[0]), strengths[0]);
    s = hn::IfThenElse(hn::Gt(activity, below_step[1]), strengths[1], s);
    s = hn::IfThenElse(hn::Gt(activity, below_step[2]), rising, s);
    s = hn::IfThenElse(hn::Gt(activity, below_step[3]), strengths[2], s);
    const Word aliasing =
        hn::AndNot(directional_flag, hn::VecFromMask(Words(), hn::Gt(activity, below_alias)));
    s = hn::Max(s, hn::And(aliasing, alias));
    s = hn::Max(s, hn::IfThenElseZero(hn::Lt(green, dark_below), dark));
    return hn::ShiftLeft<6>(s);
  }
  HWY_INLINE static Word suppressed(Word difference, Word strength) {
    return hn::Sub(difference, hn::MulHigh(hn::ShiftLeft<3>(difference), strength));
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

struct VectorDetail {
  VectorSharpen sharpen;
  VectorFalseColour false_colour;
  HWY_INLINE explicit VectorDetail(const Demosaic& block)
      : sharpen(block), false_colour(block.false_colour) {}
};

template <unsigned kParity>
HWY_INLINE void finish(const RgbRow& row, const VectorDetail& block, Differences k, std::size_t i,
                       Sample* own, Sample* green, Sample* other) {
  const Word slopes = load(row.directional[kParity] + i);
  Word g = load(row.green[1][kParity] + i);
  if (block.false_colour.active) {
    const Word strength = block.false_colour.strength(activity_of(slopes), flag_of(slopes), g);
    k.own = VectorFalseColour::suppressed(k.own, strength);
    k.other = VectorFalseColour::suppressed(k.other, strength);
  }
  Word a = clamp12(hn::Add(g, k.own)), b = clamp12(hn::Add(g, k.other));
  if (block.sharpen.active) {
    const Word added = block.sharpen.added(detail<kParity>(row.green, i), flag_of(slopes));
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
  const VectorDetail block(*row.block);
  for (std::size_t i = 0; i < pairs; i += hn::Lanes(Words())) {
    finish<kSite>(row, block, at_site<kSite>(row, i), i, own[kSite], green[kSite], other[kSite]);
    constexpr unsigned kGreen = 1 - kSite;
    finish<kGreen>(row, block, at_green<kSite>(row, i), i, own[kGreen], green[kGreen],
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
               Split slopes) {
  HWY_DYNAMIC_DISPATCH(GreenRowKernel)(row, pairs, green, difference, slopes);
}
void rgb_row(const RgbRow& row, std::size_t pairs, Split red, Split green, Split blue) {
  HWY_DYNAMIC_DISPATCH(RgbRowKernel)(row, pairs, red, green, blue);
}
}  // namespace t31::model::pixel
#endif

// SPDX-License-Identifier: GPL-2.0-or-later
// fast_tone.cpp - vector kernels of local tone mapping.
#include "model/pixel/fast_tone_rows.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "model/pixel/fast_tone.cpp"
#include "hwy/foreach_target.h"
// After foreach_target.
#include "hwy/highway.h"
#include "model/pixel/fast_arithmetic-inl.hpp"
#include "model/pixel/fast_segments-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace t31::model::pixel {
namespace HWY_NAMESPACE {

// Twelve nodes of a tile take three vectors of four.
using Nodes = hn::FixedTag<std::int32_t, 4>;
using NodeWords = hn::FixedTag<std::int16_t, 8>;
using NodeBytes = hn::FixedTag<std::uint8_t, 8>;
constexpr unsigned kParts = 3;
constexpr unsigned kSegments = ToneMapping::kNodes + 1;

// Nodes of the tile's curve, blended: `nodes[0]` = 0, the curve's eleven, 4096.
HWY_INLINE void blend_nodes(const CurvePairs& pairs, const TileWeights::Tile& tile,
                            std::int32_t* nodes) {
  const Nodes d;
  hn::Vec<Nodes> even[kParts], odd[kParts];
  for (unsigned i = 0; i < kParts; ++i) even[i] = odd[i] = hn::Zero(d);
  for (unsigned p = 0; p < CurvePairs::kPairs; ++p) {
    const std::int32_t both = tile.weights[2 * p] | tile.weights[2 * p + 1] << 16;
    if (both == 0) continue;
    const auto weights = hn::BitCast(NodeWords(), hn::Set(d, both));
    for (unsigned i = 0; i < kParts; ++i) {
      const auto values = hn::Load(NodeWords(), pairs.nodes[p].data() + 8 * i);
      even[i] = hn::ReorderWidenMulAccumulate(d, values, weights, even[i], odd[i]);
    }
  }
  const hn::Repartition<float, Nodes> df;
  const auto divisor = hn::Set(df, static_cast<float>(tile.sum));
  const auto half = hn::Set(d, tile.sum / 2);
  nodes[0] = 0;
  for (unsigned i = 0; i < kParts; ++i) {
    const auto sum = hn::Add(hn::RearrangeToOddPlusEven(even[i], odd[i]), half);
    hn::StoreU(hn::ConvertTo(d, hn::Div(hn::ConvertTo(df, sum), divisor)), d, nodes + 1 + 4 * i);
  }
  nodes[kSegments] = kMax12 + 1;
}

// Twelve 16-bit values as low and high bytes.
HWY_INLINE void store_words(const hn::Vec<Nodes>* parts, std::uint8_t* low, std::uint8_t* high) {
  const NodeWords d;
  const NodeBytes d8;
  const auto wrapped = [](auto v) HWY_ATTR { return hn::ShiftRight<16>(hn::ShiftLeft<16>(v)); };
  const auto mask = hn::Set(d, 0xff);
  const auto store = [&](auto words, std::size_t at) HWY_ATTR {
    const auto upper = hn::And(hn::ShiftRight<8>(words), mask);
    hn::Store(hn::DemoteTo(d8, hn::And(words, mask)), d8, low + at);
    hn::Store(hn::DemoteTo(d8, upper), d8, high + at);
  };
  store(hn::ReorderDemote2To(d, wrapped(parts[0]), wrapped(parts[1])), 0);
  store(hn::ReorderDemote2To(d, wrapped(parts[2]), hn::Zero(Nodes())), 8);
}

void TileCurvesKernel(const ToneMapping& block, const CurvePairs* pairs,
                      const TileWeights::Tile* tiles, std::size_t count, const CurveTables& out) {
  const Nodes d;
  HWY_ALIGN std::int32_t scales[4 * kParts];
  for (unsigned i = 0; i < kSegments; ++i) scales[i] = 1 << (12 - block.knees.width_bits[i]);
  const auto steepest = hn::Set(d, 0xffff);
  for (std::size_t t = 0; t < count; ++t) {
    const TileWeights::Tile& tile = tiles[t];
    HWY_ALIGN std::int32_t nodes[4 * kParts + 4];
    const auto curve = tile.column * static_cast<std::int32_t>(ToneMapping::kRows) + tile.row;
    blend_nodes(pairs[curve], tile, nodes);
    hn::Vec<Nodes> values[kParts], slopes[kParts];
    for (unsigned i = 0; i < kParts; ++i) {
      const auto from = hn::Load(d, nodes + 4 * i), to = hn::LoadU(d, nodes + 4 * i + 1);
      values[i] = hn::ShiftLeft<4>(from);
      const auto slope = hn::Mul(hn::Sub(to, from), hn::Load(d, scales + 4 * i));
      slopes[i] = hn::Min(hn::Max(slope, hn::Zero(d)), steepest);
    }
    const std::size_t at = CurveTables::kBytes * (t / 2);
    const auto table = [&](unsigned i) { return out.tables[i][t % 2] + at; };
    store_words(values, table(CurveTables::kValueLow), table(CurveTables::kValueHigh));
    store_words(slopes, table(CurveTables::kSlopeLow), table(CurveTables::kSlopeHigh));
  }
}

void SmoothColumnsKernel(const Split (&bayer)[5], std::size_t pairs, Split near, Split wide) {
  const UnsignedWords d;
  const auto lanes = static_cast<std::ptrdiff_t>(hn::Lanes(d));
  const auto end = static_cast<std::ptrdiff_t>(pairs) + 2;
  for (unsigned parity = 0; parity < 2; ++parity) {
    const auto load = [&](unsigned i, std::ptrdiff_t x) HWY_ATTR {
      return as_unsigned(hn::LoadU(Words(), bayer[i][parity] + x));
    };
    for (std::ptrdiff_t x = -lanes; x < end; x += lanes) {
      const UnsignedWord middle = load(2, x), beside = hn::Add(load(1, x), load(3, x));
      const UnsignedWord twice = hn::Add(middle, middle);
      const UnsignedWord outer = hn::Add(load(0, x), load(4, x));
      const UnsignedWord six = hn::Add(hn::ShiftLeft<2>(hn::Add(middle, beside)), twice);
      hn::StoreU(as_signed(hn::Add(beside, twice)), Words(), near[parity] + x);
      hn::StoreU(as_signed(hn::ShiftRight<4>(hn::Add(six, outer))), Words(), wide[parity] + x);
    }
  }
}

struct VectorLuma {
  UnsignedWord near, wide;
};

// Columns 2 i (parity 0) or 2 i + 1 of the smoothed lumas.
HWY_INLINE VectorLuma luma_at(const ToneRow& row, unsigned parity, std::size_t i) {
  const auto column = [&](const Split& split, std::ptrdiff_t offset) HWY_ATTR {
    const std::ptrdiff_t x = static_cast<std::ptrdiff_t>(parity) + offset;
    const Sample* at = split[x & 1] + static_cast<std::ptrdiff_t>(i) + (x >> 1);
    return as_unsigned(hn::LoadU(Words(), at));
  };
  const UnsignedWord n = column(row.near, 0), w = column(row.wide, 0);
  const UnsignedWord near =
      hn::Add(hn::Add(column(row.near, -1), column(row.near, 1)), hn::Add(n, n));
  const UnsignedWord beside = hn::Add(column(row.wide, -1), column(row.wide, 1));
  const UnsignedWord outer = hn::Add(column(row.wide, -2), column(row.wide, 2));
  const UnsignedWord six = hn::Add(hn::ShiftLeft<2>(hn::Add(w, beside)), hn::Add(w, w));
  return {hn::ShiftRight<4>(near), hn::ShiftRight<4>(hn::Add(six, outer))};
}

struct VectorTone {
  const ToneRow& row;
  VectorKnees knees;
  VectorKnees minimum_knees;
  WordTable minimum_value, minimum_slope;
  bool shared_knees;  // of curves and minimum
  bool contrasts, compensates;
  VectorSegments contrast, shift;
  Word least_detail, most_detail;

  HWY_INLINE explicit VectorTone(const ToneRow& r, const Segments& curve)
      : row(r),
        knees(curve),
        minimum_knees(r.block->minimum),
        minimum_value(word_table(r.block->minimum.value)),
        minimum_slope(word_table(r.block->minimum.slope)),
        shared_knees(curve.start == r.block->minimum.start),
        contrasts(r.block->changes_contrast),
        compensates(r.block->compensation.active),
        contrast(r.block->contrast),
        shift(r.block->compensation.shifts[0]),
        least_detail(set(r.block->least_detail)),
        most_detail(set(r.block->most_detail)) {}

  HWY_INLINE UnsignedWord minimum(Word y, Word index) const {
    const Word i = shared_knees ? index : minimum_knees.index(y);
    return rising_from(as_unsigned(minimum_value[i]),
                       as_unsigned(hn::Sub(y, minimum_knees.start[i])),
                       as_unsigned(minimum_slope[i]));
  }

  // Eight columns of each 128-bit block lie in one tile; `tiles` counts pairs of tiles.
  HWY_INLINE UnsignedWord curve(Word y, std::size_t tiles, unsigned parity) const {
    const auto table = [&](unsigned i) HWY_ATTR {
      return hn::LoadU(TableBytes(), row.curves->tables[i][parity] + CurveTables::kBytes * tiles);
    };
    const WordTable value{table(CurveTables::kValueLow), table(CurveTables::kValueHigh)};
    const WordTable slope{table(CurveTables::kSlopeLow), table(CurveTables::kSlopeHigh)};
    const Word i = knees.index(y);
    const UnsignedWord rising = rising_from(
        as_unsigned(value[i]), as_unsigned(hn::Sub(y, knees.start[i])), as_unsigned(slope[i]));
    return hn::Min(hn::Max(rising, minimum(y, i)), set_unsigned(ToneMapping::kMostToned));
  }

  HWY_INLINE Word detail(Word near, Word wide) const {
    const Word difference = hn::Sub(near, wide);
    const Word size =
        clamp(hn::Sub(hn::Abs(difference), least_detail), hn::Zero(Words()), most_detail);
    const Word signed_size =
        hn::IfThenElse(hn::Lt(difference, hn::Zero(Words())), hn::Neg(size), size);
    return scale_q10(signed_size, hn::Sub(contrast(near), set(kUnityQ10)));
  }

  HWY_INLINE Word apply(Word sample, const VectorLuma& luma, UnsignedWord y,
                        UnsignedWord toned) const {
    const UnsignedWord gain = quotient<8>(toned, y);
    Word detailed = sample;
    if (contrasts) {
      const Word near = as_signed(luma.near);
      detailed = clamp12(hn::SaturatedAdd(sample, detail(near, as_signed(luma.wide))));
    }
    const Word scaled = as_signed(gain_bits(as_unsigned(detailed), gain, 12));
    if (!compensates) return scaled;
    const UnsignedWord ratio =
        hn::Min(quotient<8>(as_unsigned(sample), y), set_unsigned(kMostRatio));
    const Word moved = scale_q8(as_signed(hn::ShiftRight<4>(toned)), shift(as_signed(ratio)));
    return clamp12(hn::SaturatedAdd(scaled, moved));
  }
  static constexpr std::int32_t kMostRatio = 2048;
};

void ToneRowKernel(const ToneRow& row, std::size_t pairs, Split out) {
  const Words d;
  const UnsignedWords du;
  const Integers d32;
  const VectorTone tone(row, ToneMapping::curve_through(row.block->knees, {}));
  const UnsignedWord one = set_unsigned(1);
  for (std::size_t i = 0; i < pairs; i += hn::Lanes(d)) {
    const VectorLuma even = luma_at(row, 0, i), odd = luma_at(row, 1, i);
    const UnsignedWord y_even = hn::Max(even.near, one), y_odd = hn::Max(odd.near, one);
    const std::size_t tiles = i / 8;
    const auto left =
        hn::BitCast(d32, tone.curve(as_signed(hn::InterleaveLower(du, y_even, y_odd)), tiles, 0));
    const auto right =
        hn::BitCast(d32, tone.curve(as_signed(hn::InterleaveUpper(du, y_even, y_odd)), tiles, 1));
    const auto lower = [](auto v) HWY_ATTR { return hn::ShiftRight<16>(hn::ShiftLeft<16>(v)); };
    const UnsignedWord toned_even = as_unsigned(hn::ReorderDemote2To(d, lower(left), lower(right)));
    const UnsignedWord toned_odd =
        as_unsigned(hn::ReorderDemote2To(d, hn::ShiftRight<16>(left), hn::ShiftRight<16>(right)));
    const Word a = hn::LoadU(d, row.bayer.even + i), b = hn::LoadU(d, row.bayer.odd + i);
    hn::StoreU(tone.apply(a, even, y_even, toned_even), d, out.even + i);
    hn::StoreU(tone.apply(b, odd, y_odd, toned_odd), d, out.odd + i);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace t31::model::pixel
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace t31::model::pixel {
HWY_EXPORT(TileCurvesKernel);
HWY_EXPORT(SmoothColumnsKernel);
HWY_EXPORT(ToneRowKernel);
void tile_curves(const ToneMapping& block, const CurvePairs* pairs, const TileWeights::Tile* tiles,
                 std::size_t count, const CurveTables& out) {
  HWY_DYNAMIC_DISPATCH(TileCurvesKernel)(block, pairs, tiles, count, out);
}
void smooth_columns(const Split (&bayer)[5], std::size_t pairs, Split near, Split wide) {
  HWY_DYNAMIC_DISPATCH(SmoothColumnsKernel)(bayer, pairs, near, wide);
}
void tone_row(const ToneRow& row, std::size_t pairs, Split out) {
  HWY_DYNAMIC_DISPATCH(ToneRowKernel)(row, pairs, out);
}
}  // namespace t31::model::pixel
#endif

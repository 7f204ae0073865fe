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

using Four = hn::FixedTag<std::int32_t, 4>;
using EightWords = hn::FixedTag<std::int16_t, 8>;
using EightBytes = hn::FixedTag<std::uint8_t, 8>;

// Products of weights and values, summed; both in eights.
struct Blend {
  hn::Vec<Four> even, odd;
  HWY_INLINE Blend() : even(hn::Zero(Four())), odd(hn::Zero(Four())) {}
  HWY_INLINE void add(hn::Vec<EightWords> weights, const std::int16_t* values) {
    even =
        hn::ReorderWidenMulAccumulate(Four(), weights, hn::Load(EightWords(), values), even, odd);
  }
  HWY_INLINE std::int32_t total() const {
    return hn::GetLane(hn::SumOfLanes(Four(), hn::Add(even, odd)));
  }
};

HWY_INLINE hn::Vec<EightWords> eight_weights(const TileWeights::Tile& tile, unsigned first) {
  return hn::PromoteTo(EightWords(), hn::LoadU(EightBytes(), tile.weights.data() + first));
}

void TileHazeKernel(const HazeTiles& tiles, std::size_t count, const HazeColumns& out) {
  const Four d;
  const hn::Repartition<float, Four> df;
  const EightWords dw;
  for (std::size_t t = 0; t < count; ++t) {
    const TileWeights::Tile& near = tiles.transmission[t];
    const TileWeights::Tile& around = tiles.air[t];
    const auto place = near.column * static_cast<std::int32_t>(Defog::kRows) + near.row;
    const HazePatch& patch = tiles.patches[place];
    HWY_ALIGN std::int32_t sums[4], weights[4];
    Blend transmission;
    for (unsigned i = 0; i < TileWeights::kPadded; i += 8) {
      transmission.add(eight_weights(near, i), patch.transmission.data() + i);
    }
    sums[3] = transmission.total() + near.sum / 2;
    const auto first = eight_weights(around, HazePatch::kFirstAir);
    const auto second = eight_weights(around, HazePatch::kFirstAir + 8);
    for (unsigned i = 0; i < 3; ++i) {
      Blend air;
      air.add(first, patch.air[i].data());
      air.add(second, patch.air[i].data() + 8);
      sums[i] = air.total() + around.sum / 2;
      weights[i] = around.sum;
    }
    weights[3] = near.sum;
    const auto mean = hn::ConvertTo(
        d, hn::Div(hn::ConvertTo(df, hn::Load(d, sums)), hn::ConvertTo(df, hn::Load(d, weights))));
    hn::Store(mean, d, sums);
    const std::size_t at = TileWeights::kTile / 2 * t;
    const auto spread = [&](std::int32_t value, Sample* row) HWY_ATTR {
      hn::StoreU(hn::Set(dw, static_cast<Sample>(value)), dw, row + at);
    };
    spread(tiles.gains[sums[3]], out.gain);
    for (unsigned i = 0; i < 3; ++i) {
      spread(std::min(sums[i], tiles.block->most_air) << 2, out.air[i]);
    }
  }
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
    const Word saturation = hn::ShiftRight<3>(hn::Sub(most, least));
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
    const Triplet air{hn::LoadU(d, row.haze.air[0] + i), hn::LoadU(d, row.haze.air[1] + i),
                      hn::LoadU(d, row.haze.air[2] + i)};
    const Word gain = hn::LoadU(d, row.haze.gain + i);
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
HWY_EXPORT(TileHazeKernel);
void tile_haze(const HazeTiles& tiles, std::size_t count, const HazeColumns& out) {
  HWY_DYNAMIC_DISPATCH(TileHazeKernel)(tiles, count, out);
}
void defog_row(const HazeRow& row, std::size_t pairs, const Split& red, const Split& green,
               const Split& blue) {
  HWY_DYNAMIC_DISPATCH(DefogRowKernel)(row, pairs, red, green, blue);
}
}  // namespace t31::model::pixel
#endif

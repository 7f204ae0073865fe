// SPDX-License-Identifier: GPL-2.0-or-later
// fast_raw_denoise.cpp - vector kernel of RDNS.
#include "model/pixel/fast_rows.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "model/pixel/fast_raw_denoise.cpp"
#include "hwy/foreach_target.h"
// After foreach_target.
#include "hwy/highway.h"
#include "model/pixel/fast_arithmetic-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace t31::model::pixel {
namespace HWY_NAMESPACE {

// 1 / (n + 1) as Q15 for n = 1 ... 8 lanes of a count; for none the sum is zero anyway.
HWY_INLINE Word reciprocal(Word count) {
  constexpr auto& kTable = RawDenoise::kReciprocal;
  HWY_ALIGN static constexpr std::int16_t kValues[8] = {kTable[2], kTable[3], kTable[4], kTable[5],
                                                        kTable[6], kTable[7], kTable[8], kTable[9]};
  const Words d;
  // Bytes 2 n and 2 n + 1 of the table, counting from 0.
  const Word from_zero = hn::Max(hn::Sub(count, set(1)), hn::Zero(d));
  const Word bytes = hn::Or(hn::ShiftLeft<1>(from_zero), hn::ShiftLeft<9>(from_zero));
  const Word indices = hn::Add(bytes, set(0x0100));
  return hn::TableLookupBytes(hn::LoadDup128(d, kValues), indices);
}

struct VectorDenoise {
  Word flat, textured, texture, saturation, overexposed, most;
  bool guards;

  HWY_INLINE VectorDenoise(const RawDenoise& block, const RawDenoise::Thresholds& thresholds)
      : flat(set(thresholds.flat)),
        textured(set(thresholds.textured)),
        // Differences and samples never exceed 4095.
        texture(set(std::min(block.texture, 4096))),
        saturation(set(std::min(block.saturation, 4095))),
        overexposed(set(std::min(block.overexposed, 4095))),
        most(set(std::min(block.most_overexposed, RawDenoise::kWindow))),
        guards(block.guards()) {}

  HWY_INLINE Word apply(Word x, const Word (&neighbours)[8]) const {
    const Words d;
    Word difference[8], distance[8], activity = hn::Zero(d);
    for (unsigned i = 0; i < 8; ++i) {
      difference[i] = hn::Sub(neighbours[i], x);
      distance[i] = hn::Abs(difference[i]);
      activity = hn::Add(activity, distance[i]);
    }
    const auto is_flat = hn::Lt(hn::ShiftRight<3>(activity), texture);
    const Word threshold = hn::IfThenElse(is_flat, flat, textured);
    Word sum = hn::Zero(d), absent = hn::Zero(d);
    for (unsigned i = 0; i < 8; ++i) {
      const Word out = hn::VecFromMask(d, hn::Gt(distance[i], threshold));
      sum = hn::Add(sum, hn::AndNot(out, difference[i]));
      absent = hn::Add(absent, out);
    }
    return hn::Add(x, hn::MulFixedPoint15(sum, reciprocal(hn::Add(absent, set(8)))));
  }
};

// Minus the number of overexposed samples at columns -2 ... 2 of a row.
template <unsigned kParity>
HWY_INLINE Word overexposed_in(const VectorDenoise& block, const Split& row, std::ptrdiff_t i) {
  const Words d;
  const Sample* own = row[kParity] + i;
  const Sample* other = row[1 - kParity] + i + (kParity == 0 ? -1 : 0);
  Word count = hn::Zero(d);
  for (const Sample* at : {own - 1, own, own + 1, other, other + 1}) {
    count = hn::Add(count, hn::VecFromMask(d, hn::Gt(hn::LoadU(d, at), block.overexposed)));
  }
  return count;
}

template <unsigned kParity>
HWY_INLINE void denoise_side(const DenoiseRow& row, std::size_t pairs, Sample* out) {
  const Words d;
  const VectorDenoise block(*row.block, row.site == kParity ? row.block->other : row.block->green);
  for (std::size_t at = 0; at < pairs; at += hn::Lanes(d)) {
    const auto i = static_cast<std::ptrdiff_t>(at);
    const Sample* above = row.bayer[0][kParity] + i;
    const Sample* own = row.bayer[2][kParity] + i;
    const Sample* below = row.bayer[4][kParity] + i;
    const Word x = hn::LoadU(d, own);
    const Word neighbours[8] = {hn::LoadU(d, above - 1), hn::LoadU(d, above),
                                hn::LoadU(d, above + 1), hn::LoadU(d, own - 1),
                                hn::LoadU(d, own + 1),   hn::LoadU(d, below - 1),
                                hn::LoadU(d, below),     hn::LoadU(d, below + 1)};
    auto stays = hn::Gt(x, block.saturation);
    if (block.guards) {
      Word count = hn::Zero(d);
      for (const Split& line : row.bayer) {
        count = hn::Sub(count, overexposed_in<kParity>(block, line, i));
      }
      stays = hn::Or(stays, hn::Gt(count, block.most));
    }
    hn::StoreU(hn::IfThenElse(stays, x, block.apply(x, neighbours)), d, out + i);
  }
}

void DenoiseRowKernel(const DenoiseRow& row, std::size_t pairs, Split out) {
  denoise_side<0>(row, pairs, out.even);
  denoise_side<1>(row, pairs, out.odd);
}

}  // namespace HWY_NAMESPACE
}  // namespace t31::model::pixel
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace t31::model::pixel {
HWY_EXPORT(DenoiseRowKernel);
void denoise_row(const DenoiseRow& row, std::size_t pairs, Split out) {
  HWY_DYNAMIC_DISPATCH(DenoiseRowKernel)(row, pairs, out);
}
}  // namespace t31::model::pixel
#endif

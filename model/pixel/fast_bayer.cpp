// SPDX-License-Identifier: GPL-2.0-or-later
// fast_bayer.cpp - vector kernels in the Bayer domain: input, black level, white balance, shading.
#include <cstring>

#include "model/pixel/fast_rows.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "model/pixel/fast_bayer.cpp"
#include "hwy/foreach_target.h"
// After foreach_target.
#include "hwy/highway.h"
#include "model/pixel/fast_arithmetic-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace t31::model::pixel {
namespace HWY_NAMESPACE {

HWY_INLINE UnsignedWord align(UnsignedWord code, unsigned bits) {
  const UnsignedWord kept = hn::And(code, set_unsigned((1 << bits) - 1));
  return bits <= 12 ? hn::ShiftLeftSame(kept, static_cast<int>(12 - bits))
                    : hn::ShiftRightSame(kept, static_cast<int>(bits - 12));
}

HWY_INLINE UnsignedWord levelled(const BayerRow& row, unsigned parity, UnsignedWord x) {
  if (!row.black_level) return x;
  const UnsignedWord above = hn::SaturatedSub(x, set_unsigned(row.level[parity]));
  return gain_q10(above, set_unsigned(row.level_gain[parity]));
}

HWY_INLINE UnsignedWord mesh_gain(const BayerRow& row, unsigned parity, std::size_t i) {
  const Words d;
  const Word above = hn::LoadU(d, row.mesh_above[parity] + i);
  const Word below = hn::LoadU(d, row.mesh_below[parity] + i);
  const Word part = hn::MulFixedPoint15(hn::Sub(below, above), set(row.mesh_fraction));
  return as_unsigned(hn::Add(above, part));
}

void ShadeRowKernel(const BayerRow& row, std::size_t pairs, Split bayer) {
  const Words d;
  for (unsigned parity = 0; parity < 2; ++parity) {
    for (std::size_t i = 0; i < pairs; i += hn::Lanes(d)) {
      const UnsignedWord x = as_unsigned(hn::LoadU(d, bayer[parity] + i));
      const UnsignedWord shaded =
          gain_bits(x, mesh_gain(row, parity, i), static_cast<int>(row.mesh_bits));
      hn::StoreU(as_signed(shaded), d, bayer[parity] + i);
    }
  }
}

HWY_INLINE UnsignedWord balanced_sample(const BayerRow& row, unsigned parity, std::size_t i,
                                        UnsignedWord x) {
  if (row.white_balance) x = gain_q10(x, set_unsigned(row.balance_gain[parity]));
  if (row.lens_shading) {
    x = gain_bits(x, mesh_gain(row, parity, i), static_cast<int>(row.mesh_bits));
  }
  return x;
}

HWY_INLINE void step(const BayerRow& row, const std::uint16_t* codes, std::size_t i, Split tap,
                     Split balanced) {
  UnsignedWord side[2];
  hn::LoadInterleaved2(UnsignedWords(), codes, side[0], side[1]);
  for (unsigned parity = 0; parity < 2; ++parity) {
    const UnsignedWord x = levelled(row, parity, align(side[parity], row.bits));
    hn::StoreU(as_signed(x), Words(), tap[parity] + i);
    hn::StoreU(as_signed(balanced_sample(row, parity, i, x)), Words(), balanced[parity] + i);
  }
}

void BayerRowKernel(const BayerRow& row, const std::uint16_t* codes, std::size_t width, Split tap,
                    Split balanced) {
  const std::size_t lanes = hn::Lanes(Words());
  std::size_t x = 0;
  for (; x + 2 * lanes <= width; x += 2 * lanes) step(row, codes + x, x / 2, tap, balanced);
  if (x == width) return;
  HWY_ALIGN std::uint16_t rest[2 * hn::MaxLanes(UnsignedWords())] = {};
  std::memcpy(rest, codes + x, (width - x) * sizeof(rest[0]));
  step(row, rest, x / 2, tap, balanced);
}

}  // namespace HWY_NAMESPACE
}  // namespace t31::model::pixel
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace t31::model::pixel {
HWY_EXPORT(BayerRowKernel);
HWY_EXPORT(ShadeRowKernel);
void bayer_row(const BayerRow& row, const std::uint16_t* codes, std::size_t width, Split tap,
               Split balanced) {
  HWY_DYNAMIC_DISPATCH(BayerRowKernel)(row, codes, width, tap, balanced);
}
void shade_row(const BayerRow& row, std::size_t pairs, Split bayer) {
  HWY_DYNAMIC_DISPATCH(ShadeRowKernel)(row, pairs, bayer);
}
}  // namespace t31::model::pixel
#endif

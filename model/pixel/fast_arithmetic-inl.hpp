// SPDX-License-Identifier: GPL-2.0-or-later
// fast_arithmetic-inl.hpp - vector forms of arithmetic.hpp and colour.hpp on 16-bit lanes, exact
// for the ranges stated. Included once per instruction set.
#if defined(T31_PIXEL_FAST_ARITHMETIC_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef T31_PIXEL_FAST_ARITHMETIC_INL
#undef T31_PIXEL_FAST_ARITHMETIC_INL
#else
#define T31_PIXEL_FAST_ARITHMETIC_INL
#endif

#include <cstdint>

#include "hwy/highway.h"
#include "model/pixel/colour.hpp"
#include "model/pixel/colour_space.hpp"

HWY_BEFORE_NAMESPACE();
namespace t31::model::pixel {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using Words = hn::ScalableTag<std::int16_t>;
using UnsignedWords = hn::ScalableTag<std::uint16_t>;
using Integers = hn::Repartition<std::int32_t, Words>;
using Word = hn::Vec<Words>;
using UnsignedWord = hn::Vec<UnsignedWords>;

HWY_INLINE Word set(std::int32_t x) {
  return hn::Set(Words(), static_cast<std::int16_t>(x));
}
HWY_INLINE UnsignedWord set_unsigned(std::int32_t x) {
  return hn::Set(UnsignedWords(), static_cast<std::uint16_t>(x));
}
HWY_INLINE UnsignedWord as_unsigned(Word v) {
  return hn::BitCast(UnsignedWords(), v);
}
HWY_INLINE Word as_signed(UnsignedWord v) {
  return hn::BitCast(Words(), v);
}

HWY_INLINE Word clamp(Word v, Word low, Word high) {
  return hn::Min(hn::Max(v, low), high);
}
HWY_INLINE Word clamp12(Word v) {
  return clamp(v, hn::Zero(Words()), set(4095));
}

// min(x * gain >> bits, 4095) for x in 0 ... 4095, any gain, bits in 8 ... 11.
HWY_INLINE UnsignedWord gain_bits(UnsignedWord x, UnsignedWord gain, int bits) {
  const UnsignedWord high = hn::MulHigh(x, gain), low = hn::Mul(x, gain);
  const UnsignedWord saturated = hn::Min(high, set_unsigned(4096 >> (16 - bits)));
  const UnsignedWord product =
      hn::Or(hn::ShiftLeftSame(saturated, 16 - bits), hn::ShiftRightSame(low, bits));
  return hn::Min(product, set_unsigned(4095));
}
HWY_INLINE UnsignedWord gain_q10(UnsignedWord x, UnsignedWord gain) {
  const UnsignedWord high = hn::MulHigh(x, gain), low = hn::Mul(x, gain);
  const UnsignedWord saturated = hn::Min(high, set_unsigned(64));
  return hn::Min(hn::Or(hn::ShiftLeft<6>(saturated), hn::ShiftRight<10>(low)), set_unsigned(4095));
}

// x * factor >> 10, floored, when the result fits 16 bits.
HWY_INLINE Word scale_q10(Word x, Word factor) {
  const Word high = hn::MulHigh(x, factor);
  const UnsignedWord low = as_unsigned(hn::Mul(x, factor));
  return hn::Or(hn::ShiftLeft<6>(high), as_signed(hn::ShiftRight<10>(low)));
}

// min(x * factor, 32767) for unsigned x and factor.
HWY_INLINE Word saturated_product(UnsignedWord x, UnsignedWord factor) {
  const UnsignedWord most = set_unsigned(32767);
  const auto fits = hn::Eq(hn::MulHigh(x, factor), hn::Zero(UnsignedWords()));
  return as_signed(hn::IfThenElse(fits, hn::Min(hn::Mul(x, factor), most), most));
}

struct Triplet {
  Word a, b, c;
};

// One row of a Matrix, ready for pairwise multiplication.
struct MatrixRow {
  Word first_two, third;
};

HWY_INLINE Word alternating(std::int32_t even, std::int32_t odd) {
  return hn::BitCast(Words(), hn::Set(Integers(), odd * 65536 + (even & 0xffff)));
}
HWY_INLINE MatrixRow matrix_row_of(const Triple& row) {
  return {alternating(row[0], row[1]), alternating(row[2], 0)};
}

// A triplet with its components interleaved pairwise: lower and upper halves of each block.
struct Interleaved {
  Word first_two_lower, first_two_upper, third_lower, third_upper;
};

HWY_INLINE Interleaved interleave(const Triplet& v) {
  const Words d;
  const Word zero = hn::Zero(d);
  return {hn::InterleaveLower(d, v.a, v.b), hn::InterleaveUpper(d, v.a, v.b),
          hn::InterleaveLower(d, v.c, zero), hn::InterleaveUpper(d, v.c, zero)};
}

HWY_INLINE hn::Vec<Integers> dot(Word first_two, Word third, const MatrixRow& row) {
  const Integers d;
  auto odd = hn::Zero(d);
  auto even = hn::ReorderWidenMulAccumulate(d, first_two, row.first_two, hn::Zero(d), odd);
  even = hn::ReorderWidenMulAccumulate(d, third, row.third, even, odd);
  return hn::RearrangeToOddPlusEven(even, odd);
}

// row . v >> 10, saturated to 16 bits. Lanes keep their order where interleaving and narrowing both
// work block by block; scalable vectors don't and are excluded where this is compiled.
HWY_INLINE Word multiply(const MatrixRow& row, const Interleaved& v) {
  const auto lower = hn::ShiftRight<10>(dot(v.first_two_lower, v.third_lower, row));
  const auto upper = hn::ShiftRight<10>(dot(v.first_two_upper, v.third_upper, row));
  return hn::ReorderDemote2To(Words(), lower, upper);
}

struct VectorMatrix {
  MatrixRow rows[3];
  HWY_INLINE explicit VectorMatrix(const Matrix& m)
      : rows{matrix_row_of(m.rows[0]), matrix_row_of(m.rows[1]), matrix_row_of(m.rows[2])} {}
  HWY_INLINE Triplet operator*(const Triplet& v) const {
    const Interleaved i = interleave(v);
    return {multiply(rows[0], i), multiply(rows[1], i), multiply(rows[2], i)};
  }
};

struct VectorRange {
  Word low, high;
  HWY_INLINE explicit VectorRange(const Range& range)
      : low(set(range.low)), high(set(range.high)) {}
  HWY_INLINE Word clip(Word v) const { return clamp(v, low, high); }
};

}  // namespace HWY_NAMESPACE
}  // namespace t31::model::pixel
HWY_AFTER_NAMESPACE();

#endif

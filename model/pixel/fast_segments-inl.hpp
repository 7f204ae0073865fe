// SPDX-License-Identifier: GPL-2.0-or-later
// fast_segments-inl.hpp - vector forms of segments.hpp and of quotients on 16-bit lanes, exact.
// Included once per instruction set.
#if defined(T31_PIXEL_FAST_SEGMENTS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef T31_PIXEL_FAST_SEGMENTS_INL
#undef T31_PIXEL_FAST_SEGMENTS_INL
#else
#define T31_PIXEL_FAST_SEGMENTS_INL
#endif

#include <cstdint>

#include "hwy/highway.h"
#include "model/pixel/fast_arithmetic-inl.hpp"
#include "model/pixel/segments.hpp"

HWY_BEFORE_NAMESPACE();
namespace t31::model::pixel {
namespace HWY_NAMESPACE {

using TableBytes = hn::Repartition<std::uint8_t, Words>;
using TableByte = hn::Vec<TableBytes>;

// Sixteen 16-bit values in two vectors of bytes, repeated in every 128-bit block or different from
// block to block.
struct WordTable {
  TableByte low, high;
  // `index`: 0 ... 15 in each lane.
  HWY_INLINE Word operator[](Word index) const {
    const TableBytes d;
    const auto low_bytes = hn::BitCast(d, hn::Or(index, set(-0x8000)));
    const auto high_bytes = hn::BitCast(d, hn::Or(hn::ShiftLeft<8>(index), set(0x80)));
    return hn::BitCast(Words(), hn::Or(hn::TableLookupBytesOr0(low, low_bytes),
                                       hn::TableLookupBytesOr0(high, high_bytes)));
  }
};

HWY_INLINE WordTable word_table(const std::array<std::int32_t, Segments::kMost>& values) {
  HWY_ALIGN std::uint8_t low[Segments::kMost], high[Segments::kMost];
  for (unsigned i = 0; i < Segments::kMost; ++i) {
    low[i] = static_cast<std::uint8_t>(values[i]);
    high[i] = static_cast<std::uint8_t>(values[i] >> 8);
  }
  return {hn::LoadDup128(TableBytes(), low), hn::LoadDup128(TableBytes(), high)};
}

// (a * b) >> 8, floored, when the result fits 16 bits.
HWY_INLINE Word scale_q8(Word a, Word b) {
  const UnsignedWord low = as_unsigned(hn::Mul(a, b));
  return hn::Or(hn::ShiftLeft<8>(hn::MulHigh(a, b)), as_signed(hn::ShiftRight<8>(low)));
}

// Where x (0 ... 32767) lies among the knees.
struct VectorKnees {
  unsigned count;
  Word first[Segments::kMost];
  WordTable start;

  HWY_INLINE explicit VectorKnees(const Segments& s) : count(s.count), start(word_table(s.start)) {
    for (unsigned i = 1; i < count; ++i) first[i] = set(s.start[i] - 1);
  }
  HWY_INLINE Word index(Word x) const {
    Word i = hn::Zero(Words());
    for (unsigned k = 1; k < count; ++k) {
      i = hn::Sub(i, hn::VecFromMask(Words(), hn::Gt(x, first[k])));
    }
    return i;
  }
};

// Values and products within 16 bits.
struct VectorSegments {
  VectorKnees knees;
  WordTable value, slope;

  HWY_INLINE explicit VectorSegments(const Segments& s)
      : knees(s), value(word_table(s.value)), slope(word_table(s.slope)) {}
  HWY_INLINE Word operator()(Word x) const {
    const Word i = knees.index(x);
    return hn::Add(value[i], scale_q8(hn::Sub(x, knees.start[i]), slope[i]));
  }
};

// value + (distance * slope >> 8) of unsigned values, at most 65535.
HWY_INLINE UnsignedWord rising_from(UnsignedWord value, UnsignedWord distance, UnsignedWord slope) {
  const UnsignedWord high = hn::MulHigh(distance, slope);
  const UnsignedWord low = hn::ShiftRight<8>(hn::Mul(distance, slope));
  const auto beyond = hn::VecFromMask(Words(), hn::Gt(as_signed(high), set(255)));
  const UnsignedWord rise = hn::Or(hn::Or(hn::ShiftLeft<8>(high), low), as_unsigned(beyond));
  return hn::SaturatedAdd(value, rise);
}

// min((x << bits) / y, 65535), floored; x << bits below 2^24, y from 1 to 4095. A quotient n less 1
// / y or more differs from n by more than the rounding of a float.
HWY_INLINE hn::Vec<Integers> quotient_of(hn::Vec<Integers> x, hn::Vec<Integers> y) {
  const hn::Repartition<float, Integers> d;
  const auto q = hn::ConvertTo(Integers(), hn::Div(hn::ConvertTo(d, x), hn::ConvertTo(d, y)));
  return hn::Min(q, hn::Set(Integers(), 0xffff));
}
template <int kBits>
HWY_INLINE UnsignedWord quotient(UnsignedWord x, UnsignedWord y) {
  const hn::Repartition<std::uint32_t, Words> d;
  const Integers di;
  const auto low = hn::Set(d, 0xffffu);
  const auto wide_x = hn::BitCast(d, x), wide_y = hn::BitCast(d, y);
  const auto even = quotient_of(hn::BitCast(di, hn::ShiftLeft<kBits>(hn::And(wide_x, low))),
                                hn::BitCast(di, hn::And(wide_y, low)));
  const auto odd = quotient_of(hn::BitCast(di, hn::ShiftLeft<kBits>(hn::ShiftRight<16>(wide_x))),
                               hn::BitCast(di, hn::ShiftRight<16>(wide_y)));
  return hn::BitCast(UnsignedWords(), hn::Or(even, hn::ShiftLeft<16>(odd)));
}

}  // namespace HWY_NAMESPACE
}  // namespace t31::model::pixel
HWY_AFTER_NAMESPACE();

#endif

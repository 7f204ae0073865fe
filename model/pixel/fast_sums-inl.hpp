// SPDX-License-Identifier: GPL-2.0-or-later
// fast_sums-inl.hpp - sums over a zone's part of a row of bytes. Included once per instruction set.
#if defined(T31_PIXEL_FAST_SUMS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef T31_PIXEL_FAST_SUMS_INL
#undef T31_PIXEL_FAST_SUMS_INL
#else
#define T31_PIXEL_FAST_SUMS_INL
#endif

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "hwy/highway.h"
#include "model/pixel/fast_arithmetic-inl.hpp"
#include "model/pixel/statistics.hpp"

HWY_BEFORE_NAMESPACE();
namespace t31::model::pixel {
namespace HWY_NAMESPACE {

using Bytes = hn::ScalableTag<std::uint8_t>;
using Byte = hn::Vec<Bytes>;
using Sums = hn::Repartition<std::uint64_t, Bytes>;

// The sum of many bytes.
struct ByteSum {
  hn::Vec<Sums> parts;
  HWY_INLINE ByteSum() : parts(hn::Zero(Sums())) {}
  HWY_INLINE void add(Byte v) { parts = hn::Add(parts, hn::SumsOf8(v)); }
  HWY_INLINE std::uint32_t total() const {
    return static_cast<std::uint32_t>(hn::GetLane(hn::SumOfLanes(Sums(), parts)));
  }
};

// All ones in the first n bytes. FirstN itself compares bytes: it doesn't take more than 127.
HWY_INLINE Byte first_bytes(std::size_t n) {
  const Bytes d;
  return hn::VecFromMask(d, hn::FirstN(d, std::min(n, hn::Lanes(d))));
}

// Positions of zone `column` that exist in a row of `width`.
struct ZoneSpan {
  std::size_t begin, end;
  HWY_INLINE ZoneSpan(const Grid& grid, unsigned column, std::size_t width)
      : begin(std::min(static_cast<std::size_t>(grid.x[column]), width)),
        end(std::min(static_cast<std::size_t>(grid.x[column + 1]), width)) {}
};

}  // namespace HWY_NAMESPACE
}  // namespace t31::model::pixel
HWY_AFTER_NAMESPACE();

#endif

// SPDX-License-Identifier: GPL-2.0-or-later
// fast_spatial.cpp - vector kernels of SDNS.
#include "model/pixel/fast_spatial.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "model/pixel/fast_spatial.cpp"
#include "hwy/foreach_target.h"
// After foreach_target.
#include "hwy/highway.h"
#include "model/pixel/fast_arithmetic-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace t31::model::pixel {
namespace HWY_NAMESPACE {

using HalfBytes = hn::Rebind<std::uint8_t, Words>;
using Bytes = hn::Repartition<std::uint8_t, Words>;
using Byte = hn::Vec<Bytes>;
using Floats = hn::Repartition<float, Words>;

constexpr std::ptrdiff_t kSearch = SpatialDenoise::kSearch;

HWY_INLINE Word load_bytes(const std::uint8_t* from) {
  return hn::PromoteTo(Words(), hn::LoadU(HalfBytes(), from));
}
HWY_INLINE void store_bytes(Word v, std::uint8_t* to) {
  hn::StoreU(hn::DemoteTo(HalfBytes(), v), HalfBytes(), to);
}

HWY_INLINE UnsignedWord squared_difference(const std::uint8_t* a, const std::uint8_t* b) {
  const Word d = hn::Sub(load_bytes(a), load_bytes(b));
  return as_unsigned(hn::Mul(d, d));
}

void DistanceRowKernel(const PatchRows& rows, std::size_t samples, std::uint16_t* sums,
                       std::uint16_t* distances) {
  const UnsignedWords d;
  const auto step = static_cast<std::ptrdiff_t>(hn::Lanes(d));
  const std::ptrdiff_t end = static_cast<std::ptrdiff_t>(samples) + kSearch;
  for (std::ptrdiff_t i = -kSearch - 1; i < end + 1; i += step) {
    const UnsignedWord sum =
        hn::SaturatedAdd(hn::SaturatedAdd(squared_difference(rows.own[0] + i, rows.other[0] + i),
                                          squared_difference(rows.own[1] + i, rows.other[1] + i)),
                         squared_difference(rows.own[2] + i, rows.other[2] + i));
    hn::StoreU(sum, d, sums + i);
  }
  for (std::ptrdiff_t i = -kSearch; i < end; i += step) {
    const UnsignedWord sum =
        hn::SaturatedAdd(hn::SaturatedAdd(hn::LoadU(d, sums + i - 1), hn::LoadU(d, sums + i)),
                         hn::LoadU(d, sums + i + 1));
    hn::StoreU(sum, d, distances + i);
  }
}

HWY_INLINE Byte moving_at(const std::uint8_t* weights) {
  const Bytes d;
  const Byte most = hn::Set(d, std::uint8_t{SpatialDenoise::kMovingWeight - 1});
  const Byte one = hn::Set(d, std::uint8_t{1});
  return hn::Sub(one, hn::Min(hn::SaturatedSub(hn::LoadU(d, weights), most), one));
}

void SlideMovingKernel(const std::uint8_t* entering, const std::uint8_t* leaving,
                       std::size_t samples, std::uint8_t* columns) {
  const Bytes d;
  constexpr std::ptrdiff_t kReach = FastPlane<std::uint8_t>::kReach;
  const std::ptrdiff_t end = static_cast<std::ptrdiff_t>(samples) + kReach;
  for (std::ptrdiff_t i = -kReach; i < end; i += static_cast<std::ptrdiff_t>(hn::Lanes(d))) {
    Byte sum = hn::Add(hn::LoadU(d, columns + i), moving_at(entering + i));
    if (leaving != nullptr) sum = hn::Sub(sum, moving_at(leaving + i));
    hn::StoreU(sum, d, columns + i);
  }
}

// 1 where the window of `reach` around each column holds at least `limit` moving pixels.
HWY_INLINE Byte enough_moving(const std::uint8_t* columns, std::ptrdiff_t reach,
                              std::int32_t limit) {
  const Bytes d;
  Byte sum = hn::LoadU(d, columns);
  for (std::ptrdiff_t k = 1; k <= reach; ++k) {
    sum = hn::Add(sum, hn::Add(hn::LoadU(d, columns - k), hn::LoadU(d, columns + k)));
  }
  const Byte most = hn::Set(d, static_cast<std::uint8_t>(std::max(limit, 1) - 1));
  return hn::Min(hn::SaturatedSub(sum, most), hn::Set(d, std::uint8_t{1}));
}

void CountWindowsKernel(const SpatialDenoise& block, const std::array<std::uint8_t*, 4>& columns,
                        std::size_t samples, std::uint8_t* windows) {
  const Bytes d;
  for (std::size_t i = 0; i < samples; i += hn::Lanes(d)) {
    Byte count = hn::Zero(d);
    for (std::size_t w = 0; w < columns.size(); ++w) {
      count = hn::Add(
          count, enough_moving(columns[w] + i, SpatialDenoise::kWindows[w], block.moving_limit[w]));
    }
    hn::StoreU(count, d, windows + i);
  }
}

// A table of 16 bytes, looked up by 16-bit lanes.
class Table {
 public:
  HWY_INLINE explicit Table(const std::uint8_t* bytes) : bytes_(hn::LoadDup128(Bytes(), bytes)) {}
  // index: 0 ... 15.
  HWY_INLINE Word operator[](Word index) const {
    const Word upper_byte_off = hn::Or(index, set(-32768));
    return hn::BitCast(Words(),
                       hn::TableLookupBytesOr0(bytes_, hn::BitCast(Bytes(), upper_byte_off)));
  }

 private:
  Byte bytes_;
};

HWY_INLINE Word class_of(Word range, const std::array<std::int32_t, 15>& limits) {
  const UnsignedWords du;
  const UnsignedWord reached = as_unsigned(hn::Add(range, set(1))),
                     one = hn::Set(du, std::uint16_t{1});
  UnsignedWord sum = hn::Zero(du);
  for (const std::int32_t limit : limits) {
    sum = hn::Add(sum, hn::Min(hn::SaturatedSub(reached, set_unsigned(limit)), one));
  }
  return as_signed(sum);
}

HWY_INLINE Word range_of(const std::array<const std::uint8_t*, 3>& luma, std::size_t i) {
  const HalfBytes d8;
  auto least = hn::LoadU(d8, luma[0] + i), most = least;
  for (unsigned row = 0; row < 3; ++row) {
    for (std::ptrdiff_t dx = -1; dx <= 1; ++dx) {
      const auto v = hn::LoadU(d8, luma[row] + i + dx);
      least = hn::Min(least, v);
      most = hn::Max(most, v);
    }
  }
  return hn::PromoteTo(Words(), hn::Sub(most, least));
}

void StrengthRowKernel(const SpatialDenoise& block, const std::array<const std::uint8_t*, 3>& luma,
                       const std::uint8_t* windows, std::size_t samples, std::uint8_t* strength) {
  const Words d;
  alignas(16) std::uint8_t blend_bytes[16] = {};
  for (std::size_t i = 0; i < block.blend.size(); ++i) {
    blend_bytes[i] = static_cast<std::uint8_t>(block.blend[i]);
  }
  const Table rest(block.rest.strength.data()), moving(block.moving.strength.data());
  const Table blend(blend_bytes);
  const Word dark = set(block.dark), light = set(block.light);
  const bool same_classes = block.rest.limits == block.moving.limits;
  for (std::size_t i = 0; i < samples; i += hn::Lanes(d)) {
    const Word own = load_bytes(luma[1] + i);
    const auto outside = hn::Or(hn::Lt(own, dark), hn::Gt(own, light));
    const Word range = hn::IfThenZeroElse(outside, range_of(luma, i));
    const Word own_class = class_of(range, block.rest.limits);
    Word h = rest[own_class];
    if (windows != nullptr) {
      const Word other = moving[same_classes ? own_class : class_of(range, block.moving.limits)];
      const Word change = hn::Mul(hn::Sub(other, h), blend[load_bytes(windows + i)]);
      h = hn::Add(h, hn::ShiftRight<3>(hn::Add(change, set(4))));
    }
    store_bytes(h, strength + i);
  }
}

// Scale by strength 1 ... 16, from two tables of bytes.
struct ScaleTable {
  alignas(16) std::uint8_t low[16];
  alignas(16) std::uint8_t high[16];
  explicit ScaleTable(const SpatialDenoise& block) {
    for (unsigned i = 0; i < 16; ++i) {
      low[i] = static_cast<std::uint8_t>(block.scale[i + 1] & 0xff);
      high[i] = static_cast<std::uint8_t>(block.scale[i + 1] >> 8);
    }
  }
};

using IntVector = hn::Vec<Integers>;

// A sum of products, taken in pairs.
struct PairSum {
  IntVector even, odd;
  HWY_INLINE PairSum() : even(hn::Zero(Integers())), odd(hn::Zero(Integers())) {}
  HWY_INLINE void add(Word a, Word b) {
    even = hn::ReorderWidenMulAccumulate(Integers(), a, b, even, odd);
  }
  HWY_INLINE IntVector sum() const { return hn::RearrangeToOddPlusEven(even, odd); }
};

// Weighted sum of 8-bit samples, in two halves of each block of lanes.
struct WeightedSum {
  PairSum lower, upper;
  HWY_INLINE WeightedSum() {}
  HWY_INLINE void add(Word weight_a, Word sample_a, Word weight_b, Word sample_b) {
    const Words d;
    lower.add(hn::InterleaveLower(d, weight_a, weight_b),
              hn::InterleaveLower(d, sample_a, sample_b));
    upper.add(hn::InterleaveUpper(d, weight_a, weight_b),
              hn::InterleaveUpper(d, sample_a, sample_b));
  }
};

// Quotients below 256 of sums below 2^24: a float's division, cut off, is exact.
HWY_INLINE IntVector quotient(IntVector sum, IntVector total) {
  const Floats df;
  const auto rounded = hn::Add(sum, hn::ShiftRight<1>(total));
  return hn::ConvertTo(Integers(), hn::Div(hn::ConvertTo(df, rounded), hn::ConvertTo(df, total)));
}

void MeanRowKernel(const MeanRow& row, std::size_t samples, std::uint8_t* out) {
  const Words d;
  const UnsignedWords du;
  const SpatialDenoise& block = *row.block;
  const ScaleTable scales(block);
  const Table value(block.curve.value.data()), drop(block.curve.drop.data());
  const Table scale_low(scales.low), scale_high(scales.high);
  const std::int32_t cut = block.cut();
  const bool cuts = cut <= SpatialDenoise::kMaxDistance;
  const UnsignedWord limit = set_unsigned(cuts ? cut : 0);
  const Word own = set(block.curve.own()), zero = hn::Zero(d);
  for (std::size_t i = 0; i < samples; i += hn::Lanes(d)) {
    const Word strength = load_bytes(row.strength + i), sample = load_bytes(row.luma + i);
    const Word index = hn::Max(hn::Sub(strength, set(1)), zero);
    const UnsignedWord scale =
        as_unsigned(hn::Or(scale_low[index], hn::ShiftLeft<8>(scale_high[index])));
    const auto weight_of = [&](UnsignedWord distance) HWY_ATTR {
      const Word step = as_signed(hn::Min(hn::MulHigh(distance, scale), set_unsigned(255)));
      const Word node = hn::ShiftRight<4>(step), part = hn::And(step, set(15));
      const Word weight = hn::Sub(value[node], hn::ShiftRight<4>(hn::Mul(drop[node], part)));
      if (!cuts) return weight;
      return hn::IfThenElseZero(hn::RebindMask(d, hn::Lt(distance, limit)), weight);
    };
    WeightedSum sum;
    sum.add(own, sample, zero, zero);
    Word total = own;
    for (std::size_t n = 0; n < row.neighbour.size(); n += 2) {
      const Word a = weight_of(hn::LoadU(du, row.distance[n] + i));
      const Word b = weight_of(hn::LoadU(du, row.distance[n + 1] + i));
      sum.add(a, load_bytes(row.neighbour[n] + i), b, load_bytes(row.neighbour[n + 1] + i));
      total = hn::Add(total, hn::Add(a, b));
    }
    const Integers di;
    const IntVector lower =
        quotient(sum.lower.sum(), hn::BitCast(di, hn::InterleaveLower(d, total, zero)));
    const IntVector upper =
        quotient(sum.upper.sum(), hn::BitCast(di, hn::InterleaveUpper(d, total, zero)));
    const Word mean = hn::ReorderDemote2To(d, lower, upper);
    store_bytes(hn::IfThenElse(hn::Eq(strength, zero), sample, mean), out + i);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace t31::model::pixel
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace t31::model::pixel {
HWY_EXPORT(DistanceRowKernel);
HWY_EXPORT(SlideMovingKernel);
HWY_EXPORT(CountWindowsKernel);
HWY_EXPORT(StrengthRowKernel);
HWY_EXPORT(MeanRowKernel);
void distance_row(const PatchRows& rows, std::size_t samples, std::uint16_t* sums,
                  std::uint16_t* distances) {
  HWY_DYNAMIC_DISPATCH(DistanceRowKernel)(rows, samples, sums, distances);
}
void slide_moving(const std::uint8_t* entering, const std::uint8_t* leaving, std::size_t samples,
                  std::uint8_t* columns) {
  HWY_DYNAMIC_DISPATCH(SlideMovingKernel)(entering, leaving, samples, columns);
}
void count_windows(const SpatialDenoise& block, const std::array<std::uint8_t*, 4>& columns,
                   std::size_t samples, std::uint8_t* windows) {
  HWY_DYNAMIC_DISPATCH(CountWindowsKernel)(block, columns, samples, windows);
}
void strength_row(const SpatialDenoise& block, const std::array<const std::uint8_t*, 3>& luma,
                  const std::uint8_t* windows, std::size_t samples, std::uint8_t* strength) {
  HWY_DYNAMIC_DISPATCH(StrengthRowKernel)(block, luma, windows, samples, strength);
}
void mean_row(const MeanRow& row, std::size_t samples, std::uint8_t* out) {
  HWY_DYNAMIC_DISPATCH(MeanRowKernel)(row, samples, out);
}
}  // namespace t31::model::pixel
#endif

// SPDX-License-Identifier: GPL-2.0-or-later
// fast_focus.cpp - vector kernels of the focus statistics.
#include "model/pixel/fast_focus.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "model/pixel/fast_focus.cpp"
#include "hwy/foreach_target.h"
// After foreach_target.
#include "hwy/highway.h"
#include "model/pixel/fast_sums-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace t31::model::pixel {
namespace HWY_NAMESPACE {

using Integer = hn::Vec<Integers>;

HWY_INLINE Integer integer(std::int32_t x) {
  return hn::Set(Integers(), x);
}
HWY_INLINE Integer limited(Integer v, Integer low, Integer high) {
  return hn::Min(hn::Max(v, low), high);
}

// A horizontal filter on one pixel of each row.
struct RowFilter {
  Integer gain1, b1, b2, a1, a2, gain2, b3, a3, constant;
  Integer x1, x2, first1, first2, second1;

  HWY_INLINE explicit RowFilter(const HorizontalFilter& f)
      : gain1(integer(f.gain1)),
        b1(integer(f.b1)),
        b2(integer(f.b2)),
        a1(integer(f.a1)),
        a2(integer(f.a2)),
        gain2(integer(f.gain2)),
        b3(integer(f.b3)),
        a3(integer(f.a3)),
        constant(integer(f.constant)) {
    x1 = x2 = first1 = first2 = second1 = integer(0);
  }
  // Size of the answer, 8 bits.
  HWY_INLINE Integer step(Integer x) {
    const Integer half = integer(128), most = integer(HorizontalFilter::kLargest);
    const Integer least = integer(-HorizontalFilter::kLargest);
    const Integer numerator =
        hn::Add(hn::ShiftLeft<8>(x), hn::Add(hn::Mul(b1, x1), hn::Mul(b2, x2)));
    const Integer memory = hn::Add(hn::Mul(a1, first1), hn::Mul(a2, first2));
    const Integer input = hn::Add(hn::Mul(gain1, numerator), half);
    const Integer first = limited(hn::ShiftRight<8>(hn::Add(input, memory)), least, most);
    const Integer inner = hn::ShiftRight<8>(hn::Add(hn::ShiftLeft<8>(first), hn::Mul(b3, first1)));
    const Integer sum = hn::Add(hn::Mul(gain2, inner), hn::Add(hn::Mul(a3, second1), half));
    const Integer second = limited(hn::ShiftRight<8>(sum), least, most);
    x2 = x1, x1 = x, first2 = first1, first1 = first, second1 = second;
    const Integer answer = hn::Sub(second, hn::Mul(constant, x));
    return hn::Min(hn::ShiftRight<8>(hn::Add(hn::Abs(answer), half)), integer(255));
  }
};

// FocusEngine::count of one filter.
struct RowCount {
  LumaGain gain;
  FocusCoring coring;

  HWY_INLINE Integer operator()(Integer luma, Integer detail) const {
    const Integer zero = integer(0), full = integer(255);
    if (gain.active) {
      const Integer into = hn::Max(hn::Sub(luma, integer(gain.dark_end)), zero);
      const Integer rising =
          hn::Add(integer(gain.low), hn::ShiftRight<4>(hn::Mul(into, integer(gain.rise))));
      const Integer beyond = hn::Sub(luma, integer(gain.full_to));
      const Integer falling =
          hn::Max(hn::Sub(full, hn::ShiftRight<4>(hn::Mul(beyond, integer(gain.fall)))),
                  integer(gain.high));
      Integer by =
          hn::IfThenElse(hn::Lt(luma, integer(gain.full_from)), hn::Min(rising, full), full);
      by = hn::IfThenElse(hn::Gt(luma, integer(gain.full_to)), hn::Min(by, falling), by);
      by = hn::IfThenElse(hn::Gt(luma, integer(gain.bright_from - 1)),
                          hn::Min(by, integer(gain.high)), by);
      by = hn::Add(by, hn::ShiftRight<7>(by));
      detail = hn::ShiftRight<8>(hn::Add(hn::Mul(detail, by), integer(128)));
    }
    if (coring.active) {
      const Integer above = hn::Max(hn::Sub(detail, integer(coring.from)), zero);
      const Integer rise = hn::ShiftRight<4>(hn::Mul(above, integer(coring.slope)));
      detail = hn::IfThenElse(hn::Gt(detail, integer(coring.to - 1)), integer(coring.most),
                              hn::Min(rise, integer(coring.most)));
    }
    return detail;
  }
};

// Up to one vector of rows.
class RowGroup {
 public:
  HWY_INLINE RowGroup(const FocusRows& rows, std::int32_t first)
      : rows_(rows),
        first_(first),
        count_(std::min<std::int32_t>(rows.end - first, static_cast<std::int32_t>(lanes()))) {
    HWY_ALIGN std::int32_t offsets[hn::MaxLanes(Integers())];
    const Sample* base = rows.luma->row(first);
    for (std::int32_t i = 0; i < static_cast<std::int32_t>(lanes()); ++i) {
      const Sample* row = rows.luma->row(first + std::min(i, count_ - 1));
      offsets[i] =
          static_cast<std::int32_t>((row - base) * static_cast<std::ptrdiff_t>(sizeof(Sample)));
    }
    offsets_ = hn::Load(Integers(), offsets);
    base_ = base;
  }
  // 8-bit luma of column x.
  HWY_INLINE Integer luma(std::int32_t x) const {
    const auto* at = reinterpret_cast<const std::int32_t*>(base_ + x);
    return hn::ShiftRight<2>(hn::And(hn::GatherOffset(Integers(), at, offsets_), integer(0x3ff)));
  }
  template <bool kPlain>
  HWY_INLINE void run(FocusTotals& totals) const;

 private:
  static constexpr std::size_t lanes() { return hn::MaxLanes(Integers()); }
  enum Sum { kFirst, kSecond, kLuma, kHighlights, kSums };
  void flush(unsigned column, const Integer (&sums)[kSums], FocusTotals& totals) const {
    HWY_ALIGN std::uint32_t parts[kSums][hn::MaxLanes(Integers())];
    const hn::Repartition<std::uint32_t, Words> d;
    for (unsigned i = 0; i < kSums; ++i) hn::Store(hn::BitCast(d, sums[i]), d, parts[i]);
    const FocusEngine& engine = *rows_.engine;
    for (std::int32_t i = 0; i < count_; ++i) {
      const auto row = static_cast<unsigned>(engine.grid.row_at(first_ + i));
      FocusZone& zone = totals.zones[row * engine.grid.columns + column];
      if (engine.on[FocusEngine::kHorizontal0])
        zone.detail[FocusEngine::kHorizontal0] += parts[0][i];
      if (engine.on[FocusEngine::kHorizontal1])
        zone.detail[FocusEngine::kHorizontal1] += parts[1][i];
      zone.luma += parts[kLuma][i];
      zone.highlights += parts[kHighlights][i];
    }
  }

  const FocusRows& rows_;
  std::int32_t first_, count_;
  const Sample* base_ = nullptr;
  Integer offsets_;
};

template <bool kPlain>
HWY_INLINE void RowGroup::run(FocusTotals& totals) const {
  const FocusEngine& engine = *rows_.engine;
  RowFilter filters[2] = {RowFilter(engine.horizontal[0]), RowFilter(engine.horizontal[1])};
  const RowCount counts[2] = {
      {engine.gain[FocusEngine::kHorizontal0], engine.coring[FocusEngine::kHorizontal0]},
      {engine.gain[FocusEngine::kHorizontal1], engine.coring[FocusEngine::kHorizontal1]}};
  const Integer start = luma(0), below = integer(engine.highlight - 1);
  const std::int32_t width = rows_.luma->width();
  std::int32_t x = 0;
  for (; x < std::min(engine.grid.x[0], width); ++x) {
    const Integer from_start = hn::Sub(luma(x), start);
    filters[0].step(from_start);
    filters[1].step(from_start);
  }
  for (unsigned column = 0; column < engine.grid.columns; ++column) {
    Integer sums[kSums] = {integer(0), integer(0), integer(0), integer(0)};
    for (; x < std::min(engine.grid.x[column + 1], width); ++x) {
      const Integer here = luma(x), from_start = hn::Sub(here, start);
      Integer first = filters[0].step(from_start), second = filters[1].step(from_start);
      if constexpr (!kPlain) first = counts[0](here, first), second = counts[1](here, second);
      sums[kFirst] = hn::Add(sums[kFirst], first);
      sums[kSecond] = hn::Add(sums[kSecond], second);
      sums[kLuma] = hn::Add(sums[kLuma], here);
      sums[kHighlights] =
          hn::Sub(sums[kHighlights], hn::VecFromMask(Integers(), hn::Gt(here, below)));
    }
    flush(column, sums, totals);
  }
}

void FocusAcrossKernel(const FocusRows& rows, FocusTotals& totals) {
  const auto step = static_cast<std::int32_t>(hn::Lanes(Integers()));
  const bool plain = rows.engine->plain();
  for (std::int32_t y = rows.first; y < rows.end; y += step) {
    const RowGroup group(rows, y);
    plain ? group.run<true>(totals) : group.run<false>(totals);
  }
}

// Sizes of a vertical filter's answers along a row.
void answer_row(const VerticalFilter& filter, const FocusRow& row, std::size_t width,
                std::uint8_t* detail) {
  const Words d;
  const hn::Rebind<std::uint8_t, Words> d8;
  const MatrixRow taps{alternating(filter.taps[0], filter.taps[1]),
                       alternating(filter.taps[3], filter.taps[4])};
  const auto size = [](Integer sum) {
    return hn::ShiftRight<9>(hn::Add(hn::Abs(sum), integer(256)));
  };
  for (std::size_t i = 0; i < width; i += hn::Lanes(d)) {
    const Word here = hn::ShiftRight<2>(hn::LoadU(d, row.luma[2] + i));
    const auto difference = [&](unsigned k) {
      return hn::Sub(hn::ShiftRight<2>(hn::LoadU(d, row.luma[k] + i)), here);
    };
    const Word d0 = difference(0), d1 = difference(1), d3 = difference(3), d4 = difference(4);
    const Integer lower = dot(hn::InterleaveLower(d, d0, d1), hn::InterleaveLower(d, d3, d4), taps);
    const Integer upper = dot(hn::InterleaveUpper(d, d0, d1), hn::InterleaveUpper(d, d3, d4), taps);
    const Word sizes = hn::ReorderDemote2To(d, size(lower), size(upper));
    hn::StoreU(hn::DemoteTo(d8, hn::Min(sizes, set(255))), d8, detail + i);
  }
}

void FocusDownKernel(const FocusRow& row, std::size_t width, std::uint8_t* detail,
                     FocusZone* zones) {
  const Bytes d;
  const FocusEngine& engine = *row.engine;
  for (unsigned n = 0; n < 2; ++n) {
    const unsigned filter = FocusEngine::kVertical0 + n;
    if (!engine.on[filter]) continue;
    answer_row(engine.vertical[n], row, width, detail);
    if (engine.gain[filter].active || engine.coring[filter].active) {
      for (std::size_t x = 0; x < width; ++x) {
        detail[x] = static_cast<std::uint8_t>(engine.count(filter, row.luma[2][x] >> 2, detail[x]));
      }
    }
    for (unsigned column = 0; column < engine.grid.columns; ++column) {
      const ZoneSpan span(engine.grid, column, width);
      ByteSum sum;
      for (std::size_t i = span.begin; i < span.end; i += hn::Lanes(d)) {
        sum.add(hn::And(hn::LoadU(d, detail + i), first_bytes(span.end - i)));
      }
      zones[column].detail[filter] += sum.total();
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace t31::model::pixel
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace t31::model::pixel {
HWY_EXPORT(FocusAcrossKernel);
HWY_EXPORT(FocusDownKernel);
void focus_across(const FocusRows& rows, FocusTotals& totals) {
  HWY_DYNAMIC_DISPATCH(FocusAcrossKernel)(rows, totals);
}
void focus_down(const FocusRow& row, std::size_t width, std::uint8_t* detail, FocusZone* zones) {
  HWY_DYNAMIC_DISPATCH(FocusDownKernel)(row, width, detail, zones);
}

void FastFocus::begin(std::int32_t width) {
  totals_ = {};
  if (width == width_) return;
  width_ = width;
  bytes_ = RowStore<std::uint8_t>(1, static_cast<std::size_t>(width));
  detail_ = bytes_.next();
}

void FastFocus::run(const FocusEngine& engine, const FastPlane<Sample>& luma, std::int32_t first,
                    std::int32_t end) {
  const Grid& grid = engine.grid;
  first = std::max(first, grid.y[0]);
  end = std::min(end, grid.y[grid.rows]);
  if (first >= end) return;
  focus_across({&engine, &luma, first, end}, totals_);
  for (std::int32_t y = first; y < end; ++y) {
    FocusRow row{&engine, {}};
    for (std::int32_t i = 0; i < 5; ++i) {
      row.luma[static_cast<std::size_t>(i)] = luma.edged_row(y + i - VerticalFilter::kReach);
    }
    const auto zone = static_cast<unsigned>(grid.row_at(y)) * grid.columns;
    focus_down(row, static_cast<std::size_t>(width_), detail_, &totals_.zones[zone]);
  }
}
}  // namespace t31::model::pixel
#endif

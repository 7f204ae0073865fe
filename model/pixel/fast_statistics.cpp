// SPDX-License-Identifier: GPL-2.0-or-later
// fast_statistics.cpp - vector kernels of the statistics engines.
#include "model/pixel/fast_rows.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "model/pixel/fast_statistics.cpp"
#include "hwy/foreach_target.h"
// After foreach_target.
#include "hwy/highway.h"
#include "model/pixel/fast_sums-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace t31::model::pixel {
namespace HWY_NAMESPACE {

using HalfBytes = hn::Rebind<std::uint8_t, Words>;
using QuarterBytes = hn::Rebind<std::uint8_t, Integers>;

// Samples are 12 bit, so that sums of four stay below 2^14.
void CellRowKernel(const CellRow& row, std::size_t cells, const CellBytes& out) {
  const Words d;
  const HalfBytes d8;
  for (std::size_t i = 0; i < cells; i += hn::Lanes(d)) {
    const Word left = hn::Add(hn::LoadU(d, row.slots[0] + i), hn::LoadU(d, row.slots[2] + i));
    const Word right = hn::Add(hn::LoadU(d, row.slots[1] + i), hn::LoadU(d, row.slots[3] + i));
    const Word green = hn::Add(hn::LoadU(d, row.green[0] + i), hn::LoadU(d, row.green[1] + i));
    hn::StoreU(hn::DemoteTo(d8, hn::ShiftRight<6>(hn::Add(left, right))), d8, out.luma + i);
    hn::StoreU(hn::DemoteTo(d8, hn::ShiftRight<4>(hn::LoadU(d, row.red + i))), d8, out.red + i);
    hn::StoreU(hn::DemoteTo(d8, hn::ShiftRight<5>(green)), d8, out.green + i);
    hn::StoreU(hn::DemoteTo(d8, hn::ShiftRight<4>(hn::LoadU(d, row.blue + i))), d8, out.blue + i);
    hn::StoreU(hn::DemoteTo(d8, hn::ShiftRight<4>(hn::LoadU(d, row.infrared + i))), d8,
               out.infrared + i);
  }
}

void AeZoneRowKernel(const AeEngine& engine, const CellBytes& cells, std::size_t width,
                     AeZone* zones) {
  const Bytes d;
  const Byte dark_limit = hn::Set(d, static_cast<std::uint8_t>(engine.dark));
  const Byte bright_limit = hn::Set(d, static_cast<std::uint8_t>(engine.bright));
  const Byte one = hn::Set(d, std::uint8_t{1});
  for (unsigned column = 0; column < engine.grid.columns; ++column) {
    const ZoneSpan span(engine.grid, column, width);
    ByteSum all, dark_sum, bright_sum, dark_count, bright_count, infrared;
    for (std::size_t i = span.begin; i < span.end; i += hn::Lanes(d)) {
      const Byte valid = first_bytes(span.end - i);
      const Byte luma = hn::LoadU(d, cells.luma + i);
      const Byte dark = hn::And(valid, hn::VecFromMask(d, hn::Lt(luma, dark_limit)));
      const Byte bright =
          hn::AndNot(hn::Or(dark, hn::VecFromMask(d, hn::Lt(luma, bright_limit))), valid);
      all.add(hn::And(luma, valid));
      dark_sum.add(hn::And(luma, dark));
      bright_sum.add(hn::And(luma, bright));
      dark_count.add(hn::And(one, dark));
      bright_count.add(hn::And(one, bright));
      infrared.add(hn::And(hn::LoadU(d, cells.infrared + i), valid));
    }
    AeZone& zone = zones[column];
    const std::uint32_t dark = dark_sum.total(), bright = bright_sum.total();
    zone.dark_sum += dark;
    zone.middle_sum += all.total() - dark - bright;
    zone.bright_sum += bright;
    zone.dark_count += dark_count.total();
    zone.bright_count += bright_count.total();
    zone.infrared_sum += infrared.total();
  }
}

// Bounds of a ratio value / divisor, floored: low * divisor <= value < (high + 1) * divisor.
struct RatioBounds {
  hn::Vec<Integers> low, beyond, one;
  HWY_INLINE RatioBounds(std::int32_t low_bound, std::int32_t high_bound)
      : low(hn::Set(Integers(), low_bound)),
        beyond(hn::Set(Integers(), high_bound + 1)),
        one(hn::Set(Integers(), 1)) {}
  HWY_INLINE hn::Mask<Integers> hold(hn::Vec<Integers> value, hn::Vec<Integers> divisor) const {
    return hn::And(hn::Gt(hn::Add(value, one), hn::Mul(low, divisor)),
                   hn::Lt(value, hn::Mul(beyond, divisor)));
  }
};

HWY_INLINE hn::Vec<Integers> widened(const std::uint8_t* bytes) {
  return hn::PromoteTo(Integers(), hn::LoadU(QuarterBytes(), bytes));
}

// Bytes of all ones where a cell is a white candidate.
void mark_candidates(const AwbEngine& engine, const CellBytes& cells, std::size_t width,
                     std::uint8_t* candidates) {
  const Integers d;
  const QuarterBytes d8;
  const RatioBounds red(engine.red_low, engine.red_high), blue(engine.blue_low, engine.blue_high);
  const RatioBounds sum(engine.sum_low, engine.sum_high);
  const auto too_dark = hn::Set(d, engine.luma_low - 1);
  const auto too_bright = hn::Set(d, engine.luma_high + 1);
  const auto red_weight = hn::Set(d, engine.red_weight);
  const auto blue_weight = hn::Set(d, engine.blue_weight);
  for (std::size_t i = 0; i < width; i += hn::Lanes(d)) {
    const auto l = widened(cells.luma + i), r = widened(cells.red + i);
    const auto g = widened(cells.green + i), b = widened(cells.blue + i);
    const auto weighted = hn::Add(hn::Mul(red_weight, r), hn::Mul(blue_weight, b));
    const auto lit =
        hn::And(hn::And(hn::Gt(l, too_dark), hn::Lt(l, too_bright)), hn::Gt(g, hn::Zero(d)));
    const auto white =
        hn::And(hn::And(red.hold(hn::ShiftLeft<8>(r), g), blue.hold(hn::ShiftLeft<8>(b), g)),
                sum.hold(weighted, g));
    const auto ones = hn::And(hn::VecFromMask(d, hn::And(lit, white)), hn::Set(d, 255));
    hn::StoreU(hn::DemoteTo(d8, ones), d8, candidates + i);
  }
}

void AwbZoneRowKernel(const AwbEngine& engine, const CellBytes& cells, std::uint8_t* candidates,
                      std::size_t width, AwbZone* zones) {
  mark_candidates(engine, cells, width, candidates);
  const Bytes d;
  const Byte one = hn::Set(d, std::uint8_t{1});
  for (unsigned column = 0; column < engine.grid.columns; ++column) {
    const ZoneSpan span(engine.grid, column, width);
    ByteSum red, green, blue, infrared, count;
    for (std::size_t i = span.begin; i < span.end; i += hn::Lanes(d)) {
      const Byte chosen = hn::And(first_bytes(span.end - i), hn::LoadU(d, candidates + i));
      red.add(hn::And(chosen, hn::LoadU(d, cells.red + i)));
      green.add(hn::And(chosen, hn::LoadU(d, cells.green + i)));
      blue.add(hn::And(chosen, hn::LoadU(d, cells.blue + i)));
      infrared.add(hn::And(chosen, hn::LoadU(d, cells.infrared + i)));
      count.add(hn::And(chosen, one));
    }
    AwbZone& zone = zones[column];
    zone.red += red.total();
    zone.green += green.total();
    zone.blue += blue.total();
    zone.infrared += infrared.total();
    zone.count += count.total();
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace t31::model::pixel
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace t31::model::pixel {
HWY_EXPORT(CellRowKernel);
HWY_EXPORT(AeZoneRowKernel);
HWY_EXPORT(AwbZoneRowKernel);
void cell_row(const CellRow& row, std::size_t cells, const CellBytes& out) {
  HWY_DYNAMIC_DISPATCH(CellRowKernel)(row, cells, out);
}
void ae_zone_row(const AeEngine& engine, const CellBytes& cells, std::size_t width, AeZone* zones) {
  HWY_DYNAMIC_DISPATCH(AeZoneRowKernel)(engine, cells, width, zones);
}
void awb_zone_row(const AwbEngine& engine, const CellBytes& cells, std::uint8_t* candidates,
                  std::size_t width, AwbZone* zones) {
  HWY_DYNAMIC_DISPATCH(AwbZoneRowKernel)(engine, cells, candidates, width, zones);
}
}  // namespace t31::model::pixel
#endif

// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/focus.hpp"

#include "model/pixel/record_writer.hpp"

namespace t31::model::pixel {
namespace {

constexpr std::uint32_t kBase = 0xb800;
constexpr std::uint32_t kSetup = 0xb828;     // 7:4 filters on, 15:8 threshold of highlights
constexpr std::uint32_t kSwitches = 0xb82c;  // four bits each: gains 15:0, coring 31:16
constexpr std::uint32_t kVertical = 0xb830;
constexpr std::uint32_t kVerticalStep = 0xc;
constexpr std::uint32_t kHorizontal = 0xb848;
constexpr std::uint32_t kHorizontalStep = 0x10;
constexpr std::uint32_t kGains = 0xb868;   // two words a filter
constexpr std::uint32_t kCoring = 0xb888;  // likewise
constexpr std::uint32_t kDmaEnable = 0xb8b8;

constexpr unsigned kDetailBits = 22, kLumaBits = 23, kHighlightBits = 15;
constexpr unsigned kVerticalFraction = 9, kHorizontalFraction = 8;

// The n-th 16-bit half from `offset` on; a coefficient has 11 bits of it.
std::int32_t half(const IspRegisters& registers, std::uint32_t offset, unsigned n) {
  return field(registers[offset + 4 * (n / 2)], 16 * (n % 2), 16);
}
std::int32_t coefficient(const IspRegisters& registers, std::uint32_t offset, unsigned n) {
  return signed_field(static_cast<std::uint32_t>(half(registers, offset, n)), 0, 11);
}

VerticalFilter decode_vertical(const IspRegisters& registers, std::uint32_t offset) {
  VerticalFilter filter;
  for (unsigned i = 0; i < 5; ++i) filter.taps[i] = coefficient(registers, offset, i);
  return filter;
}

// gain * sum of the numerator / sum of the denominator; a filter that never settles has none.
std::int32_t constant_gain(std::int32_t gain, std::int32_t numerator, std::int32_t denominator) {
  return denominator <= 0 ? 0 : limit(gain * numerator / denominator, -2047, 2047);
}

HorizontalFilter decode_horizontal(const IspRegisters& registers, std::uint32_t offset) {
  const auto at = [&](unsigned n) { return coefficient(registers, offset, n); };
  HorizontalFilter f;
  f.gain1 = at(0), f.b1 = at(1), f.b2 = at(2), f.a1 = at(3), f.a2 = at(4);
  f.b3 = at(5), f.a3 = at(6), f.gain2 = at(7);
  const std::int32_t first = constant_gain(f.gain1, 256 + f.b1 + f.b2, 256 - f.a1 - f.a2);
  const std::int32_t second = constant_gain(f.gain2, 256 + f.b3, 256 - f.a3);
  f.constant = limit(first * second >> 8, -2047, 2047);
  return f;
}

LumaGain decode_gain(const IspRegisters& registers, std::uint32_t offset) {
  const std::uint32_t dark = registers[offset], bright = registers[offset + 4];
  LumaGain g;
  g.dark_end = field(dark, 0, 8), g.full_from = field(dark, 8, 8);
  g.rise = field(dark, 16, 8), g.low = field(dark, 24, 8);
  g.full_to = field(bright, 0, 8), g.bright_from = field(bright, 8, 8);
  g.fall = field(bright, 16, 8), g.high = field(bright, 24, 8);
  return g;
}

FocusCoring decode_coring(const IspRegisters& registers, std::uint32_t offset) {
  FocusCoring c;
  c.from = half(registers, offset, 0), c.to = half(registers, offset, 1);
  c.slope = std::min(half(registers, offset, 2), 4095);
  c.most = std::min(half(registers, offset, 3), 255);
  return c;
}

// 8-bit luma; rows beyond the edges repeat the last one.
std::int32_t luma_at(const Plane<std::uint16_t>& luma, std::int32_t x, std::int32_t y) {
  return luma.at(x, limit(y, 0, luma.height - 1)) >> 2;
}

std::int32_t vertical_answer(const VerticalFilter& filter, const Plane<std::uint16_t>& luma,
                             std::int32_t x, std::int32_t y) {
  std::int32_t sum = 0;
  for (std::int32_t i = 0; i < 5; ++i) {
    const std::int32_t other = luma_at(luma, x, y + i - VerticalFilter::kReach);
    sum += filter.taps[static_cast<unsigned>(i)] * (other - luma_at(luma, x, y));
  }
  return sum;
}

void measure_row(const FocusEngine& engine, const Plane<std::uint16_t>& luma, std::int32_t y,
                 FocusZone* zones) {
  using Engine = FocusEngine;
  std::array<HorizontalFilter::State, 2> states{};
  const std::int32_t start = luma_at(luma, 0, y);
  for (std::int32_t x = 0; x < luma.width; ++x) {
    const std::int32_t here = luma_at(luma, x, y);
    std::array<std::int32_t, Engine::kFilters> detail{};
    for (unsigned i = 0; i < 2; ++i) {
      detail[Engine::kVertical0 + i] =
          detail_of(vertical_answer(engine.vertical[i], luma, x, y), kVerticalFraction);
      detail[Engine::kHorizontal0 + i] =
          detail_of(engine.horizontal[i].step(states[i], here - start), kHorizontalFraction);
    }
    const int column = engine.grid.column_at(x);
    if (column < 0) continue;
    FocusZone& zone = zones[column];
    for (unsigned i = 0; i < Engine::kFilters; ++i) {
      if (engine.on[i])
        zone.detail[i] += static_cast<std::uint32_t>(engine.count(i, here, detail[i]));
    }
    zone.luma += static_cast<std::uint32_t>(here);
    zone.highlights += here >= engine.highlight;
  }
}

}  // namespace

bool FocusEngine::plain() const {
  for (unsigned i = 0; i < kFilters; ++i) {
    if (gain[i].active || coring[i].active) return false;
  }
  return true;
}

FocusEngine decode_focus(const IspRegisters& registers) {
  FocusEngine engine;
  engine.active = field(registers[kDmaEnable], 0, 2) != 0;
  engine.grid = decode_grid(registers, kBase);
  engine.highlight = field(registers[kSetup], 8, 8);
  for (unsigned i = 0; i < 2; ++i) {
    engine.vertical[i] = decode_vertical(registers, kVertical + kVerticalStep * i);
    engine.horizontal[i] = decode_horizontal(registers, kHorizontal + kHorizontalStep * i);
  }
  for (unsigned i = 0; i < FocusEngine::kFilters; ++i) {
    engine.on[i] = field(registers[kSetup], 4 + i, 1) != 0;
    engine.gain[i] = decode_gain(registers, kGains + 8 * i);
    engine.gain[i].active = field(registers[kSwitches], 4 * i, 4) != 0;
    engine.coring[i] = decode_coring(registers, kCoring + 8 * i);
    engine.coring[i].active = field(registers[kSwitches], 16 + 4 * i, 4) != 0;
  }
  return engine;
}

void FocusTotals::add(const FocusTotals& other) {
  for (unsigned i = 0; i < zones.size(); ++i) {
    for (unsigned k = 0; k < FocusEngine::kFilters; ++k) {
      zones[i].detail[k] += other.zones[i].detail[k];
    }
    zones[i].luma += other.zones[i].luma;
    zones[i].highlights += other.zones[i].highlights;
  }
}

void write_focus_statistics(const FocusEngine& engine, const FocusTotals& totals,
                            std::array<std::uint8_t, 4096>& out) {
  out = {};
  if (!engine.active) return;
  for (unsigned i = 0; i < engine.grid.columns * engine.grid.rows; ++i) {
    RecordWriter writer(&out[kRecordBytes * i]);
    for (const std::uint32_t sum : totals.zones[i].detail) writer.put(sum, kDetailBits);
    writer.put(totals.zones[i].luma, kLumaBits);
    writer.put(totals.zones[i].highlights, kHighlightBits);
  }
}

FocusTotals measure_focus(const FocusEngine& engine, const Plane<std::uint16_t>& luma) {
  FocusTotals totals;
  if (!engine.active) return totals;
  for (std::int32_t y = 0; y < luma.height; ++y) {
    const int row = engine.grid.row_at(y);
    if (row < 0) continue;
    measure_row(engine, luma, y, &totals.zones[static_cast<unsigned>(row) * engine.grid.columns]);
  }
  return totals;
}

}  // namespace t31::model::pixel

// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/control/awb_zones.hpp"

#include "driver/base/math.hpp"
#include "driver/control/zone_record.hpp"

namespace t31::control {
namespace {

using tuning::Parameter;

constexpr u32 kQ = 10;

u8 byte(u32 value) {
  return static_cast<u8>(min(value, 0xffu));
}

}  // namespace

AwbScale awb_scale(tuning::Bank bank) {
  AwbScale scale;
  scale.red = min(bank.get(Parameter::kAwbStatic, 0), 0xffffu);
  scale.blue = min(bank.get(Parameter::kAwbStatic, 1), 0xffffu);
  scale.fewest_cells = bank.get(Parameter::kAwbPixelCntTh);
  return scale;
}

void measure_awb_zones(const u8* dma, const AwbScale& scale, AwbZones& out, AwbStatistics& table) {
  const u32* words = record_words(dma);
  const u32 red_scale = scale.red << 8;
  const u32 blue_scale = scale.blue << 8;
  const u32 fewest_cells = scale.fewest_cells;
  u64 red = 0;
  u64 blue = 0;
  u32 counted = 0;
  u32 most_cells = 0;
  for (u32 i = 0; i < kZones; ++i, words += kRecordWords) {
    const AwbZone zone = unpack_awb_zone(words);
    out.cells[i] = 0;
    if (zone.cells == 0) {
      table.red[i] = table.green[i] = table.blue[i] = 0;
      continue;
    }
    table.red[i] = byte(zone.red / zone.cells);
    table.green[i] = byte(zone.green / zone.cells);
    table.blue[i] = byte(zone.blue / zone.cells);
    if (zone.green == 0) continue;
    const u32 rg = multiply_q(kQ, (zone.red << kQ) / zone.green, red_scale);
    const u32 bg = multiply_q(kQ, (zone.blue << kQ) / zone.green, blue_scale);
    if (rg != 0 && bg != 0) {
      red += rg;
      blue += bg;
      ++counted;
    }
    if (zone.cells <= fewest_cells) continue;
    const u32 half = zone.cells >> 1;
    out.point[i].rg = multiply_q(kQ, ((zone.red + half) << kQ) / (zone.green + half), red_scale);
    out.point[i].bg = multiply_q(kQ, ((zone.blue + half) << kQ) / (zone.green + half), blue_scale);
    out.cells[i] = static_cast<u16>(zone.cells);
    most_cells = max(most_cells, zone.cells);
  }
  out.most_cells = most_cells;
  out.average = {256, 256};
  if (counted == 0 || scale.red == 0 || scale.blue == 0) return;
  out.average.red_q8 = static_cast<u32>(divide(divide(red, counted), scale.red));
  out.average.blue_q8 = static_cast<u32>(divide(divide(blue, counted), scale.blue));
}

}  // namespace t31::control

// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/statistics.hpp"

#include <span>

#include "model/pixel/record_writer.hpp"

namespace t31::model::pixel {
namespace {

constexpr std::uint32_t kAwbBase = 0xb000;
constexpr std::uint32_t kGrid = 0x04;    // 31:28 columns, 26:16 first x, 15:12 rows, 10:0 first y
constexpr std::uint32_t kWidths = 0x08;  // four bytes per word
constexpr std::uint32_t kHeights = 0x18;
constexpr std::uint32_t kAeThresholds = 0x28;  // of an AE engine: 7:0 dark, 15:8 bright
constexpr std::uint32_t kAeDmaEnable = 0x4c;   // 1:0 zones, 5:4 histogram
constexpr std::uint32_t kAwbRed = 0xb028;      // 15:0 lower, 31:16 upper bound
constexpr std::uint32_t kAwbBlue = 0xb02c;
constexpr std::uint32_t kAwbSumLow = 0xb030;   // 15:0 red weight, 31:16 lower bound
constexpr std::uint32_t kAwbSumHigh = 0xb034;  // 15:0 blue weight, 31:16 upper bound
constexpr std::uint32_t kAwbLuma = 0xb038;     // 7:0 lower, 15:8 upper bound
constexpr std::uint32_t kAwbDmaEnable = 0xb04c;

constexpr unsigned kSumBits = 21, kCountBits = 13;

int zone_index(const Grid& grid, std::int32_t x, std::int32_t y) {
  const int column = grid.column_at(x), row = grid.row_at(y);
  return column < 0 || row < 0 ? -1 : row * static_cast<int>(grid.columns) + column;
}

void write_ae_zone(const AeZone& zone, std::uint8_t* record) {
  RecordWriter writer(record);
  writer.put(zone.dark_sum, kSumBits);
  writer.put(zone.middle_sum, kSumBits);
  writer.put(zone.bright_sum, kSumBits);
  writer.put(zone.dark_count, kCountBits);
  writer.put(zone.bright_count, kCountBits);
  writer.put(zone.infrared_sum, kSumBits);
}

void write_awb_zone(const AwbZone& zone, std::uint8_t* record) {
  RecordWriter writer(record);
  writer.put(zone.red, kSumBits);
  writer.put(zone.green, kSumBits);
  writer.put(zone.blue, kSumBits);
  writer.put(zone.infrared, kSumBits);
  writer.put(zone.count, kCountBits);
}

void write_histogram(const std::array<std::uint32_t, 256>& bins, std::span<std::uint8_t> out) {
  for (unsigned i = 0; i < bins.size(); ++i) RecordWriter(&out[4 * i]).put(bins[i], kSumBits);
}

void add_ae(const AeEngine& ae, const Cell& cell, AeZone& zone) {
  const auto luma = static_cast<std::uint32_t>(cell.luma);
  zone.infrared_sum += static_cast<std::uint32_t>(cell.infrared);
  if (cell.luma < ae.dark) {
    zone.dark_sum += luma;
    zone.dark_count += 1;
  } else if (cell.luma >= ae.bright) {
    zone.bright_sum += luma;
    zone.bright_count += 1;
  } else {
    zone.middle_sum += luma;
  }
}

void add_awb(const Cell& cell, AwbZone& zone) {
  zone.red += static_cast<std::uint32_t>(cell.red);
  zone.green += static_cast<std::uint32_t>(cell.green);
  zone.blue += static_cast<std::uint32_t>(cell.blue);
  zone.infrared += static_cast<std::uint32_t>(cell.infrared);
  zone.count += 1;
}

// low <= value / divisor, floored, <= high
bool ratio_within(std::int64_t value, std::int64_t divisor, std::int64_t low, std::int64_t high) {
  const std::int64_t ratio = value / divisor;
  return low <= ratio && ratio <= high;
}

}  // namespace

Grid decode_grid(const IspRegisters& registers, std::uint32_t base) {
  const std::uint32_t value = registers[base + kGrid];
  Grid grid;
  grid.columns = static_cast<unsigned>(field(value, 28, 4));
  grid.rows = static_cast<unsigned>(field(value, 12, 4));
  grid.x[0] = field(value, 16, 11);
  grid.y[0] = field(value, 0, 11);
  for (unsigned i = 0; i < Grid::kMaxZones; ++i) {
    const std::uint32_t word = 4 * (i / 4);
    grid.x[i + 1] = grid.x[i] + field(registers[base + kWidths + word], 8 * (i % 4), 8);
    grid.y[i + 1] = grid.y[i] + field(registers[base + kHeights + word], 8 * (i % 4), 8);
  }
  return grid;
}

int Grid::zone_at(const Edges& edges, unsigned zones, std::int32_t position) {
  for (unsigned i = 0; i < zones; ++i) {
    if (position >= edges[i] && position < edges[i + 1]) return static_cast<int>(i);
  }
  return -1;
}

Cell measure(const FilterArray& filter, const std::array<std::int32_t, 4>& slots) {
  Cell cell;
  std::int32_t green_sum = 0, greens = 0, sum = 0;
  for (unsigned slot = 0; slot < 4; ++slot) {
    const std::int32_t sample = slots[slot];
    sum += sample;
    switch (filter.slots[slot]) {
      case Colour::kRed:
        cell.red = sample >> 4;
        break;
      case Colour::kBlue:
        cell.blue = sample >> 4;
        break;
      case Colour::kInfrared:
        cell.infrared = sample >> 4;
        break;
      case Colour::kGreenRed:
      case Colour::kGreenBlue:
        green_sum += sample, ++greens;
        break;
    }
  }
  cell.green = (green_sum / greens) >> 4;
  cell.luma = (sum / 4) >> 4;
  return cell;
}

AeEngine decode_ae(const IspRegisters& registers, std::uint32_t base) {
  AeEngine ae;
  ae.zones_active = field(registers[base + kAeDmaEnable], 0, 2) != 0;
  ae.histogram_active = field(registers[base + kAeDmaEnable], 4, 2) != 0;
  ae.grid = decode_grid(registers, base);
  ae.dark = field(registers[base + kAeThresholds], 0, 8);
  ae.bright = field(registers[base + kAeThresholds], 8, 8);
  return ae;
}

AwbEngine decode_awb(const IspRegisters& registers) {
  AwbEngine awb;
  awb.active = field(registers[kAwbDmaEnable], 0, 2) != 0;
  awb.grid = decode_grid(registers, kAwbBase);
  awb.red_low = field(registers[kAwbRed], 0, 16);
  awb.red_high = field(registers[kAwbRed], 16, 16);
  awb.blue_low = field(registers[kAwbBlue], 0, 16);
  awb.blue_high = field(registers[kAwbBlue], 16, 16);
  awb.red_weight = field(registers[kAwbSumLow], 0, 16);
  awb.sum_low = field(registers[kAwbSumLow], 16, 16);
  awb.blue_weight = field(registers[kAwbSumHigh], 0, 16);
  awb.sum_high = field(registers[kAwbSumHigh], 16, 16);
  awb.luma_low = field(registers[kAwbLuma], 0, 8);
  awb.luma_high = field(registers[kAwbLuma], 8, 8);
  return awb;
}

bool AwbEngine::white_candidate(const Cell& cell) const {
  if (cell.luma < luma_low || cell.luma > luma_high || cell.green == 0) return false;
  const std::int64_t weighted =
      std::int64_t{red_weight} * cell.red + std::int64_t{blue_weight} * cell.blue;
  return ratio_within(256 * cell.red, cell.green, red_low, red_high) &&
         ratio_within(256 * cell.blue, cell.green, blue_low, blue_high) &&
         ratio_within(weighted, cell.green, sum_low, sum_high);
}

FrameTotals measure_frame(const AeEngine& ae, const AwbEngine& awb, const FilterArray& filter,
                          const Plane<std::uint16_t>& bayer) {
  FrameTotals totals;
  for (std::int32_t y = 0; y < bayer.height / 2; ++y) {
    for (std::int32_t x = 0; x < bayer.width / 2; ++x) {
      const Cell cell =
          measure(filter, {bayer.at(2 * x, 2 * y), bayer.at(2 * x + 1, 2 * y),
                           bayer.at(2 * x, 2 * y + 1), bayer.at(2 * x + 1, 2 * y + 1)});
      if (const int zone = zone_index(ae.grid, x, y); zone >= 0) {
        add_ae(ae, cell, totals.ae[static_cast<unsigned>(zone)]);
        ++totals.histogram[static_cast<unsigned>(cell.luma)];
        if (filter.has_infrared())
          ++totals.infrared_histogram[static_cast<unsigned>(cell.infrared)];
      }
      if (const int zone = zone_index(awb.grid, x, y); zone >= 0 && awb.white_candidate(cell)) {
        add_awb(cell, totals.awb[static_cast<unsigned>(zone)]);
      }
    }
  }
  return totals;
}

void FrameTotals::add(const FrameTotals& other) {
  for (unsigned i = 0; i < kZones; ++i) {
    ae[i].dark_sum += other.ae[i].dark_sum;
    ae[i].middle_sum += other.ae[i].middle_sum;
    ae[i].bright_sum += other.ae[i].bright_sum;
    ae[i].dark_count += other.ae[i].dark_count;
    ae[i].bright_count += other.ae[i].bright_count;
    ae[i].infrared_sum += other.ae[i].infrared_sum;
    awb[i].red += other.awb[i].red;
    awb[i].green += other.awb[i].green;
    awb[i].blue += other.awb[i].blue;
    awb[i].infrared += other.awb[i].infrared;
    awb[i].count += other.awb[i].count;
  }
  for (unsigned i = 0; i < histogram.size(); ++i) {
    histogram[i] += other.histogram[i];
    infrared_histogram[i] += other.infrared_histogram[i];
  }
}

void write_statistics(const AeEngine& ae, const AwbEngine& awb, const FrameTotals& totals,
                      Statistics& out) {
  out = {};
  if (ae.zones_active) {
    for (unsigned i = 0; i < ae.grid.columns * ae.grid.rows; ++i) {
      write_ae_zone(totals.ae[i], &out.ae_zones[kRecordBytes * i]);
    }
  }
  if (ae.histogram_active) {
    const std::span bytes(out.ae_histogram);
    write_histogram(totals.histogram, bytes.first(1024));
    write_histogram(totals.infrared_histogram, bytes.last(1024));
  }
  if (awb.active) {
    for (unsigned i = 0; i < awb.grid.columns * awb.grid.rows; ++i) {
      write_awb_zone(totals.awb[i], &out.awb_zones[kRecordBytes * i]);
    }
  }
}

}  // namespace t31::model::pixel

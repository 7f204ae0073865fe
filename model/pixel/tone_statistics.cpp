// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/tone_statistics.hpp"

#include <span>

#include "model/pixel/bypass.hpp"

namespace t31::model::pixel {
namespace {

constexpr std::uint32_t kFrameSize = 0x0004;

constexpr std::uint32_t kToneRowEdges = 0x4010;     // 0 ... height, two per word, the last alone
constexpr std::uint32_t kToneColumnEdges = 0x401c;  // 0 ... width, likewise
constexpr std::uint32_t kToneRingRows = 0x4454;  // 15:0 end of the upper, 31:16 start of the lower
constexpr std::uint32_t kToneRingColumns = 0x4458;
constexpr std::uint32_t kToneLimits = 0x4484;  // four, two per word
constexpr std::uint32_t kToneDma = 0x4490;

constexpr std::uint32_t kDefogRowEdges = 0x5800, kDefogColumnEdges = 0x5820;
constexpr std::uint32_t kDefogThresholds = 0x5b10;  // 7:0 dark, 23:16 bright
constexpr std::uint32_t kDefogDma = 0x5b80;

constexpr std::size_t kFirstRecord = 8, kRecordBytes = 16;
constexpr std::size_t kHistogramOffset = 776;
constexpr unsigned kBinBits = 21;  // three bins per 64 bits

// Half word `i` of a list that starts at `offset`.
std::int32_t half_word(const IspRegisters& registers, std::uint32_t offset, unsigned i) {
  return field(registers[offset + 4 * (i / 2)], 16 * (i % 2), 16);
}

// Crossed edges and edges beyond the frame would count samples twice or not at all.
void tidy(std::span<std::int32_t> edges, std::int32_t size) {
  std::int32_t before = 0;
  for (auto& edge : edges) before = edge = limit(edge, before, std::max(size, before));
}

int zone_at(std::span<const std::int32_t> edges, std::int32_t position) {
  for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
    if (position >= edges[i] && position < edges[i + 1]) return static_cast<int>(i);
  }
  return -1;
}

void put(std::uint8_t* at, std::uint32_t value, unsigned bytes) {
  for (unsigned i = 0; i < bytes; ++i) at[i] = static_cast<std::uint8_t>(value >> (8 * i));
}

std::uint32_t at_most(std::uint32_t value, unsigned bits) {
  return std::min(value, (1u << bits) - 1u);
}

// Edges of the zones along an axis in cells: ring, blocks without the ring's part, ring.
template <std::size_t Size>
void decode_axis(const IspRegisters& registers, std::uint32_t blocks, std::uint32_t ring,
                 std::int32_t size, std::array<std::int32_t, Size>& edges) {
  edges[0] = half_word(registers, blocks, 0);
  edges[1] = half_word(registers, ring, 0);
  for (unsigned i = 2; i + 2 < Size; ++i) edges[i] = half_word(registers, blocks, i - 1);
  edges[Size - 2] = half_word(registers, ring, 1);
  edges[Size - 1] = half_word(registers, blocks, Size - 3);
  for (auto& edge : edges) edge = (edge + 1) / 2;
  tidy(edges, size / 2);
}

void write_histogram(const std::array<std::uint32_t, ToneMeter::kBins>& bins, std::uint8_t* out) {
  for (unsigned i = 0; i < bins.size(); i += 3) {
    std::uint64_t word = 0;
    for (unsigned k = 0; k < 3 && i + k < bins.size(); ++k) {
      word |= std::uint64_t{at_most(bins[i + k], kBinBits)} << (kBinBits * k);
    }
    put(out + 8 * (i / 3), static_cast<std::uint32_t>(word), 4);
    put(out + 8 * (i / 3) + 4, static_cast<std::uint32_t>(word >> 32), 4);
  }
}

}  // namespace

int ToneMeter::row_at(std::int32_t position) const {
  return zone_at(y, position);
}

ToneMeter decode_tone_meter(const IspRegisters& registers) {
  ToneMeter meter;
  meter.active = !bypassed(registers, Block::kToneMapping) && (registers[kToneDma] & 3) != 0;
  const std::uint32_t size = registers[kFrameSize];
  decode_axis(registers, kToneColumnEdges, kToneRingColumns, field(size, 16, 16), meter.x);
  decode_axis(registers, kToneRowEdges, kToneRingRows, field(size, 0, 16), meter.y);
  for (unsigned i = 0; i < meter.limits.size(); ++i) {
    meter.limits[i] = std::min(half_word(registers, kToneLimits, i), kMax12 + 1);
  }
  tidy(meter.limits, kMax12 + 1);
  return meter;
}

void ToneTotals::add(const ToneTotals& other) {
  for (unsigned i = 0; i < zones.size(); ++i) {
    zones[i].sum += other.zones[i].sum;
    for (unsigned k = 0; k < ToneMeter::kZoneBins; ++k) zones[i].bins[k] += other.zones[i].bins[k];
  }
  for (unsigned i = 0; i < histogram.size(); ++i) histogram[i] += other.histogram[i];
}

void write_tone_statistics(const ToneMeter& meter, const ToneTotals& totals, DmaRecord& out) {
  out.fill(0);
  if (!meter.active) return;
  for (unsigned i = 0; i < totals.zones.size(); ++i) {
    const ToneTotals::Zone& zone = totals.zones[i];
    std::uint8_t* record = &out[kFirstRecord + kRecordBytes * i];
    for (unsigned k = 0; k < 4; ++k) put(record + 2 * k, at_most(zone.bins[k], 16), 2);
    put(record + 8, at_most(zone.sum, 28), 4);
    put(record + 12, at_most(zone.bins[4], 16), 2);
  }
  write_histogram(totals.histogram, &out[kHistogramOffset]);
}

int DefogMeter::row_at(std::int32_t position) const {
  return zone_at(y, position);
}

DefogMeter decode_defog_meter(const IspRegisters& registers) {
  DefogMeter meter;
  meter.active = !bypassed(registers, Block::kDefog) && (registers[kDefogDma] & 3) != 0;
  for (unsigned i = 0; i < meter.x.size(); ++i) {
    meter.x[i] = half_word(registers, kDefogColumnEdges, i) & 0xfff;
  }
  for (unsigned i = 0; i < meter.y.size(); ++i) {
    meter.y[i] = half_word(registers, kDefogRowEdges, i) & 0xfff;
  }
  tidy(meter.x, field(registers[kFrameSize], 16, 16));
  tidy(meter.y, field(registers[kFrameSize], 0, 16));
  meter.dark = field(registers[kDefogThresholds], 0, 8);
  meter.bright = field(registers[kDefogThresholds], 16, 8);
  return meter;
}

void DefogTotals::add(const DefogTotals& other) {
  for (unsigned i = 0; i < blocks.size(); ++i) {
    const Block& more = other.blocks[i];
    blocks[i].red += more.red, blocks[i].green += more.green, blocks[i].blue += more.blue;
    blocks[i].dark += more.dark, blocks[i].middle += more.middle, blocks[i].bright += more.bright;
  }
}

void write_defog_statistics(const DefogMeter& meter, const DefogTotals& totals, DmaRecord& out) {
  out.fill(0);
  if (!meter.active) return;
  for (unsigned i = 0; i < totals.blocks.size(); ++i) {
    const DefogTotals::Block& block = totals.blocks[i];
    const std::uint32_t red = at_most(block.red, 24), green = at_most(block.green, 24);
    std::uint8_t* record = &out[kFirstRecord + kRecordBytes * i];
    put(record, at_most(block.blue, 24) | green << 24, 4);
    put(record + 4, green >> 8 | (red & 0xfff) << 16, 4);
    put(record + 8, at_most(block.dark, 16) | at_most(block.middle, 16) << 16, 4);
    put(record + 12, at_most(block.bright, 16) | red >> 12 << 16, 4);
  }
}

ToneTotals measure_tone(const ToneMeter& meter, const Plane<std::uint16_t>& bayer) {
  ToneTotals totals;
  for (std::int32_t y = 0; y < bayer.height / 2; ++y) {
    for (std::int32_t x = 0; x < bayer.width / 2; ++x) {
      const int row = zone_at(meter.y, y), column = zone_at(meter.x, x);
      const std::int32_t luma = (bayer.at(2 * x, 2 * y) + bayer.at(2 * x + 1, 2 * y) +
                                 bayer.at(2 * x, 2 * y + 1) + bayer.at(2 * x + 1, 2 * y + 1)) >>
                                2;
      ++totals.histogram[static_cast<unsigned>(luma) >> 3];
      if (row < 0 || column < 0) continue;
      ToneTotals::Zone& zone = totals.zones[static_cast<unsigned>(row) * ToneMeter::kColumns +
                                            static_cast<unsigned>(column)];
      unsigned bin = 0;
      while (bin < meter.limits.size() && luma >= meter.limits[bin]) ++bin;
      ++zone.bins[bin];
      zone.sum += static_cast<std::uint32_t>(luma);
    }
  }
  return totals;
}

DefogTotals measure_defog(const DefogMeter& meter, const std::array<Plane<std::uint16_t>, 3>& rgb) {
  DefogTotals totals;
  for (std::int32_t y = 0; y < rgb[0].height; ++y) {
    for (std::int32_t x = 0; x < rgb[0].width; ++x) {
      const int row = zone_at(meter.y, y), column = zone_at(meter.x, x);
      if (row < 0 || column < 0) continue;
      DefogTotals::Block& block = totals.blocks[static_cast<unsigned>(row) * DefogMeter::kColumns +
                                                static_cast<unsigned>(column)];
      const Triple pixel{rgb[0].at(x, y) >> 2, rgb[1].at(x, y) >> 2, rgb[2].at(x, y) >> 2};
      block.red += static_cast<std::uint32_t>(pixel[0]);
      block.green += static_cast<std::uint32_t>(pixel[1]);
      block.blue += static_cast<std::uint32_t>(pixel[2]);
      const std::int32_t luma = defog_luma(pixel);
      ++(luma < meter.dark ? block.dark : luma > meter.bright ? block.bright : block.middle);
    }
  }
  return totals;
}

}  // namespace t31::model::pixel

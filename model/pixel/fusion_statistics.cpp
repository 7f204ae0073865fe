// SPDX-License-Identifier: GPL-2.0-or-later
// fusion_statistics.cpp - histograms of both exposures in front of their fusion.
#include "model/pixel/fusion.hpp"

namespace t31::model::pixel {
namespace {

constexpr std::size_t kRecordBytes = 16, kRowBytes = 516, kRowStride = 1024;
constexpr std::size_t kCountersAt = 4096;
constexpr std::uint32_t kCountMask = (1u << 21) - 1;
constexpr unsigned kBins = 256;

struct Totals {
  std::array<std::array<std::uint32_t, kBins>, Fusion::kColours> histogram{};
  std::array<std::uint32_t, 3> below{};  // cells darker than each level
  std::uint64_t sum = 0;                 // of luma
};

// The byte stream lies in rows with gaps behind them.
void put_word(Statistics& out, std::size_t at, std::uint32_t value) {
  const std::size_t place = at / kRowBytes * kRowStride + at % kRowBytes;
  for (unsigned i = 0; i < 4; ++i) {
    out.wdr[place + i] = static_cast<std::uint8_t>(value >> (8 * i));
  }
}

// One count a cell and colour: the mean of the two greens.
Totals measure(const Fusion& fusion, const Plane<std::uint16_t>& plane) {
  Totals totals;
  for (std::int32_t y = 0; y + 1 < plane.height; y += 2) {
    for (std::int32_t x = 0; x + 1 < plane.width; x += 2) {
      const std::array<std::uint32_t, 4> cell = {plane.at(x, y), plane.at(x + 1, y),
                                                 plane.at(x, y + 1), plane.at(x + 1, y + 1)};
      std::array<std::uint32_t, Fusion::kColours> sum{}, count{};
      for (unsigned slot = 0; slot < 4; ++slot) {
        sum[fusion.map_of[slot]] += cell[slot];
        ++count[fusion.map_of[slot]];
      }
      for (unsigned c = 0; c < Fusion::kColours; ++c) {
        if (count[c] != 0) ++totals.histogram[c][sum[c] / count[c] >> 4];
      }
      const std::uint32_t luma = (cell[0] + cell[1] + cell[2] + cell[3]) >> 2;
      for (unsigned i = 0; i < 3; ++i) {
        totals.below[i] += luma < static_cast<std::uint32_t>(fusion.statistics[i]);
      }
      totals.sum += luma;
    }
  }
  return totals;
}

void put_counts(Statistics& out, std::size_t at, const std::array<std::uint32_t, 3>& counts) {
  const std::uint32_t a = std::min(counts[0], kCountMask), b = std::min(counts[1], kCountMask),
                      c = std::min(counts[2], kCountMask);
  put_word(out, at, a | b << 21);
  put_word(out, at + 4, b >> 11 | c << 10);
}

}  // namespace

void write_fusion_statistics(const Fusion& fusion, const ExposurePlanes& planes, Statistics& out) {
  out.wdr = {};
  const Totals totals[2] = {measure(fusion, planes.longer), measure(fusion, planes.shorter)};
  for (unsigned bin = 0; bin < kBins; ++bin) {
    for (unsigned e = 0; e < 2; ++e) {
      const auto& h = totals[e].histogram;
      put_counts(out, bin * kRecordBytes + 8 * e, {h[0][bin], h[1][bin], h[2][bin]});
    }
  }
  for (unsigned e = 0; e < 2; ++e) {
    put_counts(out, kCountersAt + 8 * e, totals[e].below);
    const std::uint64_t sum = totals[e].sum;
    put_word(out, kCountersAt + 16 + 8 * e, static_cast<std::uint32_t>(sum));
    put_word(out, kCountersAt + 20 + 8 * e, static_cast<std::uint32_t>(sum >> 32) & 1);
  }
}

}  // namespace t31::model::pixel

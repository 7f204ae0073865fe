// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/control/statistics.hpp"

#include "driver/base/math.hpp"

namespace t31::control {
namespace {

constexpr u32 kZoneRecordBytes = 16;
constexpr u32 kSumBits = 21;
constexpr u32 kCandidatesFirstBit = 84;
constexpr u32 kCandidatesBits = 13;

u32 word_at(const u8* p) {
  return static_cast<u32>(p[0]) | static_cast<u32>(p[1]) << 8 | static_cast<u32>(p[2]) << 16 |
         static_cast<u32>(p[3]) << 24;
}

// Bits [first, first + width) of a little-endian record; width <= 25.
u32 bits_at(const u8* record, u32 first, u32 width) {
  const u32 byte = first / 8;
  u64 window = word_at(record + (byte > 12 ? 12 : byte));
  u32 shift = first - 8 * (byte > 12 ? 12 : byte);
  if (byte <= 11) window |= static_cast<u64>(record[byte + 4]) << 32;
  return static_cast<u32>(window >> shift) & ((1u << width) - 1);
}

// Mean level of a histogram's cells; `note` gets each bin's count.
template <typename Note>
u32 mean_of_bins(const u8* dma, Note note) {
  u32 cells = 0;
  u32 weighted = 0;  // at most 255 * 2592 * 2048 / 4 < 2^32
  for (u32 bin = 0; bin < kBins; ++bin) {
    const u32 count = word_at(dma + 4 * bin) & ((1u << kSumBits) - 1);
    note(bin, count);
    cells += count;
    weighted += bin * count;
  }
  return cells == 0 ? 0 : weighted / cells;
}

}  // namespace

void unpack_ae_zones(const u8* dma, u32 cells, AeStatistics& out) {
  for (u32 zone = 0; zone < kZones; ++zone) {
    const u8* record = dma + zone * kZoneRecordBytes;
    const u32 sum = bits_at(record, 0, kSumBits) + bits_at(record, kSumBits, kSumBits) +
                    bits_at(record, 2 * kSumBits, kSumBits);
    out.zone_mean[zone] = cells == 0 ? 0 : sum / cells;
  }
}

void unpack_ae_histogram(const u8* dma, AeStatistics& out) {
  out.mean = mean_of_bins(dma, [&out](u32 bin, u32 count) { out.histogram[bin] = count; });
}

u32 infrared_mean(const u8* histogram_dma) {
  constexpr u32 kSecondHistogram = 1024;
  return mean_of_bins(histogram_dma + kSecondHistogram, [](u32, u32) {});
}

void unpack_awb_zones(const u8* dma, AwbStatistics& out) {
  for (u32 zone = 0; zone < kZones; ++zone) {
    const u8* record = dma + zone * kZoneRecordBytes;
    const u32 candidates = bits_at(record, kCandidatesFirstBit, kCandidatesBits);
    const auto mean = [&](u32 first) {
      const u32 value = candidates == 0 ? 0 : bits_at(record, first, kSumBits) / candidates;
      return static_cast<u8>(value > 255 ? 255 : value);
    };
    out.red[zone] = mean(0);
    out.green[zone] = mean(kSumBits);
    out.blue[zone] = mean(2 * kSumBits);
  }
}

void fold_histogram(const u32 (&histogram)[kBins], HistogramBins& bins) {
  constexpr u32 kWhole = 0xffff;
  u32 counts[5] = {};
  u32 total = 0;
  u32 bin = 0;
  for (u32 value = 0; value < kBins; ++value) {
    while (bin < 4 && value >= bins.thresholds[bin]) ++bin;
    counts[bin] += histogram[value];
    total += histogram[value];
  }
  u32 rest = kWhole;
  for (u32 i = 1; i < 5; ++i) {
    const u32 share = total == 0 ? 0 : multiply_divide(counts[i], kWhole, total);
    bins.share[i] = static_cast<u16>(share);
    rest -= share;
  }
  bins.share[0] = static_cast<u16>(rest);
}

}  // namespace t31::control

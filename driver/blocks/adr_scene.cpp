// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/adr_scene.hpp"

namespace t31::blocks {
namespace {

// Layout of the buffer, in words.
constexpr u32 kCells = 2;            // four words a cell
constexpr u32 kCellSum = 2;          // the word of a cell with the sum of its luma
constexpr u32 kHistogram = 776 / 4;  // three bins in two words
constexpr u32 kTripleCount = AdrScene::kBins / 3;
constexpr u32 kSumMask = (1u << 28) - 1;
constexpr u32 kBinMask = (1u << 21) - 1;
constexpr u32 kReportScale = 1000;
constexpr u32 kGridRows = kAdrRows + 2;
constexpr u32 kGridColumns = kAdrColumns + 2;

}  // namespace

void AdrScene::unpack(const u32* dma, u32 samples, bool include_ring) {
  unpack_histogram(dma + kHistogram, samples);
  unpack_blocks(dma + kCells, samples, include_ring);
}

void AdrScene::unpack_histogram(const u32* dma, u32 samples) {
  const u32 part = samples >> 8;
  u32 cells = 0;
  const auto take = [&](u32 count) {
    cells = min(cells + (count & kBinMask), samples);
    return static_cast<u16>(((cells << 8) / part * kWholeShare) >> 16);
  };
  u16* share = share_;
  for (u32 i = 0; i < kTripleCount; ++i, dma += 2, share += 3) {
    share[0] = take(dma[0]);
    share[1] = take(dma[0] >> 21 | dma[1] << 11);
    share[2] = take(dma[1] >> 10);
  }
  share[0] = take(dma[0]);
  share[1] = take(dma[0] >> 21 | dma[1] << 11);
}

void AdrScene::unpack_blocks(const u32* dma, u32 samples, bool include_ring) {
  for (u32& sum : block_mean_) sum = 0;
  u64 total = 0;
  for (u32 row = 0; row < kGridRows; ++row) {
    const u32 inner_row = clamp(row, 1u, kAdrRows) - 1;
    const bool row_in_ring = row != inner_row + 1;
    for (u32 column = 0; column < kGridColumns; ++column, dma += 4) {
      const u32 sum = dma[kCellSum] & kSumMask;
      total += sum;
      const u32 inner_column = clamp(column, 1u, kAdrColumns) - 1;
      const bool in_ring = row_in_ring || column != inner_column + 1;
      if (in_ring && !include_ring) continue;
      block_mean_[inner_column * kAdrRows + inner_row] += sum;
    }
  }
  mean_ = static_cast<s32>(divide(total, samples));
  const u32 block_samples = samples / kAdrBlocks;
  u32 darkest = 4095, brightest = 0;
  u32 darkest_block = 0, brightest_block = 0;
  for (u32 block = 0; block < kAdrBlocks; ++block) {
    const u32 mean = block_mean_[block] / block_samples;
    block_mean_[block] = mean;
    if (mean < darkest) {
      darkest = mean;
      darkest_block = block;
    }
    if (mean > brightest) {
      brightest = mean;
      brightest_block = block;
    }
  }
  darkest_ = static_cast<s32>(darkest);
  darkest_report_ = darkest * kReportScale + darkest_block;
  brightest_report_ = brightest * kReportScale + brightest_block;
}

// The first bin with at least this share; kBins when there is none. Shares never fall.
u32 AdrScene::first_at_least(u32 share) const {
  u32 first = 0;
  for (u32 step = kBins / 2; step > 0; step /= 2) {
    if (share_[first + step - 1] < share) first += step;
  }
  return share_[first] < share ? first + 1 : first;
}

AdrScene::Bins AdrScene::nearest(u32 share) const {
  const u32 above = first_at_least(share);
  u32 distance = kWholeShare;
  if (above < kBins) distance = min(distance, share_[above] - share);
  if (above > 0) distance = min(distance, share - share_[above - 1]);

  Bins bins{0, 0};
  const auto add = [&](u32 first, u32 end) {
    bins.count += end - first;
    bins.sum += (first + end - 1) * (end - first) / 2;
  };
  if (above < kBins && share_[above] - share == distance) {
    add(above, first_at_least(share_[above] + 1u));
  }
  if (above > 0 && share - share_[above - 1] == distance) {
    add(first_at_least(share_[above - 1]), above);
  }
  return {max(bins.sum, 1u), max(bins.count, 1u)};
}

}  // namespace t31::blocks

// SPDX-License-Identifier: GPL-2.0-or-later
// adr_scene.hpp - what the statistics of local tone mapping tell of a frame
// (hw-blocks-detail-tone 5.3, 5.5).
#pragma once

#include "driver/base/math.hpp"

namespace t31::blocks {

// Rows and columns of blocks, each with a curve of its own.
inline constexpr u32 kAdrRows = 4;
inline constexpr u32 kAdrColumns = 6;
inline constexpr u32 kAdrBlocks = kAdrRows * kAdrColumns;

class AdrScene {
 public:
  static constexpr u32 kBins = 512;
  static constexpr u32 kWholeShare = 10000;

  // Takes one frame's buffer. `samples` is the number of 2x2 cells of the picture; with
  // `include_ring`, blocks count the border cells beside them.
  void unpack(const u32* dma, u32 samples, bool include_ring);

  // Mean of the frame; of block column * kAdrRows + row; of the darkest block, at most 4095.
  s32 mean() const { return mean_; }
  u32 block_mean(u32 block) const { return block_mean_[block]; }
  s32 darkest() const { return darkest_; }
  // The brightest and the darkest block, for the tuning tool: mean * 1000 + number.
  u32 brightest_report() const { return brightest_report_; }
  u32 darkest_report() const { return darkest_report_; }

  // Share of the cells up to `bin`, of kWholeShare.
  u32 share(u32 bin) const { return share_[min(bin, kBins - 1)]; }

  // The bins whose share comes nearest to `share`: their sum and number, both at least 1.
  struct Bins {
    u32 sum, count;
  };
  Bins nearest(u32 share) const;

 private:
  void unpack_histogram(const u32* dma, u32 samples);
  void unpack_blocks(const u32* dma, u32 samples, bool include_ring);
  u32 first_at_least(u32 share) const;

  u16 share_[kBins] = {};
  u32 block_mean_[kAdrBlocks] = {};
  s32 mean_ = 0;
  s32 darkest_ = 0;
  u32 brightest_report_ = 0;
  u32 darkest_report_ = 0;
};

// Cells of a picture, at least as many as keep every quotient finite.
constexpr u32 adr_samples(u32 width, u32 height) {
  return max(width * height / 4, 5120u);
}

}  // namespace t31::blocks

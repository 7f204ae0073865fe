// SPDX-License-Identifier: GPL-2.0-or-later
// temporal_denoise.hpp - MDNS: mixes each picture with the one before where nothing moves. The
// picture before and how long each block has been at rest lie in DRAM, where the registers say.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "model/pixel/arithmetic.hpp"
#include "model/pixel/pipeline.hpp"
#include "model/pixel/temporal_adjust.hpp"
#include "model/pixel/yuv.hpp"

namespace t31::model::pixel {

// How much of the reference's weight a difference takes away. Differences are summed over a square
// window, with their signs and without.
struct MotionMeasure {
  static constexpr std::int32_t kMaxReach = 4;
  std::int32_t reach = 0;                          // the window has an edge of 2 reach + 1
  std::int32_t absolute_limit = 0, net_limit = 0;  // of the sums, at most 65535
  std::int32_t steepness = 0;                      // weight per excess of a sum, Q16, 16 bits
  std::int32_t loss(std::int32_t absolute, std::int32_t net) const {
    const std::int64_t excess = std::max({absolute - absolute_limit, net - net_limit, 0});
    return static_cast<std::int32_t>(std::min<std::int64_t>((excess * steepness) >> 16, 255));
  }
};

// Limits of the reference's weight, of 256.
struct ReferenceWeight {
  std::int32_t least = 0, most = 0;  // at rest
  std::int32_t moving = 0;           // what no motion takes away
  std::int32_t at_rest(std::int32_t weight) const { return limit(weight, least, most); }
  std::int32_t reduced(std::int32_t weight, std::int32_t loss) const {
    return std::max(weight - loss, std::min(moving, weight));
  }
};

struct StoredPlane {
  std::uint32_t address = 0, stride = 0;
};

// Blocks of one of the four grids, which are shifted by half a block against one another.
struct BlockGrid {
  bool shifted_x = false, shifted_y = false;
  std::int32_t columns = 0, rows = 0;
  StoredPlane state;
};

struct TemporalDenoise {
  static constexpr unsigned kGrids = 4;
  bool active = false;
  bool chroma_active = false;
  StoredPlane luma, chroma;

  std::int32_t half_block = 0;  // 0: no block statistics
  unsigned grids = 0;           // in use
  std::array<BlockGrid, kGrids> grid{};
  bool remembers = false;                                      // blocks count over frames
  std::int32_t longest = 0;                                    // count
  std::int32_t moving_pixels = 0;                              // a block with more of them moves
  std::int32_t block_absolute_limit = 0, block_net_limit = 0;  // a pixel beyond one moves

  std::array<std::uint8_t, 16> weight_of_count{};
  MotionMeasure luma_motion, chroma_motion;
  ReferenceWeight luma_weight, chroma_weight;
  TemporalAdjustments adjust;

  bool pixel_moves(std::int32_t absolute, std::int32_t net) const {
    return absolute > block_absolute_limit || net > block_net_limit;
  }
};

TemporalDenoise decode_temporal_denoise(const IspRegisters& registers);

// A sample of 10 bits mixed with a stored one of 8.
inline std::int32_t mix_with_stored(std::int32_t sample, std::int32_t stored, std::int32_t weight) {
  return sample + (((4 * stored - sample) * (weight << 7) + 0x4000) >> 15);
}

// What is stored of a mixed sample. Rounding would hold a small difference for ever: beyond
// kHeldDifference the stored value goes at least one step towards the sample.
inline constexpr std::int32_t kHeldDifference = 15;  // 10 bits
inline std::int32_t stored_sample(std::int32_t mixed, std::int32_t sample, std::int32_t before) {
  const std::int32_t rounded = std::min((mixed + 2) >> 2, 255);
  const std::int32_t difference = sample - 4 * before;
  if (rounded != before) return rounded;
  if (difference > kHeldDifference) return std::min(before + 1, 255);
  if (difference < -kHeldDifference) return std::max(before - 1, 0);
  return before;
}

// The block's memory for one frame.
class TemporalMemory {
 public:
  // Empty unless the block is active and all that it needs is memory.
  TemporalMemory(const TemporalDenoise& block, std::int32_t width, std::int32_t height,
                 PixelMemory* memory);
  bool usable() const { return usable_; }
  std::uint8_t* luma(std::int32_t y) const { return luma_.data() + offset(block_->luma, y); }
  std::uint8_t* chroma(std::int32_t y) const { return chroma_.data() + offset(block_->chroma, y); }
  std::span<std::uint8_t> state(unsigned grid) const { return state_[grid]; }

 private:
  static std::size_t offset(const StoredPlane& plane, std::int32_t y) {
    return static_cast<std::size_t>(plane.stride) * static_cast<std::size_t>(y);
  }
  const TemporalDenoise* block_;
  bool usable_ = false;
  std::span<std::uint8_t> luma_, chroma_;
  std::array<std::span<std::uint8_t>, TemporalDenoise::kGrids> state_;
};

// Moving pixels, then frames at rest, of cells of half a block.
class RestMap {
 public:
  void resize(const TemporalDenoise& block, std::int32_t width, std::int32_t height);
  std::int32_t columns() const { return columns_; }
  std::int32_t rows() const { return rows_; }
  std::uint16_t* moving(std::int32_t row) { return moving_.data() + index(row); }
  // Counts the blocks on, in memory, and gives each cell the smallest count of its blocks.
  void count(const TemporalDenoise& block, const TemporalMemory& memory);
  const std::uint8_t* counts(std::int32_t row) const { return counts_.data() + index(row); }

 private:
  std::size_t index(std::int32_t row) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_);
  }
  // Cells [x, x + 2) x [y, y + 2), as far as they exist.
  struct Cells {
    std::int32_t x, y;
  };
  std::int32_t moving_in(Cells cells) const;
  void limit_counts(Cells cells, std::int32_t count);
  void count_grid(const TemporalDenoise& block, const BlockGrid& grid,
                  std::span<std::uint8_t> state);
  std::int32_t columns_ = 0, rows_ = 0;
  std::vector<std::uint16_t> moving_;
  std::vector<std::uint8_t> counts_;
};

// In place. `weights`: of the reference, at each luma sample; 255 everywhere without memory, which
// the result tells.
bool denoise_temporally(const TemporalDenoise& block, PixelMemory* memory, YuvFrame& yuv,
                        Plane<std::uint8_t>& weights);

}  // namespace t31::model::pixel

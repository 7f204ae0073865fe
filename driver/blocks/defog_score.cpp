// SPDX-License-Identifier: GPL-2.0-or-later
// How hazy a frame looks by its dark and bright parts: a hazy picture has neither.
#include "driver/blocks/defog_cell.hpp"
#include "driver/blocks/defog_map.hpp"

namespace t31::blocks {
namespace {

constexpr u32 kWindow = 4;  // blocks a side
constexpr u32 kWindowRows = 3;
constexpr u32 kWindowColumns = 5;
constexpr u32 kFirstRows[kWindowRows] = {0, 3, 6};
constexpr u32 kFirstColumns[kWindowColumns] = {0, 4, 7, 10, 14};

struct Shares {
  u32 dark[kWindowColumns];
  u32 bright[kWindowColumns];
};

// Share of a block's pixels in Q20, over a bound.
u32 share(u32 scale, u32 pixels, u32 divisor) {
  const u64 product = static_cast<u64>(scale) * pixels;
  const u32 rounded = static_cast<u32>(product >> 16) + (static_cast<u32>(product >> 15) & 1);
  return rounded / divisor;
}

// 0 for the highest, 4 for the lowest.
u32 category(const s32 (&window_score)[29], u32 value) {
  for (u32 i = 0; i < DefogTuning::kWindowBounds; ++i) {
    if (static_cast<s32>(value) > window_score[DefogTuning::kWindowBounds - 1 - i]) return i;
  }
  return DefogTuning::kWindowBounds;
}

}  // namespace

u32 DefogMap::score_windows(const u32* dma, const DefogTuning& tuning) const {
  const auto& bound = tuning.thresholds;
  const u32 dark_divisor = static_cast<u32>(max(2, bound[DefogTuning::kDarkBelow] + 1));
  const u32 bright_divisor = static_cast<u32>(max(2, 256 - bound[DefogTuning::kBrightAbove]));
  Shares windows[kWindowRows] = {};
  const u32* cell = dma + kDefogFirstCell;
  for (u32 row = 0; row < kDefogRows; ++row) {
    u32 dark[kDefogColumns];
    u32 bright[kDefogColumns];
    for (u32 column = 0; column < kDefogColumns; ++column, cell += kDefogCellWords) {
      const u32 scale = scale_of(row, column);
      dark[column] = share(scale, defog_dark(cell), dark_divisor);
      bright[column] = share(scale, defog_bright(cell), bright_divisor);
    }
    for (u32 y = 0; y < kWindowRows; ++y) {
      if (row - kFirstRows[y] >= kWindow) continue;
      for (u32 x = 0; x < kWindowColumns; ++x) {
        const u32 first = kFirstColumns[x];
        for (u32 i = first; i < first + kWindow; ++i) {
          windows[y].dark[x] += dark[i];
          windows[y].bright[x] += bright[i];
        }
      }
    }
  }
  u32 score = 0;
  for (const Shares& shares : windows) {
    for (u32 x = 0; x < kWindowColumns; ++x) {
      const u32 dark = category(tuning.window_score, ((shares.dark[x] >> 6) + 1) / 3);
      const u32 bright = category(tuning.window_score, ((shares.bright[x] >> 6) + 1) / 3);
      score +=
          static_cast<u32>(tuning.window_score[DefogTuning::kWindowBounds + 5 * dark + bright]);
    }
  }
  return score;
}

}  // namespace t31::blocks

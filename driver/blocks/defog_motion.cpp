// SPDX-License-Identifier: GPL-2.0-or-later
// Where the picture changes (hw-blocks-detail-tone 6.4, temporal protection).
#include "driver/blocks/defog_cell.hpp"
#include "driver/blocks/defog_map.hpp"

namespace t31::blocks {
namespace {

constexpr u32 kReach = 2;  // a window has 5 x 5 blocks
constexpr u32 kStrong = 255;

// How many of `kCount` rows or columns a window around each of them has.
template <u32 kCount>
struct Span {
  u8 blocks[kCount] = {};
  constexpr Span() {
    for (u32 i = 0; i < kCount; ++i) {
      blocks[i] = static_cast<u8>(min(i + kReach, kCount - 1) + 1 - (i < kReach ? 0 : i - kReach));
    }
  }
};
constexpr Span<kDefogRows> kRowSpan;
constexpr Span<kDefogColumns> kColumnSpan;

// Motion from the mean change, the mean of its magnitude and the spread in a window of n blocks.
u32 motion_of(s32 sum, u32 magnitudes, s32 last, u32 n) {
  constexpr u32 kSteady = 300, kMoving = 4000;
  constexpr u32 kSpreadOne = 1320;
  const s32 mean = sum / static_cast<s32>(n);
  const u32 size_q6 = (magnitudes << 6) / n;
  // Only the last block's distance from the mean counts, as the vendor's.
  const u32 distance = magnitude(last - mean);
  const u32 value = (distance * distance / n + kSpreadOne) * size_q6 / kSpreadOne;
  if (value > kMoving) return kStrong;
  return value < kSteady ? 0 : ((value - kSteady) << 8) / (kMoving - kSteady);
}

}  // namespace

void DefogMap::find_motion() {
  // Of the window's rows, with room for the columns beside the picture.
  u32 sums[kDefogColumns + 2 * kReach] = {};
  const auto add = [&](u32 row, u32 sign) {
    const u32* change = change_ + row * kDefogColumns;
    u32* sum = sums + kReach;
    for (u32 column = 0; column < kDefogColumns; ++column) *sum++ += sign * *change++;
  };
  for (u32 row = 0; row < kReach; ++row) add(row, 1);
  u16* motion = motion_;
  for (u32 row = 0; row < kDefogRows; ++row) {
    if (row + kReach < kDefogRows) add(row + kReach, 1);
    if (row > kReach) add(row - kReach - 1, 0u - 1);
    const u32* last = change_ + min(row + kReach, kDefogRows - 1) * kDefogColumns;
    u32 window = sums[0] + sums[1] + sums[2] + sums[3];
    for (u32 column = 0; column < kDefogColumns; ++column) {
      window += sums[column + 2 * kReach];
      const u32 blocks = kRowSpan.blocks[row] * kColumnSpan.blocks[column];
      const u32 last_change = last[min(column + kReach, kDefogColumns - 1)];
      *motion++ = static_cast<u16>(motion_of(change_sum(window, blocks), magnitude_sum(window),
                                             change_sum(last_change, 1), blocks));
      window -= sums[column];
    }
  }
}

// Each block takes the strongest motion of its 3 x 3 neighbourhood.
void DefogMap::spread_motion() {
  for (u32 row = 0; row < kDefogRows; ++row) {
    u16* motion = motion_ + row * kDefogColumns;
    u16 before = 0;
    for (u32 column = 0; column < kDefogColumns; ++column) {
      const u16 here = motion[column];
      const u16 after = column + 1 < kDefogColumns ? motion[column + 1] : u16{0};
      motion[column] = max(max(before, here), after);
      before = here;
    }
  }
  for (u32 column = 0; column < kDefogColumns; ++column) {
    u16* motion = motion_ + column;
    u16 before = 0;
    for (u32 row = 0; row < kDefogRows; ++row, motion += kDefogColumns) {
      const u16 here = *motion;
      const u16 after = row + 1 < kDefogRows ? motion[kDefogColumns] : u16{0};
      *motion = max(max(before, here), after);
      before = here;
    }
  }
}

// Weighted mean over the neighbourhood, for the blocks of a row; what lies outside the picture is
// left out.
void DefogMap::average_motion(u32 row, u16 (&mean)[kDefogColumns]) const {
  constexpr u32 kCorner = 56, kEdge = 72, kCentre = 93;
  const bool above = row > 0;
  const bool below = row + 1 < kDefogRows;
  const u32 neighbours = (above ? 1u : 0u) + (below ? 1u : 0u);
  const u32 side_weight = neighbours * kCorner + kEdge;
  const u32 middle_weight = neighbours * kEdge + kCentre;
  u32 side[kDefogColumns];
  u32 middle[kDefogColumns];
  const u16* motion = motion_ + row * kDefogColumns;
  const u16* motion_before = above ? motion - kDefogColumns : motion;
  const u16* motion_after = below ? motion + kDefogColumns : motion;
  for (u32 column = 0; column < kDefogColumns; ++column) {
    const u32 beside = (above ? motion_before[column] : 0u) + (below ? motion_after[column] : 0u);
    side[column] = kCorner * beside + kEdge * motion[column];
    middle[column] = kEdge * beside + kCentre * motion[column];
  }
  const auto rounded = [](u32 sum, u32 weight) {
    return static_cast<u16>((weight / 2 + sum) / weight);
  };
  constexpr u32 kLast = kDefogColumns - 1;
  const u32 edge_weight = middle_weight + side_weight;
  const u32 inner_weight = edge_weight + side_weight;
  mean[0] = rounded(middle[0] + side[1], edge_weight);
  for (u32 column = 1; column < kLast; ++column) {
    mean[column] = rounded(side[column - 1] + middle[column] + side[column + 1], inner_weight);
  }
  mean[kLast] = rounded(side[kLast - 1] + middle[kLast], edge_weight);
}

}  // namespace t31::blocks

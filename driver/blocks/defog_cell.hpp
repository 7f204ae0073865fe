// SPDX-License-Identifier: GPL-2.0-or-later
// defog_cell.hpp - one block's record in the statistics of haze removal
// (hw-blocks-detail-tone 6.3).
#pragma once

#include "driver/base/math.hpp"

namespace t31::blocks {

// In words of the buffer.
inline constexpr u32 kDefogFirstCell = 2;
inline constexpr u32 kDefogCellWords = 4;

struct DefogColour {
  s32 red, green, blue;
};

// Mean colour of a block; `scale` is 2^36 over its pixels.
inline DefogColour defog_mean(const u32* cell, u32 scale) {
  const u32 blue = cell[0] & 0xffffff;
  const u32 green = (cell[1] & 0xffff) << 8 | cell[0] >> 24;
  const u32 red = (cell[3] >> 16 & 0xfff) << 12 | (cell[1] >> 16 & 0xfff);
  const auto mean = [&](u32 sum) { return static_cast<s32>(multiply_q(36, scale, sum)); };
  return {mean(red), mean(green), mean(blue)};
}

// A block's change of luma and its magnitude in one word: sums over up to 128 blocks are had by one
// addition each.
inline constexpr u32 kDefogChangeBias = 256;
constexpr u32 pack_change(s32 change) {
  return magnitude(change) << 16 | static_cast<u32>(change + static_cast<s32>(kDefogChangeBias));
}
// Of a sum over `blocks`.
constexpr s32 change_sum(u32 packed, u32 blocks) {
  return static_cast<s32>((packed & 0xffff) - blocks * kDefogChangeBias);
}
constexpr u32 magnitude_sum(u32 packed) {
  return packed >> 16;
}

// Pixels of the lowest and of the highest bin of its histogram.
inline u32 defog_dark(const u32* cell) {
  return cell[2] & 0xffff;
}
inline u32 defog_bright(const u32* cell) {
  return cell[3] & 0xffff;
}

}  // namespace t31::blocks

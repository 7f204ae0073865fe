// SPDX-License-Identifier: GPL-2.0-or-later
// defog_map.hpp - how much haze lies over each block of the picture, and what colour it has: what
// is computed from statistics and tuning, with no register in sight (hw-blocks-detail-tone 6.4).
#pragma once

#include "driver/base/math.hpp"

namespace t31::blocks {

inline constexpr u32 kDefogRows = 10;
inline constexpr u32 kDefogColumns = 18;
inline constexpr u32 kDefogBlocks = kDefogRows * kDefogColumns;
inline constexpr u32 kDefogPoints = 5;  // of a curve from luma to transmission

// The tuning arrays in use, those of the mode. Elements have names where the bank's documentation
// gives them a meaning.
struct DefogTuning {
  enum Threshold : u32 {
    kDarkBelow = 1,
    kBrightAbove = 2,
    kAirRed = 3,  // 64: as measured
    kAirGreen = 4,
    kAirBlue = 5,
    kAirLow = 6,
    kAirHigh = 7,
  };
  enum Option : u32 {
    kTablesFromBank = 0,
    kRadius = 1,             // percent
    kScoreFromExposure = 2,  // 1
    kGreyAir = 6,
    kProtectMotion = 8,
  };
  enum Manual : u32 { kFixed = 0, kScore = 1, kScoreParts = 2 };

  s32 thresholds[16];
  s32 options[9];
  static constexpr u32 kColourBounds = 5;
  s32 colour_score[11];  // bounds, six scores
  static constexpr u32 kWindowBounds = 4;
  s32 window_score[29];  // bounds, 5 x 5 scores
  s32 luma[kDefogPoints];
  u32 manual[7];
};

class DefogMap {
 public:
  // For a size of picture: a light haze everywhere; nothing is known of frames before.
  void start(u32 width, u32 height);
  // Call after the tuning arrays have changed.
  void tuning_changed(const DefogTuning& tuning);

  // Takes one frame's buffer: what the blocks look like, and the frame's score, which goes to
  // `tuning.manual`.
  void take(const u32* dma, DefogTuning& tuning, u32 ev);
  // The map, with the curve from luma to transmission that belongs to the score, in percent.
  void compute(const DefogTuning& tuning, const s32 (&percent)[kDefogPoints]);

  // Words of the map, column by column.
  const u32* words() const { return words_; }

 private:
  u32 score_windows(const u32* dma, const DefogTuning& tuning) const;
  u32 scale_of(u32 row, u32 column) const {
    return scale_[(row < larger_rows_ ? 0 : 2) + (column < larger_columns_ ? 0 : 1)];
  }
  void find_motion();
  void spread_motion();
  void average_motion(u32 row, u16 (&mean)[kDefogColumns]) const;

  u32 scale_[4] = {};  // 2^36 / area of blocks: larger in rows, columns or not
  u32 larger_rows_ = 0, larger_columns_ = 0;
  u32 frames_ = 0;
  u8 rank_[256] = {};              // of a sample among the bounds of the colour score
  u8 luma_[kDefogBlocks] = {};     // row by row, as all that follow
  u32 change_[kDefogBlocks] = {};  // of luma since the frame before, packed
  u16 motion_[kDefogBlocks] = {};  // 0 none .. 255
  u32 words_[kDefogBlocks] = {};
};

}  // namespace t31::blocks

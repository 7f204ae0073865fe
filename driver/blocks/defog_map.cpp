// SPDX-License-Identifier: GPL-2.0-or-later
// Statistics to map; motion is in defog_motion.cpp, the score in defog_score.cpp.
#include "driver/blocks/defog_map.hpp"

#include "driver/blocks/defog_cell.hpp"
#include "driver/regs/defog.hpp"

namespace t31::blocks {
namespace {

namespace reg = t31::reg::defog;

constexpr u32 kStartAir = 200;
constexpr u32 kStartTransmission = 230;
constexpr u32 kEnoughFrames = 2;  // before changes mean motion

// Sizes for which the scale is rounded to the nearest instead of down.
struct Size {
  u16 width, height;
};
constexpr Size kRoundedSizes[] = {{1920, 1080}, {1280, 720},  {2304, 1296},
                                  {2560, 1440}, {2560, 1920}, {2592, 1944}};

bool is_rounded(u32 width, u32 height) {
  for (const Size& size : kRoundedSizes) {
    if (size.width == width && size.height == height) return true;
  }
  return false;
}

constexpr s32 clamp8(s32 value) {
  return clamp(value, 0, 255);
}

// Air light is measured in a range of its own.
struct AirRange {
  s32 low, span;
  explicit AirRange(const DefogTuning& tuning) {
    const s32 high = min(255, tuning.thresholds[DefogTuning::kAirHigh]);
    low = max(0, min(high, tuning.thresholds[DefogTuning::kAirLow]));
    span = high - low;
  }
  u32 of(s32 value) const { return static_cast<u32>(((clamp8(value) * span) >> 8) + low); }
};

// Percent at a luma: the line through the curve's points, level outside.
s32 percent_at(const s32 (&luma)[kDefogPoints], const s32 (&percent)[kDefogPoints], s32 value) {
  if (value < luma[0]) return percent[0];
  for (u32 k = 1; k < kDefogPoints; ++k) {
    if (value >= luma[k]) continue;
    return percent[k - 1] +
           (percent[k] - percent[k - 1]) * (value - luma[k - 1]) / max(luma[k] - luma[k - 1], 1);
  }
  return percent[kDefogPoints - 1];
}

}  // namespace

void DefogMap::start(u32 width, u32 height) {
  larger_rows_ = height % kDefogRows;
  larger_columns_ = width % kDefogColumns;
  const bool rounded = is_rounded(width, height);
  for (u32 i = 0; i < 4; ++i) {
    const u32 rows = height / kDefogRows + (i < 2 ? 1 : 0);
    const u32 columns = width / kDefogColumns + (i % 2 == 0 ? 1 : 0);
    const u32 area = max(rows * columns, 1u);
    const u64 scale = divide((u64{1} << 36) + (rounded ? area / 2 : 0), area);
    scale_[i] = scale >> 32 != 0 ? 0xffffffffu : static_cast<u32>(scale);
  }
  frames_ = 0;
  for (u8& luma : luma_) luma = 0;
  for (u32& word : words_) {
    word = reg::kAirRed(kStartAir) | reg::kAirGreen(kStartAir) | reg::kAirBlue(kStartAir) |
           reg::kTransmission(kStartTransmission);
  }
}

void DefogMap::tuning_changed(const DefogTuning& tuning) {
  for (u8& rank : rank_) rank = 0;
  for (u32 i = 0; i < DefogTuning::kColourBounds; ++i) {
    const s32 bound = max(tuning.colour_score[i], 0);
    if (bound < 256) ++rank_[bound];
  }
  u8 below = 0;
  for (u8& rank : rank_) rank = below = static_cast<u8>(below + rank);
}

void DefogMap::take(const u32* dma, DefogTuning& tuning, u32 ev) {
  if (tuning.options[DefogTuning::kScoreFromExposure] == 1) {
    tuning.manual[DefogTuning::kFixed] = 1;
    tuning.manual[DefogTuning::kScore] = ev;
  }
  const bool fixed = tuning.manual[DefogTuning::kFixed] != 0;
  u32 parts[4] = {};
  const AirRange air(tuning);
  const bool grey = tuning.options[DefogTuning::kGreyAir] != 0;
  const auto& gain = tuning.thresholds;
  const u32* cell = dma + kDefogFirstCell;
  u32 block = 0;
  for (u32 row = 0; row < kDefogRows; ++row) {
    for (u32 column = 0; column < kDefogColumns; ++column, ++block, cell += kDefogCellWords) {
      const DefogColour mean = defog_mean(cell, scale_of(row, column));
      const s32 luma = clamp8((19 * mean.red + 38 * mean.green + 7 * mean.blue) >> 6);
      change_[block] = pack_change(luma - luma_[block]);
      luma_[block] = static_cast<u8>(luma);
      u32& word = words_[column * kDefogRows + row];
      if (grey) {
        const u32 light = air.of(luma);
        word = reg::kAirRed(light) | reg::kAirGreen(light) | reg::kAirBlue(light);
      } else {
        word = reg::kAirRed(air.of(mean.red + gain[DefogTuning::kAirRed] - 64)) |
               reg::kAirGreen(air.of(mean.green + gain[DefogTuning::kAirGreen] - 64)) |
               reg::kAirBlue(air.of(mean.blue + gain[DefogTuning::kAirBlue] - 64));
      }
      if (fixed) continue;
      const s32* score = tuning.colour_score + DefogTuning::kColourBounds;
      parts[0] += static_cast<u32>(score[rank_[min(mean.red, 255)]]);
      parts[1] += static_cast<u32>(score[rank_[min(mean.green, 255)]]);
      parts[2] += static_cast<u32>(score[rank_[min(mean.blue, 255)]]);
      parts[3] += static_cast<u32>(score[rank_[luma]]);
    }
  }
  if (fixed) return;
  u32 total = score_windows(dma, tuning);
  tuning.manual[DefogTuning::kScoreParts + 4] = total;
  for (u32 i = 0; i < 4; ++i) {
    tuning.manual[DefogTuning::kScoreParts + i] = parts[i];
    total += parts[i];
  }
  tuning.manual[DefogTuning::kScore] = total;
}

void DefogMap::compute(const DefogTuning& tuning, const s32 (&percent)[kDefogPoints]) {
  const bool protect = frames_ >= kEnoughFrames && tuning.options[DefogTuning::kProtectMotion] != 0;
  frames_ = min(frames_ + 1, kEnoughFrames);
  if (protect) {
    find_motion();
    spread_motion();
  }
  u32 block = 0;
  for (u32 row = 0; row < kDefogRows; ++row) {
    u16 motion[kDefogColumns] = {};
    if (protect) average_motion(row, motion);
    for (u32 column = 0; column < kDefogColumns; ++column, ++block) {
      s32 transmission = clamp8((percent_at(tuning.luma, percent, luma_[block]) * 655) >> 8);
      // Where the picture changes, haze stays.
      transmission += ((255 - transmission) * motion[column]) >> 8;
      u32& word = words_[column * kDefogRows + row];
      word = reg::kTransmission.set(word, static_cast<u32>(transmission));
    }
  }
}

}  // namespace t31::blocks

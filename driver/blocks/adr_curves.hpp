// SPDX-License-Identifier: GPL-2.0-or-later
// adr_curves.hpp - the tone curves of one frame: what is computed from statistics and tuning, with
// no register in sight (hw-blocks-detail-tone 5.5).
#pragma once

#include "driver/blocks/adr_scene.hpp"
#include "driver/blocks/adr_tone.hpp"

namespace t31::blocks {

inline constexpr u32 kAdrKnees = 11;          // of a block's curve and of the lower limit
inline constexpr u32 kAdrContrastKnees = 9;   // of the contrast curve
inline constexpr u16 kAdrNeutralGain = 1024;  // of the contrast curve

// Abscissas that the hardware starts with; the lower limit never has others.
inline constexpr u16 kAdrFixedKnees[kAdrKnees] = {32,  64,  128,  192,  256, 384,
                                                  512, 768, 1024, 1536, 2048};

// The tuning arrays in use, those of the mode, with what follows exposure worked in. Elements have
// names where the bank's documentation gives them a meaning (hw-blocks-detail-tone 5.4, 5.5).
struct AdrTuning {
  enum LightEnd : u32 {
    kMean = 11,            // reports of the last frame
    kBrightestBlock = 12,  // mean * 1000 + number
    kDarkestBlock = 13,
    kEvenlySpread = 14,  // 1: sections part the picture evenly
    kBellReport = 15,    // centre and both spreads of the last frame
    kLimitBell = 18,     // 1: the three pairs of limits that follow hold
    kCentreLow = 19,
    kDarkSpreadLow = 21,
    kBrightSpreadLow = 23,
    kLimitSlope = 25,   // 1: elements 0..10 limit the slopes, Q16
    kMayBrighten = 26,  // 1
    kStrength = 28,     // follows exposure
  };
  enum BlockLight : u32 {
    kCentreMode = 0,
    kDarkSpreadMode = 1,
    kCentre = 2,
    kDarkSpread = 3,
    kBrightSpread = 4,
    kLimitLevel = 6,
    kContrastLevel = 7,
    kWidth = 8,   // of the picture
    kSteps = 10,  // least rises of a curve's four inner segments; follow exposure
    kIncludeRing = 14,
  };
  enum MapMode : u32 {
    kCentreByExposure = 0,
    kCentreWeight = 1,
    kDarkSpreadByExposure = 2,
    kDarkSpreadWeight = 3,
    kBrightSpreadMode = 4,
    kBrightSpreadByExposure = 5,
    kBrightSpreadWeight = 6,
    kDarkFallback = 7,   // 1: a picture that is dark all over keeps its tones
    kFallbackStart = 8,  // share of dark cells
    kFallbackEnd = 9,
    kFallbackBin = 10,
  };
  enum ToolControl : u32 {
    kTablesFromBank = 0,
    kContrastByExposure = 3,
    kMayStandStill = 11,  // 9: a smoothing step of 0 means it
    kSmooth = 12,
    kSmoothStep = 13,
  };

  s32 light_end[29];
  s32 block_light[15];
  s32 map_mode[11];
  s32 tool_control[14];
  u32 map_knees[kAdrKnees];
  u32 contrast_knees[kAdrContrastKnees];
  s32 contrast[kAdrContrastKnees];
};

// Abscissas at which a curve may bend. The curves of blocks use the first five and the last one,
// the contrast curve all.
struct AdrSection {
  static constexpr u32 kPoints = 9;
  s32 at[kPoints];
};

class AdrCurves {
 public:
  AdrCurves() { reset(); }
  // The curves that change nothing.
  void reset();
  // Computes the curves of a frame.
  void compute(const AdrScene& scene, const ToneScale& tone, const AdrTuning& tuning);

  // Ordinates: of block column * kAdrRows + row one after the other; of the lower limit; of the
  // contrast curve.
  const u16* blocks() const { return blocks_; }
  const u16* lower_limit() const { return lower_limit_; }
  const u16* contrast() const { return contrast_; }

  // What the tuning tool shows of the last frame.
  struct Report {
    s32 centre, dark_spread, bright_spread;
  };
  const Report& report() const { return report_; }

 private:
  static constexpr u32 kLevels = 8;
  // How far each of the sections follows the picture, in percent.
  static constexpr u32 kFollow[kLevels] = {0, 30, 40, 50, 60, 70, 80, 100};

  void make_sections(const AdrScene& scene, const ToneScale& tone, bool may_brighten);
  void pick(AdrSection& section, u32 level) const;
  void pick_for_limit(AdrSection& section, u32 level) const;
  AdrSection evenly_spread(const AdrScene& scene, s32 weight) const;
  void make_lower_limit(const AdrScene& scene, const ToneScale& tone, const AdrTuning& tuning);
  void make_contrast(const AdrScene& scene, const ToneScale& tone, const AdrTuning& tuning);
  void make_blocks(const AdrScene& scene, const ToneScale& tone, const AdrTuning& tuning);

  AdrSection sections_[kLevels] = {};
  u16 blocks_[kAdrBlocks * kAdrKnees];
  u16 lower_limit_[kAdrKnees];
  u16 contrast_[kAdrContrastKnees];
  Report report_{};
};

}  // namespace t31::blocks

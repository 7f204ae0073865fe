// SPDX-License-Identifier: GPL-2.0-or-later
// The lower limit and the contrast curve of a frame; the curves of blocks are in adr_blocks.cpp.
#include "driver/blocks/adr_curves.hpp"

#include "driver/blocks/adr_polyline.hpp"
#include "driver/blocks/adr_section.hpp"

namespace t31::blocks {
namespace {

constexpr s32 kWhite = 4095;

// The contrast gain at `x`, between the gains at the points of `section`.
s32 contrast_at(const AdrSection& section, const s32 (&gain)[kAdrContrastKnees], s32 x,
                bool level_below) {
  u32 k = 0;
  while (k < AdrSection::kPoints && x >= section.at[k]) ++k;
  if (k == AdrSection::kPoints) return gain[k - 1];
  const u32 way = static_cast<u32>(section.at[k] - x);
  if (k == 0) {
    if (level_below) return gain[0];
    return gain[0] -
           round_q10(slope_q10(static_cast<u32>(gain[0]), static_cast<u32>(section.at[0])) * way);
  }
  const u32 run = static_cast<u32>(section.at[k] - section.at[k - 1]);
  const u32 rise = magnitude(gain[k] - gain[k - 1]);
  const s32 step = round_q10(slope_q10(rise, run) * way);
  return gain[k] >= gain[k - 1] ? gain[k] - step : gain[k] + step;
}

}  // namespace

void AdrCurves::reset() {
  u16* block = blocks_;
  for (u32 i = 0; i < kAdrBlocks; ++i) {
    for (const u16 knee : kAdrFixedKnees) *block++ = knee;
  }
  for (u32 i = 0; i < kAdrKnees; ++i) lower_limit_[i] = kAdrFixedKnees[i];
  for (u16& gain : contrast_) gain = kAdrNeutralGain;
}

void AdrCurves::compute(const AdrScene& scene, const ToneScale& tone, const AdrTuning& tuning) {
  make_sections(scene, tone, tuning.light_end[AdrTuning::kMayBrighten] == 1);
  make_lower_limit(scene, tone, tuning);
  make_contrast(scene, tone, tuning);
  make_blocks(scene, tone, tuning);
}

void AdrCurves::make_lower_limit(const AdrScene& scene, const ToneScale& tone,
                                 const AdrTuning& tuning) {
  AdrSection section = section_at_base(tone);
  if (tuning.light_end[AdrTuning::kEvenlySpread] == 1) {
    section =
        evenly_spread(scene, wrapping_multiply(10, tuning.block_light[AdrTuning::kContrastLevel]));
  } else {
    pick_for_limit(section, static_cast<u32>(tuning.block_light[AdrTuning::kLimitLevel]));
  }
  section.at[0] = max(0, section.at[0]);
  make_rising(section);

  AdrLine line = line_at(section, tone);
  for (u32 k = 1; k < 5; ++k) {
    line.y[k] = line.y[k - 1] + max(tone.base_step(k - 1), section.at[k] - section.at[k - 1]);
  }
  line.y[4] = min(kWhite, line.y[4]);
  PolylineReader reader(line);
  for (u32 i = 0; i < kAdrKnees; ++i) {
    lower_limit_[i] = static_cast<u16>(reader.at(kAdrFixedKnees[i]));
  }
}

void AdrCurves::make_contrast(const AdrScene& scene, const ToneScale& tone,
                              const AdrTuning& tuning) {
  AdrSection section = section_at_base(tone);
  const bool evenly = tuning.light_end[AdrTuning::kEvenlySpread] == 1;
  if (evenly) {
    section = evenly_spread(scene, 0);
  } else {
    pick(section, static_cast<u32>(tuning.block_light[AdrTuning::kContrastLevel]));
    if (section.at[1] < 2) section.at[1] = 1;
    make_rising(section);
  }
  // Otherwise the last one keeps what it starts with.
  const u32 knees = evenly ? kAdrContrastKnees : kAdrContrastKnees - 1;
  for (u32 i = 0; i < knees; ++i) {
    const s32 x = static_cast<s32>(tuning.contrast_knees[i]);
    contrast_[i] = static_cast<u16>(contrast_at(section, tuning.contrast, x, evenly));
  }
}

}  // namespace t31::blocks

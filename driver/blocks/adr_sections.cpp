// SPDX-License-Identifier: GPL-2.0-or-later
// The points at which tone curves may bend, chosen so that equal shares of the picture lie between
// them (hw-blocks-detail-tone 5.5, subsection).
#include "driver/blocks/adr_arithmetic.hpp"
#include "driver/blocks/adr_curves.hpp"

namespace t31::blocks {
namespace {

constexpr s32 kMiddle = 2048;  // of what is shown
constexpr s32 kWhite = 4095;
constexpr s32 kHundred = 100;

// The mean of the bins as linear light. The sum is cut to 16 bits: a run of empty bins that long is
// placed lower than it is, as the tuning files were made with.
s32 linear_mean(const AdrScene::Bins& bins) {
  return 8 * round_q16(slope_q16(bins.sum, bins.count)) - 1;
}

constexpr u32 bin_of(s32 linear) {
  return static_cast<u32>(clamp((linear + 4) >> 3, 0, static_cast<s32>(AdrScene::kBins) - 1));
}

constexpr s32 half(s32 value) {
  return (value + 1) >> 1;
}

}  // namespace

void AdrCurves::make_sections(const AdrScene& scene, const ToneScale& tone, bool may_brighten) {
  const auto shown_at = [&](u32 share) { return tone.forward(linear_mean(scene.nearest(share))); };
  const s32 middle = shown_at(AdrScene::kWholeShare / 2);
  for (u32 level = 0; level < kLevels; ++level) {
    const auto blend = [&](s32 found, s32 target) {
      if (!may_brighten && target < found) found = target;
      const u32 sum =
          static_cast<u32>(target * kHundred + (found - target) * static_cast<s32>(kFollow[level]));
      return round_q10((sum << 10) / kHundred);
    };
    s32(&at)[AdrSection::kPoints] = sections_[level].at;
    const s32 shown4 = blend(middle, kMiddle);
    at[4] = tone.inverse(shown4);
    const u32 share4 = scene.share(bin_of(at[4]));
    const s32 shown2 = blend(shown_at(share4 / 2), half(shown4));
    at[2] = tone.inverse(shown2);
    const u32 share2 = scene.share(bin_of(at[2]));
    at[1] = tone.inverse(blend(shown_at(share2 / 2), half(shown2)));
    at[3] = tone.inverse(blend(shown_at((share4 + share2) / 2), half(shown4 + shown2)));
    at[0] = 0;
    if (at[4] + 3 >= kWhite) at[4] = kWhite - 4;
    for (u32 i = 5; i < 8; ++i) at[i] = at[i - 1] + 1;
    at[8] = kWhite;
  }
}

// The points at `level` 0..100; between two sections only the four that matter are interpolated.
void AdrCurves::pick(AdrSection& section, u32 level) const {
  u32 k = 0;
  while (k < kLevels && level > kFollow[k]) ++k;
  if (k == kLevels) return;
  if (k == 0 || level == kFollow[k]) {
    section = sections_[k];
    return;
  }
  const u32 run = kFollow[k] - kFollow[k - 1];
  const u32 way = level - kFollow[k - 1];
  for (u32 i = 1; i < 5; ++i) {
    const s32 from = sections_[k - 1].at[i];
    const s32 to = sections_[k].at[i];
    const s32 step = round_q10(slope_q10(magnitude(to - from), run) * way);
    section.at[i] = to >= from ? from + step : from - step;
  }
}

// The same with another rounding.
void AdrCurves::pick_for_limit(AdrSection& section, u32 level) const {
  u32 k = 0;
  while (k < kLevels && level > kFollow[k]) ++k;
  if (k == kLevels) return;
  if (k == 0 || level == kFollow[k]) {
    section = sections_[k];
    return;
  }
  const s32 run = static_cast<s32>(kFollow[k] - kFollow[k - 1]);
  const s32 way = static_cast<s32>(level - kFollow[k - 1]);
  for (u32 i = 1; i < 5; ++i) {
    const s32 from = sections_[k - 1].at[i];
    const s32 to = sections_[k].at[i];
    const s32 step_q10 = static_cast<s32>(magnitude(to - from)) * way * 1024 / run;
    section.at[i] = (from * 1024 + (to >= from ? step_q10 : -step_q10) + 512) / 1024;
  }
}

// The alternative: points that part the picture evenly, moved towards fixed ones.
AdrSection AdrCurves::evenly_spread(const AdrScene& scene, s32 weight) const {
  constexpr s32 kTypical[] = {0, 157, 350, 608, 1017, 1621, 2309, 3133, 4095};
  AdrSection section;
  for (u32 i = 0; i < AdrSection::kPoints; ++i) {
    s32 found = i == 0 ? 0 : kWhite;
    if (i > 0 && i < 8) {
      const AdrScene::Bins bins = scene.nearest(i * AdrScene::kWholeShare / 8);
      const u32 mean_q12 = (bins.sum << 12) / bins.count;
      found = static_cast<s32>(8 * ((mean_q12 + 2048) / 4096)) - 1;
    }
    const s32 distance = static_cast<s32>(magnitude(found - kTypical[i]));
    section.at[i] = (1000 * max(found, kTypical[i]) - wrapping_multiply(distance, weight)) / 1000;
  }
  return section;
}

}  // namespace t31::blocks

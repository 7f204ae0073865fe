// SPDX-License-Identifier: GPL-2.0-or-later
// The curves of the picture's blocks: how much a block is mapped follows from how far its mean lies
// from the centre of the tones (hw-blocks-detail-tone 5.5, block curves).
#include "driver/blocks/adr_arithmetic.hpp"
#include "driver/blocks/adr_curves.hpp"
#include "driver/blocks/adr_section.hpp"

namespace t31::blocks {
namespace {

constexpr s32 kHighest = 4085;  // of the first ordinate of a smoothed curve; one more for each next
constexpr u32 kFullShare = 10000;
constexpr s32 kWeightOne = 256;

// Where tones are strong: a bell around `centre` with another width on either side.
struct Bell {
  s32 centre, bright, dark;  // dark: width below the centre, bright: above it
  s32 height;
};

s32 mix(s32 a, s32 b, s32 weight_of_a) {
  return (wrapping_multiply(a, weight_of_a) + wrapping_multiply(b, kWeightOne - weight_of_a)) /
         kWeightOne;
}

s32 limited(const AdrTuning& tuning, s32 value, u32 element, s32 low, s32 high) {
  if (tuning.light_end[AdrTuning::kLimitBell] == 1) {
    low = tuning.light_end[element];
    high = tuning.light_end[element + 1];
  }
  return clamp(value, low, high);
}

// One of four sources: a fixed value, what the frame says, what exposure says, a mix of the two.
s32 choose(s32 mode, s32 fixed, s32 frame, s32 exposure, s32 weight) {
  switch (mode) {
    case 1:
      return frame;
    case 2:
      return exposure;
    case 3:
      return mix(exposure, frame, weight);
    default:
      return fixed;
  }
}

Bell make_bell(const AdrScene& scene, const AdrTuning& tuning) {
  using Tuning = AdrTuning;
  const auto& light = tuning.block_light;
  const auto& map = tuning.map_mode;
  Bell bell{};
  bell.centre = choose(light[Tuning::kCentreMode], light[Tuning::kCentre], scene.mean(),
                       map[Tuning::kCentreByExposure], map[Tuning::kCentreWeight]);
  bell.centre = limited(tuning, bell.centre, Tuning::kCentreLow, 20, 4000);

  const s32 to_darkest = (bell.centre - scene.darkest()) / 2;
  bell.dark = choose(light[Tuning::kDarkSpreadMode], light[Tuning::kDarkSpread], to_darkest,
                     map[Tuning::kDarkSpreadByExposure], map[Tuning::kDarkSpreadWeight]);
  bell.dark = limited(tuning, bell.dark, Tuning::kDarkSpreadLow, 20, 600);

  const s32 own = light[Tuning::kBrightSpread];
  const s32 widened = (own + 200) / 2;
  switch (map[Tuning::kBrightSpreadMode]) {
    case 1:
      bell.bright = widened;
      break;
    case 2:
      bell.bright = own;
      break;
    case 3:
      bell.bright =
          mix(map[Tuning::kBrightSpreadByExposure], widened, map[Tuning::kBrightSpreadWeight]);
      break;
    default:
      bell.bright = map[Tuning::kBrightSpreadByExposure];
      break;
  }
  bell.bright = limited(tuning, bell.bright, Tuning::kBrightSpreadLow, 20, 600);
  bell.height = tuning.light_end[Tuning::kStrength];
  return bell;
}

// 0..100: the height of the bell above the centre; below it, twice the height less the bell.
u32 level_of(const Bell& bell, u32 mean) {
  constexpr u32 kLog2OfE = 94548;  // Q16
  constexpr u32 kMostSquare = 0x3ffffc;
  constexpr u32 kMostExponent = 0xeffff;
  const s32 value = static_cast<s32>(max(mean, 1u));
  const bool above = bell.centre < value;
  const u32 width = static_cast<u32>(above ? bell.bright : bell.dark);
  const u32 distance = static_cast<u32>(value - bell.centre);
  const u32 square = min(distance * distance, kMostSquare);
  const u32 twice_variance = (2 * width * width) & (0xffffffffu >> 10);
  const u32 ratio = slope_q10(square, twice_variance);
  const u32 exponent = min(multiply_q(16, ratio << 6, kLog2OfE), kMostExponent);
  const u32 power = exp2_q(exponent, 16, 16);  // >= 2^16

  // floor(height * 2^32 / power), of which only the upper 16 bits are needed and, for the
  // difference, whether the lower ones are 0.
  const u32 height_q16 = static_cast<u32>(bell.height) << 16;
  const u32 high = height_q16 / power;
  u32 weight = high;
  if (!above) {
    const u32 rest = height_q16 % power;
    const bool low_is_zero = rest <= (power - 1) >> 16;
    weight = ((height_q16 >> 16) - high - (low_is_zero ? 0 : 1)) & 0xffff;
    weight += static_cast<u32>(bell.height);
  }
  return static_cast<u32>(round_q10((min(weight, kFullShare) << 10) / 100));
}

void limit_slopes(const AdrTuning& tuning, s32 (&y)[kAdrKnees]) {
  s32 previous_x = 0;
  s32 previous_y = 0;
  for (u32 i = 0; i < kAdrKnees; ++i) {
    const s32 x = static_cast<s32>(tuning.map_knees[i]);
    const s32 limit = tuning.light_end[i];
    const s32 run = x - previous_x;
    const s32 rise_q16 = wrapping_shift_left(y[i] - previous_y, 16);
    if (quotient(rise_q16, run) > limit) {
      const u32 reached =
          static_cast<u32>(run) * static_cast<u32>(limit) + (static_cast<u32>(previous_y) << 16);
      y[i] = static_cast<s32>(reached / 65536);
    }
    previous_x = x;
    previous_y = y[i];
  }
}

// A picture that is dark all over: curves move towards the one that changes nothing.
void fall_back(const AdrScene& scene, const AdrTuning& tuning, s32 (&y)[kAdrKnees]) {
  const auto& map = tuning.map_mode;
  const s32 dark = static_cast<s32>(scene.share(static_cast<u32>(map[AdrTuning::kFallbackBin])));
  const s32 start = map[AdrTuning::kFallbackStart];
  const s32 end = map[AdrTuning::kFallbackEnd];
  if (dark < start) return;
  for (u32 i = 0; i < kAdrKnees; ++i) {
    const s32 x = static_cast<s32>(tuning.map_knees[i]);
    if (dark > end) {
      y[i] = x;
      continue;
    }
    const s32 product = wrapping_shift_left(wrapping_multiply(y[i] - x, dark - start), 10);
    y[i] = (wrapping_shift_left(y[i], 10) - quotient(product, end - start)) / 1024;
  }
}

// Moves `shown` towards `y` by at most `step`, all ordinates in proportion.
void smooth(const s32 (&y)[kAdrKnees], u32 step, u16* shown) {
  u32 most = 0;
  for (u32 i = 0; i < kAdrKnees; ++i) most = max(most, magnitude(y[i] - shown[i]));
  const bool whole = step >= most;
  const u32 scale_q21 = whole ? 0 : (step << 21) / most;
  for (u32 i = 0; i < kAdrKnees; ++i) {
    s32 next = y[i];
    if (!whole) {
      const s32 before = shown[i];
      const u32 way = (magnitude(next - before) * scale_q21 + (1u << 20)) >> 21;
      next = next >= before ? before + static_cast<s32>(way) : before - static_cast<s32>(way);
    }
    shown[i] = static_cast<u16>(min(next, kHighest + static_cast<s32>(i)));
  }
}

// A curve whose step is 0 would never move.
u32 smooth_step(const AdrTuning& tuning) {
  const auto& control = tuning.tool_control;
  const u32 step = min(static_cast<u32>(control[AdrTuning::kSmoothStep]), 512u);
  return step == 0 && control[AdrTuning::kMayStandStill] != 9 ? 1 : step;
}

}  // namespace

void AdrCurves::make_blocks(const AdrScene& scene, const ToneScale& tone, const AdrTuning& tuning) {
  const Bell bell = make_bell(scene, tuning);
  report_ = {bell.centre, bell.dark, bell.bright};
  const bool limit = tuning.light_end[AdrTuning::kLimitSlope] == 1;
  const bool fallback = tuning.map_mode[AdrTuning::kDarkFallback] == 1;
  const bool smoothed = tuning.tool_control[AdrTuning::kSmooth] == 1;
  const u32 step = smooth_step(tuning);
  AdrSection section = section_at_base(tone);
  for (u32 block = 0; block < kAdrBlocks; ++block) {
    pick(section, level_of(bell, scene.block_mean(block)));
    if (section.at[0] < 2) section.at[0] = 1;
    make_rising(section);
    AdrLine line = line_at(section, tone);
    for (u32 k = 1; k < 5; ++k) {
      line.y[k] = line.y[k - 1] + max(tuning.block_light[AdrTuning::kSteps - 1 + k],
                                      section.at[k] - section.at[k - 1]);
    }
    s32 y[kAdrKnees];
    PolylineReader reader(line);
    for (u32 i = 0; i < kAdrKnees; ++i) y[i] = reader.at(tuning.map_knees[i]);
    if (limit) limit_slopes(tuning, y);
    if (fallback) fall_back(scene, tuning, y);
    u16* shown = blocks_ + block * kAdrKnees;
    if (smoothed) {
      smooth(y, step, shown);
    } else {
      for (u32 i = 0; i < kAdrKnees; ++i) shown[i] = static_cast<u16>(y[i]);
    }
  }
}

}  // namespace t31::blocks

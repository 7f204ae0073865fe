// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/wdr_fusion.hpp"

#include "driver/base/math.hpp"
#include "driver/base/wrapping.hpp"
#include "driver/tuning/interpolate.hpp"

namespace t31::blocks {
namespace {

using P = tuning::Parameter;

// Elements of toolControl, xyPixLow and degostPara.
enum : u32 {
  kMode = 0,
  kCurve = 4,
  kRampFrom = 5,
  kRampTo = 6,
  kGammaMode = 7,
  kOffsetOn = 8,
  kOffset = 9,
  kRatioMeasured = 10,
  kRatio = 11,
  kRatioGiven = 12,
  kByHighlights = 13
};
enum : u32 {
  kSmoothing = 12,
  kGhostByVariance = 13,
  kGhostCopy = 14,
  kGhostByExposure = 16,
  kGhostByChange = 17,
  kChangeHigh = 18,
  kChangeLow = 19,
  kShortHigh = 20,
  kShortLow = 21
};
constexpr u32 kGhostWeight = 12;
constexpr u32 kFullGhostWeight = 32;

// Modes of toolControl[0] behind the outputs that users choose.
constexpr u32 kModeFused = 8;
constexpr u32 kModeFusedPlain = 9;
constexpr u32 kModeLong = 1;
constexpr u32 kModeShort = 2;
constexpr u32 kModeCurveOnly = 3;
constexpr u32 kParaOutput = 1;
constexpr u32 kOutputShort = 2;
constexpr u32 kOutputLong = 3;
constexpr u32 kDetailEnable = 5;

constexpr u32 kNodes = kWdrGammaNodes;
constexpr u32 kLast = kNodes - 1;
constexpr u32 kOne = 256;
constexpr u32 kPoints = tuning::kGainPoints;

// gam_y[0]: where the fusion curve comes from.
constexpr u32 kCurveFalling = 1;
constexpr u32 kCurveFromTable = 2;

constexpr u32 kRangeFull = 0x1ffe;
constexpr u32 kRangeFullReciprocal = 2049;
constexpr s32 kRangeLeast = 1025;
constexpr u32 kReciprocalLimit = 0x1fff;

// Detail results before the first statistics (7.10).
constexpr u32 kStartDetail[3] = {340, 1789, 22375};

constexpr u32 default_curve(u32 node) {
  return node <= 10 ? 0 : node == kLast ? kOne : (node - 10) * 12;
}

}  // namespace

void WdrFusion::load(tuning::Bank bank) {
  p_.load(bank);
  if (chosen_) {
    constexpr u32 kModes[] = {kModeFused, kModeLong, kModeShort};
    p_.array<P::kWdrToolControlArray>()[kMode] = kModes[static_cast<u32>(output_)];
  }
  apply_preset();
  load_gamma(bank);
  ev_changed_ = true;
}

void WdrFusion::choose_output(WdrOutput output) {
  output_ = output;
  chosen_ = true;
}

WdrOutput WdrFusion::output() const {
  if (chosen_) return output_;
  const u32 mode = p_.array<P::kWdrToolControlArray>()[kMode];
  return mode == kModeLong    ? WdrOutput::kLong
         : mode == kModeShort ? WdrOutput::kShort
                              : WdrOutput::kFused;
}

void WdrFusion::start() {
  start_wdr_maps(maps_);
  for (u32 i = 0; i < 3; ++i) detail_[i] = kStartDetail[i];
  for (u32 i = 0; i < 2; ++i) range_[i] = reciprocal_[i] = 0;
  ev_ = ev_step_ = highlights_ = 0;
  ev_changed_ = true;
}

void WdrFusion::apply_preset() {
  const auto tool = p_.array<P::kWdrToolControlArray>();
  const auto x = p_.array<P::kXyPixLowSoftwareInArray>();
  const auto curve = p_.array<P::kFusion1CureYArray>();
  const auto para = p_.array<P::kWdrParaArray>();
  const auto detail = p_.array<P::kWdrDetailThWArray>();
  const auto unadapted = [&] {
    x[kSmoothing] = x[kGhostByVariance] = x[kGhostByExposure] = x[kGhostByChange] = 0;
  };
  const u32 mode = tool[kMode];
  if (mode >= kModeLong && mode <= kModeCurveOnly) {
    p_.array<P::kWdrGamYArray>()[0] = 0;
    para[kParaOutput] = mode == kModeShort ? kOutputShort : kOutputLong;
    detail[kDetailEnable] = 0;
    for (u32& node : curve) node = kOne;
  } else if (mode == kModeFused || mode == kModeFusedPlain) {
    para[kParaOutput] = 0;
    detail[kDetailEnable] = mode == kModeFused ? 1 : 0;
    for (u32 i = 0; i < kNodes; ++i) curve[i] = default_curve(i);
  }
  if (mode == kModeLong) p_.array<P::kWdrDegostParaArray>()[kGhostWeight] = 0;
  if (mode == kModeLong || mode == kModeFused) unadapted();
  if (tool[kCurve] == 1) {
    const Wrapping step = (Wrapping(tool[kRampTo]) - tool[kRampFrom]) / s32{kNodes};
    for (u32 i = 0; i < kNodes; ++i) curve[i] = (Wrapping(tool[kRampFrom]) + step * i).bits();
  } else if (tool[kCurve] == 9) {
    for (u32 i = 0; i < kNodes; ++i) curve[i] = default_curve(i);
  }
}

void WdrFusion::load_gamma(tuning::Bank bank) {
  const bool identity = p_.array<P::kWdrToolControlArray>()[kGammaMode] == 1;
  for (u32 i = 0; i < kNodes; ++i) {
    const u32 straight = i == kLast ? 4095 : 128 * i;
    gamma_[i] = static_cast<u16>(identity ? straight : bank.get(P::kGammaRgbLutWdrSaddr, 4 * i));
  }
}

void WdrFusion::set_exposure(u32 ev) {
  ev_step_ = absolute_difference(ev, ev_);
  ev_ = ev;
  ev_changed_ = true;
}

// The strength of ghost suppression: the least of what short exposure time, exposure value and
// change of light call for.
u32 WdrFusion::ghost_weight(u32 short_lines) {
  const auto x = p_.array<P::kXyPixLowSoftwareInArray>();
  const auto weight = p_.array<P::kWdrWeightInListDeghost>();
  const auto knots = p_.array<P::kWdrEvListDeghostList>();
  Wrapping result = 0;
  if (short_lines <= x[kShortHigh]) {
    result = weight[0];
    if (short_lines > x[kShortLow]) {
      const Wrapping down = (short_lines - x[kShortLow]) * weight[0];
      result = result -
               Wrapping(down.bits() / max(1u, absolute_difference(x[kShortHigh], x[kShortLow])));
    }
  }
  if (x[kGhostByExposure] == 1) {
    Wrapping other = weight[kPoints - 1];
    if (ev_ <= knots[0]) {
      other = weight[0];
    } else if (ev_ <= knots[kPoints - 1]) {
      u32 k = 0;
      while (ev_ > knots[k + 1]) ++k;
      const Wrapping span = Wrapping(knots[k + 1]) - knots[k];
      other = ((Wrapping(weight[k + 1]) - weight[k]) * (Wrapping(ev_) - knots[k]) +
               Wrapping(weight[k]) * span + span / 2) /
              span;
    }
    result = min(result, other);
  }
  if (x[kGhostByChange] == 1) {
    if (!ev_changed_) ev_step_ = 0;
    const u32 high = x[kChangeHigh], low = x[kChangeLow];
    Wrapping other = 0;
    if (ev_step_ < high) {
      other = ev_step_ < low ? kFullGhostWeight
                             : (((high - ev_step_) << 5) + ((high - low) >> 1)) / (high - low);
    }
    result = min(result, other);
  }
  return result.bits();
}

void WdrFusion::follow_exposure() {
  if (!ev_changed_) return;
  ev_changed_ = false;
  const auto knots = p_.array<P::kWdrEvList>();
  const auto detail = p_.array<P::kWdrDetailThWArray>();
  const auto follow = [&](std::span<const u32, kPoints> values) {
    return tuning::at_exposure(knots, values, ev_);
  };
  detail[0] = follow(p_.array<P::kWdrDetailWIn0List>());
  detail[1] = follow(p_.array<P::kWdrDetailWIn1List>());
  detail[2] = follow(p_.array<P::kWdrDetailWIn2List>());
  detail[3] = follow(p_.array<P::kWdrDetailWIn3List>());
  detail[4] = follow(p_.array<P::kWdrDetailWIn4List>());
  const auto tool = p_.array<P::kWdrToolControlArray>();
  tool[kRatio] = follow(p_.array<P::kWdrWeightBInList>());
  const s32 range = static_cast<s32>(follow(p_.array<P::kWdrWeightPInList>()));
  range_[0] = kRangeFull;
  range_[1] = static_cast<u32>(max(kRangeLeast, range));
  reciprocal_[0] = kRangeFullReciprocal;
  reciprocal_[1] = min(kReciprocalLimit, (range_[1] / 2 + 0x1000000) / range_[1]);
  const u32 source = p_.array<P::kWdrGamYArray>()[0];
  if (source == kCurveFalling) falling_curve();
  if (source == kCurveFromTable && tool[kByHighlights] != 1) curve_from_table(ev_, knots);
}

void WdrFusion::follow_thresholds() {
  const auto knots = p_.array<P::kWdrEvListDeghostList>();
  const auto low = p_.array<P::kMultivaluelowSoftwareInArray>();
  const auto high = p_.array<P::kMultivaluehighSoftwareInArray>();
  const auto all = p_.array<P::kWdrThrallSoftwareOut>();
  constexpr u32 kUpperKnot = 4;
  const u32 span = max(1u, absolute_difference(knots[kUpperKnot], knots[0]));
  for (u32 k = 0; k < kWdrThresholds; ++k) {
    const u32 from = low[min(k, kWdrThresholds - 2)], to = high[min(k, kWdrThresholds - 2)];
    if (ev_ <= knots[0]) {
      all[k] = from;
    } else if (ev_ >= knots[kUpperKnot]) {
      all[k] = to;
    } else {
      const u32 way = absolute_difference(to, from) * (ev_ - knots[0]) / span;
      all[k] = to < from ? from - way : from + way;
    }
  }
}

void WdrFusion::set_ratio() {
  const auto ratio = p_.array<P::kRatioparaSoftwareInArray>();
  const auto tool = p_.array<P::kWdrToolControlArray>();
  u32 value = (ratio[1] << 12) / max(1u, ratio[0] + 1);
  const u32 given = tool[kRatio];
  tool[kRatioMeasured] = value;
  if (tool[kRatioGiven] == 1) value = given;
  detail_[0] = detail_[1] = 0;
  detail_[2] = value - (tool[kOffsetOn] == 1 ? tool[kOffset] : 0);
}

void WdrFusion::follow_highlights(std::span<const u32, kWdrBlockMeans> means) {
  const auto settings = p_.array<P::kWdrWeightlut21Array>();
  constexpr u32 kBrightest = 8;
  enum : u32 { kLimited = 28, kStep = 29, kBlocks = 31 };
  u32 brightest[kBrightest] = {};
  for (const u32 mean : means) {
    u32 j = 0;
    while (j < kBrightest && brightest[j] >= mean) ++j;
    if (j == kBrightest) continue;
    // Those behind it are taken from the list of blocks, as the vendor's firmware does.
    for (u32 k = kBrightest - 1; k > j; --k) brightest[k] = means[k - 1];
    brightest[j] = mean;
  }
  const u32 blocks = clamp(settings[kBlocks], 4u, kBrightest);
  u32 sum = 0;
  for (u32 i = 0; i < blocks; ++i) sum += brightest[i];
  const u32 target = sum / blocks;
  u32 step = absolute_difference(target, highlights_);
  if (settings[kLimited] == 1) step = min(step, settings[kStep]);
  highlights_ = target < highlights_ ? highlights_ - step : highlights_ + step;
  const bool wanted = p_.array<P::kWdrGamYArray>()[0] == kCurveFromTable &&
                      p_.array<P::kWdrToolControlArray>()[kByHighlights] == 1;
  if (wanted) {
    curve_from_table(highlights_, p_.array<P::kCentre5x5WDistanceArray>().first<kPoints>());
  }
}

void WdrFusion::set_curve(u32 node, u32 value) {
  p_.array<P::kFusion1CureYArray>()[node] = min(value, kOne);
}

// One value below a node, then a straight fall.
void WdrFusion::falling_curve() {
  const auto table = p_.array<P::kWdrGamYArray>();
  const auto knots = p_.array<P::kWdrEvList>();
  u32 xs[kPoints];
  u32 upper = kPoints - 1;
  for (u32 k = 0; k < kPoints; ++k) xs[k] = table[3 * k + 1];
  for (u32 k = kPoints; k > 0; --k) {
    if (knots[k - 1] >= ev_) upper = k - 1;
  }
  const u32 x = tuning::at_exposure(knots, xs, ev_);
  const Wrapping y1 = table[3 * upper + 2], y2 = table[3 * upper + 3];
  const Wrapping slope = (y1 - y2) / (Wrapping(s32{kLast}) - x);
  Wrapping y = y1;
  for (u32 i = 0; i < kNodes; ++i) {
    if (i > x) y = y - slope;
    set_curve(i, i < x ? table[31] : y.bits());
  }
  p_.array<P::kWdrParaArray>()[kParaOutput] = kOutputLong;
}

// A level and three straight pieces, their corners interpolated over `key`.
void WdrFusion::curve_from_table(u32 key, std::span<const u32, kPoints> knots) {
  const std::span<const u32, 32> tables[] = {
      p_.array<P::kWdrWeightlut20Array>(), p_.array<P::kWdrWeightlut02Array>(),
      p_.array<P::kWdrWeightlut12Array>(), p_.array<P::kWdrWeightlut22Array>(),
      p_.array<P::kWdrWeightlut21Array>()};
  u32 corner[7];
  for (u32 i = 0; i < 7; ++i) {
    u32 values[kPoints];
    for (u32 row = 0; row < kPoints; ++row) values[row] = tables[row / 2][row % 2 * 8 + 1 + i];
    corner[i] = tuning::at_exposure(knots, values, key);
  }
  u32 node = min(corner[0], kLast);
  for (u32 i = 0; i <= node; ++i) set_curve(i, corner[3]);
  Wrapping level = corner[3];
  for (u32 piece = 0; piece < 3; ++piece) {
    const u32 end = piece < 2 ? min(corner[piece + 1], kLast) : kLast;
    if (end <= node) {
      level = corner[4 + piece];
      continue;
    }
    const Wrapping steps = end - node;
    const Wrapping rise = Wrapping(corner[4 + piece]) - level;
    const Wrapping step = rise / steps;
    const Wrapping away = rise < 0 ? -1 : 1;
    Wrapping longer = magnitude(rise - steps * step);
    for (; node < end; longer = longer - 1) {
      level = level + step + (longer > 0 ? away : Wrapping(0));
      set_curve(++node, level.bits());
    }
  }
}

void WdrFusion::step(const WdrHistograms& histograms,
                     std::span<const u32, kWdrBlockMeans> block_means,
                     const WdrExposures& exposures) {
  const auto ratio = p_.array<P::kRatioparaSoftwareInArray>();
  ratio[0] = (exposures.short_lines * exposures.short_gain + 512) >> 10;
  ratio[1] = (exposures.long_lines * exposures.long_gain + 512) >> 10;
  const auto ghost = p_.array<P::kWdrDegostParaArray>();
  ghost[kGhostWeight] = ghost_weight(exposures.short_lines);
  follow_exposure();
  follow_thresholds();
  p_.array<P::kXyPixLowSoftwareInArray>()[kGhostCopy] = ghost[kGhostWeight];
  matching_.run(histograms, p_, maps_);
  if (p_.array<P::kWdrToolControlArray>()[kMode] == kModeLong) ghost[kGhostWeight] = 0;
  set_ratio();
  follow_highlights(block_means);
}

}  // namespace t31::blocks

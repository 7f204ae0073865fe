// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/control/awb_map.hpp"

#include "driver/base/math.hpp"

namespace t31::control {
namespace {

using tuning::Parameter;

constexpr u32 kQ = 10;
constexpr u32 kFullWeight = 256;
constexpr u32 kLargest = 511;
constexpr u32 kMillion = 1000000;

// Beyond the table of squared distances: what its last levels are worth.
constexpr u32 kTable = 514;
constexpr u32 kTail[][2] = {{540, 5}, {572, 4}, {615, 3}, {679, 2}, {818, 1}};
constexpr s32 kReach = 28;  // the square is the largest below the last

// Straight line between two values with any fraction; `way` has ten fraction bits, `span` none.
u32 line(u32 a, u32 b, u32 way_q10, u32 span) {
  if (span == 0) return a;
  const u64 product = static_cast<u64>(absolute_difference(a, b)) * way_q10;
  const u32 step = static_cast<u32>(product >> kQ) / span;
  return b < a ? a - step : a + step;
}

// The same for whole numbers; the result has ten fraction bits.
u32 whole_line(u32 a, u32 b, u32 way_q10, u32 span) {
  if (span == 0) return a << kQ;
  const u32 step = absolute_difference(a, b) * way_q10 / span;
  return b < a ? (a << kQ) - step : (a << kQ) + step;
}

}  // namespace

void AwbMap::Axis::configure(tuning::Bank bank, Parameter parameter) {
  bank.read(parameter, knots);
  u32 before = 0;
  for (u32& knot : knots) {
    knot = min(max(knot, before), kLargest);
    before = knot;
  }
  first = knots[0] << kQ;
  last = knots[kKnots - 1] << kQ;
  u32 at = 0;
  for (u32 value = 0; value <= kLargest; ++value) {
    while (at + 2 < kKnots && knots[at + 1] <= value) ++at;
    index[value] = static_cast<u8>(at);
  }
}

void AwbMap::configure(tuning::Bank bank, AwbSet set) {
  red_.configure(bank, Parameter::kAwbRgPos);
  blue_.configure(bank, Parameter::kAwbBgPos);
  choose(bank, set);
}

void AwbMap::choose(tuning::Bank bank, AwbSet set) {
  const bool indoor = set == AwbSet::kIndoor;
  weights_ = bank.words(indoor ? Parameter::kAwbRgbgWeight : Parameter::kAwbRgbgWeightOt);
  mireds_ = bank.words(Parameter::kAwbColorTempMesh);
  nearness_ = bank.words(Parameter::kAwbLsWLut);
  const Parameter limits = indoor                    ? Parameter::kAwbCtThIn
                           : set == AwbSet::kOutdoor ? Parameter::kAwbCtThOtLuxlow
                                                     : Parameter::kAwbCtThOtLuxhigh;
  const Parameter control = indoor ? Parameter::kAwbCtParaIn : Parameter::kAwbCtParaOt;
  bank.read(limits, limits_);
  limited_ = bank.get(control, 0) == 1;
  floor_ = min(bank.get(control, 1), kFullWeight);
  // Whole kelvins within the inner limits, as whole mireds.
  const bool any = limits_[0] > limits_[1] && limits_[3] > limits_[2] && limits_[2] < kMillion;
  least_mired_ = any ? kMillion / (limits_[2] + 1) + 1 : 1;
  most_mired_ = any ? kMillion / limits_[0] : 0;
  light_count_ = indoor ? min(bank.get(Parameter::kAwbLightSrcNum), kLights) : 0;
  for (u32 i = 0; i < light_count_; ++i) {
    const auto at = [&](u32 index) {
      return static_cast<s32>(min(bank.get(Parameter::kAwbLightSrc, index), 2 * kLargest)) - 1;
    };
    lights_[i] = {at(2 * i), at(2 * i + 1)};
  }
}

[[gnu::always_inline]] inline AwbMap::Cell AwbMap::cell(AwbPoint point) const {
  const u32 column = red_.index[point.rg >> kQ];
  const u32 row = blue_.index[point.bg >> kQ];
  return {row * kKnots + column, point.rg - (red_.knots[column] << kQ),
          red_.knots[column + 1] - red_.knots[column], point.bg - (blue_.knots[row] << kQ),
          blue_.knots[row + 1] - blue_.knots[row]};
}

u32 AwbMap::between(std::span<const u32> table, const Cell& cell) {
  const u32* corner = table.data() + cell.corner;
  const u32 first = corner[0];
  if (first == corner[1] && first == corner[kKnots] && first == corner[kKnots + 1]) {
    return first << kQ;
  }
  const u32 upper = whole_line(first, corner[1], cell.along_q10, cell.width);
  const u32 lower = whole_line(corner[kKnots], corner[kKnots + 1], cell.along_q10, cell.width);
  return line(upper, lower, cell.up_q10, cell.height);
}

u32 AwbMap::mired_q10(AwbPoint point) const {
  return mireds_.empty() ? 0 : between(mireds_, cell(point));
}

u32 AwbMap::kelvin(AwbPoint point) const {
  const u32 mired = mired_q10(point);
  return mired == 0 ? kUnknownKelvin : ((kMillion << kQ) + mired / 2) / mired;
}

// 256 within the limits, falling to the floor outside.
[[gnu::always_inline]] inline u32 AwbMap::temperature_weight(u32 mired) const {
  if (mired >= least_mired_ && mired <= most_mired_) return kFullWeight << kQ;
  const u32 kelvin = mired == 0 ? kMillion : kMillion / mired;
  const u32 inner_low = limits_[0], outer_low = limits_[1];
  const u32 inner_high = limits_[2], outer_high = limits_[3];
  const u32 floor_q10 = floor_ << kQ;
  if (kelvin >= outer_high || kelvin <= outer_low) return floor_q10;
  const u32 rise = (kFullWeight - floor_) << kQ;
  if (kelvin < inner_low) return floor_q10 + rise / (inner_low - outer_low) * (kelvin - outer_low);
  if (kelvin <= inner_high) return kFullWeight << kQ;
  return (kFullWeight << kQ) - rise / (outer_high - inner_high) * (kelvin - inner_high);
}

u32 AwbMap::light_weight(AwbPoint point) const {
  const s32 rg = static_cast<s32>((point.rg + (1u << (kQ - 1))) >> kQ);
  const s32 bg = static_cast<s32>((point.bg + (1u << (kQ - 1))) >> kQ);
  u32 best = 0;
  for (u32 i = 0; i < light_count_; ++i) {
    const s32 dr = rg - lights_[i].rg;
    if (static_cast<u32>(dr + kReach) > 2 * kReach) continue;
    const s32 db = bg - lights_[i].bg;
    const u32 distance = static_cast<u32>(dr * dr + db * db);
    if (distance >= kTail[4][0]) continue;
    if (distance < kTable) {
      if (!nearness_.empty()) best = max(best, min(nearness_[distance], kFullWeight));
      continue;
    }
    for (const auto& [limit, value] : kTail) {
      if (distance < limit) {
        best = max(best, value);
        break;
      }
    }
  }
  return best;
}

u32 AwbMap::weight(AwbPoint point) const {
  if (grey_world_ || weights_.empty()) return (kFullWeight / 2) << kQ;
  const Cell here = cell(point);
  u32 weight = between(weights_, here);
  if (limited_ && weight != 0 && !mireds_.empty()) {
    const u32 mired = between(mireds_, here) >> kQ;
    weight = multiply_q(kQ, weight, temperature_weight(mired)) >> 8;
  }
  if (weight >= kFullWeight << kQ) return weight;
  return max(weight, light_weight(point) << kQ);
}

}  // namespace t31::control

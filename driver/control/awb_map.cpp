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
[[gnu::always_inline]] inline u32 line(u32 a, u32 b, u32 way_q10, u32 span) {
  if (span == 0) return a;
  const u64 product = static_cast<u64>(absolute_difference(a, b)) * way_q10;
  const u32 step = static_cast<u32>(product >> kQ) / span;
  return b < a ? a - step : a + step;
}

// The same for whole numbers; the result has ten fraction bits.
[[gnu::always_inline]] inline u32 whole_line(u32 a, u32 b, u32 way_q10, u32 span) {
  if (span == 0) return a << kQ;
  // Truncated towards zero, as the magnitude is.
  const s32 step = static_cast<s32>((b - a) * way_q10) / static_cast<s32>(span);
  return (a << kQ) + static_cast<u32>(step);
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
  configure_lights(bank);
  choose(bank, set);
}

void AwbMap::choose_limits(tuning::Bank bank, AwbSet set) {
  const bool indoor = set == AwbSet::kIndoor;
  const Parameter limits = indoor                    ? Parameter::kAwbCtThIn
                           : set == AwbSet::kOutdoor ? Parameter::kAwbCtThOtLuxlow
                                                     : Parameter::kAwbCtThOtLuxhigh;
  const Parameter control = indoor ? Parameter::kAwbCtParaIn : Parameter::kAwbCtParaOt;
  bank.read(limits, limits_);
  limited_ = bank.get(control, 0) == 1;
  floor_ = min(bank.get(control, 1), kFullWeight);
  // Whole kelvins within the inner limits, as whole mireds; and those at the outer ones.
  const bool any = limits_[0] > limits_[1] && limits_[3] > limits_[2] && limits_[2] < kMillion;
  least_mired_ = any ? kMillion / (limits_[2] + 1) + 1 : 1;
  most_mired_ = any ? kMillion / limits_[0] : 0;
  coolest_mired_ = limits_[3] == 0 ? kVaries : kMillion / limits_[3];
  warmest_mired_ = limits_[1] < kMillion ? kMillion / (limits_[1] + 1) + 1 : 0;
}

void AwbMap::configure_lights(tuning::Bank bank) {
  light_count_ = min(bank.get(Parameter::kAwbLightSrcNum), kLights);
  for (u32 i = 0; i < light_count_; ++i) {
    const auto at = [&](u32 index) {
      return static_cast<s32>(min(bank.get(Parameter::kAwbLightSrc, index), 2 * kLargest)) - 1;
    };
    lights_[i] = {at(2 * i), at(2 * i + 1)};
  }
  for (u32 i = 0; i + 1 < kKnots; ++i) {
    beside_red_[i] = lights_beside(red_.knots[i], red_.knots[i + 1], &Light::rg);
    beside_blue_[i] = lights_beside(blue_.knots[i], blue_.knots[i + 1], &Light::bg);
  }
}

void AwbMap::choose(tuning::Bank bank, AwbSet set) {
  weights_ =
      bank.words(set == AwbSet::kIndoor ? Parameter::kAwbRgbgWeight : Parameter::kAwbRgbgWeightOt);
  mireds_ = bank.words(Parameter::kAwbColorTempMesh);
  nearness_ = bank.words(Parameter::kAwbLsWLut);
  choose_limits(bank, set);
  lights_count_ = set == AwbSet::kIndoor;
  __builtin_memset(summaries_, static_cast<int>(Temperature::kUnknown), sizeof summaries_);
}

// What lies between corners is within their range, so corners of a kind speak for their cell.
AwbMap::Temperature AwbMap::temperature_at(u32 corner) const {
  if (!limited_ || mireds_.empty()) return Temperature::kFull;
  const auto all = [&](u32 least, u32 most) {
    const auto within = [&](u32 at) { return mireds_[at] >= least && mireds_[at] <= most; };
    return within(corner) && within(corner + 1) && within(corner + kKnots) &&
           within(corner + kKnots + 1);
  };
  if (all(least_mired_, most_mired_)) return Temperature::kFull;
  const bool outside = all(0, coolest_mired_) || all(warmest_mired_, kVaries);
  return outside ? Temperature::kFloor : Temperature::kVaries;
}

u32 AwbMap::flat_weight(u32 corner, Temperature temperature) const {
  const u32* at = weights_.data() + corner;
  if (at[0] != at[1] || at[0] != at[kKnots] || at[0] != at[kKnots + 1]) return kVaries;
  if (at[0] == 0) return 0;
  if (temperature == Temperature::kVaries || at[0] > kFullWeight) return kVaries;
  return temperature == Temperature::kFull ? at[0] << kQ : at[0] * floor_ << (kQ - 8);
}

// One bit for each light that may matter between two knots of an axis.
u16 AwbMap::lights_beside(u32 first, u32 last, s32 Light::*axis) const {
  u32 lights = 0;
  for (u32 i = 0; i < light_count_; ++i) {
    const s32 at = lights_[i].*axis;
    if (at >= static_cast<s32>(first) - kReach && at <= static_cast<s32>(last) + kReach) {
      lights |= 1u << i;
    }
  }
  return static_cast<u16>(lights);
}

[[gnu::always_inline]] inline u32 AwbMap::corner(AwbPoint point) const {
  return u32{blue_.index[point.bg >> kQ]} * kKnots + red_.index[point.rg >> kQ];
}

[[gnu::always_inline]] inline AwbMap::Cell AwbMap::cell(AwbPoint point) const {
  const u32 column = red_.index[point.rg >> kQ];
  const u32 row = blue_.index[point.bg >> kQ];
  return {point.rg - (red_.knots[column] << kQ), red_.knots[column + 1] - red_.knots[column],
          point.bg - (blue_.knots[row] << kQ), blue_.knots[row + 1] - blue_.knots[row]};
}

[[gnu::always_inline]] inline u32 AwbMap::between(std::span<const u32> table, u32 corner,
                                                  const Cell& cell) {
  const u32* at = table.data() + corner;
  const u32 upper = whole_line(at[0], at[1], cell.along_q10, cell.width);
  const u32 lower = whole_line(at[kKnots], at[kKnots + 1], cell.along_q10, cell.width);
  return line(upper, lower, cell.up_q10, cell.height);
}

u32 AwbMap::mired_q10(AwbPoint point) const {
  return mireds_.empty() ? 0 : between(mireds_, corner(point), cell(point));
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

[[gnu::always_inline]] inline u32 AwbMap::light_weight(AwbPoint point, u32 lights) const {
  const s32 rg = static_cast<s32>((point.rg + (1u << (kQ - 1))) >> kQ);
  const s32 bg = static_cast<s32>((point.bg + (1u << (kQ - 1))) >> kQ);
  u32 best = 0;
  for (const Light* light = lights_; lights != 0; ++light, lights >>= 1) {
    if ((lights & 1) == 0) continue;
    const s32 dr = rg - light->rg;
    if (static_cast<u32>(dr + kReach) > 2 * kReach) continue;
    const s32 db = bg - light->bg;
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

// Of the map alone, which must exceed what light sources give.
[[gnu::always_inline]] inline u32 AwbMap::varying_weight(AwbPoint point, u32 corner,
                                                         Temperature temperature, u32 least) const {
  const Cell here = cell(point);
  const u32 weight = between(weights_, corner, here);
  if (weight <= least) return least;
  if (temperature == Temperature::kFull) return weight;
  const u32 factor = temperature == Temperature::kFloor
                         ? floor_ << kQ
                         : temperature_weight(between(mireds_, corner, here) >> kQ);
  return max(multiply_q(kQ, weight, factor) >> 8, least);
}

[[gnu::noinline]] void AwbMap::summarise(u32 corner) const {
  const u32* const weights = weights_.data() + corner;
  const bool none = (weights[0] | weights[1] | weights[kKnots] | weights[kKnots + 1]) == 0;
  const Temperature temperature = none ? Temperature::kFull : temperature_at(corner);
  const u32 row = corner / kKnots;
  const u32 lights = lights_count_ ? beside_blue_[row] & beside_red_[corner - row * kKnots] : 0;
  summaries_[corner] = {flat_weight(corner, temperature), temperature, static_cast<u16>(lights)};
}

u32 AwbMap::weight(AwbPoint point) const {
  if (grey_world_ || weights_.empty()) return (kFullWeight / 2) << kQ;
  const u32 at = corner(point);
  const Summary& here = summaries_[at];
  if (here.temperature == Temperature::kUnknown) summarise(at);
  const u32 light = here.lights == 0 ? 0 : light_weight(point, here.lights) << kQ;
  if (here.weight_q10 != kVaries) return max(here.weight_q10, light);
  return varying_weight(point, at, here.temperature, light);
}

}  // namespace t31::control

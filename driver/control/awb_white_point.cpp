// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/control/awb_white_point.hpp"

#include "driver/base/math.hpp"

namespace t31::control {
namespace {

using tuning::Parameter;

constexpr u32 kQ = 10;
enum : u32 { kEnabled = 0, kFar = 1, kNear = 2 };

u32 squared_q10(u32 a, u32 b) {
  const u32 difference = absolute_difference(a, b);
  return multiply_q(kQ, difference, difference);
}

u32 distance_q10(AwbPoint a, AwbPoint b) {
  return squared_q10(a.rg, b.rg) + squared_q10(a.bg, b.bg);
}

// Search for the densest place: squared radii in units of 1/256, ever smaller.
constexpr u32 kRadii[] = {24 * 24, 16 * 16, 12 * 12};
constexpr u32 kClose = 12 * 12;
constexpr u32 kFewestHeld = kZones / 12;

u32 rounded(u32 q10) {
  return (q10 + (1u << (kQ - 1))) >> kQ;
}

// Of whole numbers, enough for a search.
u32 coarse_distance(AwbPoint a, AwbPoint b) {
  const u32 dr = absolute_difference(a.rg, b.rg) >> kQ;
  const u32 db = absolute_difference(a.bg, b.bg) >> kQ;
  return dr * dr + db * db;
}

AwbWhite white_at(AwbPoint point, const AwbMap& map) {
  const AwbPoint clamped = map.clamped(point);
  return {true, {rounded(clamped.rg) << kQ, rounded(clamped.bg) << kQ}, map.kelvin(clamped)};
}

// Weighted mean of points.
struct Centre {
  u64 red = 0, blue = 0, total = 0;

  void add(const AwbPoint& point, u32 weight) {
    red += static_cast<u64>(point.rg) * weight;
    blue += static_cast<u64>(point.bg) * weight;
    total += weight;
  }
  // False: nothing was added.
  bool get(AwbPoint& out) {
    while (total >> 32 != 0) {
      total >>= 1;
      red >>= 1;
      blue >>= 1;
    }
    if (total == 0) return false;
    out = {static_cast<u32>(divide(red, static_cast<u32>(total))),
           static_cast<u32>(divide(blue, static_cast<u32>(total)))};
    return true;
  }
};

}  // namespace

void AwbWhitePoint::configure(tuning::Bank bank) {
  for (u32 i = 0; i < kZones; ++i) {
    spatial_[i] = static_cast<u16>(min(bank.get(Parameter::kAwbWght, i), 0xffffu));
  }
  trims_ = bank.get(Parameter::kAwbDisTw, kEnabled) == 1;
  far_q10_ = bank.get(Parameter::kAwbDisTw, kFar);
  near_q10_ = bank.get(Parameter::kAwbDisTw, kNear);
}

bool AwbWhitePoint::weigh(const AwbZones& zones, const AwbMap& map) {
  count_ = 0;
  for (u32 i = 0; i < kZones; ++i) {
    if (zones.cells[i] == 0) continue;
    const AwbPoint point = map.clamped(zones.point[i]);
    const u32 share = (u32{zones.cells[i]} << kQ) / zones.most_cells;
    const u32 weight = multiply_q(kQ, map.weight(point), share) * spatial_[i];
    if (weight == 0) continue;
    zone_[count_] = static_cast<u8>(i);
    points_[count_] = point;
    weights_[count_++] = weight;
  }
  return count_ != 0;
}

bool AwbWhitePoint::mean(std::span<const u32, kZones> weights, AwbPoint& out) const {
  u64 red = 0;
  u64 blue = 0;
  u64 total = 0;
  for (u32 i = 0; i < count_; ++i) {
    red += static_cast<u64>(points_[i].rg) * weights[i] >> kQ;
    blue += static_cast<u64>(points_[i].bg) * weights[i] >> kQ;
    total += weights[i];
  }
  while (total >> 32 != 0) {
    total >>= 1;
    red >>= 1;
    blue >>= 1;
  }
  if (total == 0) return false;
  out = {static_cast<u32>(divide(red << kQ, static_cast<u32>(total))),
         static_cast<u32>(divide(blue << kQ, static_cast<u32>(total)))};
  return true;
}

// Takes weight from zones far from the centre in comparison with the average.
void AwbWhitePoint::trim(AwbPoint centre) {
  u64 sum = 0;
  u64 total = 0;
  for (u32 i = 0; i < count_; ++i) {
    trimmed_[i] = distance_q10(points_[i], centre);
    sum += static_cast<u64>(trimmed_[i]) * weights_[i] >> kQ;
    total += weights_[i];
  }
  while (total >> 32 != 0) {
    total >>= 1;
    sum >>= 1;
  }
  const u32 usual = total == 0 ? 0 : static_cast<u32>(divide(sum << kQ, static_cast<u32>(total)));
  // Ratios need no more than 21 bits of the distances.
  const u32 bits = 32 - static_cast<u32>(std::countl_zero(usual | 1));
  const u32 shift = bits > 21 ? bits - 21 : 0;
  const u32 unit = usual >> shift;
  const u32 fall = far_q10_ > near_q10_ ? far_q10_ - near_q10_ : 1;
  for (u32 i = 0; i < count_; ++i) {
    const u32 distance = trimmed_[i] >> shift;
    trimmed_[i] = weights_[i];
    if (unit == 0 || distance < unit) continue;
    const u32 ratio = distance >> 22 != 0 ? far_q10_ + 1 : (distance << kQ) / unit;
    if (ratio > far_q10_) {
      trimmed_[i] = 0;
    } else if (ratio >= near_q10_) {
      trimmed_[i] = multiply_q(kQ, weights_[i], ((far_q10_ - ratio) << kQ) / fall);
    }
  }
}

AwbWhite AwbWhitePoint::average(const AwbMap& map) {
  AwbPoint centre;
  if (!mean(weights_, centre)) return {};
  if (trims_) {
    trim(centre);
    AwbPoint again;
    if (mean(trimmed_, again)) centre = again;
  }
  return white_at(centre, map);
}

// To the mean of what lies within a squared radius, the closer the more. False: nothing does.
bool AwbWhitePoint::shift(u32 radius, AwbPoint& at) const {
  Centre centre;
  for (u32 i = 0; i < count_; ++i) {
    const u32 distance = coarse_distance(points_[i], at);
    if (distance < radius) centre.add(points_[i], (weights_[i] >> 6) * (radius - distance));
  }
  return centre.get(at);
}

// The same for marked zones. False: too few of them are close.
bool AwbWhitePoint::shift_held(const AwbZones& zones, AwbPoint& at) const {
  Centre centre;
  u32 marked = 0;
  u32 close = 0;
  for (u32 i = 0; i < kZones; ++i) {
    if (!marked_[i]) continue;
    ++marked;
    const u32 distance = coarse_distance(zones.point[i], at);
    if (zones.cells[i] == 0 || distance >= kClose) continue;
    ++close;
    centre.add(zones.point[i], zones.cells[i] * (kClose - distance));
  }
  return close >= kFewestHeld && 2 * close >= marked && centre.get(at);
}

AwbWhite AwbWhitePoint::held(const AwbZones& zones, const AwbMap& map, AwbPoint from) const {
  AwbPoint at = from;
  if (!shift_held(zones, at) || !shift_held(zones, at)) return {};
  return white_at(at, map);
}

// How much weight lies around a point, the closer the more, by a quarter of the zones.
u64 AwbWhitePoint::density(AwbPoint at) const {
  constexpr u32 kRadius = kRadii[0];
  constexpr u32 kEvery = 4;
  u64 sum = 0;
  for (u32 i = 0; i < count_; i += kEvery) {
    const u32 distance = coarse_distance(points_[i], at);
    if (distance < kRadius) sum += static_cast<u64>(weights_[i] >> 6) * (kRadius - distance);
  }
  return sum;
}

// Where the search begins: around an average of several colours there may be little, and the climb
// from there ends on the nearest hill. Some of the zones are tried; one counts if there is far
// more.
AwbPoint AwbWhitePoint::foot(AwbPoint average) const {
  constexpr u32 kTried = 12;
  constexpr u64 kFarMore = 3;
  AwbPoint climbed = average;
  (void)shift(kRadii[0], climbed);
  AwbPoint best = average;
  u64 most = kFarMore * density(climbed);
  for (u32 i = 0; i < kTried && count_ != 0; ++i) {
    const AwbPoint at = points_[i * count_ / kTried];
    const u64 here = density(at);
    if (here <= most) continue;
    most = here;
    best = at;
  }
  return best;
}

AwbWhite AwbWhitePoint::densest(const AwbMap& map, AwbPoint from, bool far) const {
  AwbPoint at = far ? foot(from) : from;
  for (const u32 radius : std::span(kRadii).subspan(far ? 0 : 1)) {
    if (!shift(radius, at)) break;
  }
  return white_at(at, map);
}

AwbWhitePoint::Support AwbWhitePoint::support(AwbPoint at) const {
  u32 close = 0;
  u32 lasting = 0;
  u32 total = 0;
  for (u32 i = 0; i < count_; ++i) {
    const u32 weight = weights_[i] >> 8;
    total += weight;
    if (coarse_distance(points_[i], at) >= kClose) continue;
    close += weight;
    if (marked_[zone_[i]]) lasting += weight;
  }
  if (total == 0) return {0, 0};
  return {multiply_divide(close, 1u << kQ, total), multiply_divide(lasting, 1u << kQ, total)};
}

void AwbWhitePoint::mark(AwbPoint at) {
  for (bool& marked : marked_) marked = false;
  for (u32 i = 0; i < count_; ++i) {
    marked_[zone_[i]] = coarse_distance(points_[i], at) < kClose;
  }
}

}  // namespace t31::control

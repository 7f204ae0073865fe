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

// Squared distances between places, whose unit is a quarter.
constexpr u32 squared_radius(u32 radius) {
  return 4 * radius * 4 * radius;
}
// Search for the densest place: ever smaller.
constexpr u32 kRadii[] = {squared_radius(24), squared_radius(16), squared_radius(12)};
constexpr u32 kClose = squared_radius(12);
constexpr u32 kFewestHeld = kZones / 12;
constexpr u32 kPlaceBits = kQ - 2;
constexpr u32 kLargest = 1023u << kQ;  // beyond there is no map

u32 rounded(u32 q10) {
  return (q10 + (1u << (kQ - 1))) >> kQ;
}

AwbWhite white_at(AwbPoint point, const AwbMap& map) {
  const AwbPoint clamped = map.clamped(point);
  return {true, {rounded(clamped.rg) << kQ, rounded(clamped.bg) << kQ}, map.kelvin(clamped)};
}

}  // namespace

// Weighted mean of places close to one, as the way from there.
class AwbWhitePoint::Pull {
 public:
  explicit Pull(Place from) : from_(from) {}

  // `weight` below 2^30, of a place within 2^7.
  void add(Place to, u32 weight) {
    red_ += static_cast<s64>(to.rg - from_.rg) * static_cast<s32>(weight);
    blue_ += static_cast<s64>(to.bg - from_.bg) * static_cast<s32>(weight);
    total_ += weight;
  }
  // False: nothing was added.
  bool get(AwbPoint& out) const {
    if (total_ == 0) return false;
    // So much of the sums as 32-bit divisions can take.
    constexpr u32 kBits = 15;
    const u32 bits = 64 - static_cast<u32>(std::countl_zero(total_));
    const u32 shift = bits > kBits ? bits - kBits : 0;
    const s32 total = static_cast<s32>(total_ >> shift);
    // Places are cut: on average, half a step is missing.
    constexpr s32 kHalf = 1 << (kPlaceBits - 1);
    const auto moved = [&](s16 from, s64 way) {
      const s32 quarters = static_cast<s32>(way >> shift) * (1 << kPlaceBits) / total;
      return static_cast<u32>(max((s32{from} << kPlaceBits) + kHalf + quarters, 0));
    };
    out = {moved(from_.rg, red_), moved(from_.bg, blue_)};
    return true;
  }

 private:
  Place from_;
  s64 red_ = 0, blue_ = 0;
  u64 total_ = 0;
};

[[gnu::always_inline]] inline AwbWhitePoint::Place AwbWhitePoint::place(AwbPoint point) {
  return {static_cast<s16>(point.rg >> kPlaceBits), static_cast<s16>(point.bg >> kPlaceBits)};
}

[[gnu::always_inline]] inline u32 AwbWhitePoint::distance(Place a, Place b) {
  const s32 dr = a.rg - b.rg;
  const s32 db = a.bg - b.bg;
  return static_cast<u32>(dr * dr) + static_cast<u32>(db * db);
}

void AwbWhitePoint::configure(tuning::Bank bank) {
  u32 heaviest = 1;
  for (u32 i = 0; i < kZones; ++i) {
    spatial_[i] = static_cast<u16>(min(bank.get(Parameter::kAwbWght, i), 0xffffu));
    heaviest = max(heaviest, u32{spatial_[i]});
  }
  // Full weights fit into 16 bits.
  strength_shift_ = 3 + 31 - static_cast<u32>(std::countl_zero(heaviest));
  trims_ = bank.get(Parameter::kAwbDisTw, kEnabled) == 1;
  far_q10_ = bank.get(Parameter::kAwbDisTw, kFar);
  near_q10_ = bank.get(Parameter::kAwbDisTw, kNear);
}

bool AwbWhitePoint::weigh(const AwbZones& zones, const AwbMap& map) {
  Candidate* next = candidates_;
  const u32 most_cells = max(zones.most_cells, 1u);
  for (u32 i = 0; i < kZones; ++i) {
    const u32 cells = zones.cells[i];
    if (cells == 0) continue;
    const AwbPoint point = map.clamped(zones.point[i]);
    const u32 likely = map.weight(point);
    if (likely == 0) continue;
    const u32 weight = multiply_q(kQ, likely, (cells << kQ) / most_cells) * spatial_[i];
    if (weight == 0) continue;
    next->point = point;
    next->weight = weight;
    next->place = place(point);
    next->strength = static_cast<u16>(min(weight >> strength_shift_, 0xffffu));
    next->zone = static_cast<u8>(i);
    ++next;
  }
  count_ = static_cast<u32>(next - candidates_);
  return count_ != 0;
}

bool AwbWhitePoint::mean(u32 Candidate::*weight, AwbPoint& out) const {
  u64 red = 0;
  u64 blue = 0;
  u64 total = 0;
  for (const Candidate& candidate : candidates()) {
    const u32 share = candidate.*weight;
    if (share == 0) continue;
    red += static_cast<u64>(candidate.point.rg) * share >> kQ;
    blue += static_cast<u64>(candidate.point.bg) * share >> kQ;
    total += share;
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
  for (Candidate& candidate : std::span(candidates_).first(count_)) {
    candidate.trimmed = distance_q10(candidate.point, centre);
    sum += static_cast<u64>(candidate.trimmed) * candidate.weight >> kQ;
    total += candidate.weight;
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
  for (Candidate& candidate : std::span(candidates_).first(count_)) {
    const u32 distance = candidate.trimmed >> shift;
    candidate.trimmed = candidate.weight;
    if (unit == 0 || distance < unit) continue;
    const u32 ratio = distance >> 22 != 0 ? far_q10_ + 1 : (distance << kQ) / unit;
    if (ratio > far_q10_) {
      candidate.trimmed = 0;
    } else if (ratio >= near_q10_) {
      candidate.trimmed = multiply_q(kQ, candidate.weight, ((far_q10_ - ratio) << kQ) / fall);
    }
  }
}

AwbWhite AwbWhitePoint::average(const AwbMap& map) {
  AwbPoint centre;
  if (!mean(&Candidate::weight, centre)) return {};
  if (trims_) {
    trim(centre);
    AwbPoint again;
    if (mean(&Candidate::trimmed, again)) centre = again;
  }
  return white_at(centre, map);
}

// To the mean of what lies within a squared radius, the closer the more. False: nothing does.
bool AwbWhitePoint::shift(u32 radius, AwbPoint& at) const {
  const Place here = place(at);
  Pull pull(here);
  for (const Candidate& candidate : candidates()) {
    const u32 far = distance(candidate.place, here);
    if (far < radius) pull.add(candidate.place, candidate.strength * (radius - far));
  }
  return pull.get(at);
}

// The same for marked zones. False: too few of them are close.
bool AwbWhitePoint::shift_held(const AwbZones& zones, AwbPoint& at) const {
  const Place here = place(at);
  Pull pull(here);
  u32 close = 0;
  for (u32 i = 0; i < mark_count_; ++i) {
    const u32 zone = marks_[i];
    const AwbPoint& point = zones.point[zone];
    if (zones.cells[zone] == 0 || max(point.rg, point.bg) > kLargest) continue;
    const Place there = place(point);
    const u32 far = distance(there, here);
    if (far >= kClose) continue;
    ++close;
    pull.add(there, zones.cells[zone] * (kClose - far));
  }
  return close >= kFewestHeld && 2 * close >= mark_count_ && pull.get(at);
}

AwbWhite AwbWhitePoint::held(const AwbZones& zones, const AwbMap& map, AwbPoint from) const {
  AwbPoint at = from;
  if (!shift_held(zones, at) || !shift_held(zones, at)) return {};
  return white_at(at, map);
}

// How much weight lies around a point, the closer the more, by a quarter of the zones.
u32 AwbWhitePoint::density(Place at) const {
  constexpr u32 kRadius = kRadii[0];
  constexpr u32 kEvery = 4;
  u32 sum = 0;
  for (u32 i = 0; i < count_; i += kEvery) {
    const Candidate& candidate = candidates_[i];
    const u32 far = distance(candidate.place, at);
    if (far < kRadius) sum += candidate.strength * ((kRadius - far) >> 4);
  }
  return sum;
}

// Where the search begins: around an average of several colours there may be little, and the climb
// from there ends on the nearest hill. Some of the zones are tried; one counts if there is far
// more.
AwbPoint AwbWhitePoint::foot(AwbPoint average) const {
  constexpr u32 kTried = 12;
  constexpr u32 kFarMore = 3;
  AwbPoint climbed = average;
  (void)shift(kRadii[0], climbed);
  AwbPoint best = average;
  u32 most = kFarMore * min(density(place(climbed)), 0xffffffff / kFarMore);
  for (u32 i = 0; i < kTried && count_ != 0; ++i) {
    const Candidate& tried = candidates_[i * count_ / kTried];
    const u32 here = density(tried.place);
    if (here <= most) continue;
    most = here;
    best = tried.point;
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
  const Place here = place(at);
  u32 close = 0;
  u32 lasting = 0;
  u32 total = 0;
  for (const Candidate& candidate : candidates()) {
    total += candidate.strength;
    if (distance(candidate.place, here) >= kClose) continue;
    close += candidate.strength;
    if (marked_[candidate.zone]) lasting += candidate.strength;
  }
  if (total == 0) return {0, 0};
  return {multiply_divide(close, 1u << kQ, total), multiply_divide(lasting, 1u << kQ, total)};
}

void AwbWhitePoint::mark(AwbPoint at) {
  const Place here = place(at);
  for (bool& marked : marked_) marked = false;
  mark_count_ = 0;
  for (const Candidate& candidate : candidates()) {
    if (distance(candidate.place, here) >= kClose) continue;
    marked_[candidate.zone] = true;
    marks_[mark_count_++] = candidate.zone;
  }
}

}  // namespace t31::control

// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/control/awb_controller.hpp"

namespace t31::control {
namespace {

using tuning::Parameter;

constexpr u32 kQ = 10;
constexpr u32 kMostFrames = 15;
enum : u32 { kFrames = 0, kThreshold = 1 };  // of the smoothing parameters
enum : u32 { kAlgorithm = 19 };              // of the light sources

// Of all likely-white zones, how many must agree with the white point in use to hold it: zones that
// agreed before, or, when the camera has turned, any.
constexpr u32 kLasting = (1u << kQ) / 12, kHolding = (1u << kQ) / 8;

constexpr u32 kSudden = 12u << kQ;  // red and blue together, 5 % of unity
constexpr u32 kSmall = 2u << kQ;
constexpr u32 kSamePlace = 3u << kQ;  // grey in the same light is where it was
constexpr u32 kFilter = 3, kNoiseFilter = 4;
constexpr u32 kLookEvery = 16;  // frames

u32 apart(const AwbPoint& a, const AwbPoint& b) {
  return absolute_difference(a.rg, b.rg) + absolute_difference(a.bg, b.bg);
}

AwbGains gains_for(const AwbPoint& point) {
  return {awb_gain_for(point.rg >> kQ), awb_gain_for(point.bg >> kQ)};
}

u32 towards(u32 from, u32 to, u32 frames) {
  return from < to ? from + (to - from) / frames : from - (from - to) / frames;
}

u32 smoothed(u32 old, u32 next) {
  return old - (old >> kFilter) + (next >> kFilter);
}

}  // namespace

void AwbController::configure(tuning::Bank bank) {
  bank_ = bank;
  map_.configure(bank, set_);
  finder_.configure(bank);
  scale_ = awb_scale(bank);
  frames_ = clamp(bank.get(Parameter::kAwbCof, kFrames), 1u, kMostFrames);
  threshold_ = bank.get(Parameter::kAwbCof, kThreshold);
  bank_grey_world_ = bank.get(Parameter::kAwbLightSrc, kAlgorithm) == 1;
  map_.set_grey_world(grey_world());
  first_ = true;
  known_ = further_ = false;
}

void AwbController::start(const AwbGains& gains) {
  gains_ = gains;
  kelvin_ = AwbMap::kUnknownKelvin;
  report_ = AwbReport{};
  first_ = true;
  known_ = further_ = false;
}

void AwbController::set_gains(const AwbGains& gains) {
  gains_ = gains;
  remaining_ = 0;
}

void AwbController::set_grey_world(bool grey_world) {
  grey_world_ = grey_world;
  map_.set_grey_world(this->grey_world());
  first_ = true;
  further_ = false;
}

void AwbController::choose_set(u32 value_q10) {
  const auto below = [&](u32 index) {
    return value_q10 >> kQ < bank_.get(Parameter::kAwbMode, index);
  };
  const AwbSet set = below(0)   ? AwbSet::kOutdoorBright
                     : below(1) ? AwbSet::kOutdoor
                                : AwbSet::kIndoor;
  if (set == set_) return;
  set_ = set;
  map_.choose(bank_, set);
}

// While nothing moves, every second frame is enough for a look at all zones.
bool AwbController::may_rest(u32 frame) const {
  return looked_ && known_ && remaining_ == 0 && frame % kLookEvery != 0 && !grey_world();
}

AwbWhite AwbController::look_near() {
  if (!finder_.weigh(zones_, map_)) return {};
  if (grey_world()) return finder_.average(map_);
  further_ = true;
  if (!known_) return {};
  near_ = finder_.densest(map_, target_, false);
  const bool stayed = apart(near_.point, target_) < kSudden;
  const AwbWhitePoint::Support here = finder_.support(near_.point);
  near_share_ = here.close;
  if (!stayed || here.lasting < kLasting) return {};
  further_ = false;
  return near_;
}

AwbWhite AwbController::look_further() {
  further_ = false;
  const AwbWhite dense = finder_.densest(map_, finder_.average(map_).point, true);
  if (!known_) return dense;
  // Colours that a new light happens to turn into the old white are few among many that it
  // scatters; grey beside a surface of one colour is one of two.
  const u32 both = min(near_share_ + finder_.support(dense.point).close, 1u << kQ);
  const bool holds = near_share_ >= kHolding && 2 * near_share_ >= (1u << kQ) - both;
  return apart(near_.point, target_) <= kSamePlace && holds ? near_ : dense;
}

// Of a frame, as little as answers the question.
AwbWhite AwbController::white_of(u32 frame) {
  if (further_) return look_further();
  AwbWhite found;
  if (known_ && frame % kLookEvery != 0 && !grey_world()) {
    found = finder_.held(zones_, map_, target_);
  }
  looked_ = !found.found && !may_rest(frame);
  return looked_ ? look_near() : found;
}

void AwbController::note_noise(const AwbPoint& point) {
  const u32 difference = min(apart(point, last_), 4 * noise_q10_ + (2u << kQ));
  noise_q10_ = noise_q10_ - (noise_q10_ >> kNoiseFilter) + (difference >> kNoiseFilter);
  last_ = point;
}

bool AwbController::left(const AwbPoint& point) {
  filtered_ = {smoothed(filtered_.rg, point.rg), smoothed(filtered_.bg, point.bg)};
  const auto beyond = [&](const AwbPoint& p) {
    const AwbGains wanted = gains_for(p);
    return absolute_difference(wanted.red, gains_.red) +
               absolute_difference(wanted.blue, gains_.blue) >
           threshold_;
  };
  if (apart(point, target_) > max(kSudden, 4 * noise_q10_) && beyond(point)) return true;
  return apart(filtered_, target_) > max(kSmall, 3 * noise_q10_) && beyond(filtered_);
}

// One of the frames that a change takes.
void AwbController::move(const AwbWhite& white) {
  target_ = filtered_ = white.point;
  kelvin_ = white.kelvin;
  const AwbGains wanted = gains_for(white.point);
  gains_ = {towards(gains_.red, wanted.red, remaining_),
            towards(gains_.blue, wanted.blue, remaining_)};
  --remaining_;
}

AwbDecision AwbController::step(const u8* zones, u32 value_q10, u32 frame, AwbStatistics& table) {
  measure_awb_zones(zones, scale_, zones_, table);
  choose_set(value_q10);
  const bool further = further_;
  const AwbWhite found = white_of(frame);
  const bool decided = found.found || (looked_ && !further_);
  const AwbGains before = gains_;
  const u32 kelvin = kelvin_;
  if (found.found) {
    note_noise(found.point);
    if (first_) {
      remaining_ = 1;
    } else if (remaining_ == 0 && left(found.point)) {
      remaining_ = frames_;
    }
    if (remaining_ != 0 && !frozen_) move(found);
    first_ = first_ && frozen_;
    if (remaining_ == 0 && (looked_ || further)) finder_.mark(target_);
    known_ = true;
    report_.valid = true;
  }
  if (decided) report_.white = found.found;
  report_.settled = report_.valid && remaining_ == 0;
  report_.average = zones_.average;
  report_.frame = frame;
  return {gains_ != before || kelvin_ != kelvin, gains_, kelvin_};
}

}  // namespace t31::control

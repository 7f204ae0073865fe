// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/control/ae_controller.hpp"

namespace t31::control {
namespace {

constexpr u32 kQ = kAeQ;
constexpr u32 kOne = 1u << kQ;
constexpr u32 kLevel = 1u << 8;  // one level of luma, Q8

// A frame says how bright the scene is only between these.
constexpr u32 kClippedShare = kOne * 7 / 8;
constexpr u32 kClippedMean = 250 * kLevel;
constexpr u32 kBlackMean = 4 * kLevel;
// Clipped: a quarter of the exposure, then a sixteenth; what clips at 255 still shows at 16. At the
// start nobody minds a dark frame: 1/32 of what clips is still measured to a few per cent.
constexpr u32 kFirstCut = 2, kNextCut = 4, kStartCut = 5;

// A scene is partly clipped from here on; the least slope that is believed; exposures closer than
// this say nothing about it; the longest step that follows from it, octaves in Q16.
constexpr u32 kPartlyClipped = kOne / 32;
constexpr s32 kUnit = 1 << kQ;
constexpr s32 kLeastSlope = kUnit / 4;
constexpr s32 kTellingWay = 1 << 14;
constexpr s32 kLongestWay = 3 << 16;
constexpr u32 kToQ10 = 6;

constexpr u32 kCoarse = kOne / 20;  // smaller errors wait for a measurement of what is under way
constexpr u32 kFine = kOne / 50;    // and are settled below this
constexpr u32 kSame = kOne / 100;   // what the sensor's steps make of the same value
constexpr u32 kMostRefinements = 2;
constexpr u32 kTurnsUntilBracket = 3;

constexpr u32 kFilter = 3;       // settled: the mean is smoothed over 2^3 frames and more
constexpr u32 kNoiseFilter = 4;  // 2^-n of a new difference
constexpr u32 kNoiseStart = kLevel / 2;

// Until the first measurement: of a scene never seen, and of one that was settled before.
constexpr u32 kUnknownGain = 2 * kUnityGain, kKnownGain = 8 * kUnityGain;

u32 relative(u32 a, u32 b) {
  const u32 difference = absolute_difference(a, b);
  return b == 0 ? kOne : static_cast<u32>(min(divide(u64{difference} << kQ, b), u64{0xffff}));
}

u32 saturated(u64 value) {
  return value >> 32 != 0 ? 0xffffffffu : static_cast<u32>(value);
}

}  // namespace

// ---- what others set
// -------------------------------------------------------------------------------

void AeController::configure(const AeSettings& settings) {
  settings_ = settings;
  settings_.range.max_lines = max(settings_.range.max_lines, settings_.range.min_lines);
  reshare_ = true;
  unsettle();
}

void AeController::set_curve(const AeCurve& curve) {
  settings_.curve = curve;
  unsettle();
}

void AeController::freeze(bool frozen) {
  frozen_ = frozen;
  if (!frozen) unsettle();
}

void AeController::restart(u32 mode) {
  mode_ = min(mode, kModes - 1);
  history_.clear();
  timing_.restart();
  report_ = AeReport{};
  noise_q8_ = kNoiseStart;
  command_ = 0;
  starting_ = true;
}

AeDecision AeController::start(u32 mode, u32 value) {
  restart(mode);
  return begin(value);
}

AeDecision AeController::start_at(u32 mode, u32 value) {
  restart(mode);
  command_ = value;
  unsettle();
  return share();
}

void AeController::forget_modes() {
  for (u32& value : remembered_) value = 0;
}

void AeController::committed(u32 value, u32 frame) {
  history_.push(value, frame);
  // Automatic exposure goes on from what was set by hand.
  if (frozen_) command_ = value;
}

void AeController::rescale(u32 numerator, u32 denominator) {
  if (numerator == 0 || denominator == 0) return;
  const auto scaled = [&](u32 value) {
    return saturated(divide(static_cast<u64>(value) * numerator, denominator));
  };
  command_ = scaled(command_);
  for (u32& value : remembered_) value = scaled(value);
  reshare_ = true;
  unsettle();
}

AeDecision AeController::switch_mode(u32 mode) {
  remember();
  mode_ = min(mode, kModes - 1);
  return begin(command_);
}

// Light may have changed since the exposure was settled: the gain that a dark scene needs waits for
// a measurement.
AeDecision AeController::begin(u32 value) {
  const AeRange& range = settings_.range;
  const bool known = remembered_[mode_] != 0;
  const u32 gain = max(known ? kKnownGain : kUnknownGain, range.min_again);
  const u32 most = ae_exposure_value(usable_lines(), gain, kUnityGain);
  command_ = min(known ? remembered_[mode_] : value, max(most, command_));
  unsettle();
  return share();
}

void AeController::remember() {
  if (settled_) remembered_[mode_] = command_;
}

// ---- a frame
// ---------------------------------------------------------------------------------------

// The exposure of this frame is known.
bool AeController::measurable(u32 expected) const {
  const u32 value = history_.at(expected);
  if (value == 0) return false;
  return timing_.certain() || (relative(history_.at(expected - 1), value) <= kFine &&
                               relative(history_.at(expected + 1), value) <= kFine);
}

AeDecision AeController::step(const AeMeasurement& measured, u32 frame) {
  timing_.observe(frame, max(measured.mean_q8, 1u), history_);
  const u32 expected = timing_.expected(frame);
  const u32 value = history_.at(expected);
  note_noise(measured, value);
  bool changed = reshare_;
  if (measurable(expected) && !frozen_) {
    if (settled_ && left_target(measured.mean_q8)) unsettle();
    if (!settled_) changed |= converge(measured, value, expected);
  }
  AeDecision decision;
  if (changed) decision = share();
  target_ = settings_.curve.at(command_);
  report_.valid = true;
  report_.settled = settled_;
  report_.target = target_;
  report_.mean = measured.mean;
  if (settled_) report_.settled_mean = measured.mean;
  report_.frame = frame;
  remember();
  return decision;
}

// The longest time that is used: antiflicker leaves some out.
u32 AeController::usable_lines() const {
  const AeRange& range = settings_.range;
  return ae_distribute(range.largest(), range, settings_.flicker, target_).lines;
}

AeDecision AeController::share() {
  const AeRange& range = settings_.range;
  reshare_ = false;
  command_ = clamp(command_, range.smallest(), range.largest());
  target_ = settings_.curve.at(command_);
  const AeShares shares = ae_distribute(command_, range, settings_.flicker, target_);
  report_.time_at_limit = shares.lines >= usable_lines();
  report_.gain_at_limit = shares.again >= range.max_again && shares.dgain >= range.max_dgain;
  sum_q8_ = summed_ = 0;
  return {true, command_, shares};
}

void AeController::note_noise(const AeMeasurement& measured, u32 value) {
  if (value == last_value_) {
    // A change of light isn't noise.
    const u32 difference = absolute_difference(measured.mean_q8, last_q8_);
    const u32 counted = min(difference, 4 * noise_q8_ + kLevel);
    noise_q8_ = noise_q8_ - (noise_q8_ >> kNoiseFilter) + (counted >> kNoiseFilter);
  }
  last_value_ = value;
  last_q8_ = measured.mean_q8;
}

// Noise of the mean in proportion to it.
u32 AeController::noise_q10(u32 mean_q8) const {
  return min((noise_q8_ << kQ) / max(mean_q8, 1u), kOne);
}

// ---- settled
// ---------------------------------------------------------------------------------------

bool AeController::left_target(u32 mean_q8) {
  filtered_q8_ += (mean_q8 >> kFilter) - (filtered_q8_ >> kFilter);
  const u32 target_q8 = target_ << 8;
  // A large step shows at once; it must also differ from what was settled at, which at a limit may
  // be far from the target.
  const u32 sudden = max(target_q8 / 8, 4 * noise_q8_);
  if (absolute_difference(mean_q8, target_q8) > sudden &&
      absolute_difference(mean_q8, anchor_q8_) > sudden) {
    return true;
  }
  const u32 most = (target_q8 << kQ) / max(settings_.tolerance_lower, kOne / 2);
  const u32 least = (target_q8 << kQ) / clamp(settings_.tolerance_upper, kOne, 4 * kOne);
  if (filtered_q8_ <= most && filtered_q8_ >= least) return false;
  const u32 drift = max(noise_q8_ + noise_q8_ / 2, forced_ ? target_q8 / 8 : target_q8 / 32);
  return absolute_difference(filtered_q8_, anchor_q8_) > drift;
}

void AeController::settle(u32 mean_q8) {
  settled_ = true;
  forced_ = narrow_;
  starting_ = false;
  filtered_q8_ = anchor_q8_ = mean_q8;
}

void AeController::unsettle() {
  settled_ = false;
  sum_q8_ = summed_ = 0;
  refinements_ = 0;
  dark_ = kNoDark;
  bright_ = kNoBright;
  turns_ = 0;
  narrow_ = false;
  clipped_value_ = 0;
  seen_exposure_ = 0;
  slope_q10_ = kUnit;
}

// ---- converging
// ------------------------------------------------------------------------------------

// True: command_ has changed.
bool AeController::converge(const AeMeasurement& measured, u32 value, u32 frame) {
  const u32 next = bracketed(wanted(measured, value), value, error_of(measured.mean_q8, value));
  const u32 noise = noise_q10(measured.mean_q8);
  if (relative(next, command_) > max(kCoarse, 2 * noise + noise / 2)) {
    move(next);
    return true;
  }
  if (!history_.arrived(frame)) return false;
  sum_q8_ += measured.mean_q8;
  ++summed_;
  const u32 needed = noise < kOne / 100 ? 1 : noise < kOne / 25 ? 4 : 12;
  if (summed_ < needed) return false;
  return refine(sum_q8_ / summed_, value);
}

bool AeController::refine(u32 mean_q8, u32 value) {
  const AeRange& range = settings_.range;
  const u32 solved = clamp(solve(mean_q8, value), range.smallest(), range.largest());
  const u32 next = bracketed(solved, value, error_of(mean_q8, value));
  const u32 way = relative(next, command_);
  if (closing_ ? way > kSame : way > kFine && refinements_ < kMostRefinements) {
    ++refinements_;
    move(next);
    return true;
  }
  settle(mean_q8);
  return false;
}

u32 AeController::error_of(u32 mean_q8, u32 value) const {
  return absolute_difference(mean_q8, settings_.curve.at(value) << 8);
}

void AeController::move(u32 value) {
  command_ = value;
  sum_q8_ = summed_ = 0;
}

// Weights of classes make the mean of an uneven scene rise faster than exposure, and jump where a
// region passes from one class to the next: then no exposure gives the target. What was measured
// too dark and too bright closes in; when nothing is left between, the better side is kept.
u32 AeController::bracketed(u32 next, u32 value, u32 error_q8) {
  const bool dark = next > value;
  closing_ = false;
  // Noise says nothing about sides.
  if (relative(next, value) <= max(kFine, 3 * noise_q10(last_q8_))) return next;
  // The light has changed since the other side was measured.
  if (dark && value >= bright_.value) bright_ = kNoBright;
  if (!dark && value <= dark_.value) dark_ = kNoDark;
  if (dark != was_dark_ && value != turned_at_) {
    ++turns_;
    turned_at_ = value;
  }
  was_dark_ = dark;
  if (dark && value >= dark_.value) dark_ = {value, error_q8};
  if (!dark && value <= bright_.value) bright_ = {value, error_q8};
  if (dark_.value == kNoDark.value || bright_.value == kNoBright.value) return next;
  const bool between = next > dark_.value && next < bright_.value;
  if (between && turns_ < kTurnsUntilBracket) return next;
  closing_ = true;
  const u32 gap = bright_.value - dark_.value;
  narrow_ = gap <= dark_.value / 32;
  if (narrow_) {
    // To the better side, and clear of the jump.
    const bool better_dark = dark_.error_q8 < bright_.error_q8;
    if (better_dark == dark) return command_;
    return better_dark ? dark_.value - dark_.value / 64 : bright_.value + bright_.value / 64;
  }
  const u32 errors = max(dark_.error_q8 + bright_.error_q8, 1u);
  return dark_.value + clamp(multiply_divide(gap, dark_.error_q8, errors), gap / 4, gap - gap / 4);
}

// The exposure value that the scene of this measurement wants.
u32 AeController::wanted(const AeMeasurement& measured, u32 value) {
  const AeRange& range = settings_.range;
  if (measured.clipped_q10 >= kClippedShare || measured.plain_q8 >= kClippedMean) {
    const bool first = clipped_value_ == 0 || value >= clipped_value_;
    if (first) clipped_value_ = value;
    const u32 cut = starting_ ? kStartCut : first ? kFirstCut : kNextCut;
    // At most this: what was asked for since may be less.
    return clamp(min(value >> cut, command_), range.smallest(), range.largest());
  }
  clipped_value_ = 0;
  const u32 solved = solve(measured.mean_q8, value);
  // A black picture says at least, too.
  const u32 next = measured.mean_q8 < kLevel ? max(solved, command_) : solved;
  return clamp(stretched(next, measured, value), range.smallest(), range.largest());
}

// What clips takes no part: the mean of a chart over many stops falls by far less than exposure
// does, and going by proportion would take many rounds. Two measurements at different exposures
// tell how much less. Where light is spread over all stops evenly the mean goes with the logarithm
// of exposure, elsewhere with a power of it: the shorter of both ways is taken, but no shorter one
// than proportion has.
u32 AeController::stretched(u32 next, const AeMeasurement& measured, u32 value) {
  if (measured.clipped_q10 < kPartlyClipped) return next;
  const s32 exposure = log2_q(value, 0, 16);
  const s32 way = exposure - seen_exposure_;
  if (seen_exposure_ == 0) {
    seen_exposure_ = exposure;
    seen_mean_q8_ = measured.mean_q8;
  } else if (way > kTellingWay || way < -kTellingWay) {
    const s32 power = log2_q(measured.mean_q8, 0, 16) - log2_q(seen_mean_q8_, 0, 16);
    slope_q10_ = clamp(power * kUnit / way, kLeastSlope, kUnit);
    const s32 levels = static_cast<s32>(measured.mean_q8) - static_cast<s32>(seen_mean_q8_);
    octave_q8_ = clamp(levels * kUnit / (way >> kToQ10), 1, s32{1} << 16);
    seen_exposure_ = exposure;
    seen_mean_q8_ = measured.mean_q8;
  }
  if (slope_q10_ == kUnit) return next;
  const s32 target_q8 = static_cast<s32>(settings_.curve.at(next) << 8);
  const s32 missing = target_q8 - static_cast<s32>(measured.mean_q8);
  const s32 by_levels =
      clamp(missing * kUnit / octave_q8_, -(kLongestWay >> kToQ10), kLongestWay >> kToQ10);
  const s32 least = clamp(log2_q(next, 0, 16) - exposure, -kLongestWay, kLongestWay);
  const s32 by_power = least * kUnit / slope_q10_;
  const u32 step = max(magnitude(least), min(magnitude(by_power), magnitude(by_levels << kToQ10)));
  const s32 bounded = min(static_cast<s32>(step), kLongestWay);
  return exp2_q(static_cast<u32>(max(exposure + (least < 0 ? -bounded : bounded), 0)), 16, 0);
}

// Intersection of the target curve with the line "mean is proportional to exposure" through a
// measurement. Cells are cut to whole levels: the mean is half a level more, and of a nearly black
// picture at most a whole one, so that it is not overexposed.
u32 AeController::solve(u32 mean_q8, u32 value) const {
  const AeCurve& curve = settings_.curve;
  const u32 mean = mean_q8 + (mean_q8 < kBlackMean ? kLevel : kLevel / 2);
  const u64 level = divide(static_cast<u64>(value) << 8, mean);  // exposure of one level, Q10
  const auto reached = [&](u32 i) { return level * (2 * curve.values[i] + 1) >> 1; };
  u32 i = 0;
  while (i < kAePoints && u64{curve.knots[i]} << kQ < reached(i)) ++i;
  if (i == 0) return saturated(reached(0));
  if (i == kAePoints) return saturated(reached(kAePoints - 1));
  const u64 begin = u64{curve.knots[i - 1]} << kQ;
  const u64 end = u64{curve.knots[i]} << kQ;
  const u64 over = reached(i - 1) - begin;
  const u32 span = absolute_difference(curve.knots[i], curve.knots[i - 1]);
  if (curve.values[i - 1] < curve.values[i]) return saturated(min(reached(i - 1), end));
  const u32 fall = curve.values[i - 1] - curve.values[i];
  const u64 slope = span + (level * fall >> kQ);
  if (slope == 0 || slope >> 32 != 0 || over >> 40 != 0) return saturated(end);
  return saturated(begin + divide(over * span, static_cast<u32>(slope)));
}

}  // namespace t31::control

// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/wdr_thresholds.hpp"

#include "driver/base/math.hpp"

namespace t31::blocks {
namespace {

using P = tuning::Parameter;

constexpr u32 kSegments = kWdrThresholds - 1;
constexpr u32 kLargestShift = 11;
constexpr s32 kUnit = 0x10000;
constexpr s32 kLimit = 1200;

// How computerModel wants the parts computed.
enum : u32 { kModelSteps = 1, kModelShape = 2, kModelThresholds = 3 };
// thrAll is given, not computed.
constexpr u32 kGiven = 2;

// What the maps look like: straight, irregular, or too little apart to be judged.
enum class Regularity { kStraight, kIrregular, kClose };

class Thresholds {
 public:
  Thresholds(const WdrNoise& noise, WdrParameters& p, WdrMaps& maps)
      : noise_(noise), p_(p), maps_(maps) {}
  void run();

 private:
  Wrapping label(u32 k) const { return p_.array<P::kWdrThrlableArray>()[k]; }
  Wrapping segment(u32 k) const { return label(k + 1) - label(k); }
  Wrapping motion(u32 i) const { return p_.array<P::kMotionthrparaSoftwareInArray>()[i]; }
  Wrapping shape(u32 i) const { return p_.array<P::kThrparaSoftwareInArray>()[i]; }
  Wrapping ratio(u32 i) const { return p_.array<P::kRatioparaSoftwareInArray>()[i]; }
  u32 model(u32 i) const { return p_.array<P::kComputermodleSoftwareInArray>()[i]; }
  Wrapping reciprocal(Wrapping threshold) const;

  void judge_exposures();
  void steps_from_labels();
  void steps_by_exposure();
  Wrapping by_exposure(u32 i) const;
  Wrapping middle_threshold() const;
  void set_bounds();
  void first_pass();
  Wrapping shaped(u32 k) const;
  void second_pass();
  void irregular_steps();
  void finish();

  const WdrNoise& noise_;
  WdrParameters& p_;
  WdrMaps& maps_;
  Wrapping exposure_ = 0;  // of the short exposure
  Wrapping quotient_ = 0;  // long by short, Q7
  Wrapping base_ = 0, top_ = 0, noise_step_ = 0, offset_ = 0;
  Regularity regularity_ = Regularity::kStraight;
};

Wrapping Thresholds::reciprocal(Wrapping threshold) const {
  if (threshold == 0) return kUnit;
  return (threshold / 2 + (motion(1) << 14)) / threshold;
}

void Thresholds::judge_exposures() {
  exposure_ = ratio(0);
  quotient_ = ((ratio(1) << 7) + exposure_ / 2) / exposure_;
  regularity_ = quotient_ < ratio(3) ? Regularity::kClose
                : noise_.irregular   ? Regularity::kIrregular
                                     : Regularity::kStraight;
  if (noise_.strongly_smoothed) regularity_ = Regularity::kStraight;
}

void Thresholds::steps_from_labels() {
  const auto normal = p_.array<P::kDThrNormalSoftwareInArray>();
  const auto least = p_.array<P::kDThrNormalMinSoftwareInArray>();
  const auto low = p_.array<P::kMultivaluelowSoftwareInArray>();
  const auto high = p_.array<P::kMultivaluehighSoftwareInArray>();
  const auto close = p_.array<P::kDThr2SoftwareInArray>();
  for (u32 k = 0; k < kSegments; ++k) {
    const Wrapping step = segment(k);
    normal[k] = least[k] = low[k] = step.bits();
    if (k < 2) {
      low[k] = motion(6).bits();
      high[k] = motion(7).bits();
    } else if (k < motion(12).bits()) {
      high[k] = ((motion(8) * step + motion(9) / 2) / motion(9)).bits();
    } else {
      high[k] = step.bits();
    }
    close[k] = ((motion(10) * step + motion(11) / 2) / motion(11)).bits();
  }
}

void Thresholds::steps_by_exposure() {
  const auto normal = p_.array<P::kDThrNormalSoftwareInArray>();
  if (model(kModelSteps) == 2) {
    const auto least = p_.array<P::kDThrNormalMinSoftwareInArray>();
    for (u32 k = 0; k < kSegments; ++k) normal[k] = least[k];
  }
  if (model(kModelSteps) != 1) return;
  const auto dark = p_.array<P::kDThrNormal1SoftwareInArray>();
  const auto bright = p_.array<P::kDThrNormal2SoftwareInArray>();
  const Wrapping low = motion(15), high = motion(16), span = high - low;
  for (u32 k = 0; k < kSegments; ++k) {
    const Wrapping a = dark[k], b = bright[k];
    const Wrapping step = exposure_ <= low ? a
                          : exposure_ > high
                              ? b
                              : (b * span + (b - a) * (exposure_ - high) + span / 2) / span;
    normal[k] = step.bits();
  }
}

// Piece `i` of the curve over the short exposure.
Wrapping Thresholds::by_exposure(u32 i) const {
  const auto x = p_.array<P::kXThrSoftwareInArray>();
  const auto y = p_.array<P::kYThrSoftwareInArray>();
  const Wrapping span = Wrapping(x[i + 1]) - x[i];
  return (Wrapping(y[i]) * span + (Wrapping(y[i + 1]) - y[i]) * (exposure_ - x[i]) + span / 2) /
         span;
}

// Q7: from the exposures.
Wrapping Thresholds::middle_threshold() const {
  const auto x = p_.array<P::kXThrSoftwareInArray>();
  const Wrapping e = exposure_, q4 = quotient_ << 2;
  if (e <= x[1]) {
    return ((by_exposure(0) << 12) +
            (shape(1) / 2 + ((Wrapping(8) * shape(0) - e) << 2) * quotient_) / shape(1) + 4) /
           8;
  }
  if (e <= x[2]) {
    return ((by_exposure(1) << 13) +
            (shape(3) / 2 + (Wrapping(16) * shape(2) - Wrapping(3) * x[1] + e) * q4) / shape(3) +
            8) /
           16;
  }
  if (e <= shape(14)) return q4 * shape(4) + (by_exposure(2) << 9);
  if (e <= shape(15)) {
    return (shape(11) << 2) * quotient_ +
           (((e - shape(6) + shape(7) / 2) / shape(7) + shape(5)) << 9);
  }
  return shape(16);
}

void Thresholds::set_bounds() {
  const auto x = p_.array<P::kXyPixLowSoftwareInArray>();
  const Wrapping low = x[0], high = x[1], from = x[2], to = x[3], span = high - low;
  const Wrapping dark = Wrapping((noise_.dark_count.bits() + 1024) / 2048);
  const Wrapping step = (from * span + (dark - low) * (to - from) + span / 2) / span;
  noise_step_ = min(step, motion(0));
  const Wrapping p13 = shape(13);
  const Wrapping sign = quotient_ >= ratio(2) ? 1 : -1;
  const Wrapping off = magnitude(quotient_ - Wrapping(128) * p13);
  base_ = max(Wrapping(0),
              ((p13 / 2 + Wrapping(4) * sign * off) / p13 + middle_threshold() + 64) / 128);
  top_ = base_ < motion(2) ? motion(3) : motion(4);
  offset_ = motion(5);
  if (ratio(5) >= quotient_) {
    if (ratio(4) < quotient_) offset_ = offset_ + 2;
  } else if (ratio(6) >= quotient_) {
    offset_ = offset_ + 1;
  }
}

// A threshold past the first two by formula.
Wrapping Thresholds::shaped(u32 k) const {
  const Wrapping at = k;
  if (at <= motion(13)) return min(Wrapping(kLimit), (shape(17) + 1 + at) * at + base_);
  if (at <= motion(14)) return min(top_, shape(18) + base_ + 1 + at);
  const Wrapping u = (Wrapping(1) - offset_) * shape(19) + at * shape(19);
  return min(top_, (u + 4) * (u - 1) + base_);
}

void Thresholds::first_pass() {
  const auto all = p_.array<P::kWdrThrallSoftwareOut>();
  const auto normal = p_.array<P::kDThrNormalSoftwareInArray>();
  for (u32 k = 0; k < kSegments; ++k) {
    Wrapping next = 0;
    if (k < 2) {
      next = clamp(base_ - (Wrapping(3) - k) * noise_step_, Wrapping(0), Wrapping(kLimit));
    } else if (model(kModelShape) != 0) {
      next = shaped(k);
    } else {
      next = min(k < 4 ? Wrapping(kLimit) : top_, Wrapping(all[k]) + normal[k]);
    }
    all[k + 1] = next.bits();
  }
  normal[0] = all[1];
  for (u32 k = 1; k < kSegments; ++k) normal[k] = all[k + 1] - all[k];
}

void Thresholds::irregular_steps() {
  const auto all = p_.array<P::kWdrThrallSoftwareOut>();
  const auto low = p_.array<P::kMultivaluelowSoftwareInArray>();
  const auto high = p_.array<P::kMultivaluehighSoftwareInArray>();
  const auto least = p_.array<P::kDThrNormalMinSoftwareInArray>();
  const auto limits = p_.array<P::kDeviationparaSoftwareInArray>();
  const Wrapping from = limits[3], to = limits[4], span = to - from;
  for (u32 k = 0; k < kSegments; ++k) {
    Wrapping step = high[k];
    if (noise_.deviation < to) {
      step = (Wrapping(low[k]) * span + (Wrapping(high[k]) - low[k]) * (noise_.deviation - from) +
              span / 2) /
             span;
      least[k] = high[k] = step.bits();
    }
    const Wrapping next = k < 2 ? min(Wrapping(kLimit), (Wrapping(k) + 1) * step + base_)
                                : min(top_, Wrapping(all[k]) + step);
    all[k + 1] = next.bits();
  }
}

void Thresholds::second_pass() {
  if (regularity_ == Regularity::kIrregular) return irregular_steps();
  const auto all = p_.array<P::kWdrThrallSoftwareOut>();
  const auto normal = p_.array<P::kDThrNormalSoftwareInArray>();
  const auto close = p_.array<P::kDThr2SoftwareInArray>();
  for (u32 k = 0; k < kSegments; ++k) {
    const u32 step = regularity_ == Regularity::kClose ? close[k] : normal[k];
    const Wrapping next =
        k < 2 ? clamp(base_ - noise_step_ * (Wrapping(3) - k), Wrapping(0), Wrapping(kLimit))
              : min(top_, Wrapping(all[k]) + step);
    all[k + 1] = next.bits();
  }
}

void Thresholds::finish() {
  const auto all = p_.array<P::kWdrThrallSoftwareOut>();
  u32(&range)[kWdrThresholds] = maps_.range_reciprocal;
  for (u32 k = 0; k < kSegments; ++k) {
    range[k + 1] = reciprocal(all[k + 1]).bits();
    u32 shift = 0;
    while (shift < kLargestShift && Wrapping(1u << shift) < segment(k)) ++shift;
    maps_.label_shift[k] = shift;
  }
  const Wrapping d = segment(1);
  const Wrapping first =
      (Wrapping(all[1]) * d - (Wrapping(all[2]) - all[1]) * label(1) + d / 2) / d;
  all[0] = max(Wrapping(0), first).bits();
  const Wrapping k0 = (d * range[1] - (Wrapping(range[2]) - range[1]) * label(1) + d / 2) / d;
  range[0] = min(Wrapping(kUnit), k0).bits();
}

void Thresholds::run() {
  const auto all = p_.array<P::kWdrThrallSoftwareOut>();
  if (model(kModelThresholds) >= kGiven) {
    for (u32 k = 0; k < kWdrThresholds; ++k) {
      maps_.range_reciprocal[k] = reciprocal(all[k]).bits();
    }
    return;
  }
  judge_exposures();
  if (model(kModelThresholds) == 1) steps_from_labels();
  steps_by_exposure();
  set_bounds();
  first_pass();
  second_pass();
  finish();
}

}  // namespace

void compute_wdr_thresholds(const WdrNoise& noise, WdrParameters& p, WdrMaps& maps) {
  Thresholds(noise, p, maps).run();
}

}  // namespace t31::blocks

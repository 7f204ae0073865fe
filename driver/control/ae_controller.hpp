// SPDX-License-Identifier: GPL-2.0-or-later
// ae_controller.hpp - automatic exposure: from the measurements of a frame to the exposure of a
// later one.
//
// The loop has a dead time: what is decided on frame t is seen in frame t + 2 or t + 3. Every
// measurement is therefore paired with the exposure that its own frame was taken with; together
// they say how bright the scene is, and with the target curve which exposure it wants, no matter
// what is under way. One good measurement suffices; a frame that clips or is black says only in
// which direction to go, and by how much at least. Once settled, exposure changes only when the
// scene has left the tuning file's tolerance by more than its noise (ae-awb-af 8.1).
//
// Pure: no hardware, no clock. Exposure values are lines x gains in Q10.
#pragma once

#include "driver/control/ae_distribution.hpp"
#include "driver/control/ae_history.hpp"
#include "driver/control/ae_meter.hpp"
#include "driver/control/ae_target.hpp"
#include "driver/control/ae_timing.hpp"

namespace t31::control {

struct AeSettings {
  AeCurve curve;
  AeRange range;
  AeFlicker flicker;
  // Bounds of target / mean in Q10 that are kept while settled: upper, lower.
  u32 tolerance_upper = 1150, tolerance_lower = 950;
};

struct AeDecision {
  bool changed = false;
  u32 value = 0;  // what `shares` are to amount to
  AeShares shares;
};

struct AeReport {
  bool valid = false;  // there has been a measurement since the start
  bool settled = false;
  bool time_at_limit = false, gain_at_limit = false;
  u32 target = 0, mean = 0;
  u32 settled_mean = 0;  // of the last frame that was settled
  u32 frame = 0;         // that these belong to
};

class AeController {
 public:
  static constexpr u32 kModes = 6;  // day, night, custom, each with one or two exposures

  // Obeyed by the next step or start.
  void configure(const AeSettings& settings);
  const AeSettings& settings() const { return settings_; }
  // Other targets for the same settings.
  void set_curve(const AeCurve& curve);

  // Stream on: from what this mode settled at before, else from `value`. Call committed() with what
  // comes of it.
  AeDecision start(u32 mode, u32 value);
  // The same from exactly `value`, which somebody has asked for.
  AeDecision start_at(u32 mode, u32 value);
  // Another sensor: what the modes settled at means nothing.
  void forget_modes();
  // Between frames: goes on from what the new mode settled at before, with little gain until the
  // first measurement; without that from the exposure in force.
  AeDecision switch_mode(u32 mode);

  // A frame's measurement. A decision has to be realised and then reported by committed().
  AeDecision step(const AeMeasurement& measured, u32 frame);
  // The exposure that sensor and ISP will have from `frame` on, also when somebody else set it.
  void committed(u32 value, u32 frame);
  // A line takes another time than before: exposures of the same light are `numerator` /
  // `denominator` times as many lines. What is under way is reckoned in new lines at once.
  void rescale(u32 numerator, u32 denominator);

  // Nothing is decided while frozen; a change of limits still is.
  void freeze(bool frozen);
  bool frozen() const { return frozen_; }

  const AeReport& report() const { return report_; }

 private:
  void restart(u32 mode);
  AeDecision begin(u32 value);
  AeDecision share();
  u32 usable_lines() const;
  void remember();
  void note_noise(const AeMeasurement& measured, u32 value);
  bool measurable(u32 frame) const;
  bool left_target(u32 mean_q8);
  u32 wanted(const AeMeasurement& measured, u32 value);
  u32 solve(u32 mean_q8, u32 value) const;
  u32 stretched(u32 next, const AeMeasurement& measured, u32 value);
  u32 error_of(u32 mean_q8, u32 value) const;
  void move(u32 value);
  u32 bracketed(u32 next, u32 value, u32 error_q8);
  bool converge(const AeMeasurement& measured, u32 value, u32 frame);
  bool refine(u32 mean_q8, u32 value);
  void settle(u32 mean_q8);
  void unsettle();
  u32 noise_q10(u32 mean_q8) const;

  AeSettings settings_;
  AeHistory history_;
  AeTiming timing_;
  AeReport report_;
  u32 remembered_[kModes] = {};
  u32 mode_ = 0;
  u32 command_ = 0;  // the value asked for last
  bool reshare_ = false;
  bool frozen_ = false;

  // Converging.
  bool starting_ = true;   // nothing was settled yet
  u32 clipped_value_ = 0;  // at which the picture clipped first; 0: it doesn't
  // Of a partly clipped scene: the logarithm of an exposure in Q16 and its mean; by which power of
  // exposure the mean changes, 1.0 in proportion, and by how many levels an octave.
  s32 seen_exposure_ = 0;
  u32 seen_mean_q8_ = 0;
  s32 slope_q10_ = 1 << kAeQ, octave_q8_ = 1;
  u32 sum_q8_ = 0, summed_ = 0;
  u32 refinements_ = 0;
  // The exposures nearest to the target that were measured too dark and too bright.
  struct Side {
    u32 value, error_q8;
  };
  static constexpr Side kNoDark{0, 0}, kNoBright{0xffffffff, 0};
  Side dark_ = kNoDark, bright_ = kNoBright;
  u32 turns_ = 0;  // between them
  u32 turned_at_ = 0;
  bool was_dark_ = false;
  bool closing_ = false;  // in on the target, between these
  bool narrow_ = false;   // nothing is left between them

  // Settled.
  bool settled_ = false;
  bool forced_ = false;  // away from the target, which can't be met
  u32 target_ = 0;
  u32 filtered_q8_ = 0, anchor_q8_ = 0;

  u32 noise_q8_ = 0;  // mean difference between frames of the same exposure
  u32 last_q8_ = 0, last_value_ = 0;
};

}  // namespace t31::control

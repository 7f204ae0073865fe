// SPDX-License-Identifier: GPL-2.0-or-later
// awb_controller.hpp - automatic white balance: from the zones of a frame to gains and the colour
// temperature that other blocks follow.
//
// The statistics are taken before the gains, so one correct measurement suffices: there is no loop.
// White is where the likely-white zones lie densest. Neutral surfaces that were white before and
// still are hold the white point: what has come in beside them is an object, not a light. Once
// settled, gains change only when the measurement has left them by more than the tuning file's
// threshold and more than its noise (ae-awb-af 4.4, 8.1). Pure: no hardware, no clock.
#pragma once

#include "driver/control/awb_gains.hpp"
#include "driver/control/awb_white_point.hpp"

namespace t31::control {

struct AwbDecision {
  bool changed = false;  // gains or colour temperature
  AwbGains gains;        // without the static gains
  u32 kelvin = AwbMap::kUnknownKelvin;
};

struct AwbReport {
  bool valid = false;  // white was found since the start
  bool settled = false;
  bool white = false;  // found in the last frame
  ColourRatios average{256, 256};
  u32 frame = 0;
};

class AwbController {
 public:
  // A new bank: what is in use stays until the next frame, which is believed at once.
  void configure(tuning::Bank bank);
  // Stream on, from these gains.
  void start(const AwbGains& gains);

  // A frame's zones, 16-byte aligned, taken with exposure `value_q10`. Fills the users' table.
  AwbDecision step(const u8* zones, u32 value_q10, u32 frame, AwbStatistics& table);

  // Gains as given by hand from now on until the next change of the light.
  void set_gains(const AwbGains& gains);
  void freeze(bool frozen) { frozen_ = frozen; }
  void set_grey_world(bool grey_world);
  bool grey_world() const { return grey_world_ || bank_grey_world_; }

  const AwbGains& gains() const { return gains_; }
  u32 kelvin() const { return kelvin_; }
  AwbGains total_gains() const {
    return {awb_total_gain(gains_.red, scale_.red), awb_total_gain(gains_.blue, scale_.blue)};
  }
  const AwbReport& report() const { return report_; }

 private:
  void choose_set(u32 value_q10);
  bool may_rest(u32 frame) const;
  AwbWhite white_of(u32 frame);
  // A search among all zones takes two frames, so that neither is long: the first asks whether the
  // white in use still is one, the second looks among the same zones for another.
  AwbWhite look_near();
  AwbWhite look_further();
  void note_noise(const AwbPoint& point);
  bool left(const AwbPoint& point);
  void move(const AwbWhite& white);

  tuning::Bank bank_;
  AwbMap map_;
  AwbSet set_ = AwbSet::kIndoor;
  AwbWhitePoint finder_;
  AwbScale scale_;
  AwbZones zones_;
  AwbReport report_;

  u32 frames_ = 1;     // that a change takes
  u32 threshold_ = 4;  // of the gains, red and blue together
  bool grey_world_ = false, bank_grey_world_ = false;
  bool frozen_ = false;

  AwbGains gains_;
  u32 kelvin_ = AwbMap::kUnknownKelvin;
  bool first_ = true;  // believe the next frame at once
  bool known_ = false;
  bool looked_ = false;                    // at all zones, in the last frame
  bool further_ = false;                   // the second frame of a search is due
  AwbWhite near_;                          // its first frame's white
  u32 near_share_ = 0;                     // Q10, of the zones' weight
  AwbPoint target_{256 << 10, 256 << 10};  // that the gains are for, or move to
  u32 remaining_ = 0;                      // frames of a change
  AwbPoint filtered_{256 << 10, 256 << 10}, last_{256 << 10, 256 << 10};
  u32 noise_q10_ = 0;  // mean difference of red and blue together between frames
};

}  // namespace t31::control

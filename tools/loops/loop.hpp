// SPDX-License-Identifier: GPL-2.0-or-later
// loop.hpp - automatic exposure and a plant in a closed loop, with the settings of a tuning file.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loops/plant.hpp"

namespace t31::loops {

// A bank of a tuning file; empty when it can't be read. `night` chooses the second.
std::vector<u8> read_bank(const std::string& path, bool night = false);

// Limits of the plant's sensor (1346 lines) and the bank; antiflicker as the bank has it.
control::AeSettings loop_settings(tuning::Bank bank, u32 max_lines = 1346);

class Loop {
 public:
  Loop(tuning::Bank bank, unsigned latency, unsigned assumed_latency = 0);

  // The plant's sensor has these gains and no more. Before start().
  void fit(const GainTable& gains);

  // One frame: the scene is taken, measured, and what is decided is told to the sensor.
  void run();
  void run(u32 frames) {
    for (u32 i = 0; i < frames; ++i) run();
  }
  void start(u32 value, u32 mode = 0);
  void adopt(const control::AeDecision& decision);

  double target() const { return controller.settings().curve.at(value()); }
  u32 value() const;  // in force
  double error() const { return plant.luma() / target() - 1; }

  Plant plant;
  control::AeMeter meter;
  control::AeController controller;
  control::AeStatistics tables;
  control::AeMeasurement measured;
  u32 changes = 0;  // decisions that changed what the sensor has
  PlantExposure told;

 private:
  unsigned assumed_extra_;
};

// How a step of light was followed.
struct StepResponse {
  unsigned settled = 0;     // first frame after which luma stays within 13 % of the target
  double overshoot = 0;     // largest error after it was first within, signed
  double steady_error = 0;  // signed, at the end
  unsigned late_changes = 0;
  u32 lines = 0;  // at the end
};
// `one_frame` takes a frame and returns luma / target - 1. Late: the last quarter of the frames.
StepResponse follow_step(const std::function<double()>& one_frame,
                         const std::function<u32()>& value, unsigned frames = 120);

}  // namespace t31::loops

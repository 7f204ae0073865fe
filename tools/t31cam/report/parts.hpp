// SPDX-License-Identifier: GPL-2.0-or-later
// parts.hpp - the parts of the report on exposure and white balance. Limits are those of the
// project's requirements.
#pragma once

#include <string>
#include <vector>

#include "driver/tuning/bank.hpp"
#include "t31cam/report/report.hpp"

namespace t31::cam::report {

// A tuning file in memory.
struct TuningFile {
  std::string name;            // without folder and suffix
  std::string path;            // empty: the neutral one, built in
  std::vector<u8> day, night;  // banks
  tuning::Bank bank(bool by_night = false) const {
    return tuning::Bank(by_night ? night.data() : day.data());
  }
};
// Empty `path`: the neutral one. Throws Failure when it is no tuning file.
TuningFile load_tuning(const std::string& path);

struct Extent {
  bool quick = false;
  unsigned step_frames() const { return quick ? 60 : 120; }
  unsigned static_frames() const { return quick ? 300 : 1000; }
};

// The controllers in closed loops with plants (ae-awb-af 8.1).
void report_exposure(const TuningFile& tuning, const Extent& extent, Report& report);
void report_balance(const std::vector<TuningFile>& tunings, const Extent& extent, Report& report);
// The whole camera: its driver, through its device nodes, on the virtual chip.
void report_camera(const TuningFile& tuning, const Extent& extent, Report& report);
// A part of it: a static noisy scene for long.
void report_standing(const TuningFile& tuning, const Extent& extent, Report& report);
// Two exposures; the tuning file is the JX-F37's.
void report_wdr(const TuningFile& tuning, const Extent& extent, Report& report);

}  // namespace t31::cam::report

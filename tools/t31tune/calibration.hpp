// SPDX-License-Identifier: GPL-2.0-or-later
// calibration.hpp - what captures tell of a sensor and its lens, and the tuning file that follows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "t31tune/chart_reading.hpp"
#include "t31tune/colour_fit.hpp"
#include "t31tune/illuminants.hpp"
#include "t31tune/lens_shading.hpp"

namespace t31::tune {

struct CalibrationInput {
  tools::RawFormat format;
  std::vector<std::string> raw;               // captures of a chart, one a light
  std::vector<colour::ChartCorners> corners;  // as many, or none: found
  std::vector<double> kelvin;                 // as many, or none: estimated
  std::string flat, dark;                     // files, or empty
};

// A chart under one light.
struct LightCalibration {
  std::string file;
  unsigned frames = 0;
  ChartReading reading;
  MeasuredLight light;
  std::array<int, 9> matrix{};  // Q10
  PatchErrors before;           // black level, shading, white balance
  PatchErrors after;            // and the matrix
};

enum class BlackSource { kDarkFrame, kGiven, kChart };

struct Calibration {
  tools::RawFormat format;
  BlackLevel black{};  // codes
  BlackSource black_source = BlackSource::kGiven;
  std::optional<LensShading> shading;
  std::vector<LightCalibration> lights;
  std::vector<std::string> remarks;  // what the user should know: what was assumed or looks odd
};

// Throws UsageError or Failure.
Calibration calibrate(const CalibrationInput& input);

// The whole file, header and both banks.
std::vector<std::uint8_t> make_tuning_file(const Calibration& calibration);

}  // namespace t31::tune

// SPDX-License-Identifier: GPL-2.0-or-later
// chart_reading.hpp - what a sensor sees of the patches of a ColorChecker.
#pragma once

#include <array>
#include <optional>

#include "colour/chart.hpp"
#include "t31tune/lens_shading.hpp"
#include "t31tune/raw_frame.hpp"

namespace t31::tune {

struct ChartReading {
  colour::ChartCorners corners;
  bool found = false;  // by itself, not by the user
  // Linear light above black, 1 at the end of the range, without the lens's shading.
  colour::PatchColours camera{};
  std::array<bool, colour::kPatchCount> clipped{};
  // Standard deviation of a green pixel of neutral 5 in one frame; 1 is the range.
  double noise = 0;
  double fit_error = 0;  // mean CIEDE2000 of the best linear fit, chart_finder.hpp
};

// Finds the chart unless `corners` say where it is. Throws Failure with what to change when there
// is none, or it lies outside, is clipped or too dark.
ChartReading read_chart(const RawFrame& frame, const BlackLevel& black,
                        const std::optional<LensShading>& shading,
                        const std::optional<colour::ChartCorners>& corners);

}  // namespace t31::tune

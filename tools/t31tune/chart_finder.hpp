// SPDX-License-Identifier: GPL-2.0-or-later
// chart_finder.hpp - finds a ColorChecker Classic in a raw frame, however it is turned, mirrored or
// tilted.
//
// Even spots that stand in rows and columns are taken for patches; of all ways to lay the chart
// over them the one counts whose colours are the chart's, up to a linear change of colour.
#pragma once

#include <optional>

#include "colour/chart.hpp"
#include "t31tune/raw_frame.hpp"

namespace t31::tune {

struct FoundChart {
  colour::ChartCorners corners;  // in pixels of the frame
  double delta_e = 0;            // mean CIEDE2000 after the best linear change of colour
  unsigned patches = 0;          // seen as spots
};

std::optional<FoundChart> find_chart(const RawFrame& frame, const BlackLevel& black);

// Mean CIEDE2000 of colours against the chart's after the best linear change: small only for the
// chart itself, the right way round. Large, 100, when there is none.
double linear_fit_error(const colour::PatchColours& camera);

// A chart whose colours are further off isn't one.
inline constexpr double kMostFitError = 11;

}  // namespace t31::tune

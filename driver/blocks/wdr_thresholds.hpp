// SPDX-License-Identifier: GPL-2.0-or-later
// wdr_thresholds.hpp - from which difference between the exposures on a pixel counts as moved, over
// luma. Source: hw-blocks-detail-tone 7.5.
#pragma once

#include "driver/base/wrapping.hpp"
#include "driver/blocks/wdr_matching.hpp"

namespace t31::blocks {

// What the thresholds need of the histograms.
struct WdrNoise {
  bool irregular;          // the maps deviate from straight lines
  Wrapping deviation;      // by how much at most
  bool strongly_smoothed;  // maps follow the previous frame's
  Wrapping dark_count;     // of the short exposure's green
};

// Fills p's thrAll and the reciprocals and label shifts in `maps`.
void compute_wdr_thresholds(const WdrNoise& noise, WdrParameters& p, WdrMaps& maps);

}  // namespace t31::blocks

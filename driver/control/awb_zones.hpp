// SPDX-License-Identifier: GPL-2.0-or-later
// awb_zones.hpp - colour ratios of the zones of the white-balance statistics (ae-awb-af 4.2).
#pragma once

#include "driver/control/awb_map.hpp"
#include "driver/control/statistics.hpp"

namespace t31::control {

// The engine cuts each cell to a whole level (ae-awb-af 1.7), so on average a sum lacks half a
// level per cell: nothing in a bright zone, 3 % of blue in a dark one. The points have it back;
// what users read is the quotient of the sums.
struct AwbZones {
  AwbPoint point[kZones] = {};
  u16 cells[kZones] = {};  // that may be white; 0: too few
  u32 most_cells = 0;
  ColourRatios average{256, 256};  // of the zones, without the static gains
};

// The static gains of a tuning file, Q10, and the least number of cells that counts.
struct AwbScale {
  u32 red = 1024, blue = 1024;
  u32 fewest_cells = 0;
};
AwbScale awb_scale(tuning::Bank bank);

// A buffer, 16-byte aligned. Fills the table that users read, too.
void measure_awb_zones(const u8* dma, const AwbScale& scale, AwbZones& out, AwbStatistics& table);

}  // namespace t31::control

// SPDX-License-Identifier: GPL-2.0-or-later
// wdr_weights.hpp - tables of the two-exposure block that follow from the picture's size.
// Source: hw-blocks-detail-tone 5.6, 7.3, 7.7.
#pragma once

#include "driver/port/port_types.h"

namespace t31::blocks {

inline constexpr u32 kWdrColumns = 16;
inline constexpr u32 kWdrRows = 10;
inline constexpr u32 kWdrClasses = 31;
inline constexpr u32 kWdrWeights = 32;

// Weight of a neighbouring block by the distance class of a nearer one. Named by the neighbour's
// place in a 5x5 grid around the pixel's own block.
struct WdrWeights {
  u16 centre[kWdrClasses];  // squared distances (of quarter pixels) that bound the classes
  u8 lut20[kWdrWeights], lut02[kWdrWeights], lut12[kWdrWeights], lut22[kWdrWeights],
      lut21[kWdrWeights];
};

// Generates the tables. Process context; some 10,000 steps for a 1080p picture.
void generate_wdr_weights(u32 width, u32 height, WdrWeights& out);

// Sizes of the statistics blocks and reciprocals of their areas, as registers hold them.
struct WdrGeometry {
  u32 row_step, column_step;  // block height and width, even
  u32 area[4];                // reciprocals: inner blocks, last row, last column, corner
  u32 area_shift;             // 0: none fits
};
WdrGeometry wdr_geometry(u32 width, u32 height);

}  // namespace t31::blocks

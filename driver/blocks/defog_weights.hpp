// SPDX-License-Identifier: GPL-2.0-or-later
// defog_weights.hpp - how much the haze of the blocks around a pixel counts: tables for a size of
// picture (hw-blocks-detail-tone 6.5).
#pragma once

#include "driver/port/port_types.h"

namespace t31::blocks {

struct DefogWeights {
  static constexpr u32 kClasses3 = 24;
  static constexpr u32 kClasses5 = 31;
  static constexpr u32 kEntries = 32;
  // Blocks so many rows and columns away, in the order of the bank.
  enum Neighbour : u32 { k20, k02, k12, k22, k21, kNeighbours };

  // Squares of the distance from a block's centre that bound the classes, rising: of the
  // neighbourhoods of 3 x 3 and 5 x 5 blocks.
  u16 distance3[kClasses3];
  u16 distance5[kClasses5];
  u8 weight[kNeighbours][kEntries];
};

// Tables for the common sizes come with the driver, others are made. `radius` is a percentage, 100
// is usual.
void make_defog_weights(u32 width, u32 height, u32 radius, DefogWeights& weights);

// Makes them, whatever the size.
void count_defog_weights(u32 width, u32 height, u32 radius, DefogWeights& weights);

}  // namespace t31::blocks

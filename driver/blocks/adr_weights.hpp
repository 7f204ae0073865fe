// SPDX-License-Identifier: GPL-2.0-or-later
// adr_weights.hpp - how much the curves of the blocks around a pixel count: tables for a size of
// picture (hw-blocks-detail-tone 5.6).
#pragma once

#include "driver/port/port_types.h"

namespace t31::blocks {

// Distances from a block's centre are classed 0 (far) to 31 (at the centre).
struct AdrWeights {
  static constexpr u32 kClasses = 32;
  // Blocks so many rows and columns away, in the order of the bank.
  enum Neighbour : u32 { k20, k02, k12, k22, k21, kNeighbours };

  // Upper bounds of the classes: squares of the distance in units of 8 pixels, falling.
  u16 distance[kClasses - 1];
  // Weight of a neighbour; index: class of the block between, or beside, it.
  u8 weight[kNeighbours][kClasses];
};

// Tables for the common sizes come with the driver, others are made.
void make_adr_weights(u32 width, u32 height, AdrWeights& weights);

// Makes them, whatever the size.
void count_adr_weights(u32 width, u32 height, AdrWeights& weights);

}  // namespace t31::blocks

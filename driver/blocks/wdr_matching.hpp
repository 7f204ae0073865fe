// SPDX-License-Identifier: GPL-2.0-or-later
// wdr_matching.hpp - how codes of the short exposure correspond to codes of the long one, from the
// histograms of both, and the motion thresholds that follow. Source: hw-blocks-detail-tone 7.5.
#pragma once

#include "driver/blocks/wdr_parameters.hpp"

namespace t31::blocks {

inline constexpr u32 kWdrBins = 256;
inline constexpr u32 kWdrNodes = 81;
inline constexpr u32 kWdrThresholds = 27;
inline constexpr u32 kWdrColours = 3;  // red, green, blue

// Histograms of a frame as running sums: [0..2] long exposure, [3..5] short, red, green, blue each.
struct WdrHistograms {
  u32 cumulative[2 * kWdrColours][kWdrBins] = {};

  // Unpacks a statistics buffer: rows of 1024 bytes of which 516 count (7.8). `dma` holds 8 rows.
  void unpack(const u8* dma);
};
inline constexpr u32 kWdrStatisticsBytes = 8192;

// What the matching works out for the registers.
struct WdrMaps {
  u16 node[kWdrColours][kWdrNodes];      // 12 bit, by short code
  u32 range_reciprocal[kWdrThresholds];  // of the motion thresholds
  u32 label_shift[kWdrThresholds - 1];   // log2 of the segments between luma labels, rounded up
};

// Results of initialisation, in force until the first statistics (7.10).
void start_wdr_maps(WdrMaps& maps);

class WdrMatching {
 public:
  // One frame: new maps, thresholds (in `p`'s thrAll) and their reciprocals. The exposure products
  // stand in p's ratioPara.
  void run(const WdrHistograms& histograms, WdrParameters& p, WdrMaps& maps);

 private:
  struct Deviation {
    s32 largest;
    bool exceeded;
  };

  void match(u32 colour, const WdrHistograms& histograms, bool nearest);
  s32 variance(u32 colour) const;
  void smooth(s32 spread, WdrParameters& p, WdrMaps& maps);
  void first_nodes(WdrMaps& maps) const;
  Deviation deviation(const WdrParameters& p) const;

  u16 code_[kWdrColours][kWdrBins] = {};  // long code, 1..256, for each short code of 8 bits
  s32 smoothing_ = 0;                     // sixteenths of the previous map
};

}  // namespace t31::blocks

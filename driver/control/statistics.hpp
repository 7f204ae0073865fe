// SPDX-License-Identifier: GPL-2.0-or-later
// statistics.hpp - what the statistics engines delivered, unpacked from their DMA formats
// (ae-awb-af 1.2, 1.3, 1.5, 2.10).
#pragma once

#include "driver/port/port_types.h"

namespace t31::control {

inline constexpr u32 kZoneRows = 15;
inline constexpr u32 kZoneColumns = 15;
inline constexpr u32 kZones = kZoneRows * kZoneColumns;
inline constexpr u32 kBins = 256;

struct AeStatistics {
  u32 zone_mean[kZones] = {};  // 0..255, row-major
  u32 histogram[kBins] = {};   // 2x2 cells per luma value
  u32 mean = 0;                // over the histogram
};

struct AwbStatistics {
  u8 red[kZones] = {}, green[kZones] = {}, blue[kZones] = {};
};

// `cells` is the number of 2x2 cells of a zone, > 0.
void unpack_ae_zones(const u8* dma, u32 cells, AeStatistics& out);
void unpack_ae_histogram(const u8* dma, AeStatistics& out);
void unpack_awb_zones(const u8* dma, AwbStatistics& out);

// Mean level of the infrared pixels, 0..255, of sensors that have them: the second histogram of the
// exposure engine's buffer (ae-awb-af 1.3, 2.4 step 1). 0 when it is empty.
u32 infrared_mean(const u8* histogram_dma);

// The five-bin histogram of the ABI, 16 bytes (ae-awb-af 2.10).
struct HistogramBins {
  u8 thresholds[4] = {13, 64, 144, 192};
  u16 share[5] = {};  // of 65535
  u8 horizontal_nodes = 15, vertical_nodes = 15;
};
static_assert(sizeof(HistogramBins) == 16);

// Fills `share` for the thresholds in `bins`.
void fold_histogram(const u32 (&histogram)[kBins], HistogramBins& bins);

// Red and blue over green, averaged over the zones that saw something: 256 = 1.0; 256 without any.
struct ColourRatios {
  u32 red_q8 = 256, blue_q8 = 256;
};

// Cells per zone for a picture size.
constexpr u32 zone_cells(u32 width, u32 height) {
  return (width / 2 / kZoneColumns) * (height / 2 / kZoneRows);
}

}  // namespace t31::control

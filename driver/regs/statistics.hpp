// SPDX-License-Identifier: GPL-2.0-or-later
// statistics.hpp - DMA of the statistics engines. Base 0x13300000. Source: hw-pipeline 4.2,
// ae-awb-af 1.
#pragma once

#include "driver/regs/reg.hpp"

namespace t31::reg::statistics {

// Each engine writes a ring of four buffers.
inline constexpr u32 kRing = 4;

inline constexpr Register kWdrAddress{0x2010, "WDR_DMA_ADDR", "", Access::kReadWrite, 0, 4, 4};
inline constexpr Register kWdrStride{0x2020, "WDR_DMA_STRIDE", ""};
inline constexpr Register kWdrEnable{0x2024, "WDR_DMA_ENABLE", ""};
inline constexpr Register kWdrCurrent{0x2680, "WDR_DMA_CURRENT",
                                      "address of the buffer written last", Access::kReadOnly};
inline constexpr Register kAdrEnable{0x4490, "ADR_DMA_ENABLE", ""};
inline constexpr Register kAdrAddress{0x4494, "ADR_DMA_ADDR", "", Access::kReadWrite, 0, 4, 4};
inline constexpr Register kDefogEnable{0x5b80, "DEFOG_DMA_ENABLE", ""};
inline constexpr Register kDefogAddress{0x5b84, "DEFOG_DMA_ADDR", "", Access::kReadWrite, 0, 4, 4};
inline constexpr Register kAe0Zones{0xa02c, "AE0_ZONE_ADDR", "", Access::kReadWrite, 0, 4, 4};
inline constexpr Register kAe0Histogram{0xa03c, "AE0_HIST_ADDR", "", Access::kReadWrite, 0, 4, 4};
inline constexpr Register kAe0Enable{0xa04c, "AE0_DMA_ENABLE", ""};
inline constexpr Register kAe0Status{0xa050, "AE0_DMA_STATUS", "buffers written last",
                                     Access::kReadOnly};
inline constexpr Field<u32> kHistogramIndex{0, 2, "HISTOGRAM", "buffer written last"};
inline constexpr Field<u32> kZoneIndex{4, 2, "ZONES", "buffer written last"};
inline constexpr Register kAe1Zones{0xa82c, "AE1_ZONE_ADDR", "", Access::kReadWrite, 0, 4, 4};
inline constexpr Register kAe1Histogram{0xa83c, "AE1_HIST_ADDR", "", Access::kReadWrite, 0, 4, 4};
inline constexpr Register kAe1Enable{0xa84c, "AE1_DMA_ENABLE", ""};
inline constexpr Register kAe1Status{0xa850, "AE1_DMA_STATUS", "buffers written last",
                                     Access::kReadOnly};
inline constexpr Register kAwbZones{0xb03c, "AWB_ZONE_ADDR", "", Access::kReadWrite, 0, 4, 4};
inline constexpr Register kAwbEnable{0xb04c, "AWB_DMA_ENABLE", ""};
inline constexpr Register kAwbStatus{0xb050, "AWB_DMA_STATUS", "buffer written last",
                                     Access::kReadOnly};
inline constexpr Register kAfZones{0xb8a8, "AF_ZONE_ADDR", "", Access::kReadWrite, 0, 4, 4};
inline constexpr Register kAfEnable{0xb8b8, "AF_DMA_ENABLE", ""};
inline constexpr Register kAfStatus{0xb8bc, "AF_DMA_STATUS", "buffer written last",
                                    Access::kReadOnly};

// Value of the enable registers: all four buffers; AE also those of the histogram.
inline constexpr u32 kEnableRing = 3;
inline constexpr u32 kEnableZonesAndHistogram = 0x33;

inline constexpr RegisterInfo kRegisters[] = {
    {kWdrAddress, {}},
    {kWdrStride, {}},
    {kWdrEnable, {}},
    {kWdrCurrent, {}},
    {kAdrEnable, {}},
    {kAdrAddress, {}},
    {kDefogEnable, {}},
    {kDefogAddress, {}},
    {kAe0Zones, {}},
    {kAe0Histogram, {}},
    {kAe0Enable, {}},
    {kAe0Status, {kHistogramIndex, kZoneIndex}},
    {kAe1Zones, {}},
    {kAe1Histogram, {}},
    {kAe1Enable, {}},
    {kAe1Status, {kHistogramIndex, kZoneIndex}},
    {kAwbZones, {}},
    {kAwbEnable, {}},
    {kAwbStatus, {kHistogramIndex}},
    {kAfZones, {}},
    {kAfEnable, {}},
    {kAfStatus, {kHistogramIndex}},
};

}  // namespace t31::reg::statistics

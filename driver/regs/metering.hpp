// SPDX-License-Identifier: GPL-2.0-or-later
// metering.hpp - grids and thresholds of the exposure and white-balance statistics. Base
// 0x13300000. Their DMA: statistics.hpp. Source: ae-awb-af 1.1, 1.4, 1.5.
#pragma once

#include "driver/regs/reg.hpp"

namespace t31::reg::metering {

// Each engine: latch, grid, widths and heights of the zones, thresholds.
inline constexpr Register kAe0Latch{0xa000, "AE0_LATCH", "1 before the thresholds",
                                    Access::kStrobe};
inline constexpr Register kAe0Grid{0xa004, "AE0_GRID", ""};
inline constexpr Register kAe0Widths{0xa008, "AE0_WIDTHS", "", Access::kReadWrite, 0, 4, 4};
inline constexpr Register kAe0Heights{0xa018, "AE0_HEIGHTS", "", Access::kReadWrite, 0, 4, 4};
inline constexpr Register kAe0Thresholds{0xa028, "AE0_THRESHOLDS", ""};
inline constexpr Register kAe1Latch{0xa800, "AE1_LATCH", "1 before the thresholds",
                                    Access::kStrobe};
inline constexpr Register kAe1Grid{0xa804, "AE1_GRID", ""};
inline constexpr Register kAe1Widths{0xa808, "AE1_WIDTHS", "", Access::kReadWrite, 0, 4, 4};
inline constexpr Register kAe1Heights{0xa818, "AE1_HEIGHTS", "", Access::kReadWrite, 0, 4, 4};
inline constexpr Register kAe1Thresholds{0xa828, "AE1_THRESHOLDS", ""};
inline constexpr Register kAwbLatch{0xb000, "AWB_LATCH", "1 before each threshold",
                                    Access::kStrobe};
inline constexpr Register kAwbGrid{0xb004, "AWB_GRID", ""};
inline constexpr Register kAwbWidths{0xb008, "AWB_WIDTHS", "", Access::kReadWrite, 0, 4, 4};
inline constexpr Register kAwbHeights{0xb018, "AWB_HEIGHTS", "", Access::kReadWrite, 0, 4, 4};
inline constexpr Register kAwbRedRatio{0xb028, "AWB_RED_RATIO", "R/G of white candidates"};
inline constexpr Register kAwbBlueRatio{0xb02c, "AWB_BLUE_RATIO", "B/G of white candidates"};
inline constexpr Register kAwbCombinedLow{0xb030, "AWB_COMBINED_LOW", "weighted sum, lower bound"};
inline constexpr Register kAwbCombinedHigh{0xb034, "AWB_COMBINED_HIGH", "upper bound"};
inline constexpr Register kAwbLuma{0xb038, "AWB_LUMA", "luma of white candidates"};

inline constexpr Field<u32> kFirstLine{0, 11, "FIRST_LINE"};
inline constexpr Field<u32> kRows{12, 4, "ROWS"};
inline constexpr Field<u32> kFirstColumn{16, 11, "FIRST_COLUMN"};
inline constexpr Field<u32> kColumns{28, 4, "COLUMNS"};
// Zone sizes, four a register, in 2x2 cells.
inline constexpr Field<u32> kZone0{0, 8, "ZONE0"};
inline constexpr Field<u32> kZone1{8, 8, "ZONE1"};
inline constexpr Field<u32> kZone2{16, 8, "ZONE2"};
inline constexpr Field<u32> kZone3{24, 8, "ZONE3"};
inline constexpr Field<u32> kDark{0, 8, "DARK", "luma below counts as dark"};
inline constexpr Field<u32> kBright{8, 8, "BRIGHT", "luma from here on counts as bright"};
inline constexpr Field<u32> kHistogram0{16, 4, "HISTOGRAM0"};
inline constexpr Field<u32> kHistogram1{20, 12, "HISTOGRAM1"};
inline constexpr Field<u32> kLower{0, 16, "LOWER"};
inline constexpr Field<u32> kUpper{16, 16, "UPPER"};
inline constexpr Field<u32> kLumaLow{0, 8, "LOW"};
inline constexpr Field<u32> kLumaHigh{8, 8, "HIGH"};
inline constexpr Field<u32> kDecimation{16, 16, "DECIMATION", "inferred"};

inline constexpr RegisterInfo kRegisters[] = {
    {kAe0Latch, {}},
    {kAe0Grid, {kFirstLine, kRows, kFirstColumn, kColumns}},
    {kAe0Widths, {kZone0, kZone1, kZone2, kZone3}},
    {kAe0Heights, {kZone0, kZone1, kZone2, kZone3}},
    {kAe0Thresholds, {kDark, kBright, kHistogram0, kHistogram1}},
    {kAe1Latch, {}},
    {kAe1Grid, {kFirstLine, kRows, kFirstColumn, kColumns}},
    {kAe1Widths, {kZone0, kZone1, kZone2, kZone3}},
    {kAe1Heights, {kZone0, kZone1, kZone2, kZone3}},
    {kAe1Thresholds, {kDark, kBright, kHistogram0, kHistogram1}},
    {kAwbLatch, {}},
    {kAwbGrid, {kFirstLine, kRows, kFirstColumn, kColumns}},
    {kAwbWidths, {kZone0, kZone1, kZone2, kZone3}},
    {kAwbHeights, {kZone0, kZone1, kZone2, kZone3}},
    {kAwbRedRatio, {kLower, kUpper}},
    {kAwbBlueRatio, {kLower, kUpper}},
    {kAwbCombinedLow, {kLower, kUpper}},
    {kAwbCombinedHigh, {kLower, kUpper}},
    {kAwbLuma, {kLumaLow, kLumaHigh, kDecimation}},
};

}  // namespace t31::reg::metering

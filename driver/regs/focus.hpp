// SPDX-License-Identifier: GPL-2.0-or-later
// focus.hpp - focus statistics (AF): zones, two vertical and two horizontal high-pass filters of
// luma. Base 0x13300000. Their DMA: statistics.hpp. Source: ae-awb-af 1.2, 1.6.
#pragma once

#include "driver/regs/reg.hpp"

namespace t31::reg::focus {

inline constexpr Register kLatch{0xb800, "AF_LATCH", "1 before the setup", Access::kStrobe};
inline constexpr Register kGrid{0xb804, "AF_GRID", ""};
inline constexpr Field<u32> kFirstLine{0, 12, "FIRST_LINE"};
inline constexpr Field<u32> kRows{12, 4, "ROWS"};
inline constexpr Field<u32> kFirstColumn{16, 12, "FIRST_COLUMN"};
inline constexpr Field<u32> kColumns{28, 4, "COLUMNS"};
// Zone sizes, four a register, in pixels.
inline constexpr Register kWidths{0xb808, "AF_WIDTHS", "", Access::kReadWrite, 0, 4, 4};
inline constexpr Register kHeights{0xb818, "AF_HEIGHTS", "", Access::kReadWrite, 0, 4, 4};
inline constexpr Field<u32> kZone0{0, 8, "ZONE0"};
inline constexpr Field<u32> kZone1{8, 8, "ZONE1"};
inline constexpr Field<u32> kZone2{16, 8, "ZONE2"};
inline constexpr Field<u32> kZone3{24, 8, "ZONE3"};

inline constexpr Register kSetup{0xb828, "AF_SETUP", "meaning of most fields unknown"};
inline constexpr Field<u32> kZone34{0, 4, "ZONE34"};
inline constexpr Field<u32> kEnable0{4, 1, "ENABLE0"};
inline constexpr Field<u32> kEnable1{5, 1, "ENABLE1"};
inline constexpr Field<u32> kEnable2{6, 1, "ENABLE2"};
inline constexpr Field<u32> kEnable3{7, 1, "ENABLE3"};
inline constexpr Field<u32> kHighlight{8, 8, "HIGHLIGHT", "luma"};
inline constexpr Field<u32> kZone35{16, 16, "ZONE35"};
inline constexpr Register kFilters{0xb82c, "AF_FILTERS", "switches of the filters, 4 bit each"};

// Two 16-bit halves each.
inline constexpr Register kFir0{0xb830, "AF_FIR0", "vertical filter", Access::kReadWrite, 0, 3, 4};
inline constexpr Register kFir1{0xb83c, "AF_FIR1", "", Access::kReadWrite, 0, 3, 4};
inline constexpr Register kIir0{0xb848, "AF_IIR0", "horizontal filter", Access::kReadWrite, 0,
                                4,      4};
inline constexpr Register kIir1{0xb858, "AF_IIR1", "", Access::kReadWrite, 0, 4, 4};
inline constexpr Field<u32> kLow{0, 16, "LOW"};
inline constexpr Field<u32> kHigh{16, 16, "HIGH"};
// Luma-dependent gain, four bytes each.
inline constexpr Register kGains{
    0xb868, "AF_LUMA_GAIN", "FIR0, FIR1, IIR0, IIR1: two each", Access::kReadWrite, 0, 8, 4};
inline constexpr Register kCoring{
    0xb888, "AF_CORING", "FIR0, FIR1, IIR0, IIR1: two each", Access::kReadWrite, 0, 8, 4};

inline constexpr RegisterInfo kRegisters[] = {
    {kLatch, {}},
    {kGrid, {kFirstLine, kRows, kFirstColumn, kColumns}},
    {kWidths, {kZone0, kZone1, kZone2, kZone3}},
    {kHeights, {kZone0, kZone1, kZone2, kZone3}},
    {kSetup, {kZone34, kEnable0, kEnable1, kEnable2, kEnable3, kHighlight, kZone35}},
    {kFilters, {}},
    {kFir0, {kLow, kHigh}},
    {kFir1, {kLow, kHigh}},
    {kIir0, {kLow, kHigh}},
    {kIir1, {kLow, kHigh}},
    {kGains, {kZone0, kZone1, kZone2, kZone3}},
    {kCoring, {kLow, kHigh}},
};

}  // namespace t31::reg::focus

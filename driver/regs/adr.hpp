// SPDX-License-Identifier: GPL-2.0-or-later
// adr.hpp - local tone mapping: geometry, curves, weights. No latch: each register acts by itself.
// Base 0x13300000. Source: hw-blocks-detail-tone 5.2. Its statistics DMA is in statistics.hpp.
#pragma once

#include "driver/regs/reg.hpp"

namespace t31::reg::adr {

inline constexpr Register kBlockSize{0x4000, "ADR_BLOCK_SIZE", "of the 4 x 6 blocks"};
inline constexpr Field<u32> kBlockWidth{0, 16, "WIDTH"};
inline constexpr Field<u32> kBlockHeight{16, 16, "HEIGHT"};
inline constexpr Register kMode{0x4004, "ADR_MODE", ""};
inline constexpr Field<u32> kModePara1{0, 4, "PARA1", "mode"};
inline constexpr Field<u32> kModePara0{4, 12, "PARA0"};
inline constexpr Field<u32> kModePara7{16, 16, "PARA7"};
inline constexpr Register kRowBounds{
    0x4010, "ADR_ROW_BOUNDS", "0, h, 2h, 3h, height", Access::kReadWrite, 0, 3, 4};
inline constexpr Register kColumnBounds{
    0x401c, "ADR_COLUMN_BOUNDS", "0, w .. 5w, width", Access::kReadWrite, 0, 4, 4};
inline constexpr Register kDistance{
    0x402c, "ADR_CENTRE_DISTANCE", "bounds of distance classes", Access::kReadWrite, 0, 16, 4};
inline constexpr Register kMapKnees{
    0x406c, "ADR_MAP_KNEES", "abscissas of block curves", Access::kReadWrite, 0, 6, 4};
inline constexpr Register kBlockCurves{
    0x4084, "ADR_BLOCK_CURVES", "24 curves of 11 ordinates", Access::kReadWrite, 0, 132, 4};
inline constexpr Register kWeight20{
    0x4294, "ADR_WEIGHT_20", "rows, columns away", Access::kReadWrite, 0, 8, 4};
inline constexpr Register kWeight02{0x42b4, "ADR_WEIGHT_02", "", Access::kReadWrite, 0, 8, 4};
inline constexpr Register kWeight12{0x42d4, "ADR_WEIGHT_12", "", Access::kReadWrite, 0, 8, 4};
inline constexpr Register kWeight21{0x42f4, "ADR_WEIGHT_21", "", Access::kReadWrite, 0, 8, 4};
inline constexpr Register kWeight22{0x4314, "ADR_WEIGHT_22", "", Access::kReadWrite, 0, 8, 4};
inline constexpr Register kMapWidths{
    0x4334, "ADR_MAP_WIDTHS", "log2 of segment widths", Access::kReadWrite, 0, 3, 4};
inline constexpr Register kContrastKnees{
    0x4340, "ADR_CONTRAST_KNEES", "abscissas", Access::kReadWrite, 0, 5, 4};
inline constexpr Register kContrast{0x4354, "ADR_CONTRAST", "gains, Q10", Access::kReadWrite, 0, 5,
                                    4};
inline constexpr Register kContrastWidths{
    0x4368, "ADR_CONTRAST_WIDTHS", "", Access::kReadWrite, 0, 4, 4};
inline constexpr Register kLimitKnees{
    0x4378, "ADR_LIMIT_KNEES", "abscissas of the lower limit", Access::kReadWrite, 0, 6, 4};
inline constexpr Register kLimit{
    0x4390, "ADR_LIMIT", "ordinates of the lower limit", Access::kReadWrite, 0, 6, 4};
inline constexpr Register kLimitWidths{
    0x43a8, "ADR_LIMIT_WIDTHS", "log2 of segment widths", Access::kReadWrite, 0, 3, 4};
inline constexpr Register kColour1{
    0x43b4, "ADR_COLOUR1", "colour compensation, darkest level", Access::kReadWrite, 0, 6, 4};
inline constexpr Register kColour2{0x43cc, "ADR_COLOUR2", "", Access::kReadWrite, 0, 6, 4};
inline constexpr Register kColour3{0x43e4, "ADR_COLOUR3", "", Access::kReadWrite, 0, 6, 4};
inline constexpr Register kColour4{0x43fc, "ADR_COLOUR4", "", Access::kReadWrite, 0, 6, 4};
inline constexpr Register kColour5{0x4414, "ADR_COLOUR5", "", Access::kReadWrite, 0, 6, 4};
inline constexpr Register kColourAdjust{0x442c, "ADR_COLOUR_ADJUST", "", Access::kReadWrite, 0, 6,
                                        4};
inline constexpr Register kColourShifts{0x4444, "ADR_COLOUR_SHIFTS", ""};
inline constexpr Register kColourLevels{
    0x4448, "ADR_COLOUR_LEVELS", "luma of the five levels", Access::kReadWrite, 0, 3, 4};
inline constexpr Register kRingRows{0x4454, "ADR_RING_ROWS", "border of the statistics grid"};
inline constexpr Register kRingColumns{0x4458, "ADR_RING_COLUMNS", ""};
inline constexpr Register kHistogramBounds{
    0x4484, "ADR_HISTOGRAM_BOUNDS", "of blocks", Access::kReadWrite, 0, 2, 4};
inline constexpr Register kStatisticsDone{0x44b0, "ADR_DMA_DONE", "buffer just completed",
                                          Access::kReadOnly};

// Two or four values a register.
inline constexpr Field<u32> kFirst{0, 16, "FIRST"};
inline constexpr Field<u32> kSecond{16, 16, "SECOND"};
inline constexpr Field<u32> kByte0{0, 8, "BYTE0"};
inline constexpr Field<u32> kByte1{8, 8, "BYTE1"};
inline constexpr Field<u32> kByte2{16, 8, "BYTE2"};
inline constexpr Field<u32> kByte3{24, 8, "BYTE3"};

inline constexpr RegisterInfo kRegisters[] = {
    {kBlockSize, {kBlockWidth, kBlockHeight}},
    {kMode, {kModePara1, kModePara0, kModePara7}},
    {kRowBounds, {kFirst, kSecond}},
    {kColumnBounds, {kFirst, kSecond}},
    {kDistance, {kFirst, kSecond}},
    {kMapKnees, {kFirst, kSecond}},
    {kBlockCurves, {kFirst, kSecond}},
    {kWeight20, {kByte0, kByte1, kByte2, kByte3}},
    {kWeight02, {kByte0, kByte1, kByte2, kByte3}},
    {kWeight12, {kByte0, kByte1, kByte2, kByte3}},
    {kWeight21, {kByte0, kByte1, kByte2, kByte3}},
    {kWeight22, {kByte0, kByte1, kByte2, kByte3}},
    {kMapWidths, {kByte0, kByte1, kByte2, kByte3}},
    {kContrastKnees, {kFirst, kSecond}},
    {kContrast, {kFirst, kSecond}},
    {kContrastWidths, {kFirst, kSecond}},
    {kLimitKnees, {kFirst, kSecond}},
    {kLimit, {kFirst, kSecond}},
    {kLimitWidths, {kByte0, kByte1, kByte2, kByte3}},
    {kColour1, {kFirst, kSecond}},
    {kColour2, {kFirst, kSecond}},
    {kColour3, {kFirst, kSecond}},
    {kColour4, {kFirst, kSecond}},
    {kColour5, {kFirst, kSecond}},
    {kColourAdjust, {kFirst, kSecond}},
    {kColourShifts, {kByte0, kByte1, kByte2, kByte3}},
    {kColourLevels, {kFirst, kSecond}},
    {kRingRows, {kFirst, kSecond}},
    {kRingColumns, {kFirst, kSecond}},
    {kHistogramBounds, {kFirst, kSecond}},
    {kStatisticsDone, {}},
};

}  // namespace t31::reg::adr

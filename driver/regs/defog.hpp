// SPDX-License-Identifier: GPL-2.0-or-later
// defog.hpp - haze removal: grid, weights, colour corrections, the map of haze. No latch. Base
// 0x13300000. Source: hw-blocks-detail-tone 6.2. Its statistics DMA is in statistics.hpp.
#pragma once

#include "driver/regs/reg.hpp"

namespace t31::reg::defog {

inline constexpr Register kRowBounds{
    0x5800, "DEFOG_ROW_BOUNDS", "of 10 rows", Access::kReadWrite, 0, 6, 4};
inline constexpr Register kColumnBounds{
    0x5820, "DEFOG_COLUMN_BOUNDS", "of 18 columns", Access::kReadWrite, 0, 10, 4};
inline constexpr Field<u32> kBoundEven{0, 12, "EVEN"};
inline constexpr Field<u32> kBoundOdd{16, 12, "ODD"};
inline constexpr Register kDistance3{
    0x5850, "DEFOG_CENTRE_DISTANCE3", "classes, 3 x 3 blocks", Access::kReadWrite, 0, 12, 4};
inline constexpr Register kDistance5{
    0x5880, "DEFOG_CENTRE_DISTANCE5", "classes, 5 x 5 blocks", Access::kReadWrite, 0, 16, 4};
inline constexpr Field<u32> kDistanceEven{0, 15, "EVEN"};
inline constexpr Field<u32> kDistanceOdd{16, 15, "ODD"};
inline constexpr Register kWeight02{
    0x58c0, "DEFOG_WEIGHT_02", "rows, columns away", Access::kReadWrite, 0, 8, 4};
inline constexpr Register kWeight20{0x58e0, "DEFOG_WEIGHT_20", "", Access::kReadWrite, 0, 8, 4};
inline constexpr Register kWeight21{0x5900, "DEFOG_WEIGHT_21", "", Access::kReadWrite, 0, 8, 4};
inline constexpr Register kWeight12{0x5920, "DEFOG_WEIGHT_12", "", Access::kReadWrite, 0, 8, 4};
inline constexpr Register kWeight22{0x5940, "DEFOG_WEIGHT_22", "", Access::kReadWrite, 0, 8, 4};
inline constexpr Field<u32> kWeight0{0, 5, "WEIGHT0"};
inline constexpr Field<u32> kWeight1{8, 5, "WEIGHT1"};
inline constexpr Field<u32> kWeight2{16, 5, "WEIGHT2"};
inline constexpr Field<u32> kWeight3{24, 5, "WEIGHT3"};

inline constexpr Register kMain0{0x5a00, "DEFOG_MAIN0", ""};
inline constexpr Field<u32> kMainLimit{0, 8, "MAIN0", "bounds the strength"};
inline constexpr Field<u32> kMain1{8, 8, "MAIN1"};
inline constexpr Register kMain1Word{0x5a04, "DEFOG_MAIN1", ""};
inline constexpr Field<u32> kMain2{0, 1, "MAIN2"};
inline constexpr Field<u32> kMain3{2, 4, "MAIN3"};
inline constexpr Field<u32> kMain4{8, 5, "MAIN4"};
inline constexpr Field<u32> kMain5{16, 5, "MAIN5"};
inline constexpr Field<u32> kMain6{24, 5, "MAIN6"};
inline constexpr Register kMain2Word{0x5a08, "DEFOG_MAIN2", "elements 7 to 10"};
inline constexpr Register kColour0{0x5a10, "DEFOG_COLOUR0", "elements 0 to 3"};
inline constexpr Register kColour1{0x5a14, "DEFOG_COLOUR1", "elements 5 to 8"};
inline constexpr Register kColour2{0x5a18, "DEFOG_COLOUR2", "elements 4 and 9"};
inline constexpr Field<u32> kColour4{0, 8, "COLOUR4"};
inline constexpr Field<u32> kColour9{16, 6, "COLOUR9"};
inline constexpr Register kColour3{0x5a1c, "DEFOG_COLOUR3", "elements 10 to 13"};
// Piecewise functions: widths, abscissas, ordinates.
inline constexpr Register kLowChromaS{0x5a20, "DEFOG_LC_S", "", Access::kReadWrite, 0, 3, 4};
inline constexpr Register kLowChromaV{0x5a30, "DEFOG_LC_V", "", Access::kReadWrite, 0, 3, 4};
inline constexpr Register kChromaS{0x5a40, "DEFOG_CC_S", "", Access::kReadWrite, 0, 3, 4};
inline constexpr Register kChromaV{0x5a50, "DEFOG_CC_V", "", Access::kReadWrite, 0, 3, 4};
inline constexpr Register kDark1{0x5a60, "DEFOG_DARK_L1", "", Access::kReadWrite, 0, 3, 4};
inline constexpr Register kDark2{0x5a70, "DEFOG_DARK_L2", "", Access::kReadWrite, 0, 3, 4};
inline constexpr Register kControl0{0x5b00, "DEFOG_CONTROL0", "0"};
inline constexpr Register kControl1{0x5b04, "DEFOG_CONTROL1", "0"};
inline constexpr Register kControl3{0x5b0c, "DEFOG_CONTROL3", "all ones"};
inline constexpr Register kThresholds{0x5b10, "DEFOG_THRESHOLDS", "of the blocks' histograms"};
inline constexpr Field<u32> kDarkBelow{0, 8, "DARK"};
inline constexpr Field<u32> kBrightAbove{16, 8, "BRIGHT"};
inline constexpr Register kStatisticsDone{0x5ba4, "DEFOG_DMA_DONE", "buffer just completed",
                                          Access::kReadOnly};

// One word a block, column by column.
inline constexpr u32 kRows = 10;
inline constexpr u32 kColumns = 18;
inline constexpr Register kMap{0x58000, "DEFOG_MAP", "", Access::kReadWrite, 0, kRows* kColumns, 4};
inline constexpr Field<u32> kTransmission{0, 8, "TRANSMISSION", "255: no haze"};
inline constexpr Field<u32> kAirBlue{8, 8, "AIR_BLUE"};
inline constexpr Field<u32> kAirGreen{16, 8, "AIR_GREEN"};
inline constexpr Field<u32> kAirRed{24, 8, "AIR_RED"};

inline constexpr RegisterInfo kRegisters[] = {
    {kRowBounds, {kBoundEven, kBoundOdd}},
    {kColumnBounds, {kBoundEven, kBoundOdd}},
    {kDistance3, {kDistanceEven, kDistanceOdd}},
    {kDistance5, {kDistanceEven, kDistanceOdd}},
    {kWeight02, {kWeight0, kWeight1, kWeight2, kWeight3}},
    {kWeight20, {kWeight0, kWeight1, kWeight2, kWeight3}},
    {kWeight21, {kWeight0, kWeight1, kWeight2, kWeight3}},
    {kWeight12, {kWeight0, kWeight1, kWeight2, kWeight3}},
    {kWeight22, {kWeight0, kWeight1, kWeight2, kWeight3}},
    {kMain0, {kMainLimit, kMain1}},
    {kMain1Word, {kMain2, kMain3, kMain4, kMain5, kMain6}},
    {kMain2Word, {kWeight0, kWeight1, kWeight2, kWeight3}},
    {kColour0, {}},
    {kColour1, {}},
    {kColour2, {kColour4, kColour9}},
    {kColour3, {}},
    {kLowChromaS, {}},
    {kLowChromaV, {}},
    {kChromaS, {}},
    {kChromaV, {}},
    {kDark1, {}},
    {kDark2, {}},
    {kControl0, {}},
    {kControl1, {}},
    {kControl3, {}},
    {kThresholds, {kDarkBelow, kBrightAbove}},
    {kStatisticsDone, {}},
    {kMap, {kTransmission, kAirBlue, kAirGreen, kAirRed}},
};

}  // namespace t31::reg::defog

// SPDX-License-Identifier: GPL-2.0-or-later
// wdr.hpp - fusion of a long and a short exposure. Base 0x13300000.
// Source: hw-blocks-detail-tone 7. Statistics DMA: regs/statistics.hpp.
#pragma once

#include "driver/regs/reg.hpp"

namespace t31::reg::wdr {

// Two values a register, at bits 0 and 16.
inline constexpr Field<u32> kFirst{0, 12, "FIRST"};
inline constexpr Field<u32> kSecond{16, 12, "SECOND"};

inline constexpr Register kDelayAddress{0x2004, "WDR_DELAY_ADDR", "buffer of the delayed exposure"};
inline constexpr Register kDelayStride{0x2008, "WDR_DELAY_STRIDE", "bytes"};
inline constexpr Register kDelayLines{0x200c, "WDR_DELAY_LINES", ""};

inline constexpr Register kGhost0{0x2030, "WDR_GHOST0", ""};
inline constexpr Register kGhost1{0x2034, "WDR_GHOST1", ""};
inline constexpr Register kGhost2{0x2038, "WDR_GHOST2", ""};
inline constexpr Register kGhost3{0x203c, "WDR_GHOST3", ""};
inline constexpr Register kGhost4{0x2040, "WDR_GHOST4", ""};
inline constexpr Field<u32> kGhostWeight{24, 6, "WEIGHT",
                                         "of the suppression of ghosts, 32 = full"};

// Long code (12 bits) for 81 short codes.
inline constexpr Register kMapRed{0x2050, "WDR_MAP_RED", "", Access::kReadWrite, 0, 41};
inline constexpr Register kMapGreen{0x20f4, "WDR_MAP_GREEN", "", Access::kReadWrite, 0, 41};
inline constexpr Register kMapBlue{0x2198, "WDR_MAP_BLUE", "", Access::kReadWrite, 0, 41};

inline constexpr Register kLabels{
    0x223c, "WDR_LABELS", "luma of the motion thresholds", Access::kReadWrite, 0, 14};
inline constexpr Register kLabelShifts{
    0x2274, "WDR_LABEL_SHIFTS", "log2 of the distances of the labels", Access::kReadWrite, 0, 13};
inline constexpr Register kThresholds{
    0x22a8, "WDR_THRESHOLDS", "motion threshold at each label", Access::kReadWrite, 0, 14};
inline constexpr Register kRanges{
    0x22e0, "WDR_RANGES", "reciprocals of the thresholds", Access::kReadWrite, 0, 27};
inline constexpr Register kDarkLabels{0x234c, "WDR_DARK_LABELS", "", Access::kReadWrite, 0, 3};
inline constexpr Register kDarkShifts{0x2358, "WDR_DARK_SHIFTS", "", Access::kReadWrite, 0, 2};
inline constexpr Register kDarkWeights{0x2360, "WDR_DARK_WEIGHTS", "", Access::kReadWrite, 0, 3};
inline constexpr Register kGhost5{0x236c, "WDR_GHOST5", ""};

// Blocks of the local contrast: ten rows, sixteen columns.
inline constexpr Register kRows{0x2370, "WDR_ROWS", "ends of the rows", Access::kReadWrite, 0, 6};
inline constexpr Register kColumns{
    0x2388, "WDR_COLUMNS", "ends of the columns", Access::kReadWrite, 0, 9};

// Weights of neighbouring blocks by distance class, four a register.
inline constexpr Register kWeight20{0x23ac, "WDR_WEIGHT20", "", Access::kReadWrite, 0, 8};
inline constexpr Register kWeight02{0x23cc, "WDR_WEIGHT02", "", Access::kReadWrite, 0, 8};
inline constexpr Register kWeight12{0x23ec, "WDR_WEIGHT12", "", Access::kReadWrite, 0, 8};
inline constexpr Register kWeight22{0x240c, "WDR_WEIGHT22", "", Access::kReadWrite, 0, 8};
inline constexpr Register kWeight21{0x242c, "WDR_WEIGHT21", "", Access::kReadWrite, 0, 8};

inline constexpr Register kGamma{0x244c, "WDR_GAMMA", "33 nodes", Access::kReadWrite, 0, 17};
inline constexpr Register kPointX{0x2490, "WDR_POINT_X", "", Access::kReadWrite, 0, 2};
inline constexpr Register kPointY{0x2498, "WDR_POINT_Y", "", Access::kReadWrite, 0, 2};
inline constexpr Register kPointShifts{0x24a0, "WDR_POINT_SHIFTS", ""};
inline constexpr Register kFusion{
    0x24a4, "WDR_FUSION", "33 nodes, 256 = all of one exposure", Access::kReadWrite, 0, 17};
inline constexpr Register kDetail{0x24e8, "WDR_DETAIL", "", Access::kReadWrite, 0, 3};
inline constexpr Register kContrast{0x24f4, "WDR_CONTRAST", "", Access::kReadWrite, 0, 3};
inline constexpr Register kDistances{
    0x2500, "WDR_DISTANCES", "bounds of the distance classes", Access::kReadWrite, 0, 16};

inline constexpr Register kControl{0x2600, "WDR_CONTROL", ""};
inline constexpr Field<u32> kControl0{0, 1, "CONTROL0"};
inline constexpr Field<u32> kOutput{4, 2, "OUTPUT", "0 fused, 2 short, 3 long exposure (inferred)"};
inline constexpr Field<u32> kControl3{8, 1, "CONTROL3"};
inline constexpr Field<u32> kControl8{12, 1, "CONTROL8"};
inline constexpr Field<u32> kCeiling{16, 12, "CEILING", "largest output (inferred)"};
inline constexpr Register kRange{0x2604, "WDR_RANGE", ""};
inline constexpr Field<u32> kRangeFirst{0, 13, "FIRST"};
inline constexpr Field<u32> kRangeSecond{16, 13, "SECOND"};
inline constexpr Register kRangeReciprocal{0x2608, "WDR_RANGE_RECIPROCAL", "2^24 / range"};
inline constexpr Field<u32> kReciprocalFirst{0, 14, "FIRST"};
inline constexpr Field<u32> kReciprocalSecond{16, 14, "SECOND"};
inline constexpr Register kLevel{0x260c, "WDR_LEVEL", ""};
inline constexpr Register kDetailMode{0x2610, "WDR_DETAIL_MODE", ""};
inline constexpr Field<u32> kDetailEnable{0, 1, "ENABLE"};
inline constexpr Field<u32> kDetailLimit{16, 16, "LIMIT"};
inline constexpr Register kOffsets{0x2614, "WDR_OFFSETS", "red, green, blue", Access::kReadWrite, 0,
                                   3};
inline constexpr Register kRatios{
    0x2620, "WDR_RATIOS", "long by short exposure, Q12", Access::kReadWrite, 0, 3};
inline constexpr Field<u32> kRatio{0, 19, "RATIO"};
inline constexpr Register kColourLimits{0x2630, "WDR_COLOUR_LIMITS", "", Access::kReadWrite, 0, 2};
inline constexpr Register kAreas{
    0x2640, "WDR_AREAS", "reciprocals of the block areas", Access::kReadWrite, 0, 2};
inline constexpr Register kAreaShift{0x2648, "WDR_AREA_SHIFT", ""};
inline constexpr Register kStatistics{0x2650, "WDR_STATISTICS", "", Access::kReadWrite, 0, 4};
inline constexpr Register kDebug{0x2684, "WDR_DEBUG", ""};

inline constexpr RegisterInfo kRegisters[] = {
    {kDelayAddress, {}},
    {kDelayStride, {}},
    {kDelayLines, {}},
    {kGhost0, {kFirst, kSecond}},
    {kGhost1, {}},
    {kGhost2, {}},
    {kGhost3, {}},
    {kGhost4, {kGhostWeight}},
    {kMapRed, {kFirst, kSecond}},
    {kMapGreen, {kFirst, kSecond}},
    {kMapBlue, {kFirst, kSecond}},
    {kLabels, {kFirst, kSecond}},
    {kLabelShifts, {}},
    {kThresholds, {}},
    {kRanges, {}},
    {kDarkLabels, {}},
    {kDarkShifts, {}},
    {kDarkWeights, {}},
    {kGhost5, {}},
    {kRows, {kFirst, kSecond}},
    {kColumns, {kFirst, kSecond}},
    {kWeight20, {}},
    {kWeight02, {}},
    {kWeight12, {}},
    {kWeight22, {}},
    {kWeight21, {}},
    {kGamma, {kFirst, kSecond}},
    {kPointX, {}},
    {kPointY, {}},
    {kPointShifts, {}},
    {kFusion, {}},
    {kDetail, {}},
    {kContrast, {}},
    {kDistances, {}},
    {kControl, {kControl0, kOutput, kControl3, kControl8, kCeiling}},
    {kRange, {kRangeFirst, kRangeSecond}},
    {kRangeReciprocal, {kReciprocalFirst, kReciprocalSecond}},
    {kLevel, {}},
    {kDetailMode, {kDetailEnable, kDetailLimit}},
    {kOffsets, {kFirst, kSecond}},
    {kRatios, {kRatio}},
    {kColourLimits, {kFirst, kSecond}},
    {kAreas, {}},
    {kAreaShift, {}},
    {kStatistics, {kFirst, kSecond}},
    {kDebug, {}},
};

}  // namespace t31::reg::wdr

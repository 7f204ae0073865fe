// SPDX-License-Identifier: GPL-2.0-or-later
// black_level.hpp - GIB: black level, digital gain per colour, infrared removal; GB: black level
// and gain per exposure, in use in WDR mode only. Base 0x13300000. Source:
// hw-blocks-raw-color 5.1, 5.2.
#pragma once

#include "driver/regs/reg.hpp"

namespace t31::reg::black_level {

// GB: of each exposure gains of four colours, black levels of five slots.
inline constexpr Register kGbGainLong{
    0x1000, "GB_GAIN_LONG", "digital gain Q10, two colours a word", Access::kReadWrite, 0, 2, 4};
inline constexpr Register kGbShift{0x1008, "GB_SHIFT", "digital gain as a shift"};
inline constexpr Field<u32> kShiftLong{0, 2, "LONG"};
inline constexpr Field<u32> kShiftShort{2, 2, "SHORT"};
inline constexpr Register kGbGainShort{
    0x100c, "GB_GAIN_SHORT", "digital gain Q10, two colours a word", Access::kReadWrite, 0, 2, 4};
inline constexpr Register kGbLevelsMinimum{0x1014, "GB_BLC_MIN_ENABLE",
                                           "lower limit of the levels"};
inline constexpr Register kGbLevels0{0x1018, "GB_BLC_LONG0", "slots 0 and 1, 12 bit"};
inline constexpr Register kGbLevels1{0x101c, "GB_BLC_LONG1", "slots 2 and 3"};
inline constexpr Register kGbLevels2{0x1020, "GB_BLC_LONG2", "slot 4 and the minimum"};
inline constexpr Register kGbLevelsShort0{0x1024, "GB_BLC_SHORT0", "slots 0 and 1, 12 bit"};
inline constexpr Register kGbLevelsShort1{0x1028, "GB_BLC_SHORT1", "slots 2 and 3"};
inline constexpr Register kGbLevelsShort2{0x102c, "GB_BLC_SHORT2", "slot 4 and the minimum"};
inline constexpr Field<u32> kGbSlotLow{0, 16, "LOW"};
inline constexpr Field<u32> kGbSlotHigh{16, 16, "HIGH"};

// GIB. Slots: row 0 column 0, row 0 column 1, row 1 column 0, row 1 column 1, the absent colour.
inline constexpr Register kGain0{0x1030, "GIB_GAIN0", "digital gain Q10"};
inline constexpr Field<u32> kGainRed{0, 16, "RED", "Q10"};
inline constexpr Field<u32> kGainGreen{16, 16, "GREEN", "Q10"};
inline constexpr Register kGain1{0x1034, "GIB_GAIN1", "digital gain Q10"};
inline constexpr Field<u32> kGainBlue{0, 16, "BLUE", "Q10"};
inline constexpr Field<u32> kGainInfrared{16, 16, "INFRARED", "Q10, infrared or second green"};
inline constexpr Register kLimits{0x1038, "GIB_LIMITS", "upper limits (inferred)"};
inline constexpr Field<u32> kLimit0{0, 16, "LIMIT0"};
inline constexpr Field<u32> kLimit1{16, 16, "LIMIT1"};
inline constexpr Register kEnables{0x103c, "GIB_ENABLES", "meaning unknown"};
inline constexpr Field<u32> kEnable8{2, 2, "CFG8"};
inline constexpr Field<u32> kEnable9{4, 4, "CFG9"};
inline constexpr Field<u32> kEnable6{8, 2, "CFG6"};
inline constexpr Field<u32> kEnable1{10, 2, "CFG1"};
inline constexpr Field<u32> kEnable0{12, 2, "CFG0"};
inline constexpr Field<u32> kEnable4{14, 2, "CFG4"};
inline constexpr Field<u32> kEnable7{16, 16, "CFG7"};
inline constexpr Register kLevels0{0x1060, "GIB_BLC0", "slot 0, 12 bit"};
inline constexpr Register kLevels1{0x1064, "GIB_BLC1", "slots 1 and 2"};
inline constexpr Register kLevels2{0x1068, "GIB_BLC2", "slots 3 and 4"};
inline constexpr Field<u32> kSlotLow{0, 16, "LOW"};
inline constexpr Field<u32> kSlotHigh{16, 16, "HIGH"};
inline constexpr Register kInfrared{0x106c, "GIB_INFRARED", ""};
inline constexpr Field<u32> kInfraredMode{0, 3, "CFG5"};
inline constexpr Field<u32> kInfraredOption{3, 13, "CFG2"};
inline constexpr Field<u32> kInfraredEnable{16, 16, "ENABLE", "infrared removal"};
inline constexpr Register kLatch{0x1070, "GIB_LATCH", "1 before each write of GIB and GB",
                                 Access::kStrobe};

// Look-up RAM of infrared removal: 32 words for each colour, two 12-bit nodes a word.
inline constexpr u32 kInfraredSteps = 32;
inline constexpr Register kInfraredRed{0x80000, "GIB_IR_RED", "", Access::kReadWrite, 0, 32, 4};
inline constexpr Register kInfraredGreen{0x80080, "GIB_IR_GREEN", "", Access::kReadWrite, 0, 32, 4};
inline constexpr Register kInfraredBlue{0x80100, "GIB_IR_BLUE", "", Access::kReadWrite, 0, 32, 4};
inline constexpr Field<u32> kNode{0, 12, "NODE"};
inline constexpr Field<u32> kNextNode{12, 12, "NEXT"};

inline constexpr RegisterInfo kRegisters[] = {
    {kGbGainLong, {kGbSlotLow, kGbSlotHigh}},
    {kGbShift, {kShiftLong, kShiftShort}},
    {kGbGainShort, {kGbSlotLow, kGbSlotHigh}},
    {kGbLevelsMinimum, {kGbSlotLow, kGbSlotHigh}},
    {kGbLevels0, {kGbSlotLow, kGbSlotHigh}},
    {kGbLevels1, {kGbSlotLow, kGbSlotHigh}},
    {kGbLevels2, {kGbSlotLow, kGbSlotHigh}},
    {kGbLevelsShort0, {kGbSlotLow, kGbSlotHigh}},
    {kGbLevelsShort1, {kGbSlotLow, kGbSlotHigh}},
    {kGbLevelsShort2, {kGbSlotLow, kGbSlotHigh}},
    {kGain0, {kGainRed, kGainGreen}},
    {kGain1, {kGainBlue, kGainInfrared}},
    {kLimits, {kLimit0, kLimit1}},
    {kEnables, {kEnable8, kEnable9, kEnable6, kEnable1, kEnable0, kEnable4, kEnable7}},
    {kLevels0, {kSlotLow}},
    {kLevels1, {kSlotLow, kSlotHigh}},
    {kLevels2, {kSlotLow, kSlotHigh}},
    {kInfrared, {kInfraredMode, kInfraredOption, kInfraredEnable}},
    {kLatch, {}},
    {kInfraredRed, {kNode, kNextNode}},
    {kInfraredGreen, {kNode, kNextNode}},
    {kInfraredBlue, {kNode, kNextNode}},
};

}  // namespace t31::reg::black_level

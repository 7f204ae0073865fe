// SPDX-License-Identifier: GPL-2.0-or-later
// lens_distortion.hpp - lens distortion correction (HLDC). Base 0x13300000. Source:
// hw-blocks-raw-color 9; what the words mean is not known, their names count the elements of the
// parameter array.
#pragma once

#include "driver/regs/reg.hpp"

namespace t31::reg::lens_distortion {

inline constexpr Register kWord0{0x9000, "WORD0", ""};
inline constexpr Register kWord1{0x9004, "WORD1", ""};
inline constexpr Register kWord2{0x9008, "WORD2", ""};
inline constexpr Register kWord3{0x900c, "WORD3", "element 6"};
inline constexpr Register kWord4{0x9010, "WORD4", "element 13"};
inline constexpr Register kWord5{0x9014, "WORD5", "element 7"};
inline constexpr Register kWord6{0x9018, "WORD6", "element 15"};
inline constexpr Register kWord7{0x901c, "WORD7", ""};
inline constexpr Register kWord8{0x9020, "WORD8", ""};
inline constexpr Register kWord9{0x9024, "WORD9", "element 10"};
inline constexpr Register kWord10{0x9028, "WORD10", "element 17"};
inline constexpr Register kLatch{0x9044, "LATCH", "3 after a group", Access::kStrobe};
inline constexpr u32 kTakeOver = 3;

inline constexpr Field<u32> kElement2{0, 16, "ELEMENT2"};
inline constexpr Field<u32> kElement3{16, 16, "ELEMENT3"};
inline constexpr Field<u32> kElement4{0, 16, "ELEMENT4"};
inline constexpr Field<u32> kElement5{16, 16, "ELEMENT5"};
inline constexpr Field<u32> kElement11{0, 16, "ELEMENT11"};
inline constexpr Field<u32> kElement12{16, 16, "ELEMENT12"};
inline constexpr Field<u32> kElement8{0, 16, "ELEMENT8"};
inline constexpr Field<u32> kElement9{16, 16, "ELEMENT9"};
inline constexpr Field<u32> kElement14{0, 16, "ELEMENT14"};
inline constexpr Field<u32> kElement16{16, 16, "ELEMENT16"};

inline constexpr RegisterInfo kRegisters[] = {
    {kWord0, {kElement2, kElement3}},
    {kWord1, {kElement4, kElement5}},
    {kWord2, {kElement11, kElement12}},
    {kWord3, {}},
    {kWord4, {}},
    {kWord5, {}},
    {kWord6, {}},
    {kWord7, {kElement8, kElement9}},
    {kWord8, {kElement14, kElement16}},
    {kWord9, {}},
    {kWord10, {}},
    {kLatch, {}},
};

}  // namespace t31::reg::lens_distortion

// SPDX-License-Identifier: GPL-2.0-or-later
// csc.hpp - RGB to YUV. Base 0x13300000. Source: hw-blocks-raw-color 7.4.
#pragma once

#include "driver/regs/reg.hpp"

namespace t31::reg::csc {

inline constexpr Register kControl{0x6000, "CSC_CONTROL", "31 (meaning unknown)"};
inline constexpr u32 kControlDefault = 31;
inline constexpr Register kControl1{0x6004, "CSC_CONTROL1", "0 (meaning unknown)"};
// Rows Y, U, V: magnitudes in Q10; the signs are fixed: Y +++, U --+, V +--.
inline constexpr Register kRow{0x6010, "CSC_ROW", "", Access::kReadWrite, 0, 3, 4};
inline constexpr Field<u32> kRed{0, 10, "RED", "Q10 magnitude"};
inline constexpr Field<u32> kGreen{10, 10, "GREEN", "Q10 magnitude"};
inline constexpr Field<u32> kBlue{20, 12, "BLUE", "Q10 magnitude"};
inline constexpr Register kOffset{0x6020, "CSC_OFFSET", "8 bit"};
inline constexpr Field<u32> kLumaOffset{0, 8, "LUMA"};
inline constexpr Field<u32> kChromaOffset{8, 8, "CHROMA"};
inline constexpr Register kClip{0x6030, "CSC_CLIP", "8 bit"};
inline constexpr Field<u32> kChromaMinimum{0, 8, "CHROMA_MIN"};
inline constexpr Field<u32> kChromaMaximum{8, 8, "CHROMA_MAX"};
inline constexpr Field<u32> kLumaMinimum{16, 8, "LUMA_MIN"};
inline constexpr Field<u32> kLumaMaximum{24, 8, "LUMA_MAX"};

inline constexpr RegisterInfo kRegisters[] = {
    {kControl, {}},
    {kControl1, {}},
    {kRow, {kRed, kGreen, kBlue}},
    {kOffset, {kLumaOffset, kChromaOffset}},
    {kClip, {kChromaMinimum, kChromaMaximum, kLumaMinimum, kLumaMaximum}},
};

}  // namespace t31::reg::csc

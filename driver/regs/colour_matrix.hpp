// SPDX-License-Identifier: GPL-2.0-or-later
// colour_matrix.hpp - CCM: colour matrix before gamma. Base 0x13300000.
// Source: hw-blocks-raw-color 7.2.
#pragma once

#include "driver/regs/reg.hpp"

namespace t31::reg::colour_matrix {

inline constexpr Register kLatch{0x5000, "CCM_LATCH", "1 before each matrix word", Access::kStrobe};
// Row-major, two elements a word, signed Q10.
inline constexpr Register kMatrix{0x5004, "CCM_MATRIX", "", Access::kReadWrite, 0, 5, 4};
inline constexpr Field<s32> kEven{0, 14, "EVEN", "Q10"};
inline constexpr Field<s32> kOdd{16, 14, "ODD", "Q10"};
inline constexpr Register kDark{0x5018, "CCM_DARK", "protection of dark pixels"};
inline constexpr Field<u32> kDarkHigh{0, 12, "HIGH", "luma level"};
inline constexpr Field<u32> kDarkEnable{12, 4, "ENABLE"};
inline constexpr Field<u32> kDarkLow{16, 16, "LOW", "luma level"};
inline constexpr Register kDarkSlope{0x501c, "CCM_DARK_SLOPE", "32 / (HIGH - LOW)"};
inline constexpr Register kDarkStrength{0x5020, "CCM_DARK_STRENGTH", ""};
inline constexpr Field<u32> kStrengthLow{0, 16, "LOW", "256 = 1.0 (inferred)"};
inline constexpr Field<u32> kStrengthHigh{16, 16, "HIGH", "256 = 1.0 (inferred)"};

inline constexpr RegisterInfo kRegisters[] = {
    {kLatch, {}},
    {kMatrix, {kEven, kOdd}},
    {kDark, {kDarkHigh, kDarkEnable, kDarkLow}},
    {kDarkSlope, {}},
    {kDarkStrength, {kStrengthLow, kStrengthHigh}},
};

}  // namespace t31::reg::colour_matrix

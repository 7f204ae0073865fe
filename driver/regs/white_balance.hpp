// SPDX-License-Identifier: GPL-2.0-or-later
// white_balance.hpp - white-balance gain of both exposures. Base 0x13300000.
// Source: hw-blocks-raw-color 5.4.
#pragma once

#include "driver/regs/reg.hpp"

namespace t31::reg::white_balance {

inline constexpr Register kLatch{0x1800, "WB_LATCH", "1 before each write", Access::kStrobe};
inline constexpr Register kRed{0x1804, "WB_RED", "first exposure"};
inline constexpr Register kBlue{0x1808, "WB_BLUE", "first exposure"};
inline constexpr Register kRedShort{0x180c, "WB_RED_SHORT", "second exposure"};
inline constexpr Register kBlueShort{0x1810, "WB_BLUE_SHORT", "second exposure"};
inline constexpr Field<u32> kGain{0, 14, "GAIN", "Q10"};
inline constexpr Field<u32> kGreen{16, 16, "GREEN", "Q10"};

inline constexpr RegisterInfo kRegisters[] = {
    {kLatch, {}},
    {kRed, {kGain, kGreen}},
    {kBlue, {kGain, kGreen}},
    {kRedShort, {kGain, kGreen}},
    {kBlueShort, {kGain, kGreen}},
};

}  // namespace t31::reg::white_balance

// SPDX-License-Identifier: GPL-2.0-or-later
// gamma.hpp - gamma look-up RAM, one curve for each colour; acts at once. Base 0x13300000.
// Source: hw-blocks-raw-color 7.3.
#pragma once

#include "driver/regs/reg.hpp"

namespace t31::reg::gamma {

inline constexpr u32 kSteps = 128;  // of 32 input codes each
inline constexpr Register kRed{0x40000, "GAMMA_RED", "", Access::kReadWrite, 0, kSteps, 4};
inline constexpr Register kGreen{0x48000, "GAMMA_GREEN", "", Access::kReadWrite, 0, kSteps, 4};
inline constexpr Register kBlue{0x50000, "GAMMA_BLUE", "", Access::kReadWrite, 0, kSteps, 4};
inline constexpr Field<u32> kNode{0, 12, "NODE", "output at the start of the step"};
inline constexpr Field<u32> kNextNode{12, 12, "NEXT", "output at its end"};

inline constexpr RegisterInfo kRegisters[] = {
    {kRed, {kNode, kNextNode}},
    {kGreen, {kNode, kNextNode}},
    {kBlue, {kNode, kNextNode}},
};

}  // namespace t31::reg::gamma

// SPDX-License-Identifier: GPL-2.0-or-later
// colour_map.hpp - colour map (CLM): hue and saturation changed over hue, luma and saturation. Base
// 0x13300000. Source: hw-blocks-raw-color 7.5.
#pragma once

#include "driver/regs/reg.hpp"

namespace t31::reg::colour_map {

inline constexpr Register kLatch{0x6800, "LATCH", "1 before the shift", Access::kStrobe};
inline constexpr Register kShift{0x6804, "SHIFT", "scale of both tables"};

// Look-up RAM: 210 groups of five nodes (30 hues x 7 lumas, 5 saturations), two words a group; each
// table twice, for two read ports.
inline constexpr u32 kGroups = 210;
inline constexpr u32 kWords = 2 * kGroups;
inline constexpr Register kHue{0x60000, "HUE", "", Access::kReadWrite, 0, kWords, 4};
inline constexpr Register kHueCopy{0x68000, "HUE_COPY", "", Access::kReadWrite, 0, kWords, 4};
inline constexpr Register kSaturation{0x70000, "SATURATION", "", Access::kReadWrite, 0, kWords, 4};
inline constexpr Register kSaturationCopy{
    0x78000, "SATURATION_COPY", "", Access::kReadWrite, 0, kWords, 4};

inline constexpr RegisterInfo kRegisters[] = {
    {kLatch, {}},   {kShift, {}},      {kHue, {}},
    {kHueCopy, {}}, {kSaturation, {}}, {kSaturationCopy, {}},
};

}  // namespace t31::reg::colour_map

// SPDX-License-Identifier: GPL-2.0-or-later
// bayer_slots.hpp - which colour stands where in a 2x2 cell, by the ISP's Bayer code.
#pragma once

#include "driver/port/port_types.h"

namespace t31::blocks {

enum SlotColour : u8 { kRed, kGreenRed, kGreenBlue, kBlue, kInfrared };

inline constexpr u32 kSlots = 5;

// `levels` by colour in, by slot out: row 0 column 0, row 0 column 1, row 1 column 0, row 1 column
// 1, and the colour that the cell lacks. All 0 for a code that doesn't exist.
struct SlotValues {
  u32 at[kSlots];
};
SlotValues to_slots(u32 bayer, const u32 (&levels)[kSlots]);

}  // namespace t31::blocks

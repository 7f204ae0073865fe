// SPDX-License-Identifier: GPL-2.0-or-later
// ae_flicker.hpp - exposure times that hide the flicker of mains light: whole numbers of its half
// periods (ae-awb-af 2.6).
#pragma once

#include "driver/port/port_types.h"

namespace t31::control {

inline constexpr u32 kAeFlickerSteps = 120;

// What to do when less than one half period would be bright enough.
enum class ShortFlicker : u8 {
  kAccept,      // expose shorter
  kOverexpose,  // stay at one half period
  kDim,         // shorter only as far as a given mean luma asks for
};

struct AeFlicker {
  bool active = false;
  ShortFlicker below = ShortFlicker::kAccept;
  u32 dim_luma = 0;
  u32 count = 1;                     // steps that fit into a frame
  u16 lines[kAeFlickerSteps] = {1};  // those beyond `count` repeat the last
};

// Fills `lines` and `count` for mains of `hertz` and a frame of `frame_lines` lines, `numerator` /
// `denominator` frames a second. False, and nothing changes, when one of them is 0.
bool ae_flicker_steps(u32 hertz, u32 numerator, u32 denominator, u32 frame_lines, AeFlicker& out);

}  // namespace t31::control

// SPDX-License-Identifier: GPL-2.0-or-later
// strength.hpp - user strengths that scale parameters of a bank: 0..255, 128 is neutral.
//
// Each function reads what is stored and writes what is in force, so a new strength replaces the
// old one instead of scaling it again, and 128 restores what the file says (hw-blocks-raw-color 10,
// hw-blocks-detail-tone 8).
#pragma once

#include "driver/tuning/live_bank.hpp"

namespace t31::tuning {

inline constexpr u32 kNeutralStrength = 128;

// `value` scaled to 0 below neutral, towards `limit` above it. A value beyond the limit stays.
u32 scale_strength(u32 value, u32 strength, u32 limit);

// Demosaic's sharpening. Linear arrays only, as the vendor's.
void apply_sharpness(StoredBank stored, LiveBank live, u8 strength);
// Spatial noise reduction: widths and average of SDNS, linear and WDR.
void apply_sinter(StoredBank stored, LiveBank live, u8 strength);
// Temporal noise reduction: thresholds and background weight of MDNS, linear and WDR.
void apply_temper(StoredBank stored, LiveBank live, u8 strength);
// Local tone mapping: least rises of the curves, linear and WDR. The block itself raises them to
// those of a curve that changes nothing.
void apply_local_tone(StoredBank stored, LiveBank live, u8 strength);
// Haze removal: the curves from luma to transmission, linear and WDR.
void apply_defog(StoredBank stored, LiveBank live, u8 strength);
// Defect pixels: flatness and distance thresholds. Linear arrays only, as the vendor's.
void apply_defect_strength(StoredBank stored, LiveBank live, u8 strength);

}  // namespace t31::tuning

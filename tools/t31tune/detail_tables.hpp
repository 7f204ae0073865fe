// SPDX-License-Identifier: GPL-2.0-or-later
// detail_tables.hpp - moderate sharpening and spatial denoise for a sensor whose noise is known.
#pragma once

#include "driver/tuning/bank.hpp"

namespace t31::tune {

// `noise`: standard deviation of a raw pixel at a quarter of the range and gain 1, of 4095. Less
// sharpening and more denoise as gain and noise grow; both blocks are switched on.
void write_sharpening(tuning::BankWriter& bank, double noise);
void write_spatial_denoise(tuning::BankWriter& bank, double noise);

}  // namespace t31::tune

// SPDX-License-Identifier: GPL-2.0-or-later
// ciede2000.hpp - the CIEDE2000 colour difference.
#pragma once

#include "colour/colour_space.hpp"

namespace t31::colour {

// Difference of two colours with all parametric factors 1; about 1 is just noticeable. Symmetric.
// Source: CIE 142-2001; G. Sharma, W. Wu, E. N. Dalal, "The CIEDE2000 color-difference formula:
// implementation notes, supplementary test data, and mathematical observations", 2005.
double ciede2000(const Lab& first, const Lab& second);

}  // namespace t31::colour

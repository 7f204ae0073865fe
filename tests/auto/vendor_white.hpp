// SPDX-License-Identifier: GPL-2.0-or-later
// vendor_white.hpp - the vendor's search for the white point (ae-awb-af 4.3), written down a second
// time from the specification, with 64-bit sums or with the vendor's 32-bit one.
#pragma once

#include <vector>

#include "driver/tuning/bank.hpp"

namespace t31::test {

struct VendorZone {
  u32 rg, bg;  // Q10 of 256 = 1.0
  u32 cells;
};

struct VendorWhite {
  u32 rg = 0, bg = 0;  // 256 = 1.0; 0: no white
  u32 kelvin = 5000;
};

// Indoor set. `overflows`: the sum of weighted distances has 32 bits.
VendorWhite vendor_white(const std::vector<VendorZone>& zones, tuning::Bank bank, bool overflows,
                         bool* overflowed);

// Likelihood of white, Q10, of a colour within the map; indoor set.
u64 vendor_colour_weight(tuning::Bank bank, u32 rg, u32 bg);

}  // namespace t31::test

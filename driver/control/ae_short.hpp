// SPDX-License-Identifier: GPL-2.0-or-later
// ae_short.hpp - the short exposure of a frame that has two: its value follows the long one's, time
// comes before gain (ae-awb-af 3).
#pragma once

#include "driver/control/ae_distribution.hpp"
#include "driver/control/ae_target.hpp"

namespace t31::control {

// Values of the short exposure over those of the long one, with the bank's compensation.
AeCurve ae_short_curve(tuning::Bank bank);

// Value (Q10) for a long exposure of `value`.
u32 ae_short_value(const AeCurve& curve, u32 value);

AeShares ae_distribute_short(u32 value, const AeRange& range);

}  // namespace t31::control

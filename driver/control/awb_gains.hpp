// SPDX-License-Identifier: GPL-2.0-or-later
// awb_gains.hpp - from a white point to the gain registers, with the rounding that users and
// registers see (ae-awb-af 4.4, 4.5). Gains over green, Q8 as in the ABI.
#pragma once

#include "driver/base/math.hpp"

namespace t31::control {

struct AwbGains {
  u32 red = 256, blue = 256;
  constexpr bool operator==(const AwbGains&) const = default;
};

// Gain that makes a ratio (256 = 1.0, no fraction) neutral.
constexpr u32 awb_gain_for(u32 ratio) {
  constexpr u32 kQ = 10;
  return ratio == 0 ? 0xffff : ((1u << (kQ + 16)) / ratio + (1u << (kQ - 1))) >> kQ;
}

// With the sensor's static gain, Q10.
constexpr u32 awb_total_gain(u32 gain, u32 static_gain) {
  return static_cast<u32>((static_cast<u64>(gain) * static_gain + 512) >> 10);
}

// Field of the register, Q10 in 14 bits; `trend` is the user's offset, 1024 for none.
constexpr u32 awb_register_gain(u32 total, u32 trend) {
  constexpr u32 kLargest = 0x3fff, kNone = 1024;
  const u32 sum = (min(total, kLargest) << 2) + trend;
  return sum < kNone ? 0 : min(sum - kNone, kLargest);
}

// What users read: 65536 / total gain.
constexpr u32 awb_reciprocal(u32 total) {
  return total == 0 ? 0 : 65536 / total;
}
static_assert(awb_reciprocal(412) == 159 && awb_reciprocal(661) == 99);

}  // namespace t31::control

// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/control/ae_flicker.hpp"

#include "driver/base/math.hpp"

namespace t31::control {

bool ae_flicker_steps(u32 hertz, u32 numerator, u32 denominator, u32 frame_lines, AeFlicker& out) {
  constexpr u32 kQ = 16;
  constexpr u32 kLargest = 0xffff;
  if (hertz == 0 || numerator == 0 || denominator == 0 || frame_lines == 0) return false;
  if (hertz > 1000 || numerator > kLargest || denominator > kLargest || frame_lines > kLargest) {
    return false;
  }
  const u32 fps = divide_q(kQ, numerator, denominator);
  const u32 lines_a_hertz = divide_q(kQ, frame_lines << kQ, hertz << (kQ + 1));
  out.count = clamp(2 * hertz * denominator / numerator, 1u, kAeFlickerSteps);
  for (u32 i = 1; i <= kAeFlickerSteps; ++i) {
    const u32 steps = min(i, out.count);
    const u32 lines = multiply_q(kQ, steps * fps, lines_a_hertz);
    out.lines[i - 1] = static_cast<u16>(clamp((lines + (1u << (kQ - 1))) >> kQ, 1u, kLargest));
  }
  return true;
}

}  // namespace t31::control

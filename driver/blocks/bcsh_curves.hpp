// SPDX-License-Identifier: GPL-2.0-or-later
// bcsh_curves.hpp - what the user's picture controls make of BCSH's curves: pure functions.
#pragma once

#include "driver/blocks/colour.hpp"

namespace t31::blocks {

// Two knots of the contrast curve: input and output, 10 bit.
struct ContrastKnots {
  u32 x1, x2, y1, y2;
};

// The curve as registers want it: slopes Q10 of the three segments.
struct ContrastCurve {
  ContrastKnots knots;
  u32 slope0, slope1, slope2;
};

// Steeper above `contrast` 128, flatter below (hw-blocks-raw-color 7.6, step 7).
ContrastKnots apply_contrast(const ContrastKnots& knots, u32 contrast);
// `top`: the end of the third segment.
ContrastCurve contrast_curve(const ContrastKnots& knots, u32 top);

// Saturation gain Q10 under the saturation, brightness and contrast controls; `contrast_enabled`
// tells whether the contrast curve acts (steps 6 and 7).
u32 apply_saturation(u32 gain, u32 saturation, u32 brightness, u32 contrast, bool contrast_enabled);

// Rotates the chroma rows of a YUV matrix (Q16): 0 is -60 degrees, 128 none, 255 +60 (step 4).
Matrix rotate_hue(const Matrix& matrix, u32 hue);

}  // namespace t31::blocks

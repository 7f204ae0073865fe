// SPDX-License-Identifier: GPL-2.0-or-later
// font.hpp - letters of 5x7 dots for captions in pictures.
#pragma once

#include <array>
#include <cstdint>

namespace t31::plot {

inline constexpr int kGlyphWidth = 5;
inline constexpr int kGlyphHeight = 7;

// Columns from left to right, bit 0 on top. Characters without a glyph are a box.
const std::array<std::uint8_t, kGlyphWidth>& glyph(char character);

}  // namespace t31::plot

// SPDX-License-Identifier: GPL-2.0-or-later
// color_checker.hpp - the 24-patch chart "ColorChecker Classic" as a scene, with its geometry for
// those who measure it.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace t31::model {

struct Rectangle {
  std::uint32_t x, y, width, height;
};

inline constexpr unsigned kPatches = 24;  // six columns, four rows, numbered row by row
inline constexpr unsigned kPatchColumns = 6;
inline constexpr unsigned kPatchRows = 4;
inline constexpr unsigned kFirstNeutral = 18;  // white; then neutral 8, 6.5, 5, 3.5 and black
inline constexpr unsigned kNeutralFive = 21;

// Published 8-bit sRGB values (D65) and names of the patches.
struct Patch {
  std::string_view name;
  std::array<std::uint8_t, 3> srgb;
};
extern const std::array<Patch, kPatches> kColorChecker;

// Linear reflectances of what surrounds the patches: the chart's black frame, the wall behind it.
inline constexpr double kChartFrame = 0.03;
inline constexpr double kChartWall = 0.18;

// The chart fills 90 % of the picture's height or width, whichever is reached first, and stands in
// its middle. All coordinates and sizes are even, so a rectangle holds whole Bayer tiles. An index
// of 24 or more gives the empty rectangle.
Rectangle chart_rect(std::uint32_t width, std::uint32_t height);
Rectangle patch_rect(std::uint32_t width, std::uint32_t height, unsigned index);

}  // namespace t31::model

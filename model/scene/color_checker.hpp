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
inline constexpr std::array<Patch, kPatches> kColorChecker{{
    {"dark skin", {115, 82, 68}},     {"light skin", {194, 150, 130}},
    {"blue sky", {98, 122, 157}},     {"foliage", {87, 108, 67}},
    {"blue flower", {133, 128, 177}}, {"bluish green", {103, 189, 170}},
    {"orange", {214, 126, 44}},       {"purplish blue", {80, 91, 166}},
    {"moderate red", {193, 90, 99}},  {"purple", {94, 60, 108}},
    {"yellow green", {157, 188, 64}}, {"orange yellow", {224, 163, 46}},
    {"blue", {56, 61, 150}},          {"green", {70, 148, 73}},
    {"red", {175, 54, 60}},           {"yellow", {231, 199, 31}},
    {"magenta", {187, 86, 149}},      {"cyan", {8, 133, 161}},
    {"white", {243, 243, 242}},       {"neutral 8", {200, 200, 200}},
    {"neutral 6.5", {160, 160, 160}}, {"neutral 5", {122, 122, 121}},
    {"neutral 3.5", {85, 85, 85}},    {"black", {52, 52, 52}},
}};

// Linear reflectances of what surrounds the patches: the chart's black frame, the wall behind it.
inline constexpr double kChartFrame = 0.03;
inline constexpr double kChartWall = 0.18;

// The chart fills 90 % of the picture's height or width, whichever is reached first, and stands in
// its middle. All coordinates and sizes are even, so a rectangle holds whole Bayer tiles. An index
// of 24 or more gives the empty rectangle.
Rectangle chart_rect(std::uint32_t width, std::uint32_t height);
Rectangle patch_rect(std::uint32_t width, std::uint32_t height, unsigned index);

}  // namespace t31::model

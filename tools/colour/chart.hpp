// SPDX-License-Identifier: GPL-2.0-or-later
// chart.hpp - measuring a ColorChecker Classic in a picture. Its published values are the model's
// table (model/scene/color_checker.hpp).
#pragma once

#include <array>
#include <cstddef>

#include "colour/colour_space.hpp"
#include "image/image.hpp"

namespace t31::colour {

inline constexpr std::size_t kPatchCount = 24;

// Linear light of a patch as published.
Rgb published_colour(std::size_t patch);

struct Point {
  double x = 0;
  double y = 0;
};

// Centres of the four corner patches in pixels of the picture (any perspective).
struct ChartCorners {
  Point dark_skin;     // first patch
  Point bluish_green;  // last of the first row
  Point black;         // last patch
  Point white;         // first of the last row
};

// A square in the middle of a patch, clear of its edges: centre and half the side.
struct PatchArea {
  Point centre;
  double half_side = 0;
};
using PatchAreas = std::array<PatchArea, kPatchCount>;

// Areas of all patches by perspective interpolation between the corner patches.
PatchAreas areas_from_corners(const ChartCorners& corners);
// Areas of the model's ColorChecker scene in a picture of `width` x `height`.
PatchAreas areas_of_scene(std::uint32_t width, std::uint32_t height);

// Mean linear light of each patch; the picture is sRGB-encoded. Throws std::invalid_argument when
// an area lies outside the picture.
using PatchColours = std::array<Rgb, kPatchCount>;
PatchColours sample_patches(const image::RgbImage& image, const PatchAreas& areas);

struct ChartReport {
  std::array<double, kPatchCount> delta_e{};  // CIEDE2000 against the published values
  double mean_delta_e = 0;
  double max_delta_e = 0;
  double mean_neutral_chroma = 0;  // CIE Lab chroma of the six greys
  double max_neutral_chroma = 0;
  double exposure = 1;  // what linear light was multiplied by to match the luminance of neutral 5
};

// Compares with the published values after matching the exposure on neutral 5. Throws
// std::invalid_argument when neutral 5 is black.
ChartReport evaluate_chart(const PatchColours& linear);

}  // namespace t31::colour

// SPDX-License-Identifier: GPL-2.0-or-later
#include "colour/chart.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "model/scene/color_checker.hpp"

namespace t31::colour {
namespace {

PatchColours published() {
  PatchColours colours;
  for (std::size_t i = 0; i < kPatchCount; ++i) {
    const auto& srgb = model::kColorChecker[i].srgb;
    colours[i] = srgb_to_linear(Rgb{srgb[0] / 255.0, srgb[1] / 255.0, srgb[2] / 255.0});
  }
  return colours;
}

image::RgbImage painted_scene(std::uint32_t width, std::uint32_t height) {
  image::RgbImage image{width, height, {}};
  image.pixels.assign(std::size_t{width} * height * 3, 30);
  for (unsigned patch = 0; patch < kPatchCount; ++patch) {
    const model::Rectangle r = model::patch_rect(width, height, patch);
    for (std::uint32_t y = r.y; y < r.y + r.height; ++y) {
      for (std::uint32_t x = r.x; x < r.x + r.width; ++x) {
        for (int c = 0; c < 3; ++c) {
          image.pixels[(std::size_t{y} * width + x) * 3 + c] = model::kColorChecker[patch].srgb[c];
        }
      }
    }
  }
  return image;
}

TEST(Chart, ThePublishedColoursHaveNoDifference) {
  const ChartReport report = evaluate_chart(published());
  EXPECT_NEAR(report.mean_delta_e, 0, 1e-9);
  EXPECT_NEAR(report.exposure, 1, 1e-12);
  // The published greys themselves are within one unit of neutral.
  EXPECT_LT(report.max_neutral_chroma, 1);
}

TEST(Chart, ExposureIsMatchedOnNeutralFive) {
  PatchColours colours = published();
  for (Rgb& colour : colours) {
    for (double& channel : colour) channel *= 0.25;
  }
  const ChartReport report = evaluate_chart(colours);
  EXPECT_NEAR(report.exposure, 4, 1e-9);
  EXPECT_NEAR(report.max_delta_e, 0, 1e-9);
}

TEST(Chart, AColourCastShowsInNeutralChroma) {
  PatchColours colours = published();
  for (Rgb& colour : colours) colour[2] *= 1.2;
  const ChartReport report = evaluate_chart(colours);
  EXPECT_GT(report.mean_neutral_chroma, 5);
  EXPECT_GT(report.mean_delta_e, 3);
}

TEST(Chart, ABlackPictureIsRefused) {
  EXPECT_THROW(evaluate_chart(PatchColours{}), std::invalid_argument);
}

TEST(Chart, PatchesOfTheSceneAreFoundAtAnySize) {
  for (const auto& [width, height] : {std::pair{1920u, 1080u}, {640u, 360u}, {400u, 700u}}) {
    const PatchColours colours =
        sample_patches(painted_scene(width, height), areas_of_scene(width, height));
    EXPECT_NEAR(evaluate_chart(colours).max_delta_e, 0, 1e-9) << width << "x" << height;
  }
}

TEST(Chart, CornersGiveTheSamePatchesAsTheScene) {
  const PatchAreas scene = areas_of_scene(1920, 1080);
  const PatchAreas areas =
      areas_from_corners({scene[0].centre, scene[5].centre, scene[23].centre, scene[18].centre});
  for (std::size_t i = 0; i < kPatchCount; ++i) {
    EXPECT_NEAR(areas[i].centre.x, scene[i].centre.x, 1e-6);
    EXPECT_NEAR(areas[i].centre.y, scene[i].centre.y, 1e-6);
  }
}

TEST(Chart, APerspectiveViewIsFollowed) {
  // A camera's view of a plane: x' = (x + 0.2 y) / (1 + 0.05 x), y' = y / (1 + 0.05 x).
  const auto view = [](double column, double row) {
    const double w = 1 + 0.05 * column;
    return Point{100 * (column + 0.2 * row) / w, 100 * row / w};
  };
  const PatchAreas areas = areas_from_corners({view(0, 0), view(5, 0), view(5, 3), view(0, 3)});
  for (std::size_t i = 0; i < kPatchCount; ++i) {
    const Point expected = view(static_cast<double>(i % 6), static_cast<double>(i / 6));
    EXPECT_NEAR(areas[i].centre.x, expected.x, 1e-6);
    EXPECT_NEAR(areas[i].centre.y, expected.y, 1e-6);
  }
}

TEST(Chart, APatchOutsideThePictureIsRefused) {
  const PatchAreas areas = areas_from_corners({{10, 10}, {700, 10}, {700, 300}, {10, 300}});
  EXPECT_THROW(sample_patches(painted_scene(640, 360), areas), std::invalid_argument);
}

TEST(Chart, CornersOnALineAreRefused) {
  EXPECT_THROW(areas_from_corners({{0, 0}, {1, 0}, {2, 0}, {3, 0}}), std::invalid_argument);
}

}  // namespace
}  // namespace t31::colour

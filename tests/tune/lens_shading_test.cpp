// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31tune/lens_shading.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "common/errors.hpp"
#include "model/sensor/colour.hpp"

namespace t31::test {
namespace {

constexpr std::uint32_t kWidth = 1920, kHeight = 1080;
constexpr double kBlack = 64;

const tune::BlackLevel& black() {
  static const tune::BlackLevel kLevels{kBlack, kBlack, kBlack, kBlack};
  return kLevels;
}

// A flat field of the given green level through the SC2336's lens.
tune::RawFrame flat_field(double level) {
  tune::RawFrame frame;
  frame.format = {kWidth, kHeight, "bggr", 10, kBlack, true};
  frame.frames = 1;
  frame.clipped.assign(std::size_t{kWidth / 2} * (kHeight / 2), false);
  const auto& lens = model::sc2336_colour().falloff;
  const double share[] = {0.6, 1, 1, 0.4};
  constexpr std::size_t kColour[] = {0, 1, 1, 2};
  std::mt19937 random(3);
  std::normal_distribution<double> noise(0, 4);
  for (std::size_t site = 0; site < tune::kSites; ++site) {
    frame.planes[site] = {kWidth / 2, kHeight / 2};
    for (std::uint32_t y = 0; y < kHeight / 2; ++y) {
      for (std::uint32_t x = 0; x < kWidth / 2; ++x) {
        const double light = model::relative_illumination(lens[kColour[site]], 2 * x + 0.5,
                                                          2 * y + 0.5, kWidth, kHeight);
        frame.planes[site].at(x, y) =
            static_cast<float>(kBlack + share[site] * level * light + noise(random));
      }
    }
  }
  return frame;
}

// Mean over the frame and largest value of what the lens leaves of a colour.
struct Lens {
  double mean = 0, brightest = 0;
};
Lens lens_of(std::size_t colour) {
  const auto& lens = model::sc2336_colour().falloff[colour];
  Lens out;
  double count = 0;
  for (std::uint32_t v = 0; v < kHeight; v += 20) {
    for (std::uint32_t u = 0; u < kWidth; u += 20) {
      const double light = model::relative_illumination(lens, u, v, kWidth, kHeight);
      out.brightest = std::max(out.brightest, light);
      out.mean += light;
      ++count;
    }
  }
  out.mean /= count;
  return out;
}

// Green is 1 where it is brightest, and a grey's mean over the frame keeps its colour.
double true_gain(std::size_t colour, double x, double y) {
  static const Lens kGreen = lens_of(1);
  const double unity =
      colour == 1 ? kGreen.brightest : lens_of(colour).mean / kGreen.mean * kGreen.brightest;
  return unity / model::relative_illumination(model::sc2336_colour().falloff[colour], x, y, kWidth,
                                              kHeight);
}

TEST(LensShading, IsMeasuredToAPercentInEveryCorner) {
  const auto shading = tune::LensShading::measure(flat_field(700), black());
  for (std::size_t colour = 0; colour < 3; ++colour) {
    for (const double x : {0.0, 300.0, 960.0, 1919.0}) {
      for (const double y : {0.0, 540.0, 1079.0}) {
        const double wanted = true_gain(colour, x, y);
        EXPECT_NEAR(shading.gain(colour, x, y), wanted, 0.01 * wanted) << colour << " " << x;
      }
    }
  }
}

TEST(LensShading, DustDoesNotCount) {
  tune::RawFrame flat = flat_field(700);
  for (tune::Plane& plane : flat.planes) {
    for (std::uint32_t y = 100; y < 130; ++y) {
      for (std::uint32_t x = 700; x < 730; ++x) plane.at(x, y) -= 60;
    }
  }
  const auto shading = tune::LensShading::measure(flat, black());
  EXPECT_NEAR(shading.gain(1, 1430, 230), true_gain(1, 1430, 230), 0.01);
}

TEST(LensShading, TheMeshOfA1080pPictureIsTheUsualOne) {
  const auto mesh =
      tune::make_mesh(tune::LensShading::measure(flat_field(700), black()), kWidth, kHeight);
  // hw-blocks-raw-color 8.1: 48x36 for 1920x1080 -> stride 21, 1953 words.
  EXPECT_EQ(mesh.cell_width, 48u);
  EXPECT_EQ(mesh.cell_height, 36u);
  EXPECT_EQ(mesh.stride, 21u);
  EXPECT_EQ(mesh.words.size(), 1953u);
  for (std::size_t colour = 0; colour < 3; ++colour) {
    for (const std::uint32_t row : {0u, 15u, 30u}) {
      for (const std::uint32_t column : {0u, 1u, 20u, 39u, 40u}) {
        const double wanted = true_gain(colour, 48.0 * column, 36.0 * row);
        EXPECT_NEAR(mesh.gain(colour, column, row), wanted, 0.012 * wanted);
      }
    }
  }
}

TEST(LensShading, AMeshFitsItsMemoryAtEverySize) {
  const auto shading = tune::LensShading::measure(flat_field(700), black());
  for (const auto& [width, height] : {std::pair{640u, 480u},
                                      {1280u, 720u},
                                      {1920u, 1080u},
                                      {2304u, 1296u},
                                      {2560u, 1440u},
                                      {2592u, 1944u},
                                      {64u, 64u}}) {
    const auto mesh = tune::make_mesh(shading, width, height);
    EXPECT_LE(mesh.words.size(), 2047u);
    EXPECT_EQ(mesh.words.size(), 3 * mesh.stride * mesh.rows);
    EXPECT_GE((mesh.columns - 1) * mesh.cell_width, width);
    EXPECT_GE((mesh.rows - 1) * mesh.cell_height, height);
  }
}

void expect_refused(const tune::RawFrame& flat, const std::string& text) {
  try {
    tune::LensShading::measure(flat, black());
    FAIL() << "accepted; expected: " << text;
  } catch (const tools::Failure& failure) {
    EXPECT_NE(std::string(failure.what()).find(text), std::string::npos) << failure.what();
  }
}

TEST(LensShading, RefusesClippedDarkAndPatternedCaptures) {
  tune::RawFrame clipped = flat_field(700);
  std::fill(clipped.clipped.begin(), clipped.clipped.begin() + 5000, true);
  expect_refused(clipped, "clipped");
  expect_refused(flat_field(15), "too dark");
  tune::RawFrame striped = flat_field(700);
  for (tune::Plane& plane : striped.planes) {
    for (std::uint32_t y = 0; y < plane.height; ++y) {
      for (std::uint32_t x = 0; x < plane.width; ++x) {
        if (x / 60 % 2 == 0) plane.at(x, y) = static_cast<float>(kBlack + 150);
      }
    }
  }
  expect_refused(striped, "no even surface");
}

}  // namespace
}  // namespace t31::test

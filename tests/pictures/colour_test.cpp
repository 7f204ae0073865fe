// SPDX-License-Identifier: GPL-2.0-or-later
// Are the colours right? A ColorChecker through sensor model, driver and pipeline, against its
// published values; limits are those that the project promises.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "colour/chart.hpp"
#include "model/sensor/colour.hpp"
#include "tests/pictures/t31cam_runner.hpp"

namespace t31::test {
namespace {

// Measures the virtual camera's ColorChecker scene in the first picture of a channel.
colour::ChartReport measure(const nlohmann::json& capture, std::size_t channel) {
  const image::RgbImage picture = image::read_png(capture["channels"][channel]["files"][0]);
  return colour::evaluate_chart(
      colour::sample_patches(picture, colour::areas_of_scene(picture.width, picture.height)));
}

// The white balance that makes a grey grey under this light: the inverse of how the sensor sees it.
std::string white_balance(double kelvin) {
  const auto grey = model::grey_ratios(model::sc2336_colour().greys, kelvin);
  return fmt::format("--light {:.0f} --wb {:.4f},{:.4f}", kelvin, grey[1] / grey[0],
                     grey[1] / grey[2]);
}

// Linear light in the middle of the first picture of channel 0.
double brightness(const nlohmann::json& capture) {
  const image::RgbImage picture = image::read_png(capture["channels"][0]["files"][0]);
  double sum = 0;
  constexpr std::uint32_t kSide = 64;
  for (std::uint32_t y = 0; y < kSide; ++y) {
    for (std::uint32_t x = 0; x < kSide; ++x) {
      const std::uint8_t* pixel =
          picture.at(picture.width / 2 - kSide / 2 + x, picture.height / 2 - kSide / 2 + y);
      sum += colour::srgb_to_linear(pixel[1] / 255.0);
    }
  }
  return sum / (kSide * kSide);
}

TEST(Colour, TheVendorsTuningFileGivesTrueColoursOnBothChannels) {
  if (shared_folder().empty()) GTEST_SKIP() << "no shared data";
  const T31Cam camera;
  const auto capture = camera.capture(
      fmt::format("--sensor sc2336 {} --channel 0:1920x1080 --channel 1:640x360 --skip 3 "
                  "--tuning {}/data/tuning/sc2336.bin",
                  white_balance(5000), shared_folder().string()));
  for (const std::size_t channel : {0, 1}) {
    const colour::ChartReport report = measure(capture, channel);
    EXPECT_LE(report.mean_delta_e, 4.5) << "channel " << channel;
    EXPECT_LE(report.max_neutral_chroma, 3) << "channel " << channel;
  }
}

TEST(Colour, ASensorThatSeesSrgbGivesTheChartItselfThroughNeutralTuning) {
  const T31Cam camera;
  const auto capture = camera.capture("--response identity --tuning neutral --skip 3");
  EXPECT_LE(measure(capture, 0).mean_delta_e, 2.0);
}

TEST(Colour, WhiteBalanceByHandTakesACastAway) {
  const T31Cam camera;
  const std::string arguments = "--tuning neutral --skip 1 ";
  EXPECT_GT(measure(camera.capture(arguments + "--light 3000 --wb 1,1"), 0).mean_neutral_chroma,
            10);
  for (const double kelvin : {3000.0, 5000.0, 7500.0}) {
    const auto capture = camera.capture(arguments + white_balance(kelvin));
    EXPECT_LE(measure(capture, 0).max_neutral_chroma, 3) << kelvin;
  }
}

TEST(Exposure, TwiceTheLinesGiveTwiceTheLight) {
  const T31Cam camera;
  const std::string arguments = "--scene flat --response identity --tuning neutral --no-noise ";
  const double once = brightness(camera.capture(arguments + "--exposure 200"));
  const double twice = brightness(camera.capture(arguments + "--exposure 400"));
  EXPECT_NEAR(twice / once, 2, 0.06);
}

TEST(Exposure, TwiceTheGainGivesTwiceTheLight) {
  const T31Cam camera;
  const std::string arguments =
      "--scene flat --response identity --tuning neutral --no-noise --exposure 200 ";
  const double once = brightness(camera.capture(arguments + "--gain 1"));
  const double twice = brightness(camera.capture(arguments + "--gain 2"));
  EXPECT_NEAR(twice / once, 2, 0.06);
}

}  // namespace
}  // namespace t31::test

// SPDX-License-Identifier: GPL-2.0-or-later
// Are the colours right? A ColorChecker through sensor model, driver and pipeline, against its
// published values; limits are those that the project promises.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "colour/chart.hpp"
#include "tests/pictures/t31cam_runner.hpp"

namespace t31::test {
namespace {

// Measures the virtual camera's ColorChecker scene in the first picture of a channel.
colour::ChartReport measure(const nlohmann::json& capture, std::size_t channel) {
  const image::RgbImage picture = image::read_png(capture["channels"][channel]["files"][0]);
  return colour::evaluate_chart(
      colour::sample_patches(picture, colour::areas_of_scene(picture.width, picture.height)));
}

TEST(Colour, TheVendorsTuningFileGivesTrueColoursOnBothChannels) {
  if (shared_folder().empty()) GTEST_SKIP() << "no shared data";
  const T31Cam camera;
  const auto capture = camera.capture(
      fmt::format("--sensor sc2336 --light 5000 --channel 0:1920x1080 --channel 1:640x360 --skip 3 "
                  "--tuning {}/data/tuning/sc2336.bin",
                  shared_folder().string()));
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
  // Without it, light at 3000 K looks orange; with the gains that the greys ask for, it does not.
  const T31Cam camera;
  const std::string arguments = "--light 3000 --tuning neutral --skip 3";
  const colour::ChartReport warm = measure(camera.capture(arguments), 0);
  EXPECT_GT(warm.mean_neutral_chroma, 10);
  const auto first = camera.capture(arguments);
  const image::RgbImage picture = image::read_png(first["channels"][0]["files"][0]);
  const auto patches =
      colour::sample_patches(picture, colour::areas_of_scene(picture.width, picture.height));
  constexpr std::size_t kNeutralFive = 21;
  const colour::Rgb& grey = patches[kNeutralFive];
  const auto capture = camera.capture(
      fmt::format("{} --wb {:.4f},{:.4f}", arguments, grey[1] / grey[0], grey[1] / grey[2]));
  EXPECT_LE(measure(capture, 0).max_neutral_chroma, 3);
}

}  // namespace
}  // namespace t31::test

// SPDX-License-Identifier: GPL-2.0-or-later
// Recorded captures of a real sensor: t31tune makes a file for it, and the whole virtual camera
// shows its colours with that file.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "colour/chart.hpp"
#include "tests/pictures/t31cam_runner.hpp"
#include "tests/tune/tool.hpp"

namespace t31::test {
namespace {

// One of the captures of the shared folder, by the beginning of its name; empty file when absent.
struct Capture {
  std::string file;
  nlohmann::json facts;

  colour::ChartCorners corners() const {
    const auto point = [&](const char* patch) {
      const nlohmann::json& centre = facts["patch_centres_px"][patch];
      return colour::Point{centre[0], centre[1]};
    };
    return {point("dark_skin"), point("bluish_green"), point("black"), point("white")};
  }
  std::string arguments() const {
    return fmt::format("--raw {} --raw-format {}x{}:{}:{}:{}", file, facts["width"].get<unsigned>(),
                       facts["height"].get<unsigned>(), facts["bayer"].get<std::string>(),
                       facts["bits"].get<unsigned>(), facts["black_level"].get<double>());
  }
};

Capture find_capture(const std::string& beginning) {
  if (shared_folder().empty()) return {};
  const auto folder = shared_folder() / "data" / "raw";
  std::ifstream stream(folder / "captures.json");
  if (!stream) return {};
  const nlohmann::json all = nlohmann::json::parse(stream);
  for (const auto& [name, facts] : all.items()) {
    if (name.rfind(beginning, 0) == 0) return {folder / name, facts};
  }
  return {};
}

class Captures : public testing::Test {
 protected:
  // Calibrates; nothing known of the chart's place is told.
  nlohmann::json calibrate(const Capture& capture) {
    const CommandResult run =
        tool_.run("calibrate " + capture.arguments() + " --json --out " + tuning());
    EXPECT_EQ(run.code, 0) << run.err;
    return nlohmann::json::parse(run.out)["lights"][0];
  }
  std::string tuning() const { return tool_.path("made.bin"); }

  // Mean CIEDE2000 of the chart, measured where the capture's own facts have it.
  double show(const Capture& capture, const std::string& options) {
    const T31Cam camera;
    const auto result =
        camera.capture(capture.arguments() + " --tuning " + tuning() + " --skip 10 " + options);
    const image::RgbImage picture = image::read_png(result["channels"][0]["files"][0]);
    return colour::evaluate_chart(
               colour::sample_patches(picture, colour::areas_from_corners(capture.corners())))
        .mean_delta_e;
  }

  Tool tool_;
};

void expect_chart_at(const nlohmann::json& found, const colour::ChartCorners& corners) {
  const colour::Point points[] = {corners.dark_skin, corners.bluish_green, corners.black,
                                  corners.white};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(found["chart"][2 * i].get<double>(), points[i].x, 12);
    EXPECT_NEAR(found["chart"][2 * i + 1].get<double>(), points[i].y, 12);
  }
}

TEST_F(Captures, IndoorsComesOutTrueWithExposureAndWhiteBalanceOnAuto) {
  const Capture capture = find_capture("Indoor1");
  if (capture.file.empty()) GTEST_SKIP() << "no shared captures";
  const nlohmann::json found = calibrate(capture);
  expect_chart_at(found, capture.corners());
  EXPECT_NEAR(found["delta_e_before"].get<double>(),
              capture.facts["white_balance_only_deltaE00"].get<double>(), 1);
  EXPECT_LE(show(capture, ""), 4.0);
  EXPECT_LE(show(capture, "--simulate-gain"), 4.0);
}

TEST_F(Captures, TheirBlackLevelIsFoundWhenNobodyTells) {
  for (const char* name : {"Indoor1", "Outdoor2"}) {
    const Capture capture = find_capture(name);
    if (capture.file.empty()) GTEST_SKIP() << "no shared captures";
    const std::string arguments = capture.arguments();
    const CommandResult run = tool_.run("calibrate " + arguments.substr(0, arguments.rfind(':')) +
                                        " --json --out " + tuning());
    ASSERT_EQ(run.code, 0) << run.err;
    const auto json = nlohmann::json::parse(run.out);
    EXPECT_NEAR(json["black_level"][1].get<double>(), capture.facts["black_level"].get<double>(), 1)
        << name;
  }
}

TEST_F(Captures, OutdoorsComesOutAsCloseAsAMatrixAllowsWithWhiteBalanceByHand) {
  const Capture capture = find_capture("Outdoor2");
  if (capture.file.empty()) GTEST_SKIP() << "no shared captures";
  const nlohmann::json found = calibrate(capture);
  expect_chart_at(found, capture.corners());
  // The chart stands in the shade before sunlit ground: automatic white balance shows the ground.
  const std::string balance =
      fmt::format("--wb {:.4f},{:.4f}", found["white_balance"][0].get<double>(),
                  found["white_balance"][1].get<double>());
  EXPECT_LE(show(capture, balance), capture.facts["best_linear_fit_deltaE00"].get<double>() + 0.5);
}

}  // namespace
}  // namespace t31::test

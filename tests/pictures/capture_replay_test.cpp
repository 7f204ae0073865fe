// SPDX-License-Identifier: GPL-2.0-or-later
// Real input: recorded captures of a ColorChecker, played through driver and pipeline with nothing
// but black level and white balance, must come as close to the chart as those two corrections
// allow.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <vector>

#include "colour/chart.hpp"
#include "tests/pictures/t31cam_runner.hpp"

namespace t31::test {
namespace {

struct Capture {
  std::string file;
  nlohmann::json facts;

  unsigned width() const { return facts["width"]; }
  double black() const { return facts["black_level"]; }
  colour::PatchAreas areas() const {
    const auto point = [&](const char* patch) {
      const nlohmann::json& centre = facts["patch_centres_px"][patch];
      return colour::Point{centre[0], centre[1]};
    };
    return colour::areas_from_corners(
        {point("dark_skin"), point("bluish_green"), point("black"), point("white")});
  }
};

std::vector<Capture> captures() {
  std::vector<Capture> all;
  if (shared_folder().empty()) return all;
  const auto folder = shared_folder() / "data" / "raw";
  std::ifstream stream(folder / "captures.json");
  if (!stream) return all;
  const nlohmann::json json = nlohmann::json::parse(stream);
  for (const auto& [name, facts] : json.items()) {
    all.push_back({folder / name, facts});
  }
  return all;
}

// Mean code above black of the red, green and blue pixels in some patches of an 8-bit GRBG file.
colour::Rgb raw_mean(const Capture& capture, const std::vector<std::size_t>& patches) {
  std::ifstream stream(capture.file, std::ios::binary);
  const std::vector<char> codes{std::istreambuf_iterator<char>(stream), {}};
  colour::Rgb sum{};
  colour::Rgb count{};
  const colour::PatchAreas areas = capture.areas();
  for (const std::size_t patch : patches) {
    const auto& [centre, half] = areas[patch];
    for (auto y = static_cast<unsigned>(centre.y - half); y < centre.y + half; ++y) {
      for (auto x = static_cast<unsigned>(centre.x - half); x < centre.x + half; ++x) {
        const std::size_t c = y % 2 == x % 2 ? 1 : y % 2 == 0 ? 0 : 2;
        const auto code = static_cast<unsigned char>(codes[std::size_t{y} * capture.width() + x]);
        sum[c] += code - capture.black();
        ++count[c];
      }
    }
  }
  return {sum[0] / count[0], sum[1] / count[1], sum[2] / count[2]};
}

TEST(Replay, CapturesComeAsCloseToTheChartAsWhiteBalanceAloneAllows) {
  const std::vector<Capture> all = captures();
  if (all.empty()) GTEST_SKIP() << "no shared captures";
  for (const Capture& capture : all) {
    ASSERT_EQ(capture.facts["bits"], 8);
    ASSERT_EQ(capture.facts["bayer"], "GRBG");
    const T31Cam camera;
    // Neutral 8 to neutral 3.5: white may clip, black is mostly noise.
    const colour::Rgb grey = raw_mean(capture, {19, 20, 21, 22});
    const auto result = camera.capture(
        fmt::format("--raw {} --raw-format {}x{}:{}:8:{} --wb {:.4f},{:.4f} --skip 2", capture.file,
                    capture.width(), capture.facts["height"].get<unsigned>(),
                    capture.facts["bayer"].get<std::string>(), capture.black(), grey[1] / grey[0],
                    grey[1] / grey[2]));
    const image::RgbImage picture = image::read_png(result["channels"][0]["files"][0]);
    const auto report = colour::evaluate_chart(colour::sample_patches(picture, capture.areas()));
    const double allowed = capture.facts["white_balance_only_deltaE00"].get<double>() + 1.0;
    EXPECT_LE(report.mean_delta_e, allowed) << capture.file;
    RecordProperty(capture.file, std::to_string(report.mean_delta_e));
  }
}

}  // namespace
}  // namespace t31::test

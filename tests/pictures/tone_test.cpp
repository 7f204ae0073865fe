// SPDX-License-Identifier: GPL-2.0-or-later
// What local tone mapping and haze removal do for a picture, with the tuning files as they are: the
// whole camera, statistics and computation included.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <stdexcept>

#include "tests/pictures/measure.hpp"
#include "tests/pictures/t31cam_runner.hpp"

namespace t31::test {
namespace {

constexpr std::uint32_t kWidth = 1920, kHeight = 1080;

// Luma of one picture of a running camera.
class Luma {
 public:
  // `sensor` with its own tuning file; frame 30 has curves and map settled.
  Luma(const std::string& sensor, const std::string& arguments) {
    const T31Cam camera;
    camera.capture("--sensor " + sensor + " --tuning " +
                   (shared_folder() / "data" / "tuning" / (sensor + ".bin")).string() +
                   " --channel 0:1920x1080 --skip 30 --format nv12 " + arguments);
    std::ifstream stream(camera.folder() / "ch0_000030.nv12", std::ios::binary);
    bytes_.assign(std::istreambuf_iterator<char>(stream), {});
    if (bytes_.size() != kWidth * kHeight * 3 / 2) throw std::runtime_error("no whole picture");
  }
  measure::View view() const { return {bytes_.data(), kWidth, kHeight, kWidth}; }

 private:
  std::vector<std::uint8_t> bytes_;
};

// Consecutive bars of the scene `steps` whose mean luma falls by 1.5 codes or more from one to the
// next: the rounding of a code alone never makes so much, and noise means out.
unsigned separated_stops(const Luma& picture) {
  constexpr std::uint32_t kBars = 17, kMargin = 12;
  constexpr double kApart = 1.5;
  double before = 0;
  unsigned run = 0, longest = 0;
  for (std::uint32_t bar = 0; bar < kBars; ++bar) {
    const std::uint32_t left = bar * kWidth / kBars + kMargin;
    const std::uint32_t right = (bar + 1) * kWidth / kBars - kMargin;
    const double mean =
        measure::noise(picture.view().part(left, kHeight / 4, right - left, kHeight / 2)).mean;
    run = bar > 0 && before - mean >= kApart ? run + 1 : 0;
    longest = std::max(longest, run);
    before = mean;
  }
  return longest;
}

TEST(ToneMappingPicture, SeparatesElevenStopsOfAChartOfSixteen) {
  if (shared_folder().empty()) GTEST_SKIP() << "no shared data";
  const struct {
    const char* sensor;
    const char* exposure;  // under which the brightest bar fills the scale
  } cameras[] = {{"sc2336", "80"}, {"jxf37", "40"}};
  for (const auto& camera : cameras) {
    const std::string arguments =
        std::string("--scene steps --gain 1 --exposure ") + camera.exposure;
    const unsigned with = separated_stops(Luma(camera.sensor, arguments));
    const unsigned without =
        separated_stops(Luma(camera.sensor, arguments + " --set drc-enable=0"));
    EXPECT_GE(with, 11u) << camera.sensor;
    EXPECT_LE(without, 9u) << camera.sensor << ": gamma alone";
  }
}

TEST(ToneMappingPicture, SeparatesElevenStopsUnderAutomaticExposure) {
  if (shared_folder().empty()) GTEST_SKIP() << "no shared data";
  EXPECT_GE(separated_stops(Luma("sc2336", "--scene steps")), 11u);
}

// RMS contrast of a rectangle of the scene `haze` that lies within one range of hills: the second
// from the horizon lies from 45 to 57 hundredths of the height, the third from 63 to 75.
double contrast(const Luma& picture, unsigned percent) {
  const measure::Noise luma = measure::noise(
      picture.view().part(kWidth / 4, percent * kHeight / 100, kWidth / 2, kHeight / 10));
  return luma.deviation / luma.mean;
}
constexpr unsigned kFar = 46, kMiddle = 64;

TEST(DefogPicture, DistantHillsGainContrast) {
  if (shared_folder().empty()) GTEST_SKIP() << "no shared data";
  // The exposure at which this file's haze removal is strong.
  const std::string scene = "--scene haze --no-shading --exposure 600 --gain 1 ";
  const Luma hazy("jxf37", scene + "--set defog-enable=0"), clear("jxf37", scene);
  EXPECT_GE(contrast(clear, kFar), 1.3 * contrast(hazy, kFar));
  EXPECT_GE(contrast(clear, kMiddle), 1.3 * contrast(hazy, kMiddle));
}

TEST(DefogPicture, StrengthDecidesHowMuch) {
  if (shared_folder().empty()) GTEST_SKIP() << "no shared data";
  const std::string scene = "--scene haze --no-shading --set ";
  const double none = contrast(Luma("sc2336", scene + "defog=0"), kFar);
  const double usual = contrast(Luma("sc2336", scene + "defog=128"), kFar);
  const double most = contrast(Luma("sc2336", scene + "defog=255"), kFar);
  EXPECT_GT(usual, 1.03 * none) << "this file transmits 90 to 95 % everywhere";
  EXPECT_GE(most, 1.3 * none);
}

}  // namespace
}  // namespace t31::test

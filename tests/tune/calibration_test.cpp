// SPDX-License-Identifier: GPL-2.0-or-later
// From captures of the virtual SC2336, of which everything is known, to a tuning file.
#include "t31tune/calibration.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "common/errors.hpp"
#include "driver/tuning/tuning_file.hpp"
#include "model/scene/color_checker.hpp"
#include "t31tune/document.hpp"
#include "t31tune/lint.hpp"
#include "tests/tune/synthetic.hpp"
#include "tests/tune/tool.hpp"

namespace t31::test {
namespace {

using tuning::Parameter;

// One set of captures for all tests.
class Calibrate : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new Tool;
    write_shot(folder_->path("chart.raw"), {});
    write_shot(folder_->path("warm.raw"), {.kelvin = 2850, .lines = 700});
    write_shot(folder_->path("flat.raw"), {.scene = R"({"type":"flat","level":0.6})", .frames = 2});
    write_shot(folder_->path("dark.raw"), {.scene = R"({"type":"flat","level":0})", .frames = 2});
  }
  static void TearDownTestSuite() { delete folder_; }
  static std::string path(const std::string& name) { return folder_->path(name); }

  static tune::CalibrationInput input() {
    tune::CalibrationInput input;
    input.format = tools::parse_raw_format(kShotFormat);
    input.raw = {path("chart.raw")};
    input.kelvin = {5000};
    input.flat = path("flat.raw");
    input.dark = path("dark.raw");
    return input;
  }

 private:
  static Tool* folder_;
};
Tool* Calibrate::folder_ = nullptr;

TEST_F(Calibrate, RecoversBlackLevelShadingAndWhiteBalanceOfTheSensor) {
  const tune::Calibration found = tune::calibrate(input());
  for (const double level : found.black) EXPECT_NEAR(level, kShotBlack, 0.1);
  ASSERT_TRUE(found.shading);
  const auto& sensor = model::sc2336_colour();
  for (std::size_t colour = 0; colour < 3; ++colour) {
    const auto light = [&](double x, double y) {
      return model::relative_illumination(sensor.falloff[colour], x, y, 1920, 1080);
    };
    // Over the middle, so that the brightest place doesn't matter.
    for (const double x : {20.0, 500.0, 1900.0}) {
      for (const double y : {20.0, 1060.0}) {
        const double wanted = light(960, 540) / light(x, y);
        EXPECT_NEAR(found.shading->gain(colour, x, y) / found.shading->gain(colour, 960, 540),
                    wanted, 0.02 * wanted);
      }
    }
  }
  // The greys' ratios as statistics of the whole frame see them: with the lens's mean tint.
  const auto mean = [&](std::size_t colour) {
    double sum = 0;
    for (int y = 10; y < 1080; y += 20) {
      for (int x = 10; x < 1920; x += 20) {
        sum += model::relative_illumination(sensor.falloff[colour], x, y, 1920, 1080);
      }
    }
    return sum;
  };
  const auto grey = model::grey_ratios(sensor.greys, 5000);
  const double red = grey[0] / grey[1] * mean(0) / mean(1);
  const double blue = grey[2] / grey[1] * mean(2) / mean(1);
  EXPECT_NEAR(found.lights[0].light.grey.red, red, 0.01 * red);
  EXPECT_NEAR(found.lights[0].light.grey.blue, blue, 0.01 * blue);
}

// docs/sensor-model.md, Noise: variance m k + (2 k)^2 + 0.5^2 + 1/12 with k = 958 / 6000 codes.
TEST_F(Calibrate, MeasuresTheSensorsNoise) {
  const tune::Calibration found = tune::calibrate(input());
  const double k = 958.0 / 6000;
  const double level = 958 * found.lights[0].reading.camera[model::kNeutralFive][1] /
                       found.shading->gain(1, 1300, 900);
  const double wanted = std::sqrt(level * k + 4 * k * k + 0.25 + 1.0 / 12);
  EXPECT_NEAR(958 * found.lights[0].reading.noise, wanted, 0.1 * wanted);
}

TEST_F(Calibrate, ColoursComeOutFarBetterThanWithWhiteBalanceAlone) {
  const tune::Calibration found = tune::calibrate(input());
  EXPECT_GT(found.lights[0].before.mean, 6);
  // Its response is linear, so a matrix undoes it; shading left in would cost 0.9.
  EXPECT_LT(found.lights[0].after.mean, 0.4);
}

TEST_F(Calibrate, FindsTheChartWhereTheSceneHasIt) {
  const auto corners = tune::calibrate(input()).lights[0].reading.corners;
  const auto areas = colour::areas_of_scene(1920, 1080);
  EXPECT_NEAR(corners.dark_skin.x, areas[0].centre.x, 8);
  EXPECT_NEAR(corners.dark_skin.y, areas[0].centre.y, 8);
  EXPECT_NEAR(corners.black.x, areas[23].centre.x, 8);
  EXPECT_NEAR(corners.black.y, areas[23].centre.y, 8);
}

TEST_F(Calibrate, TheDriverTakesTheFileAndFindsInItWhatWasMeasured) {
  const tune::Calibration found = tune::calibrate(input());
  const tune::Document file(tune::make_tuning_file(found));
  EXPECT_EQ(file.verdict(), tuning::LoadResult::kLoaded);
  for (const tune::BankChoice choice : tune::kBanks) {
    const tuning::Bank bank = file.bank(choice);
    EXPECT_NEAR(bank.get(Parameter::kGibDeirmBlcRLinear, 0), 4 * kShotBlack, 1);
    EXPECT_NEAR(bank.get(Parameter::kGibDeirmBlcBLinear, 8), 4 * kShotBlack, 1);
    EXPECT_EQ(bank.get(Parameter::kTopBypass, tune::kBypassShading), 0u);
    EXPECT_EQ(bank.get(Parameter::kTopBypass, tune::kBypassMatrix), 0u);
    for (const Parameter matrix :
         {Parameter::kCcmALinear, Parameter::kCcmTLinear, Parameter::kCcmDLinear}) {
      for (std::uint32_t i = 0; i < 9; ++i) {
        EXPECT_EQ(bank.get(matrix, i),
                  static_cast<std::uint32_t>(found.lights[0].matrix[i]) & 0x3fff);
      }
    }
    EXPECT_EQ(bank.get(Parameter::kCcmSatList), 256u);
    EXPECT_EQ(bank.get(Parameter::kBcshCcmmatrixD, 0), 1024u);
    // sRGB of half the range.
    EXPECT_EQ(bank.get(Parameter::kGammaRgbLutSaddr, 64), 3011u);
  }
  EXPECT_TRUE(tune::lint(file).empty());
}

TEST_F(Calibrate, TwoLightsGiveAMatrixEachAndACurveThroughBoth) {
  tune::CalibrationInput both = input();
  both.raw = {path("chart.raw"), path("warm.raw")};
  both.kelvin = {5000, 2850};
  const tune::Calibration found = tune::calibrate(both);
  ASSERT_EQ(found.lights.size(), 2u);
  EXPECT_EQ(found.lights[0].light.kelvin, 2850);  // ascending
  const tune::Document file(tune::make_tuning_file(found));
  const tuning::Bank bank = file.bank(tune::BankChoice::kDay);
  for (std::uint32_t i = 0; i < 9; ++i) {
    EXPECT_EQ(bank.get(Parameter::kCcmALinear, i),
              static_cast<std::uint32_t>(found.lights[0].matrix[i]) & 0x3fff);
    EXPECT_EQ(bank.get(Parameter::kCcmDLinear, i),
              static_cast<std::uint32_t>(found.lights[1].matrix[i]) & 0x3fff);
  }
  EXPECT_EQ(bank.get(Parameter::kAwbLightSrcNum), 2u);
  EXPECT_TRUE(tune::lint(file).empty());
}

TEST_F(Calibrate, WithoutADarkFrameTheColoursTellTheBlackLevel) {
  tune::CalibrationInput guess = input();
  guess.dark.clear();
  guess.flat.clear();
  const tune::Calibration found = tune::calibrate(guess);
  EXPECT_EQ(found.black_source, tune::BlackSource::kChart);
  EXPECT_NEAR(found.black[tune::kGreenRed], kShotBlack, 3);
}

void expect_refused(const tune::CalibrationInput& input, const std::string& text) {
  try {
    tune::calibrate(input);
    FAIL() << "accepted; expected: " << text;
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find(text), std::string::npos) << error.what();
  }
}

TEST_F(Calibrate, SaysWhyACaptureIsOfNoUse) {
  tune::CalibrationInput bad = input();
  bad.flat.clear();
  bad.dark = path("flat.raw");
  expect_refused(bad, "--dark: it isn't dark");

  bad = input();
  bad.flat = path("dark.raw");
  expect_refused(bad, "--flat: too dark");

  bad = input();
  bad.flat = path("chart.raw");
  expect_refused(bad, "--flat: no even surface");

  bad = input();
  bad.raw = {path("flat.raw")};
  expect_refused(bad, "no ColorChecker found");

  bad = input();
  bad.raw = {path("dark.raw")};
  expect_refused(bad, "too dark to find");

  write_shot(path("dim.raw"), {.lines = 6});
  bad = input();
  bad.raw = {path("dim.raw")};
  expect_refused(bad, "too dark");

  tune::CalibrationInput given = input();
  given.raw = {path("chart.raw")};
  given.corners = {{{100, 100}, {1900, 100}, {2200, 900}, {100, 900}}};
  expect_refused(given, "lies outside the frame");

  given.corners = {{{400, 100}, {1500, 100}, {1500, 200}, {400, 200}}};
  expect_refused(given, "no ColorChecker there");

  given.corners = {{{100, 100}, {200, 100}, {300, 100}, {400, 100}}};
  expect_refused(given, "lie on a line");
}

TEST(Clipped, PatchesAreNamed) {
  Tool folder;
  ChartView chart;
  chart.view = view_of({{300, 250}, {950, 250}, {950, 640}, {300, 640}});
  chart.exposure = 2.2;
  write_raw(folder.path("bright.raw"), render_chart(chart));
  tune::CalibrationInput input;
  input.format = tools::parse_raw_format("1280x960:RGGB:10:64");
  input.raw = {folder.path("bright.raw")};
  input.corners = {{{300, 250}, {950, 250}, {950, 640}, {300, 640}}};
  expect_refused(input, "neutral 8");
}

TEST(Clipped, WhiteAloneMayBe) {
  Tool folder;
  ChartView chart;
  chart.view = view_of({{300, 250}, {950, 250}, {950, 640}, {300, 640}});
  chart.exposure = 1.15;
  write_raw(folder.path("white.raw"), render_chart(chart));
  tune::CalibrationInput input;
  input.format = tools::parse_raw_format("1280x960:RGGB:10:64");
  input.raw = {folder.path("white.raw")};
  const tune::Calibration found = tune::calibrate(input);
  EXPECT_TRUE(found.lights[0].reading.clipped[model::kFirstNeutral]);
  EXPECT_LT(found.lights[0].after.mean, 1);
}

}  // namespace
}  // namespace t31::test

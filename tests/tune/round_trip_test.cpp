// SPDX-License-Identifier: GPL-2.0-or-later
// The whole way of a camera developer: captures of a sensor that has no tuning file, calibration,
// and then the camera, driver and all, with the file that came of it.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>

#include "colour/chart.hpp"
#include "t31tune/document.hpp"
#include "tests/pictures/t31cam_runner.hpp"
#include "tests/tune/synthetic.hpp"
#include "tests/tune/tool.hpp"

namespace t31::test {
namespace {

class RoundTrip : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    tool_ = new Tool;
    write_shot(tool_->path("chart.raw"), {});
    write_shot(tool_->path("flat.raw"), {.scene = R"({"type":"flat","level":0.6})", .frames = 2});
    write_shot(tool_->path("dark.raw"), {.scene = R"({"type":"flat","level":0})", .frames = 2});
    made_ = tool_->run(
        fmt::format("calibrate --raw {} --raw-format {} --light 5000 --flat {} --dark {} --out {}",
                    tool_->path("chart.raw"), kShotFormat, tool_->path("flat.raw"),
                    tool_->path("dark.raw"), tool_->path("sc2336.bin")));
  }
  static void TearDownTestSuite() { delete tool_; }
  void SetUp() override { ASSERT_EQ(made_.code, 0) << made_.err; }

  static image::RgbImage picture(const std::string& options) {
    const T31Cam camera;
    const auto result = camera.capture("--sensor sc2336 --skip 10 " + options);
    return image::read_png(result["channels"][0]["files"][0]);
  }
  static colour::ChartReport chart(const std::string& options) {
    const image::RgbImage seen = picture(options);
    return colour::evaluate_chart(
        colour::sample_patches(seen, colour::areas_of_scene(seen.width, seen.height)));
  }
  static std::string file() { return tool_->path("sc2336.bin"); }
  static std::string tuned() { return "--tuning " + file() + " "; }

 private:
  static Tool* tool_;
  static CommandResult made_;
};
Tool* RoundTrip::tool_ = nullptr;
CommandResult RoundTrip::made_;

TEST_F(RoundTrip, ColoursAreTrueWithEverythingOnAuto) {
  const double untuned = chart("--tuning neutral").mean_delta_e;
  const auto report = chart(tuned());
  EXPECT_GT(untuned, 8);
  EXPECT_LE(report.mean_delta_e, 2.0);
  // Statistics are cut to whole levels of 255: half of one in 25 is what dark cells cost.
  EXPECT_LE(report.mean_neutral_chroma, 2);
  EXPECT_LE(report.max_neutral_chroma, 3.2);
}

// The light that was measured tells where others lie (illuminants.hpp); how far greys stay from
// grey is what that assumption costs.
TEST_F(RoundTrip, GreysStayNearGreyUnderLightsThatWereNotMeasured) {
  for (const unsigned kelvin : {2850, 4000, 7500}) {
    const auto report = chart(tuned() + fmt::format("--light {}", kelvin));
    EXPECT_LE(report.mean_neutral_chroma, 4) << kelvin;
    EXPECT_LE(report.mean_delta_e, 4) << kelvin;
  }
}

TEST_F(RoundTrip, AnEvenSurfaceIsEvenInThePicture) {
  const auto corner_share = [](const image::RgbImage& seen) {
    const auto mean = [&](std::uint32_t left, std::uint32_t top) {
      double sum = 0;
      for (std::uint32_t y = top; y < top + 40; ++y) {
        for (std::uint32_t x = left; x < left + 40; ++x) {
          sum += colour::srgb_to_linear(seen.at(x, y)[1] / 255.0);
        }
      }
      return sum;
    };
    return mean(8, 8) / mean(seen.width / 2, seen.height / 2);
  };
  const std::string scene = "--scene flat ";
  EXPECT_LT(corner_share(picture("--tuning neutral " + scene)), 0.85);
  EXPECT_NEAR(corner_share(picture(tuned() + scene)), 1, 0.03);
}

// Hot and dead pixels in a capture of an even grey: gone from the picture.
TEST_F(RoundTrip, DefectPixelsDisappear) {
  const Tool folder;
  const std::string raw = folder.path("defects.raw");
  write_shot(raw, {.scene = R"({"type":"flat","level":0.3})"});
  std::fstream stream(raw, std::ios::binary | std::ios::in | std::ios::out);
  for (int i = 0; i < 60; ++i) {
    const int x = 101 + 31 * i % 1700, y = 60 + 17 * i;
    const std::uint16_t code = i % 3 == 0 ? 70 : 900;
    stream.seekp(2 * (y * 1920 + x));
    stream.write(reinterpret_cast<const char*>(&code), 2);
  }
  ASSERT_TRUE(stream.flush());
  const auto spots = [&](const std::string& tuning) {
    const T31Cam camera;
    const auto result = camera.capture(fmt::format(
        "--raw {} --raw-format {}:65 --wb 1.6,2.4 --skip 2 {}", raw, kShotFormat, tuning));
    const image::RgbImage seen = image::read_png(result["channels"][0]["files"][0]);
    unsigned count = 0;
    for (int i = 0; i < 60; ++i) {
      const auto x = static_cast<std::uint32_t>(101 + 31 * i % 1700);
      const auto y = static_cast<std::uint32_t>(60 + 17 * i);
      // Beside it, eight pixels away, the same grey.
      int off = 0;
      for (int c = 0; c < 3; ++c)
        off = std::max(off, std::abs(seen.at(x, y)[c] - seen.at(x + 8, y)[c]));
      if (off > 30) ++count;
    }
    return count;
  };
  EXPECT_GE(spots("--tuning neutral"), 50u);
  EXPECT_LE(spots(tuned()), 2u);
}

// The made file with blocks off.
std::string without(const Tool& folder, const std::string& file, std::vector<unsigned> blocks) {
  tune::Document document = tune::Document::load(file);
  for (const unsigned block : blocks) {
    document.writer(tune::BankChoice::kDay).set(tuning::Parameter::kTopBypass, block, 1);
  }
  document.save(folder.path("without.bin"));
  return "--tuning " + folder.path("without.bin") + " ";
}
constexpr unsigned kSharpenBlock = 14, kSpatialBlock = 17;

// Of green, in the middle of the picture.
template <typename Of>
double mean_of_middle(const image::RgbImage& seen, const Of& of) {
  double sum = 0;
  unsigned count = 0;
  for (std::uint32_t y = seen.height / 4; y < 3 * seen.height / 4; ++y) {
    for (std::uint32_t x = seen.width / 4; x < 3 * seen.width / 4; ++x, ++count) sum += of(x, y);
  }
  return sum / count;
}
double noise(const image::RgbImage& seen) {
  const auto value = [&](std::uint32_t x, std::uint32_t y) { return double(seen.at(x, y)[1]); };
  const double mean = mean_of_middle(seen, value);
  return std::sqrt(mean_of_middle(
      seen, [&](auto x, auto y) { return (value(x, y) - mean) * (value(x, y) - mean); }));
}
double detail(const image::RgbImage& seen) {
  return mean_of_middle(
      seen, [&](auto x, auto y) { return std::abs(seen.at(x + 1, y)[1] - seen.at(x, y)[1]); });
}

TEST_F(RoundTrip, PicturesAreSharperThanWithoutSharpening) {
  const Tool folder;
  const std::string options = "--scene resolution --exposure 600 --gain 1 ";
  const double off = detail(picture(without(folder, file(), {kSharpenBlock}) + options));
  const double on = detail(picture(tuned() + options));
  EXPECT_GT(on, 1.05 * off);
  EXPECT_LT(on, 1.6 * off) << "moderate";
}

TEST_F(RoundTrip, PicturesOfTheDarkAreLessNoisyThanWithoutDenoise) {
  const Tool folder;
  const std::string options = "--scene flat --exposure 60 --gain 16 ";
  const double off =
      noise(picture(without(folder, file(), {kSharpenBlock, kSpatialBlock}) + options));
  const double on = noise(picture(tuned() + options));
  EXPECT_LT(on, 0.7 * off) << off;
  // In good light nothing is smeared, and sharpening adds no noise to speak of.
  const std::string light = "--scene flat --exposure 1000 --gain 1 ";
  EXPECT_LT(noise(picture(tuned() + light)),
            1.1 * noise(picture(without(folder, file(), {kSharpenBlock, kSpatialBlock}) + light)));
}

// By night the driver shows no colour, whatever the file. White, the brightest, may clip.
TEST_F(RoundTrip, TheNightBankServesToo) {
  const image::RgbImage seen = picture(tuned() + "--set night=1");
  const auto patches =
      colour::sample_patches(seen, colour::areas_of_scene(seen.width, seen.height));
  const double exposure = colour::evaluate_chart(patches).exposure;
  for (std::size_t patch = 19; patch < patches.size(); ++patch) {
    const double wanted = colour::published_colour(patch)[1];
    EXPECT_NEAR(patches[patch][1] * exposure, wanted, 0.08 * wanted + 0.005) << patch;
  }
}

}  // namespace
}  // namespace t31::test

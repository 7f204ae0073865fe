// SPDX-License-Identifier: GPL-2.0-or-later
// What the SC2336 sends: level, exposure, latency, colour, orientation, test pattern.
#include <algorithm>
#include <cmath>

#include "model/scene/scene.hpp"
#include "model/sensor/colour.hpp"
#include "probe.hpp"

namespace t31::model::testing {
namespace {

constexpr double kBlack = 65;
constexpr double kFullScale = 958;  // 1023 - 65
constexpr Rectangle kCentre{920, 500, 80, 80};

constexpr char kGrey[] =
    R"({"sensor":"sc2336","scene":{"type":"flat","level":0.18},"noise":false,"shading":false})";

void expose(Sensor& sensor, unsigned lines) {
  write(sensor, 0x3e00, lines >> 12);
  write(sensor, 0x3e01, lines >> 4 & 0xff);
  write(sensor, 0x3e02, (lines & 0xf) << 4);
}

// The frame timing that the driver's register list sets: 25 frames per second.
void run_at_25(Sensor& sensor) {
  write(sensor, 0x320e, 0x05);
  write(sensor, 0x320f, 0xa0);
}

double green(const BayerFrame& frame) {
  return moments(frame, Colour::kGreen, kCentre).mean - kBlack;
}

TEST(Sc2336Level, GreyCardAtStartExposureGives18PercentOfFullScale) {
  auto sensor = powered(kGrey);
  run_at_25(*sensor);
  expose(*sensor, 1195);  // what the driver's register list writes
  EXPECT_NEAR(green(take(*sensor, 0)), 0.18 * kFullScale, 0.5);
}

TEST(Sc2336Level, FollowsExposureLinesAndLineLength) {
  auto sensor = powered(kGrey);
  run_at_25(*sensor);
  expose(*sensor, 239);  // a fifth
  EXPECT_NEAR(green(take(*sensor, 0)), 0.18 * kFullScale / 5, 0.5);
  write(*sensor, 0x320c, 4500 >> 8);  // lines twice as long
  write(*sensor, 0x320d, 4500 & 0xff);
  EXPECT_NEAR(green(take(*sensor, 0)), 0.18 * kFullScale / 5 * 2, 0.5);
}

TEST(Sc2336Level, IntegrationEndsFourLinesBeforeTheFrame) {
  auto sensor = powered(kGrey);
  run_at_25(*sensor);
  expose(*sensor, 1436);
  const BayerFrame longest = take(*sensor, 0);
  expose(*sensor, 3000);
  EXPECT_EQ(take(*sensor, 0).codes, longest.codes);
  EXPECT_NEAR(green(longest), 0.18 * kFullScale * 1436 / 1195, 0.5);
}

TEST(Sc2336Level, NoExposureIsBlackAndTooMuchIsSaturated) {
  auto sensor = powered(kGrey);
  expose(*sensor, 0);
  const BayerFrame dark = take(*sensor, 0);
  EXPECT_TRUE(
      std::all_of(dark.codes.begin(), dark.codes.end(), [](int code) { return code == 65; }));
  expose(*sensor, 1195);
  write(*sensor, 0x3e09, 0x1f);
  const BayerFrame bright = take(*sensor, 0);
  EXPECT_TRUE(
      std::all_of(bright.codes.begin(), bright.codes.end(), [](int code) { return code == 1023; }));
}

TEST(Sc2336Latency, ExposureWrittenDuringFrameTTakesEffectInFrameTPlus2) {
  auto sensor = powered(kGrey);
  expose(*sensor, 1000);
  const double before = green(take(*sensor, 0));
  EXPECT_NEAR(green(take(*sensor, 1)), before, 1e-9);
  expose(*sensor, 500);  // during frame 1
  EXPECT_NEAR(green(take(*sensor, 2)), before, 1e-9);
  EXPECT_NEAR(green(take(*sensor, 3)), before / 2, 0.5);
  EXPECT_NEAR(green(take(*sensor, 4)), before / 2, 0.5);
}

TEST(Sc2336Latency, GainWrittenDuringFrameTTakesEffectInFrameTPlus2) {
  auto sensor = powered(kGrey);
  const double before = green(take(*sensor, 0));
  write(*sensor, 0x3e09, 0x08);  // 2x, during frame 0
  EXPECT_NEAR(green(take(*sensor, 1)), before, 1e-9);
  EXPECT_NEAR(green(take(*sensor, 2)), before * 2, 1);
}

TEST(Sc2336Latency, FirstFrameOfAStreamHasTheSettingsItStartsWith) {
  auto sensor = powered(kGrey);
  expose(*sensor, 1000);
  const double before = green(take(*sensor, 0));
  expose(*sensor, 250);
  EXPECT_NEAR(green(take(*sensor, 0)), before / 4, 0.5);
}

TEST(Sc2336Colour, GreyHasTheTabulatedRatiosUnderEveryLight) {
  for (const GreyPoint& point : sc2336_colour().greys) {
    auto sensor =
        powered(R"({"scene":{"type":"flat","level":0.4},"noise":false,"shading":false,"light":)" +
                std::to_string(point.kelvin) + "}");
    const BayerFrame frame = take(*sensor, 0);
    const double level = green(frame);
    EXPECT_NEAR(moments(frame, Colour::kRed).mean - kBlack, level * point.red, 1) << point.kelvin;
    EXPECT_NEAR(moments(frame, Colour::kBlue).mean - kBlack, level * point.blue, 1) << point.kelvin;
  }
}

// White-balanced camera RGB = A * linear sRGB with the matrix of the specification, patch by patch.
TEST(Sc2336Colour, ColorCheckerPatchesHaveTheValuesOfTheDefinition) {
  constexpr double kA[3][3] = {{.65 / .99, .21 / .99, .13 / .99}, {.13, .70, .17}, {.05, .32, .63}};
  auto sensor =
      powered(R"({"scene":{"type":"colorchecker"},"noise":false,"shading":false,"light":5000})");
  const BayerFrame frame = take(*sensor, 0, 2);
  const Rgb ratios = grey_ratios(sc2336_colour().greys, 5000);
  for (unsigned patch = 0; patch < kPatches; ++patch) {
    for (unsigned channel = 0; channel < 3; ++channel) {
      double level = 0;
      for (unsigned i = 0; i < 3; ++i) {
        level += kA[channel][i] * srgb_to_linear(kColorChecker[patch].srgb[i] / 255.0);
      }
      const double expected = kBlack + kFullScale * level * ratios[channel];
      const Moments seen =
          moments(frame, static_cast<Colour>(channel), patch_rect(1920, 1080, patch));
      EXPECT_NEAR(seen.mean, expected, 0.6) << kColorChecker[patch].name << " channel " << channel;
      EXPECT_NEAR(seen.variance, 0, 1e-6) << kColorChecker[patch].name;
    }
  }
}

TEST(Sc2336Colour, IdentityResponseSeesLinearSrgbUnderEveryLight) {
  auto sensor = powered(
      R"({"scene":{"type":"colorchecker"},"noise":false,"response":"identity","light":2850})");
  const BayerFrame frame = take(*sensor, 0);
  for (unsigned patch = 0; patch < kPatches; ++patch) {
    for (unsigned channel = 0; channel < 3; ++channel) {
      const double level = srgb_to_linear(kColorChecker[patch].srgb[channel] / 255.0);
      const Moments seen =
          moments(frame, static_cast<Colour>(channel), patch_rect(1920, 1080, patch));
      EXPECT_NEAR(seen.mean, kBlack + kFullScale * level, 0.6) << kColorChecker[patch].name;
    }
  }
}

TEST(Sc2336Lens, CornersAreDarkerThanTheMiddleWhichKeepsItsLevel) {
  auto sensor = powered(R"({"scene":{"type":"flat","level":0.18},"noise":false})");
  const BayerFrame frame = take(*sensor, 0);
  const double middle = green(frame);
  EXPECT_NEAR(middle, 0.18 * kFullScale, 1.5);
  for (const Rectangle& corner :
       {Rectangle{0, 0, 16, 16}, {1904, 0, 16, 16}, {0, 1064, 16, 16}, {1904, 1064, 16, 16}}) {
    const double level = moments(frame, Colour::kGreen, corner).mean - kBlack;
    EXPECT_LT(level, middle * 0.85);
    EXPECT_GT(level, middle * 0.6);
  }
}

TEST(Sc2336Lens, OfTheIdentityResponseKeepsGreyGreyInTheCorners) {
  auto sensor = powered(
      R"({"scene":{"type":"flat","level":0.5},"noise":false,"response":"identity","shading":true})");
  const BayerFrame frame = take(*sensor, 0);
  const Rectangle corner{0, 0, 32, 32};
  const double level = moments(frame, Colour::kGreen, corner).mean - kBlack;
  EXPECT_LT(level, 0.5 * kFullScale * 0.85);
  EXPECT_NEAR(moments(frame, Colour::kRed, corner).mean - kBlack, level, 1);
  EXPECT_NEAR(moments(frame, Colour::kBlue, corner).mean - kBlack, level, 1);
}

TEST(Sc2336Readout, MirrorAndFlipTurnThePictureAndKeepBlueFirst) {
  constexpr char kChart[] =
      R"({"scene":{"type":"colorchecker"},"noise":false,"shading":false,"response":"identity"})";
  struct {
    unsigned readout;
    bool mirror, flip;
  } const cases[] = {
      {0x00, false, false}, {0x06, true, false}, {0x60, false, true}, {0x66, true, true}};
  for (const auto& c : cases) {
    auto sensor = powered(kChart);
    write(*sensor, 0x3221, c.readout);
    const BayerFrame frame = take(*sensor, 0);
    for (unsigned patch = 0; patch < kPatches; ++patch) {
      const unsigned column = c.mirror ? 5 - patch % 6 : patch % 6;
      const unsigned row = c.flip ? 3 - patch / 6 : patch / 6;
      for (unsigned channel = 0; channel < 3; ++channel) {
        const double level = srgb_to_linear(kColorChecker[patch].srgb[channel] / 255.0);
        // Four pixels inside: the turned chart may lie a pixel off its own grid.
        Rectangle area = patch_rect(1920, 1080, row * 6 + column);
        area = {area.x + 4, area.y + 4, area.width - 8, area.height - 8};
        EXPECT_NEAR(moments(frame, static_cast<Colour>(channel), area).mean,
                    kBlack + kFullScale * level, 0.6)
            << c.readout << " " << kColorChecker[patch].name;
      }
    }
  }
}

TEST(Sc2336TestPattern, IsARampThatTheSceneDoesNotTouch) {
  auto sensor = powered(R"({"scene":{"type":"colorchecker"}})");
  write(*sensor, 0x4501, 0x08);
  const BayerFrame frame = take(*sensor, 3);
  EXPECT_EQ(frame.codes[0], 0);
  EXPECT_EQ(frame.codes[1023], 1023);
  EXPECT_EQ(frame.codes[1024], 0);
  EXPECT_EQ(frame.codes[1920 * 5 + 7], 12);
  write(*sensor, 0x4501, 0x00);
  EXPECT_NE(take(*sensor, 4).codes[0], 0);
}

}  // namespace
}  // namespace t31::model::testing

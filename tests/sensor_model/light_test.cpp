// SPDX-License-Identifier: GPL-2.0-or-later
// Light that changes: steps, ramps, lamps, flicker, noise of its tint; and sensors that take a
// frame longer to obey.
#include "model/scene/light.hpp"

#include <cmath>
#include <numbers>

#include "model/sensor/colour.hpp"
#include "probe.hpp"

namespace t31::model::testing {
namespace {

constexpr double kBlack = 65;
constexpr Rectangle kCentre{920, 500, 80, 80};

std::unique_ptr<Sensor> lit(const std::string& lighting, const std::string& more = {}) {
  return powered(R"({"scene":{"type":"flat","level":0.18},"noise":false,"shading":false)" + more +
                 R"(,"lighting":)" + lighting + "}");
}

void expose(Sensor& sensor, unsigned lines) {
  write(sensor, 0x3e00, lines >> 12);
  write(sensor, 0x3e01, lines >> 4 & 0xff);
  write(sensor, 0x3e02, (lines & 0xf) << 4);
}

double level(const BayerFrame& frame, Colour colour = Colour::kGreen) {
  return moments(frame, colour, kCentre).mean - kBlack;
}

TEST(Light, StepsActFromTheirFrameOnAndRampsByEqualFactors) {
  Lighting lighting;
  lighting.changes = {{10, 0, 4, {2500, 1, 1}}, {20, 4, 0.25, {5000, 1, 1}}};
  EXPECT_DOUBLE_EQ(light_at(lighting, 9).level, 1);
  EXPECT_DOUBLE_EQ(light_at(lighting, 10).level, 4);
  EXPECT_DOUBLE_EQ(light_at(lighting, 19).level, 4);
  EXPECT_DOUBLE_EQ(light_at(lighting, 20).level, 2);
  EXPECT_DOUBLE_EQ(light_at(lighting, 21).level, 1);
  EXPECT_DOUBLE_EQ(light_at(lighting, 22).level, 0.5);
  EXPECT_DOUBLE_EQ(light_at(lighting, 23).level, 0.25);
  EXPECT_DOUBLE_EQ(light_at(lighting, 1000).level, 0.25);
  // 400 mired to 200: half way is 300.
  EXPECT_NEAR(light_at(lighting, 21).illuminant.kelvin, 1e6 / 300, 1e-6);
}

TEST(Light, DarknessIsReachedEvenly) {
  Lighting lighting;
  lighting.changes = {{0, 4, 0, {}}};
  EXPECT_DOUBLE_EQ(light_at(lighting, 1).level, 0.5);
  EXPECT_DOUBLE_EQ(light_at(lighting, 3).level, 0);
}

TEST(Light, TheSensorSeesAStepInItsFrame) {
  for (const char* sensor : {R"(,"sensor":"sc2336")", R"(,"sensor":"jxf37")"}) {
    auto camera = lit(R"({"changes":[{"frame":2,"level":0.5}]})", sensor);
    const double black = std::string(sensor).find("jxf37") != std::string::npos ? 16 : 65;
    const auto green = [&](std::uint64_t frame) {
      return moments(take(*camera, frame), Colour::kGreen, kCentre).mean - black;
    };
    const double before = green(1);
    EXPECT_GT(before, 50);
    EXPECT_NEAR(green(2), before / 2, 0.5) << sensor;
    EXPECT_NEAR(green(3), before / 2, 0.5) << sensor;
  }
}

TEST(Light, AnotherLampHasItsOwnGreys) {
  auto sensor = lit(R"({"changes":[{"frame":1,"light":2850},{"frame":2,"light":"fluorescent"}]})");
  const auto ratios = [&](std::uint64_t number) {
    const BayerFrame frame = take(*sensor, number);
    const double green = level(frame);
    return std::pair(level(frame, Colour::kRed) / green, level(frame, Colour::kBlue) / green);
  };
  const double green = level(take(*sensor, 0));
  const auto [red, blue] = ratios(1);
  EXPECT_NEAR(red, 0.9165, 0.005);
  EXPECT_NEAR(blue, 0.2711, 0.005);
  EXPECT_NEAR(level(take(*sensor, 1)), green, 0.5) << "the luminance stays";
  const Rgb black_body = grey_ratios(sc2336_colour().greys, 4230);
  const auto [lamp_red, lamp_blue] = ratios(2);
  EXPECT_NEAR(lamp_red, black_body[0] * 0.986, 0.005);
  EXPECT_NEAR(lamp_blue, black_body[2] * 0.952, 0.005);
}

// Half a period of the light, 180 lines of 27.8 us: the mean of 1 + cos over half a turn is
// 1 +- 2/pi.
TEST(Flicker, AShortExposureHasBandsOfTheLightsSineAndAWholePeriodHasNone) {
  auto sensor = lit(R"({"flicker":50})");
  write(*sensor, 0x3e09, 0x09);  // 4x
  const auto rows = [](const BayerFrame& frame) {
    double least = 1e9, most = 0;
    for (std::uint32_t y = 0; y < frame.height; y += 2) {
      const double green = moments(frame, Colour::kGreen, {900, y, 32, 2}).mean - kBlack;
      least = std::min(least, green);
      most = std::max(most, green);
    }
    return std::pair(least, most);
  };
  expose(*sensor, 180);
  const auto [least, most] = rows(take(*sensor, 0));
  constexpr double kSwing = 2 / std::numbers::pi;
  EXPECT_NEAR(most / least, (1 + kSwing) / (1 - kSwing), 0.1);
  expose(*sensor, 360);
  const auto [dark, bright] = rows(take(*sensor, 0));
  EXPECT_NEAR(bright / dark, 1, 0.01);
}

// 33.3 ms a frame, 10 ms a period of light: a third of a period on in each frame.
TEST(Flicker, BandsMoveFromFrameToFrameAsTimeGoesOn) {
  auto sensor = lit(R"({"flicker":50})");
  expose(*sensor, 90);
  const auto row = [](const BayerFrame& frame, std::uint32_t y) {
    return moments(frame, Colour::kGreen, {900, y, 32, 2}).mean;
  };
  const BayerFrame first = take(*sensor, 0);
  const BayerFrame second = take(*sensor, 1);
  // A third of 360 lines.
  EXPECT_GT(std::abs(row(first, 400) - row(second, 400)), 5);
  EXPECT_NEAR(row(second, 400), row(first, 400 + 120), 1);
  EXPECT_NEAR(row(take(*sensor, 2), 400), row(first, 400 + 240), 1);
}

TEST(Flicker, ItsMeanOverTimeIsOne) {
  Lighting lighting;
  lighting.flicker_hertz = 60;
  lighting.flicker_depth = 0.7;
  EXPECT_NEAR(flicker_share(lighting, 0.3, 1.0 / 120), 1, 1e-9);
  EXPECT_NEAR(flicker_share(lighting, 0, 0), 1.7, 1e-9);
}

TEST(TintNoise, HasTheStandardDeviationAskedForAndLeavesGreenAlone) {
  Lighting lighting;
  lighting.tint_noise = 0.02;
  double sum = 0, squares = 0;
  constexpr int kFrames = 2000;
  for (int frame = 0; frame < kFrames; ++frame) {
    const double red = std::log(noisy_light_at(lighting, frame, 5).illuminant.red);
    sum += red;
    squares += red * red;
  }
  EXPECT_NEAR(sum / kFrames, 0, 0.002);
  EXPECT_NEAR(std::sqrt(squares / kFrames), 0.02, 0.001);
  auto sensor = lit(R"({"tint_noise":0.05})");
  const BayerFrame one = take(*sensor, 1), two = take(*sensor, 2);
  EXPECT_NEAR(level(one), level(two), 0.01);
  EXPECT_GT(std::abs(level(one, Colour::kRed) - level(two, Colour::kRed)), 0.5);
}

TEST(Latency, ThreeFramesWhereTheDescriptionSaysSo) {
  auto sensor = powered(R"({"scene":{"type":"flat"},"noise":false,"shading":false,"latency":3})");
  expose(*sensor, 1000);
  const double before = level(take(*sensor, 0));
  expose(*sensor, 500);  // during frame 0
  EXPECT_NEAR(level(take(*sensor, 1)), before, 1e-9);
  EXPECT_NEAR(level(take(*sensor, 2)), before, 1e-9);
  EXPECT_NEAR(level(take(*sensor, 3)), before / 2, 0.5);
}

}  // namespace
}  // namespace t31::model::testing

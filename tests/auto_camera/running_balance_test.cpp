// SPDX-License-Identifier: GPL-2.0-or-later
// White balance and focus of a running camera, and what is read back of them.
#include <numeric>

#include "tests/auto_camera/small_camera.hpp"

namespace t31::test {
namespace {

constexpr std::uint32_t kIsp = 0x13300000;
constexpr unsigned kSettled = 16;

struct Gains {
  double red, blue;
};
// The registers' low 14 bits, Q10 (ae-awb-af 4.5).
Gains written() {
  return {(t31_host_peek(kIsp + 0x1804) & 0x3fff) / 1024.0,
          (t31_host_peek(kIsp + 0x1808) & 0x3fff) / 1024.0};
}

// Eight bits of the recording leave some per cent.
TEST(RunningBalance, MakesGreyGreyUnderEveryLight) {
  for (const Light& light : {Light{40, 0.57, 0.52}, Light{40, 0.75, 0.36}, Light{40, 0.5, 0.62}}) {
    SmallCamera camera(light);
    ASSERT_EQ(camera.start(), 0);
    camera.frames(kSettled);
    const Gains gains = written();
    EXPECT_NEAR(gains.red * light.red, 1, 0.05) << light.red;
    EXPECT_NEAR(gains.blue * light.blue, 1, 0.05) << light.blue;
    // Reciprocals of the gains, averages of the zones (ae-awb-af 4.5), each red << 16 | blue.
    const std::uint32_t inverse = camera.value(T31_CONTROL_WHITE_BALANCE_IN_USE);
    EXPECT_NEAR(256.0 / (inverse >> 16), gains.red, 0.03);
    EXPECT_NEAR(256.0 / (inverse & 0xffff), gains.blue, 0.03);
    const std::uint32_t average = camera.value(T31_CONTROL_GREY_WORLD);
    EXPECT_NEAR((average >> 16) / 256.0, light.red, 0.03);
    EXPECT_NEAR((average & 0xffff) / 256.0, light.blue, 0.03);
    const auto balance = camera.get<t31_white_balance>(T31_CONTROL_WHITE_BALANCE);
    EXPECT_EQ(balance.mode, 0u);
    EXPECT_NEAR(balance.rgain / 256.0, gains.red, 0.03);
  }
}

TEST(RunningBalance, TheFirstMeasurementActsAtOnceAndThenNothingMoves) {
  SmallCamera camera(Light{40, 0.75, 0.36});
  ASSERT_EQ(camera.start(), 0);
  camera.frames(8);
  const Gains early = written();
  EXPECT_NEAR(early.red * 0.75, 1, 0.03);
  camera.frames(kSettled);
  const std::uint32_t red = t31_host_peek(kIsp + 0x1804), blue = t31_host_peek(kIsp + 0x1808);
  camera.frames(60);
  EXPECT_EQ(t31_host_peek(kIsp + 0x1804), red);
  EXPECT_EQ(t31_host_peek(kIsp + 0x1808), blue);
}

TEST(RunningBalance, ByHandItStaysAndComesBackToTheLight) {
  SmallCamera camera(Light{40});
  ASSERT_EQ(camera.start(), 0);
  camera.frames(kSettled);
  const Gains before = written();
  ASSERT_EQ(camera.set(T31_CONTROL_WHITE_BALANCE, t31_white_balance{1, 300, 700}), 0);
  camera.frames(kSettled);
  EXPECT_EQ(t31_host_peek(kIsp + 0x1804), 0x04000000u | 1200);
  EXPECT_EQ(t31_host_peek(kIsp + 0x1808), 0x04000000u | 2800);
  ASSERT_EQ(camera.set(T31_CONTROL_WHITE_BALANCE, t31_white_balance{0, 0, 0}), 0);
  camera.frames(kSettled);
  EXPECT_NEAR(written().red, before.red, 0.05);
  EXPECT_NEAR(written().blue, before.blue, 0.05);
}

// The lower luma bound: the mean of the zones up to the bank's 10 (ae-awb-af 1.5), 1 until there
// are statistics; the neutral bank's upper bound is 240.
TEST(RunningBalance, TheEnginesWindowFollowsExposure) {
  SmallCamera camera(Light{40});
  ASSERT_EQ(camera.session.open(), 0);
  ASSERT_EQ(camera.session.add_sensor("replay", sensor_address("replay")), 0);
  EXPECT_EQ(t31_host_peek(kIsp + 0xb038) & 0xffff, 240u << 8 | 1);
  ASSERT_EQ(camera.session.enable_tuning(), 0);
  ASSERT_EQ(camera.session.enable_sensor(), 0);
  camera.frames(kSettled);
  EXPECT_EQ(t31_host_peek(kIsp + 0xb038) & 0xffff, 240u << 8 | 10);
}

double metric_of(const char* scene) {
  Machine machine;
  machine.scene = std::string(R"({"type":")") + scene + "\"}";
  AutoCamera camera(machine, "sc2336.bin");
  EXPECT_EQ(camera.start(), 0);
  camera.frames(6);
  // The vendor's libraries before 1.1.6 send 0 and expect the answer in place.
  std::uint32_t in_place = 0;
  EXPECT_EQ(camera.session.control_get(T31_CONTROL_FOCUS_METRIC, in_place), 0);
  EXPECT_EQ(camera.get<std::uint32_t>(T31_CONTROL_FOCUS_METRIC), in_place);
  const auto zones = camera.get<std::array<std::uint32_t, T31_ZONES>>(T31_CONTROL_FOCUS_ZONES);
  EXPECT_GT(std::accumulate(zones.begin(), zones.end(), std::uint64_t{0}), 0u);
  EXPECT_EQ(camera.get<t31_focus>(T31_CONTROL_FOCUS).metric, in_place);
  return in_place;
}

TEST(RunningFocus, AChartOfLinesIsSharperThanAGreyWall) {
  if (!TuningFile::published("sc2336.bin").present()) GTEST_SKIP() << "no shared data";
  EXPECT_GT(metric_of("resolution"), 4 * metric_of("flat"));
}

}  // namespace
}  // namespace t31::test

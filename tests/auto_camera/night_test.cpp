// SPDX-License-Identifier: GPL-2.0-or-later
// Exposure of a running camera in the dark and between day and night (ecosystem.md rows 1 to 13).
#include <cmath>

#include "tests/auto_camera/auto_camera.hpp"

namespace t31::test {
namespace {

constexpr double kGood = 0.13;

struct Dark : testing::Test {
  void SetUp() override {
    if (!TuningFile::published("sc2336.bin").present()) GTEST_SKIP() << "no shared data";
  }
  static double error(const AutoCamera& camera) {
    return camera.luma() / camera.state().target - 1;
  }
  // Total gain in force, 1.0 = none.
  static double gain(const AutoCamera& camera) {
    return camera.value(T31_CONTROL_TOTAL_GAIN) / 256.0;
  }
  static std::uint32_t lines(const AutoCamera& camera) {
    return camera.block()[T31_AE_INTEGRATION_TIME];
  }
};

// One camera, ever less light: a value of exposure means the same by day and by night.
TEST_F(Dark, ExposureGrowsAsTheLightGoesByDayAndByNight) {
  const GreyFilm film(0.5);
  AutoCamera camera(
      film.machine(R"({"changes":[{"frame":16,"level":0.25},{"frame":32,"level":0.05},)"
                   R"({"frame":48,"level":0.01}]})"),
      "sc2336.bin");
  ASSERT_EQ(camera.start(), 0);
  std::uint32_t before = 0;
  double gain_before = 0;
  camera.frames(12);
  for (int light = 0; light < 4; ++light) {
    ASSERT_EQ(camera.session.control_set(T31_CONTROL_RUNNING_MODE, light >= 2 ? 1 : 0), 0);
    EXPECT_GT(camera.ev().ev, before) << "light " << light;
    EXPECT_GE(gain(camera), gain_before) << "light " << light;
    before = camera.ev().ev;
    gain_before = gain(camera);
    camera.frames(16);
  }
}

TEST_F(Dark, AModeTakenUpAgainStartsWhereItSettled) {
  const GreyFilm film(0.05);
  AutoCamera camera(film.machine(), "sc2336.bin");
  ASSERT_EQ(camera.start(), 0);
  camera.frames(15);
  for (const std::uint32_t mode : {1u, 0u}) {
    ASSERT_EQ(camera.session.control_set(T31_CONTROL_RUNNING_MODE, mode), 0);
    camera.frames(15);
    EXPECT_LE(std::abs(error(camera)), kGood) << "mode " << mode;
  }
  const std::uint32_t night = camera.ev().ev;
  ASSERT_EQ(camera.session.control_set(T31_CONTROL_RUNNING_MODE, 1), 0);
  unsigned off = 0;
  for (int frame = 0; frame < 12; ++frame) {
    camera.frames(1);
    off += std::abs(error(camera)) > kGood ? 1 : 0;
    EXPECT_GT(camera.ev().ev, night / 4) << "no search from the minimum, frame " << frame;
  }
  EXPECT_LE(off, 5u);
}

// A scene never seen begins with at most 2x of gain, and gain then rises without a burst.
TEST_F(Dark, TheStartInTheDarkIsNoBurstOfNoise) {
  const GreyFilm film(0.01);
  AutoCamera camera(film.machine(), "sc2336.bin");
  ASSERT_EQ(camera.start(), 0);
  camera.frames(1);
  EXPECT_LE(gain(camera), 2.1);
  double most = 0, last = 0;
  for (int frame = 0; frame < 20; ++frame) {
    camera.frames(1);
    last = gain(camera);
    most = std::max(most, last);
  }
  EXPECT_GT(last, 2.1) << "it is dark enough";
  EXPECT_LE(most, 1.15 * last);
}

TEST_F(Dark, TheCapOfExposureTimeHoldsInEveryModeAndAtEveryFrameRate) {
  constexpr std::uint32_t kMost = 300;
  const GreyFilm film(0.02);
  AutoCamera camera(film.machine(), "sc2336.bin");
  ASSERT_EQ(camera.start(), 0);
  camera.frames(10);
  ASSERT_GT(lines(camera), kMost);
  ASSERT_EQ(camera.session.control_set(T31_CONTROL_AE_MAX_LINES, kMost), 0);
  const auto expect_capped = [&](const char* when) {
    for (int frame = 0; frame < 6; ++frame) {
      camera.frames(1);
      EXPECT_LE(lines(camera), kMost) << when << ", frame " << frame;
    }
  };
  camera.frames(3);
  expect_capped("by day");
  ASSERT_EQ(camera.session.control_set(T31_CONTROL_RUNNING_MODE, 1), 0);
  camera.frames(3);
  expect_capped("by night");
  ASSERT_EQ(camera.session.control_set(T31_CONTROL_FPS, 15 << 16 | 1), 0);
  camera.frames(3);
  expect_capped("at 15 frames a second");
}

}  // namespace
}  // namespace t31::test

// SPDX-License-Identifier: GPL-2.0-or-later
// What /proc/jz/isp/status tells of a camera's exposure by day and by night, and what a total gain
// or an exposure value means there (ecosystem.md rows 1 to 13).
#include <cmath>
#include <sstream>

#include "tests/auto_camera/auto_camera.hpp"

namespace t31::test {
namespace {

// The value of a line of the file; empty without the line.
std::string status(const std::string& name) {
  std::istringstream text(read_proc("status"));
  for (std::string line; std::getline(text, line);) {
    if (line.starts_with(name + ": ")) return line.substr(name.size() + 2);
  }
  return {};
}

// The number of the frame that a line ends with; -1 when it doesn't.
int frame_of(const std::string& line) {
  const auto at = line.find("frame ");
  return at == std::string::npos ? -1 : std::stoi(line.substr(at + 6));
}

struct Status : testing::Test {
  void SetUp() override {
    if (!TuningFile::published("sc2336.bin").present()) GTEST_SKIP() << "no shared data";
  }
};

TEST_F(Status, SaysHowExposureGetsOn) {
  const GreyFilm film(0.18);
  AutoCamera camera(film.machine(R"({"changes":[{"frame":30,"level":8}]})"), "sc2336.bin");
  ASSERT_EQ(camera.start(), 0);
  EXPECT_EQ(status("exposure_state"), "not measured yet");
  EXPECT_EQ(status("exposure_luma"), "not measured yet");
  camera.frames(20);
  EXPECT_EQ(status("exposure_state"), "settled");
  bool converging = false;
  for (int frame = 0; frame < 16; ++frame) {
    camera.frames(1);
    converging |= status("exposure_state") == "converging";
  }
  EXPECT_TRUE(converging) << "while the light changed";
  camera.frames(10);
  EXPECT_EQ(status("exposure_state"), "settled");
  ASSERT_EQ(camera.session.control_set(T31_CONTROL_AE_FREEZE, 1), 0);
  EXPECT_EQ(status("exposure_state"), "by hand");
}

TEST_F(Status, SaysWhatIsAtItsLimitInTheDarkAndInTheLight) {
  for (const bool dark : {true, false}) {
    const GreyFilm film(dark ? 0.00005 : 0.5);
    AutoCamera camera(film.machine(), "sc2336.bin");
    ASSERT_EQ(camera.start(), 0);
    camera.frames(40);
    EXPECT_EQ(status("exposure_shutter_at_limit"), dark ? "yes" : "no");
    EXPECT_EQ(status("exposure_gain_at_limit"), dark ? "yes" : "no");
  }
}

TEST_F(Status, NamesTheFrameOfEveryStatisticAndWhichThereIsNone) {
  const GreyFilm film(0.18);
  AutoCamera camera(film.machine(), "sc2336.bin");
  ASSERT_EQ(camera.start(), 0);
  camera.frames(10);
  for (const char* name : {"statistics_exposure_zones", "statistics_exposure_histogram",
                           "statistics_balance", "statistics_focus"}) {
    const std::string line = status(name);
    EXPECT_TRUE(line.starts_with("valid, frame ")) << name << ": " << line;
    const int before = frame_of(line);
    camera.frames(3);
    EXPECT_EQ(frame_of(status(name)), before + 3) << name;
  }
  EXPECT_EQ(frame_of(status("exposure_luma")), frame_of(status("statistics_exposure_zones")));
  EXPECT_EQ(status("statistics_short_histogram"), "none") << "one exposure";
}

// The filter out of the way, infrared light adds itself: three times the light here. A value of
// exposure stays what it is, so that a threshold for night means the same on both sides.
TEST_F(Status, AValueOfExposureIsComparableWithTheFilterInAndOut) {
  constexpr double kInfrared = 3;
  const GreyFilm film(0.02);
  AutoCamera camera(film.machine(R"({"changes":[{"frame":24,"level":3},{"frame":52,"level":1}]})"),
                    "sc2336.bin");
  ASSERT_EQ(camera.start(), 0);
  camera.frames(20);
  // Light of the scene: what is measured for what exposure.
  const auto scene = [&] { return camera.luma() / camera.ev().ev; };
  const double by_day = scene();
  const double gain_by_day = camera.value(T31_CONTROL_TOTAL_GAIN);
  camera.frames(4);
  ASSERT_EQ(camera.session.control_set(T31_CONTROL_RUNNING_MODE, 1), 0);
  camera.frames(20);
  const double by_night = scene();
  EXPECT_NEAR(by_night / by_day, kInfrared, 0.05 * kInfrared);
  EXPECT_LE(camera.value(T31_CONTROL_TOTAL_GAIN), gain_by_day);
  camera.frames(10);
  ASSERT_EQ(camera.session.control_set(T31_CONTROL_RUNNING_MODE, 0), 0);
  camera.frames(20);
  EXPECT_NEAR(scene() / by_day, 1, 0.05);
  EXPECT_NEAR(camera.value(T31_CONTROL_TOTAL_GAIN) / gain_by_day, 1, 0.1);
}

// 784 lines in 40 ms: 8000 us are 156.8 lines at every frame rate and in every mode.
TEST_F(Status, ACapInMicrosecondsHoldsInEveryModeAndAtEveryFrameRate) {
  const GreyFilm film(0.02);
  AutoCamera camera(film.machine(), "sc2336.bin");
  ASSERT_EQ(camera.start(), 0);
  camera.frames(10);
  const auto lines = [&] { return camera.block()[T31_AE_INTEGRATION_TIME]; };
  ASSERT_GT(lines(), 200u);
  ASSERT_GT(write_proc("control", "ae_max_us 8000\n"), 0);
  camera.frames(4);
  const auto expect_capped = [&](const char* when) {
    for (int frame = 0; frame < 6; ++frame) {
      camera.frames(1);
      EXPECT_LE(lines(), 157u) << when << ", frame " << frame;
    }
    EXPECT_NEAR(std::stod(status("exposure_max_time")), 8000, 60) << when;
    EXPECT_EQ(status("exposure_shutter_at_limit"), "yes") << when;
  };
  expect_capped("by day");
  ASSERT_EQ(camera.session.control_set(T31_CONTROL_RUNNING_MODE, 1), 0);
  expect_capped("by night");
  ASSERT_EQ(camera.session.control_set(T31_CONTROL_FPS, 15 << 16 | 1), 0);
  expect_capped("at 15 frames a second");
  ASSERT_EQ(camera.session.control_set(T31_CONTROL_RUNNING_MODE, 0), 0);
  expect_capped("by day at 15 frames a second");
}

}  // namespace
}  // namespace t31::test

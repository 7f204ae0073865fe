// SPDX-License-Identifier: GPL-2.0-or-later
// A running camera when the light changes: steps, a static noisy scene, lamps on mains. Limits are
// those of the project's requirements; the plants of tests/auto show them for every tuning file.
#include <cmath>
#include <numeric>

#include "tests/auto_camera/auto_camera.hpp"

namespace t31::test {
namespace {

constexpr double kGood = 0.13;  // share of the target that a settled picture may be off

Machine lit(const std::string& lighting) {
  Machine machine;
  machine.extra = ",\"lighting\":" + lighting;
  return machine;
}

class LightOfACamera : public testing::Test {
 protected:
  void SetUp() override {
    if (!TuningFile::published("sc2336.bin").present()) GTEST_SKIP() << "no shared data";
  }
};

struct Step {
  double level;
  unsigned latency, limit;
};
class StepOfLight : public LightOfACamera, public testing::WithParamInterface<Step> {};

TEST_P(StepOfLight, IsFollowedWithinTheFramesThatAreAllowed) {
  const Step step = GetParam();
  const GreyFilm film(0.18);
  AutoCamera camera(
      film.machine(R"({"changes":[{"frame":24,"level":)" + std::to_string(step.level) + "}]}",
                   step.latency),
      "sc2336.bin");
  ASSERT_EQ(camera.start(), 0);
  camera.frames(18);
  unsigned first = 0, last = 0;
  bool back = false;
  double overshoot = 0, error = 0;
  for (unsigned frame = 1; frame <= 30; ++frame) {
    camera.frames(1);
    error = camera.luma() / camera.state().target - 1;
    const bool off = std::abs(error) > kGood;
    if (off && first == 0) first = frame;
    if (off) last = frame;
    back |= first != 0 && !off;
    if (back) overshoot = std::max(overshoot, std::abs(error));
  }
  ASSERT_NE(first, 0u) << "the step was not seen";
  EXPECT_LE(last - first + 1, step.limit);
  EXPECT_LE(overshoot, 0.15);
  EXPECT_LE(std::abs(error), 0.05);
  EXPECT_EQ(camera.state().stable, 1);
}

INSTANTIATE_TEST_SUITE_P(Steps, StepOfLight,
                         testing::Values(Step{8, 2, 8}, Step{0.125, 2, 8}, Step{64, 2, 12},
                                         Step{8, 3, 8}, Step{0.125, 3, 8}, Step{64, 3, 12}),
                         [](const testing::TestParamInfo<Step>& info) {
                           const Step& step = info.param;
                           return (step.level > 1 ? "Up" + std::to_string(int(step.level))
                                                  : "Down" + std::to_string(int(1 / step.level))) +
                                  "SeenInFrameTPlus" + std::to_string(step.latency);
                         });

TEST_F(LightOfACamera, AStaticNoisySceneChangesNeitherExposureNorBalance) {
  Machine machine = lit(R"({"tint_noise":0.003})");
  machine.scene = R"({"type":"colorchecker"})";
  AutoCamera camera(machine, "sc2336.bin");
  ASSERT_EQ(camera.start(), 0);
  camera.frames(20);
  const EvReport exposure = camera.ev();
  const auto balance = camera.get<t31_white_balance>(T31_CONTROL_WHITE_BALANCE);
  for (int frame = 0; frame < 40; ++frame) {
    camera.frames(1);
    ASSERT_EQ(camera.ev().ev, exposure.ev) << "frame " << frame;
    const auto now = camera.get<t31_white_balance>(T31_CONTROL_WHITE_BALANCE);
    ASSERT_EQ(now.rgain, balance.rgain) << "frame " << frame;
    ASSERT_EQ(now.bgain, balance.bgain) << "frame " << frame;
  }
}

std::vector<double> rows_of(const std::uint8_t* luma, unsigned width, unsigned height) {
  std::vector<double> rows;
  for (unsigned y = 0; y < height; ++y) {
    rows.push_back(std::accumulate(luma + y * width, luma + (y + 1) * width, 0.0) / width);
  }
  return rows;
}

// Rows of the picture once exposure has settled, and the lines of exposure.
std::vector<double> settled_rows(AutoCamera& camera, std::uint32_t& lines) {
  constexpr unsigned kWidth = 320, kHeight = 180;
  camera.frames(20);
  Channel channel(0, kWidth, kHeight, t31_host_rmem_base());
  channel.scaled = true;
  EXPECT_EQ(channel.start(2), 0);
  take_frames(channel, 2);
  Frame frame;
  EXPECT_EQ(channel.dequeue(frame), 0);
  lines = camera.block()[T31_AE_INTEGRATION_TIME];
  return rows_of(channel.luma(frame.index), kWidth, kHeight);
}

// 1440 lines in 40 ms: light of 100 Hz has periods of 360 lines, of 120 Hz of 300.
class MainsLight : public LightOfACamera, public testing::WithParamInterface<unsigned> {};

TEST_P(MainsLight, LeavesNoBandsAndExposureIsWholePeriods) {
  const unsigned hertz = GetParam();
  std::uint32_t lines = 0;
  std::vector<double> steady;
  {
    AutoCamera camera(lit("{}"), "sc2336.bin");
    ASSERT_EQ(camera.start(), 0);
    steady = settled_rows(camera, lines);
  }
  AutoCamera camera(lit(R"({"flicker":)" + std::to_string(hertz) + "}"), "sc2336.bin");
  ASSERT_EQ(camera.start(), 0);
  ASSERT_EQ(camera.session.control_set(T31_CONTROL_ANTIFLICKER, hertz == 50 ? 1 : 2), 0);
  const std::vector<double> rows = settled_rows(camera, lines);
  const std::uint32_t period = 1440 * 25 / (2 * hertz);
  const std::uint32_t off = std::min(lines % period, period - lines % period);
  EXPECT_LE(off, lines / 256) << lines << " lines";
  double least = 10, most = 0;
  for (std::size_t y = 0; y < rows.size(); ++y) {
    least = std::min(least, rows[y] / steady[y]);
    most = std::max(most, rows[y] / steady[y]);
  }
  EXPECT_LT(most / least - 1, 0.01);
}

INSTANTIATE_TEST_SUITE_P(Hertz, MainsLight, testing::Values(50u, 60u));

}  // namespace
}  // namespace t31::test

// SPDX-License-Identifier: GPL-2.0-or-later
// Exposure of a running camera as the user sets parts of it by hand: what is fixed stays, the rest
// follows the light.
#include "tests/auto_camera/small_camera.hpp"

namespace t31::test {
namespace {

constexpr unsigned kSettled = 16;

TEST(RunningExposure, FreezeHoldsThroughAChangeOfLightAndLetsGo) {
  SmallCamera camera(Light{30, 0.57, 0.52, 30}, Light{60});
  ASSERT_EQ(camera.start(), 0);
  camera.frames(kSettled);
  const double before = camera.exposure();
  ASSERT_EQ(camera.session.control_set(T31_CONTROL_AE_FREEZE, 1), 0);
  const double dark = camera.luma();
  camera.frames(30);
  EXPECT_EQ(camera.exposure(), before);
  EXPECT_NEAR(camera.luma(), 2 * dark, 0.1 * dark);
  EXPECT_EQ(camera.state().stable, 1) << "held";
  ASSERT_EQ(camera.session.control_set(T31_CONTROL_AE_FREEZE, 0), 0);
  camera.frames(12);
  EXPECT_NEAR(camera.exposure(), before / 2, 0.1 * before);
}

TEST(RunningExposure, ATimeByHandLeavesTheGainToTheDriver) {
  SmallCamera camera(Light{30});
  ASSERT_EQ(camera.start(), 0);
  camera.frames(kSettled);
  const double before = camera.exposure();
  struct {
    std::uint32_t mode, unit;
    std::uint16_t time, pad;
  } request{1, 0, 50, 0};
  ASSERT_EQ(camera.set(T31_CONTROL_EXPOSURE, request), 0);
  camera.frames(6);
  EXPECT_EQ(camera.lines(), 50u);
  EXPECT_NEAR(camera.exposure(), before, 0.03 * before);
  request.mode = 0;
  ASSERT_EQ(camera.set(T31_CONTROL_EXPOSURE, request), 0);
  camera.frames(6);
  EXPECT_GT(camera.lines(), 50u);
  EXPECT_NEAR(camera.exposure(), before, 0.03 * before);
}

TEST(RunningExposure, AGainByHandLeavesTheTimeToTheDriver) {
  SmallCamera camera(Light{60});
  ASSERT_EQ(camera.start(), 0);
  camera.frames(kSettled);
  const double before = camera.exposure();
  auto words = camera.block();
  words[T31_AE_FREEZE] = 0;
  words[T31_AE_AGAIN_MANUAL] = 1;
  words[T31_AE_AGAIN] = 3 * 1024;
  ASSERT_EQ(camera.set(T31_CONTROL_AE, words), 0);
  camera.frames(8);
  EXPECT_EQ(camera.block()[T31_AE_AGAIN], 3072u);
  EXPECT_NEAR(camera.exposure(), before, 0.03 * before);
}

// 320x240 replayed: 304 lines in 40 ms, a line takes 131.6 us at every frame rate.
TEST(RunningExposure, ACapInMicrosecondsHoldsAtEveryFrameRate) {
  SmallCamera camera(Light{20});
  ASSERT_EQ(camera.start(), 0);
  camera.frames(kSettled);
  const double before = camera.exposure();
  ASSERT_GT(camera.lines(), 100u);
  ASSERT_GT(write_proc("control", "ae_max_us 10000\n"), 0);
  for (const std::uint32_t fps : {25u, 10u}) {
    ASSERT_EQ(camera.session.control_set(T31_CONTROL_FPS, fps << 16 | 1), 0);
    camera.frames(12);
    EXPECT_EQ(camera.lines(), 76u) << fps;
    EXPECT_NEAR(camera.exposure(), before, 0.05 * before);
  }
  EXPECT_NE(read_proc("control").find("ae_max_us 10000\n"), std::string::npos);
  EXPECT_NE(read_proc("status").find("exposure_shutter_at_limit: yes\n"), std::string::npos);
}

TEST(RunningExposure, CompensationMovesThePictureBothWays) {
  SmallCamera camera(Light{30});
  ASSERT_EQ(camera.start(), 0);
  camera.frames(kSettled);
  const double neutral = camera.luma();
  ASSERT_EQ(camera.session.control_set(T31_CONTROL_AE_COMPENSATION, 64), 0);
  camera.frames(12);
  EXPECT_NEAR(camera.luma(), neutral / 2, 0.08 * neutral);
  ASSERT_EQ(camera.session.control_set(T31_CONTROL_AE_COMPENSATION, 160), 0);
  camera.frames(12);
  // K = 160 * 300 / 127 + 128 - 302 = 203 of 128 (ae-awb-af 2.9).
  EXPECT_NEAR(camera.luma(), neutral * 203 / 128, 0.1 * neutral * 203 / 128);
}

TEST(RunningExposure, ANewStreamGoesOnFromTheLast) {
  SmallCamera camera(Light{8});
  ASSERT_EQ(camera.start(), 0);
  camera.frames(kSettled);
  const double settled = camera.exposure();
  ASSERT_EQ(camera.session.disable_sensor(), 0);
  ASSERT_EQ(camera.session.enable_sensor(), 0);
  EXPECT_NEAR(camera.exposure(), settled, 0.02 * settled);
  camera.frames(3);
  EXPECT_NEAR(camera.luma(), camera.state().target, 0.1 * camera.state().target);
}

TEST(RunningExposure, AStartValueIsObeyedOnce) {
  SmallCamera camera(Light{30});
  ASSERT_EQ(camera.session.open(), 0);
  ASSERT_EQ(camera.session.add_sensor("replay", sensor_address("replay")), 0);
  ASSERT_EQ(camera.session.enable_tuning(), 0);
  ASSERT_EQ(camera.session.control_set(T31_CONTROL_START_EV, 77), 0);
  ASSERT_EQ(camera.session.enable_sensor(), 0);
  EXPECT_NEAR(camera.exposure(), 77 * 1024, 0.02 * 77 * 1024);
  camera.frames(kSettled);
  const double settled = camera.exposure();
  ASSERT_GT(settled, 100 * 1024);
  ASSERT_EQ(camera.session.disable_sensor(), 0);
  ASSERT_EQ(camera.session.enable_sensor(), 0);
  EXPECT_NEAR(camera.exposure(), settled, 0.02 * settled);
}

}  // namespace
}  // namespace t31::test

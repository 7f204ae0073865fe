// SPDX-License-Identifier: GPL-2.0-or-later
// Automatic exposure as cameras use it by day and night: limits, modes, frame rates, hand settings.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/auto/loop.hpp"
#include "tests/blocks/golden.hpp"

namespace t31::test {
namespace {

using control::AeSettings;

enum : u32 { kDay = 0, kNight = 1 };

class ExposureModes : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    day_ = read_bank(GetParam());
    night_ = read_bank(GetParam(), true);
    if (day_.empty()) GTEST_SKIP() << "no tuning files";
    loop_.emplace(tuning::Bank(day_.data()), 2);
    light(1);
  }
  // 1: what a middle exposure of 256 lines shows well.
  void light(double factor) {
    loop_->plant.radiance =
        factor * loop_settings(tuning::Bank(day_.data())).curve.at(256 << 10) / 256.0;
  }
  AeSettings settings() const { return loop_->controller.settings(); }
  double gain() const {
    const PlantExposure& now = loop_->plant.exposure();
    return now.again / 1024.0 * now.isp_dgain / 1024.0;
  }
  double told_gain() const { return loop_->told.again / 1024.0 * loop_->told.isp_dgain / 1024.0; }

  std::vector<u8> day_, night_;
  std::optional<Loop> loop_;
};

TEST_P(ExposureModes, ACapOfTimeIsObeyedByTheNextDecisionAndGainMakesUpForIt) {
  light(0.2);
  loop_->start(2000u << 10);
  loop_->run(60);
  ASSERT_GT(loop_->plant.exposure().lines, 300u);
  AeSettings capped = settings();
  capped.flicker.active = false;
  capped.range.max_lines = 300;
  loop_->controller.configure(capped);
  loop_->run();
  EXPECT_LE(loop_->told.lines, 300u);
  for (int frame = 0; frame < 40; ++frame) {
    loop_->run();
    EXPECT_LE(loop_->told.lines, 300u);
    EXPECT_LE(std::abs(loop_->error()), 0.1);
  }
}

TEST_P(ExposureModes, ACapIsObeyedWhileFrozenAndBySettingsOfTheHand) {
  light(0.2);
  loop_->start(2000u << 10);
  loop_->run(60);
  loop_->controller.freeze(true);
  AeSettings capped = settings();
  capped.range.max_lines = 300;
  loop_->controller.configure(capped);
  loop_->run();
  EXPECT_LE(loop_->told.lines, 300u);
  capped.range.lines_fixed = true;
  capped.range.fixed_lines = 1000;
  loop_->controller.freeze(false);
  loop_->controller.configure(capped);
  loop_->run(10);
  EXPECT_EQ(loop_->told.lines, 300u);
}

TEST_P(ExposureModes, ACapOfGainLeavesThePictureDarkerAndSaysSo) {
  AeSettings capped = settings();
  capped.range.max_again = 2048;
  capped.range.max_dgain = 1024;
  loop_->controller.configure(capped);
  light(1.0 / 60);
  loop_->start(2000u << 10);
  loop_->run(60);
  EXPECT_LE(told_gain(), 2.0);
  EXPECT_LT(loop_->error(), -0.2);
  EXPECT_TRUE(loop_->controller.report().settled);
  EXPECT_TRUE(loop_->controller.report().gain_at_limit);
  EXPECT_TRUE(loop_->controller.report().time_at_limit);
  loop_->changes = 0;
  loop_->run(100);
  EXPECT_EQ(loop_->changes, 0u);
  capped.range.max_again = 16384;
  capped.range.max_dgain = 4096;
  loop_->controller.configure(capped);
  loop_->run(30);
  EXPECT_LE(std::abs(loop_->error()), 0.05);
}

TEST_P(ExposureModes, ALowerFrameRateBringsLongerTimesAtOnceAndLessGain) {
  light(0.05);
  loop_->start(2000u << 10);
  loop_->run(60);
  const double before = gain();
  AeSettings slow = settings();
  slow.range.max_lines = 2690;
  ASSERT_TRUE(control::ae_flicker_steps(50, 25, 2, 2700, slow.flicker));
  loop_->controller.configure(slow);
  loop_->run(6);
  EXPECT_GT(loop_->plant.exposure().lines, 1346u);
  EXPECT_LT(gain(), 0.6 * before);
  EXPECT_LE(std::abs(loop_->error()), 0.13);
}

TEST_P(ExposureModes, FrozenExposureStaysUntilItIsReleased) {
  loop_->start(2000u << 10);
  loop_->run(60);
  loop_->controller.freeze(true);
  loop_->changes = 0;
  light(8);
  loop_->run(50);
  EXPECT_EQ(loop_->changes, 0u);
  loop_->controller.freeze(false);
  loop_->run(8);
  EXPECT_LE(std::abs(loop_->error()), 0.13);
}

TEST_P(ExposureModes, ATimeOrGainFixedByHandLeavesTheRestAutomatic) {
  AeSettings manual = settings();
  manual.range.lines_fixed = true;
  manual.range.fixed_lines = 100;
  loop_->controller.configure(manual);
  light(0.3);
  loop_->start(2000u << 10);
  loop_->run(30);
  EXPECT_EQ(loop_->plant.exposure().lines, 100u);
  EXPECT_LE(std::abs(loop_->error()), 0.05);
  manual.range.lines_fixed = false;
  manual.range.min_again = manual.range.max_again = 4096;
  manual.flicker.active = false;
  loop_->controller.configure(manual);
  loop_->run(30);
  EXPECT_NEAR(loop_->plant.exposure().again, 4096, 130);
  EXPECT_LE(std::abs(loop_->error()), 0.05);
}

TEST_P(ExposureModes, AModeIsTakenUpAgainWhereItWasSettledAndNotFromTheMinimum) {
  light(1);
  loop_->start(2000u << 10, kDay);
  loop_->run(60);
  const u32 day_value = loop_->value();
  light(0.05);  // dusk: the switch comes at once with the filter
  loop_->controller.configure(loop_settings(tuning::Bank(night_.data())));
  loop_->adopt(loop_->controller.switch_mode(kNight));
  loop_->run(60);
  EXPECT_TRUE(loop_->controller.report().settled);
  const u32 night_value = loop_->value();
  EXPECT_GT(night_value, day_value);
  light(1);  // lamps on, filter in
  loop_->controller.configure(loop_settings(tuning::Bank(day_.data())));
  loop_->adopt(loop_->controller.switch_mode(kDay));
  loop_->run(3);  // as soon as it acts
  EXPECT_LE(std::abs(loop_->error()), 0.05);
  EXPECT_NEAR(loop_->value(), day_value, 0.03 * day_value);
}

TEST_P(ExposureModes, ASwitchToAModeThatNeededMuchGainDoesNotBurst) {
  loop_->controller.configure(loop_settings(tuning::Bank(night_.data())));
  light(1.0 / 60);
  loop_->start(2000u << 10, kNight);
  loop_->run(60);
  ASSERT_GT(gain(), 6.0);
  light(2);
  loop_->controller.configure(loop_settings(tuning::Bank(day_.data())));
  loop_->adopt(loop_->controller.switch_mode(kDay));
  loop_->run(60);
  // Night again, but now with lamps.
  loop_->controller.configure(loop_settings(tuning::Bank(night_.data())));
  loop_->adopt(loop_->controller.switch_mode(kNight));
  EXPECT_LE(told_gain(), 8.3);
  for (int frame = 0; frame < 30; ++frame) {
    loop_->run();
    EXPECT_LE(told_gain(), 8.3);
  }
  EXPECT_LE(std::abs(loop_->error()), 0.05);
}

TEST_P(ExposureModes, AStartInTheDarkRaisesGainOnlyAsFarAsItIsNeeded) {
  for (const double scene : {1.0 / 20, 1.0 / 60, 1.0 / 2000}) {
    Loop loop(tuning::Bank(day_.data()), 3);
    loop.plant.radiance = scene * settings().curve.at(256 << 10) / 256.0;
    loop.start(2000u << 10);
    double most = 0;
    for (int frame = 0; frame < 60; ++frame) {
      loop.run();
      most = std::max(most, loop.told.again / 1024.0 * loop.told.isp_dgain / 1024.0);
    }
    const double needed = loop.told.again / 1024.0 * loop.told.isp_dgain / 1024.0;
    EXPECT_LE(most, 1.15 * needed) << scene;
  }
}

TEST_P(ExposureModes, MoreLightNeverMeansMoreExposureNorADarkerPicture) {
  double exposure_before = 1e12, luma_before = 0;
  for (double scene = 1.0 / 500; scene < 30; scene *= 1.6) {
    Loop loop(tuning::Bank(day_.data()), 2);
    loop.plant.radiance = scene * settings().curve.at(256 << 10) / 256.0;
    loop.start(2000u << 10);
    loop.run(80);
    EXPECT_LE(loop.value(), exposure_before * 1.03) << scene;
    EXPECT_GE(loop.plant.luma(), luma_before * 0.93) << scene;
    exposure_before = loop.value();
    luma_before = loop.plant.luma();
  }
}

TEST_P(ExposureModes, GainTablesOfRealSensorsLeaveTheProductExact) {
  for (const char* sensor : gain_sensors()) {
    Loop loop(tuning::Bank(day_.data()), 2);
    loop.fit(sensor_gains(sensor));
    loop.plant.radiance = settings().curve.at(256 << 10) / 256.0 / 30;
    loop.start(2000u << 10);
    loop.run(40);
    EXPECT_LE(std::abs(loop.error()), 0.04) << sensor;
    const double step =
        loop.told.lines * (loop.told.again / 1024.0) * (loop.told.isp_dgain / 1024.0);
    EXPECT_NEAR(step / (loop.value() / 1024.0), 1, 0.002);
  }
}

INSTANTIATE_TEST_SUITE_P(AllFiles, ExposureModes, testing::ValuesIn(kTuningFiles));

}  // namespace
}  // namespace t31::test

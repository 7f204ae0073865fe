// SPDX-License-Identifier: GPL-2.0-or-later
// Exposure, white balance and focus together, as the frame worker calls them.
#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <memory>

#include "driver/control/auto_control.hpp"
#include "tests/auto/loop.hpp"
#include "tests/auto/white_scene.hpp"

namespace t31::test {
namespace {

using namespace control;

class Together : public testing::Test {
 protected:
  void SetUp() override {
    bytes_ = read_bank("sc2336");
    if (bytes_.empty()) GTEST_SKIP() << "no tuning files";
    setup_.bank = tuning::Bank(bytes_.data());
    setup_.limits.max_lines = 1346;
    setup_.limits.max_again = 32768;
    setup_.limits.max_isp_dgain = 4096;
    scene_ = std::make_unique<WhiteScene>("sc2336", setup_.bank);
    scene_->show(WhiteScene::chart);
    plant_.radiance = 0.2;
    control_->configure(setup_, true);
    adopt(control_->start(0, 0));
    plant_.force(told_);
    control_->committed(value(plant_.exposure()), 0);
  }
  static u32 value(const PlantExposure& exposure) {
    return ae_exposure_value(exposure.lines, exposure.again, exposure.isp_dgain);
  }
  void adopt(const AeDecision& decision) {
    if (!decision.changed) return;
    told_ = plant_.tell(decision.shares);
    control_->committed(value(told_), plant_.acts_in());
  }
  AutoInputs expose() {
    plant_.expose();
    scene_->expose();
    AutoInputs inputs;
    inputs.exposure_zones = plant_.zones();
    inputs.exposure_histogram = plant_.histogram();
    inputs.balance_zones = scene_->zones();
    inputs.focus_zones = plant_.zones();
    inputs.frame = plant_.frame();
    inputs.exposure_value = value(plant_.exposure());
    inputs.isp_gain = plant_.exposure().isp_dgain;
    return inputs;
  }
  AutoDecisions run(const AutoInputs& inputs) {
    const AutoDecisions decisions = control_->frame(inputs, *tables_);
    adopt(decisions.exposure);
    return decisions;
  }

  std::vector<u8> bytes_;
  AutoSetup setup_;
  Plant plant_{2};
  PlantExposure told_;
  std::unique_ptr<WhiteScene> scene_;
  std::unique_ptr<AutoControl> control_ = std::make_unique<AutoControl>();
  std::unique_ptr<AutoTables> tables_ = std::make_unique<AutoTables>();
};

TEST_F(Together, EverythingSettlesFromStreamOnAndThenNothingChanges) {
  for (int frame = 0; frame < 20; ++frame) run(expose());
  EXPECT_TRUE(control_->exposure().report().settled);
  EXPECT_TRUE(control_->balance().report().settled);
  EXPECT_NEAR(control_->balance().kelvin(), 5000, 250);
  EXPECT_GT(control_->focus().metric, 0u);
  for (int frame = 0; frame < 200; ++frame) {
    const AutoDecisions decisions = run(expose());
    EXPECT_FALSE(decisions.exposure.changed);
    EXPECT_FALSE(decisions.balance.changed);
    EXPECT_FALSE(decisions.window_changed);
  }
}

TEST_F(Together, StatisticsThatAreMissingLeaveTheirPartAlone) {
  for (int frame = 0; frame < 20; ++frame) run(expose());
  const u32 last = control_->exposure().report().frame;
  plant_.radiance *= 8;
  scene_->shine(scene_->grey(2850));
  AutoInputs inputs = expose();
  inputs.exposure_histogram = nullptr;
  inputs.balance_zones = nullptr;
  const AutoDecisions decisions = run(inputs);
  EXPECT_FALSE(decisions.exposure.changed);
  EXPECT_FALSE(decisions.balance.changed);
  EXPECT_EQ(control_->exposure().report().frame, last);
  for (int frame = 0; frame < 20; ++frame) run(expose());
  EXPECT_TRUE(control_->exposure().report().settled);
  EXPECT_NEAR(control_->balance().kelvin(), 2850, 143);
}

// ae-awb-af 2.4 step 1: target and knots times (256 - mean / 2) / 256.
TEST_F(Together, InfraredLightLowersTheTargetsOfASensorThatSeesIt) {
  setup_.infrared = true;
  control_->configure(setup_, true);
  const AeCurve plain = control_->exposure().settings().curve;
  alignas(16) std::array<u32, 512> histogram{};
  for (int frame = 0; frame < 40; ++frame) {
    AutoInputs inputs = expose();
    std::memcpy(histogram.data(), inputs.exposure_histogram, 1024);
    histogram[256 + 101] = histogram[256 + 99] = 1000;
    inputs.exposure_histogram = reinterpret_cast<const u8*>(histogram.data());
    EXPECT_EQ(run(inputs).infrared, 100u);
  }
  const AeCurve& curve = control_->exposure().settings().curve;
  for (u32 i = 0; i < kAePoints; ++i) {
    EXPECT_EQ(curve.values[i], plain.values[i] * 206 / 256);
    EXPECT_EQ(curve.knots[i], plain.knots[i] * 206 / 256);
  }
  EXPECT_TRUE(control_->exposure().report().settled);
  EXPECT_NEAR(plant_.luma(), curve.at(value(plant_.exposure())), 3);
}

TEST_F(Together, AChangedSettingKeepsWhiteBalanceAsItIs) {
  for (int frame = 0; frame < 20; ++frame) run(expose());
  const AwbGains before = control_->balance().gains();
  setup_.limits.max_lines = 100;
  control_->configure(setup_, false);
  run(expose());
  EXPECT_LE(told_.lines, 100u);
  EXPECT_EQ(control_->balance().gains(), before);
  EXPECT_TRUE(control_->balance().report().settled);
}

}  // namespace
}  // namespace t31::test

// SPDX-License-Identifier: GPL-2.0-or-later
// Automatic exposure in a running camera: light, sensor, statistics by DMA, sensor registers and
// digital gain, all the way round. The target is computed from the file by the rule of
// ae-awb-af 2.4.
#include "tests/auto_camera/auto_camera.hpp"

namespace t31::test {
namespace {

bool have_files() {
  return TuningFile::published("sc2336.bin").present();
}

Machine grey(const std::string& level) {
  Machine machine;
  machine.scene = R"({"type":"flat","level":)" + level + "}";
  return machine;
}

class Lit : public testing::TestWithParam<const char*> {};

TEST_P(Lit, ExposureConvergesWithinEightFramesAndHolds) {
  if (!have_files()) GTEST_SKIP() << "no shared data";
  AutoCamera camera(grey(GetParam()), "sc2336.bin");
  ASSERT_EQ(camera.start(), 0);
  camera.frames(9);
  const double first = camera.luma();
  camera.frames(10);
  const t31_ae_state state = camera.state();
  EXPECT_EQ(state.stable, 1);
  EXPECT_GT(state.target, 25u);
  EXPECT_NEAR(state.mean, state.target, 0.05 * state.target + 1);
  EXPECT_NEAR(first, camera.luma(), 0.15 * camera.luma() + 1);
  const EvReport settled = camera.ev();
  camera.frames(25);
  EXPECT_EQ(camera.ev().ev, settled.ev);
  EXPECT_EQ(camera.session.stop(), 0);
}

INSTANTIATE_TEST_SUITE_P(ExposureOfACamera, Lit,
                         testing::Values("0.005", "0.05", "0.18", "1.0", "8.0"));

}  // namespace
}  // namespace t31::test

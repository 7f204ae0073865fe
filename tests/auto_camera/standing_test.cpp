// SPDX-License-Identifier: GPL-2.0-or-later
// A camera that stands still for long: what noise does to exposure, white balance and all that
// follows them. The whole driver and its statistics; few pixels, each with the noise of one of the
// sensor's, and more than that in the light of each frame.
#include <map>

#include "loops/recording.hpp"
#include "tests/auto_camera/auto_camera.hpp"
#include "tests/temporary_folder.hpp"

namespace t31::test {
namespace {

constexpr std::uint32_t kIsp = 0x13300000;

// Everything that exposure and white balance reach: digital gain, gains of the colours, window of
// the white-balance engine, colour matrix.
std::map<std::uint32_t, std::uint32_t> followed_registers() {
  std::map<std::uint32_t, std::uint32_t> values;
  const auto add = [&](std::uint32_t first, std::uint32_t last) {
    for (std::uint32_t at = first; at <= last; at += 4) values[at] = t31_host_peek(kIsp + at);
  };
  add(0x1030, 0x1034);
  add(0x1804, 0x1810);
  add(0x5004, 0x5038);
  add(0x8000, 0x8070);
  add(0xb028, 0xb038);
  return values;
}

TEST(StandingCamera, AThousandNoisyFramesOfAStaticSceneChangeNoRegister) {
  if (!TuningFile::published("sc2336.bin").present()) GTEST_SKIP() << "no shared data";
  constexpr unsigned kSettled = 40, kWatched = 1000;
  const TemporaryFolder folder;
  const std::string path = folder / "standing.raw";
  // The recording starts anew after a prime number of frames.
  const tools::RawFormat format = loops::record_small(
      {.sensor = R"({"sensor":"sc2336","scene":{"type":"colorchecker"},"light":5000,)"
                 R"("lighting":{"tint_noise":0.003}})",
       .frames = 251,
       .mean_noise = 0.05},
      path);
  Machine machine;
  machine.sensor = "replay";
  machine.scene.clear();
  machine.extra = R"(,"simulate_gain":true,"raw":{"file":")" + path + R"(","width":)" +
                  std::to_string(format.width) + R"(,"height":)" + std::to_string(format.height) +
                  R"(,"order":")" + format.order + R"(","bits":10,"black":65})";
  AutoCamera camera(machine, "sc2336.bin");
  ASSERT_EQ(camera.start(), 0);
  camera.frames(kSettled);
  ASSERT_EQ(camera.state().stable, 1);
  const EvReport exposure = camera.ev();
  const auto balance = camera.get<t31_white_balance>(T31_CONTROL_WHITE_BALANCE);
  const auto registers = followed_registers();
  double least = 1e9, most = 0;
  for (unsigned frame = 0; frame < kWatched; ++frame) {
    camera.frames(1);
    ASSERT_EQ(camera.ev().ev, exposure.ev) << "frame " << frame;
    const auto now = camera.get<t31_white_balance>(T31_CONTROL_WHITE_BALANCE);
    ASSERT_EQ(now.rgain, balance.rgain) << "frame " << frame;
    ASSERT_EQ(now.bgain, balance.bgain) << "frame " << frame;
    ASSERT_EQ(followed_registers(), registers) << "frame " << frame;
    least = std::min(least, camera.luma());
    most = std::max(most, camera.luma());
  }
  // The noise was there.
  EXPECT_GT(most, 1.06 * least);
}

}  // namespace
}  // namespace t31::test

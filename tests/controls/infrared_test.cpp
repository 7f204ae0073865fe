// SPDX-License-Identifier: GPL-2.0-or-later
// Sensors with infrared pixels: the curves that take infrared off the colours follow how much of it
// there is (hw-blocks-raw-color 5.1.3, ae-awb-af 2.4 step 1).
#include <gtest/gtest.h>

#include <fstream>

#include "tests/controls/tuned_camera.hpp"

namespace t31::test {
namespace {

constexpr std::uint32_t kRedCurve = 0x13380000;  // first node in bits 11:0
// Of a bank: thresholds of the level, and red's curve for much infrared and for a middling level.
constexpr std::uint32_t kPoints = 0x2b3c, kMuch = 0x2b88, kMiddle = 0x2d14;
constexpr unsigned kWidth = 256, kHeight = 128;

TEST(Infrared, CurvesFollowTheLightOfTheInfraredPixels) {
  TuningFile file = TuningFile::published("sc2336.bin");
  if (!file.present()) GTEST_SKIP() << "no shared data";
  for (std::uint32_t i = 0; i < 33; ++i) {
    file.set_word(false, kMiddle + 4 * i, 100);
    file.set_word(false, kMuch + 4 * i, 300);
  }
  // More than 60 of 255: much.
  for (std::uint32_t i = 0; i < 4; ++i) file.set_word(false, kPoints + 4 * i, 20 * i);
  const std::string raw = temporary_root() + "/frame.raw";
  // Nothing but infrared: every other pixel of odd rows. The luma of all four is below 60.
  std::string frame(kWidth * kHeight, '\0');
  for (unsigned y = 1; y < kHeight; y += 2) {
    for (unsigned x = 0; x < kWidth; x += 2) frame[y * kWidth + x] = '\xc0';
  }
  std::ofstream(raw, std::ios::binary) << frame;
  Machine machine;
  machine.sensor = "replay";
  machine.scene.clear();
  machine.extra = ",\"raw\":{\"file\":\"" + raw + R"(","width":256,"height":128,)" +
                  R"("order":"rggb","bits":8})";
  machine.module = std::string(T31_BINARY_DIR) + "/sensors/infrared/sensor_replay_t31.so";
  {
    Camera camera(machine);
    file.write(camera.root().string() + "/etc/sensor/replay-t31.bin");
    Session session;
    ASSERT_EQ(session.start("replay"), 0);
    EXPECT_EQ(t31_host_peek(kRedCurve) & 0xfff, 100u) << "nothing is known of the light";
    Channel channel(0, kWidth, kHeight, t31_host_rmem_base());
    ASSERT_EQ(channel.start(2), 0);
    take_frames(channel, 4);
    EXPECT_EQ(t31_host_peek(kRedCurve) & 0xfff, 300u);
  }
  std::filesystem::remove_all(std::filesystem::path(raw).parent_path());
}

}  // namespace
}  // namespace t31::test

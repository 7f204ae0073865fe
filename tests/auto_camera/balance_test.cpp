// SPDX-License-Identifier: GPL-2.0-or-later
// Automatic white balance in a running camera: neutral patches of a chart are neutral in the
// picture, under every lamp.
#include "colour/chart.hpp"
#include "image/image.hpp"
#include "tests/auto_camera/auto_camera.hpp"

namespace t31::test {
namespace {

constexpr unsigned kWidth = 640, kHeight = 360;

Machine chart(const std::string& more) {
  Machine machine;
  machine.scene = R"({"type":"colorchecker"})";
  machine.extra = more;
  return machine;
}

// CIELAB chroma of the six greys in the next picture.
double chroma_of_greys(Channel& channel) {
  Frame frame;
  EXPECT_EQ(channel.dequeue(frame), 0);
  const image::RgbImage picture = image::nv12_to_rgb(
      {kWidth, kHeight, kWidth, channel.luma(frame.index), channel.chroma(frame.index)},
      image::ColourSpace::kBt601Full);
  const auto areas = colour::areas_of_scene(kWidth, kHeight);
  const double chroma =
      colour::evaluate_chart(colour::sample_patches(picture, areas)).max_neutral_chroma;
  EXPECT_EQ(channel.queue(frame.index), 0);
  return chroma;
}

bool have_files() {
  return TuningFile::published("sc2336.bin").present();
}

class Lamp : public testing::TestWithParam<unsigned> {};

TEST_P(Lamp, NeutralPatchesOfTheChartAreNeutral) {
  if (!have_files()) GTEST_SKIP() << "no shared data";
  AutoCamera camera(chart(",\"light\":" + std::to_string(GetParam())), "sc2336.bin");
  ASSERT_EQ(camera.start(), 0);
  camera.frames(15);
  Channel channel(0, kWidth, kHeight, t31_host_rmem_base());
  channel.scaled = true;
  ASSERT_EQ(channel.start(2), 0);
  take_frames(channel, 2);
  EXPECT_LE(chroma_of_greys(channel), 2.0);
  EXPECT_NEAR(camera.get<std::uint32_t>(T31_CONTROL_AWB_KELVIN), GetParam(), 0.05 * GetParam());
}

// Those that the file knows with a weight of 200 or more (sensor-colour.md).
INSTANTIATE_TEST_SUITE_P(Kelvin, Lamp, testing::Values(2850u, 3200u, 4000u, 5000u, 6500u, 7500u));

// n = 5 frames of averaging in sc2336.bin. Statistics take a frame, gains another.
TEST(ChangeOfLamp, IsFollowedWithinTwiceTheFilesFrames) {
  if (!have_files()) GTEST_SKIP() << "no shared data";
  constexpr unsigned kFrames = 5;
  AutoCamera camera(chart(R"(,"light":2850,"lighting":{"changes":[{"frame":24,"light":6500}]})"),
                    "sc2336.bin");
  ASSERT_EQ(camera.start(), 0);
  camera.frames(16);
  Channel channel(0, kWidth, kHeight, t31_host_rmem_base());
  channel.scaled = true;
  ASSERT_EQ(channel.start(2), 0);
  unsigned first = 0, last = 0;
  for (unsigned frame = 1; frame <= 26; ++frame) {
    const bool off = chroma_of_greys(channel) > 2;
    if (off && first == 0) first = frame;
    if (off) last = frame;
  }
  ASSERT_NE(first, 0u) << "the change was not seen";
  EXPECT_LE(last - first + 1, 2 * kFrames + 2);
}

TEST(FluorescentLamp, IsNeutralEnough) {
  if (!have_files()) GTEST_SKIP() << "no shared data";
  AutoCamera camera(chart(R"(,"light":"fluorescent")"), "sc2336.bin");
  ASSERT_EQ(camera.start(), 0);
  camera.frames(15);
  Channel channel(0, kWidth, kHeight, t31_host_rmem_base());
  channel.scaled = true;
  ASSERT_EQ(channel.start(2), 0);
  take_frames(channel, 2);
  EXPECT_LE(chroma_of_greys(channel), 2.0);
}

}  // namespace
}  // namespace t31::test

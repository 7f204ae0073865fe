// SPDX-License-Identifier: GPL-2.0-or-later
// A sensor that sends YUV 4:2:2 over the MIPI link: its picture in a channel and in raw captures,
// and what is refused.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "driver/input/mipi_format.hpp"
#include "tests/camera/film.hpp"

namespace t31::test {
namespace {

constexpr std::uint32_t kWidth = 256, kHeight = 128, kPixels = kWidth * kHeight;
constexpr const char* kPort = R"({"bus":"mipi"})";
constexpr const char* kParameters = "mbus_code=0x2011";

// Red, green, blue of the 2x2 cell that a pixel is in.
std::array<unsigned, 3> cell(std::uint32_t x, std::uint32_t y) {
  return {30 + (x / 2 * 5) % 170, 40 + (y / 2 * 3 + x / 4) % 150, 20 + (x / 2 + 2 * (y / 2)) % 200};
}

unsigned mosaic(std::uint32_t x, std::uint32_t y) {
  const auto [red, green, blue] = cell(x, y);
  return x % 2 != y % 2 ? green : x % 2 != 0 ? blue : red;
}

// BT.601, full range: what the camera behind the link makes of it.
std::vector<std::uint8_t> wanted_nv12() {
  std::vector<std::uint8_t> picture(kPixels * 3 / 2);
  for (std::uint32_t y = 0; y < kHeight; ++y) {
    for (std::uint32_t x = 0; x < kWidth; ++x) {
      const auto [r, g, b] = cell(x, y);
      const unsigned cb = (128'500 + 500 * b - 169 * r - 331 * g) / 1000;
      const unsigned cr = (128'500 + 500 * r - 419 * g - 81 * b) / 1000;
      picture[y * kWidth + x] =
          static_cast<std::uint8_t>((299 * r + 587 * g + 114 * b + 500) / 1000);
      picture[kPixels + y / 2 * kWidth + x] = static_cast<std::uint8_t>(x % 2 == 0 ? cb : cr);
    }
  }
  return picture;
}

TEST(MipiYuv, ComesThroughTheChannelAsItWasSent) {
  const Film film(kWidth, kHeight, 8, mosaic);
  Camera camera(film.machine(kPort, kParameters));
  Session session;
  ASSERT_EQ(session.start("replay"), 0);
  Channel channel(0, kWidth, kHeight, t31_host_rmem_base());
  ASSERT_EQ(channel.start(2), 0);
  t31_host_sleep_ns(200'000'000);
  const std::string status = read_proc("status");
  ASSERT_EQ(status.find("channel0_delivered: 0\n"), std::string::npos) << status;
  EXPECT_NE(status.find("verdict: ok: frames come"), std::string::npos) << status;
  Frame frame;
  ASSERT_EQ(channel.dequeue(frame), 0);
  const auto wanted = wanted_nv12();
  const std::uint8_t* luma = channel.luma(frame.index);
  const std::uint8_t* chroma = channel.chroma(frame.index);
  EXPECT_TRUE(std::equal(luma, luma + kPixels, wanted.begin()));
  EXPECT_TRUE(std::equal(chroma, chroma + kPixels / 2, wanted.begin() + kPixels));
  EXPECT_NE(read_proc("isp-m0").find("The format of isp input is RGB or YUV422"),
            std::string::npos);
  EXPECT_EQ(channel.close(), 0);
  EXPECT_EQ(session.stop(), 0);
  EXPECT_TRUE(camera.unload());
}

// More than the DMA has banks.
TEST(MipiYuv, RawCapturesAreNv12FilesWithBothPlanesEach) {
  constexpr unsigned kFrames = 7;
  const Film film(kWidth, kHeight, 8, mosaic);
  Camera camera(film.machine(kPort, kParameters));
  std::filesystem::create_directories(camera.root() / "tmp");
  Session session;
  ASSERT_EQ(session.start("replay"), 0);
  ASSERT_GT(write_proc("isp-w02", "snapraw " + std::to_string(kFrames) + "\n"), 0);
  const auto wanted = wanted_nv12();
  for (unsigned i = 0; i < kFrames; ++i) {
    std::ifstream file(camera.root() / ("tmp/snap" + std::to_string(i) + ".nv12"),
                       std::ios::binary);
    const std::vector<char> bytes((std::istreambuf_iterator<char>(file)), {});
    ASSERT_EQ(bytes.size(), wanted.size()) << i;
    EXPECT_TRUE(std::equal(bytes.begin(), bytes.end(), wanted.begin(), [](char a, std::uint8_t b) {
      return static_cast<std::uint8_t>(a) == b;
    })) << i;
  }
  EXPECT_FALSE(std::filesystem::exists(camera.root() / "tmp/snap0.raw"));
  EXPECT_EQ(session.stop(), 0);
}

TEST(MipiYuv, AFilteredDataTypeIsThatOfYuv) {
  const Film film(kWidth, kHeight, 8, mosaic);
  Camera camera(film.machine(kPort, kParameters));
  Session session;
  ASSERT_EQ(session.start("replay"), 0);
  constexpr std::uint32_t kControl = 0x133e0000, kMipiControl = 0x133e010c;
  EXPECT_EQ(t31_host_peek(kMipiControl) >> 12 & 0x3f, 0x1eu);  // CSI-2: YUV 4:2:2 of 8 bits
  t31_host_poke(kMipiControl, t31_host_peek(kMipiControl) | 1u << 18);
  t31_host_poke(kControl, 3);
  t31_host_sleep_ns(200'000'000);
  EXPECT_NE(read_proc("status").find("verdict: ok"), std::string::npos) << read_proc("status");
  EXPECT_EQ(session.stop(), 0);
}

struct MipiFormat : testing::Test {
  void SetUp() override {
    t31_host_config config{};
    ASSERT_EQ(t31_host_reset(&config), 0);
    info.name[0] = 'x';
    info.bus = T31_BUS_MIPI;
    info.mbus_code = 0x2011;
    info.mbus_width = 640;
    info.mbus_height = 480;
    info.mipi.csi_format = 7;
    info.mipi.lanes = 2;
  }
  void TearDown() override { t31_host_shutdown(); }
  // Refused with one line that has these words.
  void expect_refusal(const std::string& words) {
    std::free(t31_host_take_log());
    EXPECT_EQ(input::check_mipi_format(info).code(), -EINVAL) << words;
    char* taken = t31_host_take_log();
    const std::string log = taken;
    std::free(taken);
    EXPECT_NE(log.find(words), std::string::npos) << log;
    EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 1) << log;
  }
  t31_sensor_info info{};
};

TEST_F(MipiFormat, BothKindsArePassedWhenTheyAreWhatTheyAreCalled) {
  EXPECT_TRUE(input::check_mipi_format(info).ok());
  info.mbus_code = 0x3007;
  info.mipi.csi_format = 1;
  EXPECT_TRUE(input::check_mipi_format(info).ok());
}

TEST_F(MipiFormat, WhatTheLinkHasNotIsRefusedInWords) {
  info.mipi.csi_format = 3;
  expect_refusal("MIPI format 3, frame mode 0 are unknown");
  info.mipi.csi_format = 7;
  info.mipi.frame_mode = 3;
  expect_refusal("MIPI format 7, frame mode 3 are unknown");
}

TEST_F(MipiFormat, AMosaicCalledYuvIsRefusedAndTheOtherWayRound) {
  info.mipi.csi_format = 1;
  expect_refusal("MIPI format 1 with pixel format 0x2011");
  info.mipi.csi_format = 7;
  info.mbus_code = 0x3007;
  expect_refusal("MIPI format 7 with pixel format 0x3007");
}

TEST_F(MipiFormat, YuvOfTwoExposuresOrAnOddWidthIsRefused) {
  info.data_type = 2;
  expect_refusal("two exposures of YUV");
  info.data_type = 0;
  info.mbus_width = 641;
  expect_refusal("641 pixels a line: must be even");
}

}  // namespace
}  // namespace t31::test

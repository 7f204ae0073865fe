// SPDX-License-Identifier: GPL-2.0-or-later
// `t31cam capture` and its siblings on a running camera.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <thread>

#include "image/image.hpp"
#include "tests/pictures/t31cam_runner.hpp"

namespace t31::test {
namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

TEST(Capture, DeliversTheFramesAfterTheSkippedOnesFromAllChannels) {
  const T31Cam camera;
  const auto json = camera.capture("--channel 0:640x368 --channel 2:320x192 --skip 4 --frames 3");
  ASSERT_EQ(json["channels"].size(), 2u);
  const unsigned numbers[] = {0, 2};
  const unsigned widths[] = {640, 320};
  for (std::size_t i = 0; i < 2; ++i) {
    const nlohmann::json& channel = json["channels"][i];
    EXPECT_EQ(channel["channel"], numbers[i]);
    EXPECT_EQ(channel["frames"], 3);
    EXPECT_EQ(channel["dropped"], 0);
    EXPECT_EQ(channel["first_sequence"], 4);
    EXPECT_EQ(channel["last_sequence"], 6);
    EXPECT_EQ(channel["interval_us"]["median"], 40000);
    EXPECT_EQ(channel["interval_us"]["max"], 40000);
    EXPECT_NEAR(channel["fps"].get<double>(), 25, 0.001);
    for (int frame = 4; frame <= 6; ++frame) {
      const fs::path path = camera.folder() / ("ch" + std::to_string(numbers[i]) + "_00000" +
                                               std::to_string(frame) + ".png");
      EXPECT_EQ(image::read_png(path).width, widths[i]) << path;
    }
  }
  EXPECT_EQ(json["totals"]["frames"], 6);
  EXPECT_EQ(json["totals"]["dropped"], 0);
}

TEST(Capture, TheRateIsWhatWasAskedFor) {
  const T31Cam camera;
  const auto json =
      camera.capture("--channel 0:640x368 --fps 15 --skip 3 --frames 5 --format nv12");
  const int median = json["channels"][0]["interval_us"]["median"];
  EXPECT_NEAR(median, 66667, 1);
}

TEST(Capture, Nv12FilesHoldThePictureWithoutPadding) {
  const T31Cam camera;
  camera.capture("--channel 0:640x360 --format nv12");
  EXPECT_EQ(fs::file_size(camera.folder() / "ch0_000000.nv12"), 640u * 360 * 3 / 2);
}

TEST(Capture, Y4mIsOneFileWithAFrameForEachPicture) {
  const T31Cam camera;
  camera.capture("--channel 1:320x192 --format y4m --frames 3 --no-noise");
  const std::string file = read_file(camera.folder() / "ch1.y4m");
  const std::string header = file.substr(0, file.find('\n') + 1);
  EXPECT_EQ(header, "YUV4MPEG2 W320 H192 F25:1 Ip A1:1 C420jpeg XCOLORRANGE=FULL\n");
  constexpr std::size_t kFrame = 6 + 320 * 192 * 3 / 2;
  ASSERT_EQ(file.size(), header.size() + 3 * kFrame);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(file.compare(header.size() + i * kFrame, 6, "FRAME\n"), 0);
}

TEST(Capture, PicturesLookTheSameInEveryColourSpace) {
  const T31Cam camera;
  std::vector<image::RgbImage> pictures;
  for (const char* space : {"bt601-full", "bt601-limited", "bt709-full", "bt709-limited"}) {
    camera.capture(std::string("--channel 0:640x368 --no-noise --tuning neutral --set csc=") +
                   space);
    pictures.push_back(image::read_png(camera.folder() / "ch0_000000.png"));
  }
  for (std::size_t i = 1; i < pictures.size(); ++i) {
    double difference = 0;
    for (std::size_t k = 0; k < pictures[0].pixels.size(); ++k) {
      difference += std::abs(pictures[i].pixels[k] - pictures[0].pixels[k]);
    }
    EXPECT_LT(difference / static_cast<double>(pictures[0].pixels.size()), 2) << i;
  }
}

TEST(Capture, ATraceHoldsTheRegisterAccessesInTheGoldenFormat) {
  const T31Cam camera;
  const fs::path trace = camera.folder() / "trace.csv";
  camera.capture("--channel 0:640x368 --trace " + trace.string());
  const std::string text = read_file(trace);
  EXPECT_NE(text.find("W,ISP,09900,02800170\n"), std::string::npos) << "scaler output size";
  EXPECT_NE(text.find("# ioctl"), std::string::npos);
}

TEST(Capture, AnEnlargedPictureIsRefusedWithTheReason) {
  const T31Cam camera;
  const CommandResult run =
      camera.run("capture --channel 0:2560x1440 --out " + camera.folder().string());
  EXPECT_EQ(run.code, 1);
  EXPECT_EQ(run.out, "");
  EXPECT_NE(run.err.find("2560x1440"), std::string::npos) << run.err;
}

TEST(Capture, AnInterruptEndsItCleanly) {
  const T31Cam camera;
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const std::string out = (camera.folder() / "report.json").string();
    if (std::freopen(out.c_str(), "w", stdout) == nullptr) _exit(99);
    execl(T31CAM, "t31cam", "capture", "--channel", "0:640x368", "--format", "nv12", "--frames",
          "100000", "--realtime", "--json", "--out", camera.folder().c_str(), nullptr);
    _exit(98);
  }
  const auto first = camera.folder() / "ch0_000002.nv12";
  for (int i = 0; i < 300 && !fs::exists(first); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  kill(child, SIGINT);
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 130);
  const auto json = nlohmann::json::parse(read_file(camera.folder() / "report.json"));
  EXPECT_EQ(json["totals"]["interrupted"], true);
  EXPECT_GE(json["channels"][0]["frames"].get<int>(), 3);
}

TEST(Proc, ShowsTheFilesOfARunningCamera) {
  const T31Cam camera;
  const CommandResult status = camera.run("proc isp-m0");
  EXPECT_EQ(status.code, 0) << status.err;
  EXPECT_NE(status.out.find("SENSOR OUTPUT WIDTH : 1920\n"), std::string::npos) << status.out;
  const CommandResult all = camera.run("proc");
  for (const char* file : {"isp-m0", "isp-fs", "isp-w02", "status", "sensor", "control"}) {
    EXPECT_NE(all.out.find(std::string("== ") + file + " =="), std::string::npos) << file;
  }
}

TEST(Regs, DecodesFieldsByName) {
  const T31Cam camera;
  const CommandResult run = camera.run("regs isp");
  EXPECT_EQ(run.code, 0) << run.err;
  // Input size register 0x04: 1920 << 16 | 1080.
  EXPECT_NE(run.out.find("00004  07800438"), std::string::npos) << run.out;
  EXPECT_NE(run.out.find("HEIGHT=1080  WIDTH=1920"), std::string::npos);
  for (const char* unit : {"cpm", "csi", "phy", "vic", "scaler", "gamma", "csc", "bcsh"}) {
    EXPECT_EQ(camera.run(std::string("regs ") + unit).code, 0) << unit;
  }
}

}  // namespace
}  // namespace t31::test

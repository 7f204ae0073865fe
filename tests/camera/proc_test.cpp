// SPDX-License-Identifier: GPL-2.0-or-later
// /proc/jz/isp: the vendor's texts as programs read them, and our own.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "tests/camera/client.hpp"

namespace t31::test {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// What stands before the first colon, without numbers: the label that programs look for.
std::string label(const std::string& line) {
  std::string text = line.substr(0, line.find(':'));
  std::erase_if(text, [](char c) { return c >= '0' && c <= '9'; });
  return text;
}

// A line with its numbers replaced: what is left must be a real camera's to the byte.
std::string shape(const std::string& line) {
  static const std::regex numbers("0x[0-9a-f]+|[0-9]+");
  return std::regex_replace(line, numbers, "#");
}

std::string value_of(const std::string& text, const std::string& key) {
  for (const std::string& line : lines_of(text)) {
    if (line.rfind(key + ": ", 0) == 0) return line.substr(key.size() + 2);
  }
  return "missing";
}

std::string shared_path(const std::string& name) {
  const char* given = std::getenv("T31_SHARED");
  return fs::path(given != nullptr ? given : T31_SHARED_DIR) / name;
}

std::string shared_text(const std::string& name) {
  std::ifstream file(shared_path(name));
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string sample(const std::string& name) {
  return shared_text("data/proc-samples/" + name);
}

struct Proc : testing::Test {
  Camera camera;
  Session session;
};

// user-abi 7; sessions/proc-files.txt, "loaded".
TEST_F(Proc, BeforeASessionTheVendorsTextsStandThere) {
  EXPECT_EQ(read_proc("isp-m0"),
            "****************** ISP INFO **********************\n"
            "sensor doesn't work, please enable sensor\n");
  EXPECT_EQ(read_proc("isp-fs"),
            "############## framesource 0 ###############\nchan status: stop\n"
            "############## framesource 1 ###############\nchan status: stop\n"
            "############## framesource 2 ###############\nchan status: stop\n");
  EXPECT_EQ(read_proc("isp-w00"), "sensor doesn't work, please enable sensor\n");
  EXPECT_EQ(read_proc("isp-w01"), "");
  EXPECT_EQ(read_proc("isp-w02"), " 0, 0\n0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0\n");
}

TEST_F(Proc, TheCorePageHasTheLabelsOfARealCameraInTheirOrder) {
  const std::string real = sample("isp-m0-gc2053.txt");
  if (real.empty()) GTEST_SKIP() << "no shared data";
  ASSERT_EQ(session.start(), 0);
  // One text each: a difference shows as the lines that differ.
  std::string expected, ours;
  // Only printed when a list of antiflicker steps exists (user-abi 7.1): a matter of the tuning.
  const auto add = [](std::string& text, const std::string& line) {
    if (label(line) != "Antiflicker nodes") text += label(line) + "\n";
  };
  for (const std::string& line : lines_of(real)) add(expected, line);
  for (const std::string& line : lines_of(read_proc("isp-m0"))) add(ours, line);
  EXPECT_EQ(ours, expected);
}

// What ISP inspectors and daemons cut the page by: blanks, colons, units, words.
TEST_F(Proc, TheCorePageIsARealCamerasToTheByteButForItsNumbers) {
  const std::string real = sample("isp-m0-gc2053.txt");
  if (real.empty()) GTEST_SKIP() << "no shared data";
  ASSERT_EQ(session.start(), 0);
  // Another sensor's name and order of colours; the list exists with antiflicker only.
  const auto differs = [](const std::string& line) {
    return line.starts_with("SENSOR NAME") || line.starts_with("SENSOR OUTPUT RAW PATTERN") ||
           line.starts_with("Antiflicker nodes");
  };
  std::string expected, ours;
  for (const std::string& line : lines_of(real)) {
    if (!differs(line)) expected += shape(line) + "\n";
  }
  for (const std::string& line : lines_of(read_proc("isp-m0"))) {
    if (!differs(line)) ours += shape(line) + "\n";
  }
  EXPECT_EQ(ours, expected);
}

// The patterns of daynightd and raptor (ecosystem 3).
TEST_F(Proc, DaemonsFindTheirNumbersInTheCorePage) {
  ASSERT_EQ(session.start(), 0);
  const char* const patterns[] = {"SENSOR Integration Time : %d lines",
                                  "SENSOR Max Integration Time : %d lines",
                                  "SENSOR analog gain : %d",
                                  "MAX SENSOR analog gain : %d",
                                  "SENSOR digital gain : %d",
                                  "ISP digital gain : %d",
                                  "MAX ISP digital gain : %d",
                                  "ISP EV value: %d",
                                  "ISP EV value log2: %d",
                                  "ISP EV value us: %d",
                                  "ISP WB weighted rgain: %d",
                                  "ISP WB weighted bgain: %d",
                                  "ISP WB color temperature: %d",
                                  "SENSOR OUTPUT WIDTH : %d",
                                  "SENSOR OUTPUT HEIGHT : %d"};
  const std::vector<std::string> lines = lines_of(read_proc("isp-m0"));
  for (const char* pattern : patterns) {
    int value = -1;
    const bool found = std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
      return std::sscanf(line.c_str(), pattern, &value) == 1;
    });
    EXPECT_TRUE(found) << pattern;
  }
  char mode[8] = "";
  for (const std::string& line : lines) std::sscanf(line.c_str(), "ISP Runing Mode : %7s", mode);
  EXPECT_STREQ(mode, "Day");
}

TEST_F(Proc, TheCorePageTellsWhatWasSet) {
  ASSERT_EQ(session.start(), 0);
  ASSERT_EQ(session.set_exposure(500, 4.0), 0);
  ASSERT_EQ(session.set_white_balance(1.5, 2.0), 0);
  ASSERT_EQ(session.control_set(T31_CONTROL_CONTRAST, 140), 0);
  ASSERT_EQ(session.control_set(T31_CONTROL_HFLIP, 1), 0);
  t31_host_sleep_ns(200000000);
  const std::string text = read_proc("isp-m0");
  for (const char* line :
       {"SENSOR NAME : sc2336\n", "ISP OUTPUT FPS : 25 / 1\n", "SENSOR OUTPUT RAW PATTERN : BGGR\n",
        "SENSOR Integration Time : 500 lines\n", "SENSOR Max Integration Time : 1436 lines\n",
        "SENSOR analog gain : 64\n", "MAX SENSOR analog gain : 160\n", "ISP EV value: 2000\n",
        "ISP WB weighted rgain: 384\n", "ISP WB weighted bgain: 512\n", "Contrast : 140\n",
        "Mirror: Enable, Flip: Disable\n"}) {
    EXPECT_NE(text.find(line), std::string::npos) << line << text;
  }
}

// 25 frames of 1440 lines a second; mains light of 50 Hz is as bright again every 360 lines, of 60
// Hz every 300 (ae-awb-af 2.6, with the punctuation of the recorded page).
TEST_F(Proc, TheCorePageNamesTheExposureTimesThatHideFlicker) {
  ASSERT_EQ(session.start(), 0);
  ASSERT_EQ(session.control_set(T31_CONTROL_ANTIFLICKER, 1), 0);
  t31_host_sleep_ns(200000000);
  const std::string at_50 = read_proc("isp-m0");
  EXPECT_NE(at_50.find("Antiflicker nodes: 4: step : 360. 720. 1080. 1440. \n"), std::string::npos)
      << at_50;
  ASSERT_EQ(session.control_set(T31_CONTROL_ANTIFLICKER, 2), 0);
  t31_host_sleep_ns(200000000);
  const std::string at_60 = read_proc("isp-m0");
  EXPECT_NE(at_60.find("Antiflicker nodes: 4: step : 300. 600. 900. 1200. \n"), std::string::npos)
      << at_60;
  ASSERT_EQ(session.control_set(T31_CONTROL_ANTIFLICKER, 0), 0);
  t31_host_sleep_ns(200000000);
  EXPECT_EQ(read_proc("isp-m0").find("Antiflicker nodes"), std::string::npos);
}

// The same file in the vendor's driver (sessions/proc-files.txt): the control's value is what
// clients have set; what the file says is in force all the same.
TEST_F(Proc, TheCorePageNamesThoseOfTheTuningFileWhileTheControlReadsZero) {
  const std::string real = shared_text("data/golden/sessions/proc-files.txt");
  const std::string file = shared_path("data/tuning/sc2336.bin");
  if (real.empty() || !fs::exists(file)) GTEST_SKIP() << "no shared data";
  ASSERT_EQ(session.start("sc2336", file), 0);
  const auto antiflicker = [](const std::string& text) {
    std::string found;
    for (std::string& line : lines_of(text)) {
      if (!line.starts_with("Antiflicker")) continue;
      std::erase(line, '\r');
      found += line + "\n";
    }
    return found;
  };
  EXPECT_EQ(antiflicker(read_proc("isp-m0")), antiflicker(real));
  EXPECT_NE(antiflicker(real), "");
}

TEST_F(Proc, TheChannelPageOfARunningChannelHasTheLinesOfARealCamera) {
  const std::string real = sample("isp-fs-gc2053.txt");
  if (real.empty()) GTEST_SKIP() << "no shared data";
  ASSERT_EQ(session.start(), 0);
  Channel channel(0, 1920, 1080, t31_host_rmem_base());
  ASSERT_EQ(channel.start(3), 0);
  const auto section = [](const std::string& text) {
    std::vector<std::string> labels;
    for (const std::string& line : lines_of(text)) {
      if (line.find("framesource 1") != std::string::npos) break;
      if (line.rfind("buf:", 0) == 0) continue;  // one per buffer
      // Text without the numbers.
      std::string shape;
      std::copy_if(line.begin(), line.end(), std::back_inserter(shape),
                   [](char c) { return !std::isxdigit(static_cast<unsigned char>(c)); });
      labels.push_back(shape);
    }
    return labels;
  };
  EXPECT_EQ(section(read_proc("isp-fs")), section(real));
}

TEST_F(Proc, TheVideoInputCountsFrames) {
  ASSERT_EQ(session.start(), 0);
  t31_host_sleep_ns(400000000);
  int frames = 0;
  ASSERT_EQ(std::sscanf(read_proc("isp-w02").c_str(), "%d", &frames),
            1);  // as the vendor's library reads it
  EXPECT_GE(frames, 8);
  EXPECT_LE(frames, 11);
}

TEST_F(Proc, SensorRegistersAreReadAndWritten) {
  ASSERT_EQ(session.start(), 0);
  EXPECT_EQ(write_proc("isp-w00", "r sen_reg 0x3107"), 16);
  EXPECT_EQ(read_proc("isp-w00"), "0xcb\n");
  EXPECT_EQ(write_proc("isp-w00", "w sen_reg 0x3221 0x66"), 21);
  EXPECT_EQ(read_proc("isp-w00"), "ok\n");
  EXPECT_EQ(write_proc("isp-w00", "r sen_reg 0x3221"), 16);
  EXPECT_EQ(read_proc("isp-w00"), "0x66\n");
}

// 500 lines: 0x3e01 = bits 11:4, 0x3e02 = bits 3:0 << 4; gain 2: coarse 0x08, fine 0x80
// (sensor-abi 5.2).
TEST_F(Proc, ExposureReachesTheSensorsRegisters) {
  ASSERT_EQ(session.start(), 0);
  ASSERT_EQ(session.set_exposure(500, 2.0), 0);
  t31_host_sleep_ns(200000000);
  const std::pair<const char*, const char*> expected[] = {
      {"0x3e01", "0x1f\n"}, {"0x3e02", "0x40\n"}, {"0x3e09", "0x8\n"}, {"0x3e07", "0x80\n"}};
  for (const auto& [address, value] : expected) {
    ASSERT_GT(write_proc("isp-w00", std::string("r sen_reg ") + address), 0);
    EXPECT_EQ(read_proc("isp-w00"), value) << address;
  }
}

TEST_F(Proc, GetVbMeasuresIntervalAndBlanking) {
  ASSERT_EQ(session.start(), 0);
  Channel channel(0, 1920, 1080, t31_host_rmem_base());
  ASSERT_EQ(channel.start(2), 0);
  EXPECT_EQ(write_proc("isp-m0", "get_vb"), 6);
  long interval = 0, blanking = 0;
  ASSERT_EQ(
      std::sscanf(read_proc("isp-m0").c_str(), "frame_interival:%ld, vb:%ld", &interval, &blanking),
      2);
  EXPECT_NEAR(static_cast<double>(interval), 40000.0, 2.0);
  EXPECT_GT(blanking, 0);
  EXPECT_LT(blanking, 40000);
  EXPECT_EQ(read_proc("isp-m0").rfind("****", 0), 0u);
}

TEST_F(Proc, StatusSaysWhatIsGoingOn) {
  EXPECT_EQ(value_of(read_proc("status"), "session"), "closed");
  ASSERT_EQ(session.start(), 0);
  t31_host_sleep_ns(200000000);
  const std::string text = read_proc("status");
  EXPECT_EQ(value_of(text, "verdict"), "ok: frames come");
  EXPECT_EQ(value_of(text, "session"), "streaming");
  EXPECT_EQ(value_of(text, "clock_asked"), "100000000 Hz");
  EXPECT_EQ(value_of(text, "denoise_memory_needed"), "4685424 bytes");
  EXPECT_EQ(value_of(text, "tuning_file"), "/etc/sensor/sc2336-t31.bin");
  EXPECT_NE(value_of(text, "tuning_state"), "missing");
  for (const std::string& line : lines_of(text))
    EXPECT_NE(line.find(": "), std::string::npos) << line;
}

TEST_F(Proc, StatusNamesAChannelsDrops) {
  ASSERT_EQ(session.start(), 0);
  Channel channel(0, 1920, 1080, t31_host_rmem_base());
  ASSERT_EQ(channel.start(1), 0);
  std::string text;
  int dropped = 0;
  // 2 s of the camera's; it may be slower than the clock.
  for (int frame = 0; frame < 50 && dropped < 7; ++frame) {
    t31_host_sleep_ns(40000000);
    text = read_proc("status");
    dropped = std::stoi(value_of(text, "channel0_dropped"));
  }
  EXPECT_GE(dropped, 7);
  EXPECT_EQ(value_of(text, "channel0_delivered"), "1");
}

TEST_F(Proc, SensorTellsTheOneThatWasFound) {
  ASSERT_EQ(session.start(), 0);
  const std::string text = read_proc("sensor");
  EXPECT_EQ(value_of(text, "identification"), "ok");
  EXPECT_EQ(value_of(text, "id_register_0x3107"), "0xcb");
  EXPECT_EQ(value_of(text, "master_clock"), "24000000 Hz");
  EXPECT_EQ(value_of(text, "size"), "1920x1080 pixels");
  EXPECT_EQ(value_of(text, "frame_length"), "1440 lines");
}

TEST_F(Proc, ControlSetsByName) {
  EXPECT_EQ(write_proc("control", "brightness 100\n"), -1);  // no session yet: EPERM
  ASSERT_EQ(session.start(), 0);
  EXPECT_EQ(write_proc("control", "brightness 100\n"), 15);
  std::uint32_t value = 0;
  ASSERT_EQ(session.control_get(T31_CONTROL_BRIGHTNESS, value), 0);
  EXPECT_EQ(value, 100u);
  EXPECT_NE(read_proc("control").find("brightness 100\n"), std::string::npos);
  EXPECT_EQ(write_proc("control", "brightness 256\n"), -22);
  EXPECT_EQ(write_proc("control", "colour 1\n"), -22);
  EXPECT_EQ(write_proc("control", "fps 15/1\n"), 9);
  EXPECT_NE(read_proc("control").find("fps 15/1\n"), std::string::npos);
}

TEST_F(Proc, SnapRawWritesAFrameThatTheSensorSaw) {
  ASSERT_EQ(session.start(), 0);
  EXPECT_EQ(write_proc("isp-w02", "snapraw 2"), 9);
  // Two frames of 16-bit codes, in the camera's /tmp.
  for (const char* name : {"snap0.raw", "snap1.raw"}) {
    std::ifstream file(camera.root() / "tmp" / name, std::ios::binary);
    std::vector<char> bytes((std::istreambuf_iterator<char>(file)), {});
    ASSERT_EQ(bytes.size(), 2u * 1920 * 1080) << name;
    std::uint16_t code = 0;
    std::memcpy(&code, bytes.data() + 2 * (540 * 1920 + 960), 2);
    EXPECT_GT(code, 0) << name;
  }
}

TEST(Log, AtMostTenLinesFromLoadToTheFirstPicture) {
  Camera camera;
  Session session;
  ASSERT_EQ(session.start(), 0);
  Channel channel(0, 1920, 1080, t31_host_rmem_base());
  ASSERT_EQ(channel.start(2), 0);
  Frame frame;
  ASSERT_EQ(channel.dequeue(frame), 0);
  char* log = t31_host_take_log();
  const std::vector<std::string> lines = lines_of(log);
  EXPECT_LE(lines.size(), 10u) << log;
  std::free(log);
}

}  // namespace
}  // namespace t31::test

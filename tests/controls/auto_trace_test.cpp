// SPDX-License-Identifier: GPL-2.0-or-later
// Single controls that act on automatic exposure and white balance, against what the vendor's
// driver did for them in a recorded session. There, statistics were constant, so exposure had
// settled at 720 lines and a total gain of 257/256; here a grey wall is lit so that it settles at
// the same. Compared is what follows from the control alone, in registers and on the sensor's bus.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/controls/all_controls.hpp"
#include "tests/controls/recording.hpp"

namespace t31::test {
namespace {

constexpr std::uint32_t kIsp = 0x13300000;
constexpr std::uint32_t kSettledValue = 720 * 1026;  // lines x gain, Q10

class AutoTrace : public testing::Test {
 protected:
  AutoTrace() : trace_(testing::TempDir() + "t31-auto-" + std::to_string(getpid()) + ".csv") {
    Machine machine;
    machine.scene = R"({"type":"flat","level":0.63})";
    machine.extra = R"(,"noise":false)";
    machine.trace = trace_;
    camera_ = std::make_unique<Camera>(machine);
  }
  ~AutoTrace() override {
    session.stop();
    camera_.reset();
    std::filesystem::remove(trace_);
  }
  void SetUp() override {
    TuningFile file = TuningFile::published("sc2336.bin");
    if (!file.present()) GTEST_SKIP() << "no shared data";
    file.write(camera_->root().string() + "/etc/sensor/sc2336-t31.bin");
    ASSERT_EQ(session.start(), 0);
    Block block;
    block->words[T31_AE_FREEZE] = 1;
    block->words[T31_AE_INTEGRATION_TIME] = 720;
    block->words[T31_AE_AGAIN] = 1024;
    block->words[T31_AE_ISP_DGAIN] = 1026;
    ASSERT_EQ(session.control_set(T31_CONTROL_AE, block.address()), 0);
    frames(4);
    ASSERT_EQ(session.control_set(T31_CONTROL_AE_FREEZE, 0), 0);
    frames(6);
    ASSERT_EQ(exposure_value(), kSettledValue) << "automatic exposure leaves it";
    before_ = registers();
    mark_ = lines().size();
  }

  struct Words {
    std::uint32_t words[T31_AE_WORDS];
  };
  using Block = User<Words>;
  static void frames(unsigned count) { t31_host_sleep_ns(count * 40000000ull); }
  std::uint32_t exposure_value() const {
    Block block;
    std::uint32_t address = block.address();
    EXPECT_EQ(session.control_get(T31_CONTROL_AE, address), 0);
    return block->words[9];
  }
  template <typename T>
  int set(std::uint32_t id, const T& value) {
    User<T> user(value);
    return session.control_set(id, user.address());
  }
  // Those of the image blocks and of the statistics.
  static Registers registers() {
    Registers all;
    for (std::uint32_t at = 0x1000; at < 0xb8a8; at += 4) {
      const bool dma = at == 0x44b0 || at == 0x5ba4 || (at >= 0x9800 && at < 0xa000) ||
                       (at >= 0xa02c && at < 0xa800) || (at >= 0xa82c && at < 0xb000) ||
                       (at >= 0xb03c && at < 0xb800);
      if (!dma && !tone_curves(at)) all[at] = t31_host_peek(kIsp + at);
    }
    return all;
  }
  void expect_nothing_changed() const {
    const Registers now = registers();
    for (const auto& [at, value] : before_) {
      if (measured(at)) continue;
      EXPECT_EQ(now.at(at), value) << "register " << std::hex << at;
    }
  }
  std::vector<std::string> lines() const {
    std::vector<std::string> list;
    std::ifstream stream(trace_);
    for (std::string line; std::getline(stream, line);) list.push_back(line);
    return list;
  }
  // What the sensor was sent since it had settled: register and value.
  std::vector<std::string> sensor_writes() const {
    std::vector<std::string> writes;
    const std::vector<std::string> all = lines();
    for (std::size_t i = mark_; i < all.size(); ++i) {
      constexpr std::string_view kWrite = "# i2c0 W 30 ";
      if (!all[i].starts_with(kWrite)) continue;
      const std::string bytes = all[i].substr(kWrite.size());
      constexpr std::size_t kAddressOnly = 5;  // of a read
      if (bytes.size() > kAddressOnly) writes.push_back(bytes);
    }
    return writes;
  }

  Session session;

 private:
  std::string trace_;
  std::unique_ptr<Camera> camera_;
  Registers before_;
  std::size_t mark_ = 0;
};

TEST_F(AutoTrace, FreezeBalanceTemperatureAndWideLimitsChangeNothing) {
  for (const char* name : {"aefreeze", "awbct", "wb_0", "maxdgain_32"}) {
    EXPECT_TRUE(read_recording(name).left().empty()) << name;
  }
  ASSERT_EQ(session.control_set(T31_CONTROL_AE_FREEZE, 1), 0);
  ASSERT_EQ(set(T31_CONTROL_AWB_KELVIN, std::uint32_t{5000}), 0);
  ASSERT_EQ(set(T31_CONTROL_WHITE_BALANCE, t31_white_balance{0, 0, 0}), 0);
  ASSERT_EQ(session.control_set(T31_CONTROL_MAX_DGAIN, 32), 0);
  frames(6);
  expect_nothing_changed();
  EXPECT_TRUE(sensor_writes().empty());
}

TEST_F(AutoTrace, AnotherFrameRateReachesOnlyTheFrameLength) {
  const Recording recording = read_recording("fps_30");
  ASSERT_EQ(session.control_set(T31_CONTROL_FPS, 30u << 16 | 1), 0);
  frames(6);
  expect_nothing_changed();
  // "30 320f b0" in the recording, "32 0f b0" here.
  std::vector<std::string> vendor;
  for (const std::string& write : recording.i2c) {
    vendor.push_back(write.substr(3, 2) + " " + write.substr(5));
  }
  ASSERT_EQ(vendor.size(), 2u);
  EXPECT_EQ(sensor_writes(), vendor);
}

// 300 lines: the gain makes up for the rest, first the sensor's, then the ISP's.
TEST_F(AutoTrace, ATimeByHandLeavesTheValueToTheGains) {
  const Recording recording = read_recording("expr_1");
  struct {
    std::uint32_t mode, unit;
    std::uint16_t time, pad;
  } const request{1, 0, 300, 0};
  ASSERT_EQ(set(T31_CONTROL_EXPOSURE, request), 0);
  frames(6);
  unsigned compared = 0;
  for (const auto& [at, value] : recording.left()) {
    if (tone_curves(at) || measured(at)) continue;
    ++compared;
    const std::uint32_t ours = t31_host_peek(kIsp + at);
    // A threshold of defect pixels on the edge of a rounding: 229 here, 228 there.
    if (at == 0x2834 || at == 0x2850) {
      EXPECT_NEAR(ours >> 16, value >> 16, 1) << std::hex << at;
      EXPECT_EQ(ours & 0xffff, value & 0xffff) << std::hex << at;
      continue;
    }
    EXPECT_EQ(ours, value) << "register " << std::hex << at;
  }
  EXPECT_GT(compared, 40u);
  const std::vector<std::string> expected = {"3e 00 00", "3e 01 12", "3e 02 c0", "3e 09 08",
                                             "3e 07 98"};
  std::vector<std::string> writes = sensor_writes();
  ASSERT_GE(writes.size(), expected.size());
  writes.erase(writes.begin(), writes.end() - static_cast<std::ptrdiff_t>(expected.size()));
  EXPECT_EQ(writes, expected);
}

// 60 Hz: two of its periods are 600 lines; the analogue gain that goes with them.
TEST_F(AutoTrace, MainsOfSixtyHertzTakeTheVendorsTimeAndGain) {
  const Recording recording = read_recording("flicker_2");
  for (const auto& [at, value] : recording.synchronous) {
    EXPECT_EQ(t31_host_peek(kIsp + at), value) << std::hex << at;
  }
  ASSERT_EQ(session.control_set(T31_CONTROL_ANTIFLICKER, 2), 0);
  frames(6);
  std::vector<std::string> writes = sensor_writes();
  const std::vector<std::string> expected = {"3e 00 00", "3e 01 25", "3e 02 80", "3e 09 00",
                                             "3e 07 98"};
  ASSERT_GE(writes.size(), expected.size());
  writes.erase(writes.begin(), writes.end() - static_cast<std::ptrdiff_t>(expected.size()));
  EXPECT_EQ(writes, expected);
}

// The vendor writes the thresholds once more inside the call; the exposure then goes to where the
// new target is met.
TEST_F(AutoTrace, CompensationKeepsTheThresholdsAndMovesExposureItsWay) {
  for (const char* name : {"aecomp_100", "aecomp_200"}) {
    const Recording recording = read_recording(name);
    ASSERT_EQ(recording.synchronous.size(), 2u);
    for (const auto& [at, value] : recording.synchronous) {
      EXPECT_EQ(t31_host_peek(kIsp + at), value) << std::hex << at;
    }
  }
  ASSERT_EQ(session.control_set(T31_CONTROL_AE_COMPENSATION, 100), 0);
  frames(10);
  EXPECT_NEAR(exposure_value(), kSettledValue * 100 / 128, kSettledValue / 20);
  ASSERT_EQ(session.control_set(T31_CONTROL_AE_COMPENSATION, 200), 0);
  frames(10);
  EXPECT_GT(exposure_value(), kSettledValue * 3 / 2);
}

}  // namespace
}  // namespace t31::test

// SPDX-License-Identifier: GPL-2.0-or-later
// The sensor drivers on the virtual T31: real bus, clock and pins, through the device nodes.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/camera/client.hpp"

namespace t31::test {
namespace {

std::string driver(const std::string& sensor) {
  return std::string(T31_BINARY_DIR) + "/sensors/sensor_" + sensor + "_t31.so";
}

// A recording of two grey frames that goes with the test.
class Recording {
 public:
  Recording(unsigned width, unsigned height, unsigned bits, const char* order)
      : path_(std::filesystem::temp_directory_path() /
              ("t31_replay_" + std::to_string(width) + order + std::to_string(::getpid()))) {
    const std::size_t bytes = std::size_t{width} * height * (bits == 8 ? 1 : 2) * 2;
    std::ofstream(path_, std::ios::binary) << std::string(bytes, '\1');
    json_ = R"(,"raw":{"file":")" + path_.string() + R"(","width":)" + std::to_string(width) +
            R"(,"height":)" + std::to_string(height) + R"(,"order":")" + order + R"(","bits":)" +
            std::to_string(bits) + "}";
  }
  ~Recording() { std::filesystem::remove(path_); }
  const std::string& json() const { return json_; }

 private:
  std::filesystem::path path_;
  std::string json_;
};

// A machine whose sensor is a recording, with driver and replay driver loaded. The ISP runs faster
// than by default: 2592x1944 at 25 frames per second are 144 million pixel clocks, blanking
// included.
class Player {
 public:
  explicit Player(const Recording& recording) {
    char error[200] = "";
    const std::string json = R"({"sensor":"replay")" + recording.json() + "}";
    t31_host_config config{};
    config.rmem_size = 64u << 20;  // the largest picture and its denoise buffer
    ok_ = t31_host_reset(&config) == 0 &&
          t31_host_attach_sensor(json.c_str(), error, sizeof(error)) == 0 &&
          t31_host_load_driver("isp_clk=200000000") == 0 &&
          t31_host_insmod(driver("replay").c_str(), "") == 0;
    EXPECT_TRUE(ok_) << error;
  }
  ~Player() {
    EXPECT_EQ(t31_host_rmmod(driver("replay").c_str()), 0);
    EXPECT_EQ(t31_host_unload_driver(), 0);
    t31_host_shutdown();
  }
  Player(const Player&) = delete;
  Player& operator=(const Player&) = delete;
  bool ok() const { return ok_; }

 private:
  bool ok_ = false;
};

// The result of DBG_G_REGISTER; the sensor's own value of one of its registers.
std::uint64_t register_of(const Session& session, const char* sensor, std::uint64_t reg) {
  User<t31_debug_register> access;
  std::strncpy(access->name, sensor, sizeof(access->name) - 1);
  access->reg = reg;
  EXPECT_EQ(session.tx(T31_TX_ISP_DBG_G_REGISTER, access.address()), 0);
  return access->val;
}

TEST(SensorDrivers, AnotherChipAtTheAddressIsNamedAsSuch) {
  const Recording recording(640, 480, 8, "rggb");
  const Player player(recording);
  ASSERT_TRUE(player.ok());
  ASSERT_EQ(t31_host_insmod(driver("sc2336").c_str(), ""), 0);
  Session session;
  ASSERT_EQ(session.open(), 0);
  EXPECT_EQ(session.add_sensor("sc2336", 0x3d), -EINVAL);
  EXPECT_NE(read_proc("sensor").find("wrong chip id"), std::string::npos) << read_proc("sensor");
  EXPECT_EQ(session.close(), 0);
  EXPECT_EQ(t31_host_rmmod(driver("sc2336").c_str()), 0);
}

TEST(SensorDrivers, ADriverStaysWhileItsSensorIsRegistered) {
  Camera camera;
  Session session;
  ASSERT_EQ(session.open(), 0);
  ASSERT_EQ(session.add_sensor("sc2336", 0x30), 0);
  EXPECT_EQ(t31_host_rmmod(driver("sc2336").c_str()), -EBUSY);
  ASSERT_EQ(session.remove_sensor(), 0);
  EXPECT_EQ(session.close(), 0);
  EXPECT_EQ(t31_host_rmmod(driver("sc2336").c_str()), 0);
  ASSERT_EQ(t31_host_insmod(driver("sc2336").c_str(), "reset_gpio=18"), 0);
  ASSERT_EQ(session.open(), 0);
  EXPECT_EQ(session.add_sensor("sc2336", 0x30), 0);
}

TEST(SensorDrivers, AnAbsentSensorIsOneLineInTheLog) {
  Camera camera;
  std::free(t31_host_take_log());
  Session session;
  ASSERT_EQ(session.open(), 0);
  EXPECT_EQ(session.add_sensor("sc2336", 0x31), -EINVAL);
  char* log = t31_host_take_log();
  const std::string text = log;
  std::free(log);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1) << text;
}

TEST(SensorDrivers, TheStartListReachesTheChip) {
  Camera camera;
  Session session;
  ASSERT_EQ(session.open(), 0);
  ASSERT_EQ(session.add_sensor("sc2336", 0x30), 0);
  EXPECT_EQ(register_of(session, "sc2336", 0x320c) << 8 | register_of(session, "sc2336", 0x320d),
            2250u);
  EXPECT_EQ(register_of(session, "sc2336", 0x320e) << 8 | register_of(session, "sc2336", 0x320f),
            1440u);
  EXPECT_EQ(register_of(session, "sc2336", 0x3107), 0xcbu);
}

TEST(SensorDrivers, ManualExposureArrivesAsLinesAndGainCode) {
  Camera camera;
  Session session;
  ASSERT_EQ(session.start(), 0);
  Channel channel(0, 1920, 1080, t31_host_rmem_base());
  ASSERT_EQ(channel.start(), 0);
  ASSERT_EQ(session.set_exposure(0x321, 6.0), 0);
  Frame frame;
  for (int i = 0; i < 4; ++i) {
    ASSERT_EQ(channel.dequeue(frame), 0);
    ASSERT_EQ(channel.queue(frame.index), 0);
  }
  EXPECT_EQ(register_of(session, "sc2336", 0x3e00), 0x00u);
  EXPECT_EQ(register_of(session, "sc2336", 0x3e01), 0x32u);
  EXPECT_EQ(register_of(session, "sc2336", 0x3e02), 0x10u);
  EXPECT_EQ(register_of(session, "sc2336", 0x3e09), 0x09u);  // 4x
  EXPECT_EQ(register_of(session, "sc2336", 0x3e07), 0xc0u);  // 1.5x
  EXPECT_EQ(channel.close(), 0);
  EXPECT_EQ(session.stop(), 0);
}

struct Geometry {
  unsigned width, height, bits;
  const char* order;
};

class ReplayOf : public testing::TestWithParam<Geometry> {};

TEST_P(ReplayOf, DeliversFramesOfTheRecordingsSizeAt25PerSecond) {
  const Geometry& g = GetParam();
  const Recording recording(g.width, g.height, g.bits, g.order);
  const Player player(recording);
  ASSERT_TRUE(player.ok());
  Session session;
  ASSERT_EQ(session.start("replay"), 0);
  Channel channel(0, g.width, g.height, t31_host_rmem_base());
  ASSERT_EQ(channel.start(), 0);
  Frame first, second;
  ASSERT_EQ(channel.dequeue(first), 0);
  ASSERT_EQ(channel.dequeue(second), 0);
  EXPECT_EQ(second.sequence, first.sequence + 1);
  EXPECT_NEAR(static_cast<double>(second.time_us - first.time_us), 40000, 1);
  EXPECT_EQ(channel.close(), 0);
  EXPECT_EQ(session.stop(), 0);
}

INSTANTIATE_TEST_SUITE_P(SensorDrivers, ReplayOf,
                         testing::Values(Geometry{640, 480, 8, "rggb"},
                                         Geometry{1920, 1080, 10, "gbrg"},
                                         Geometry{2304, 1296, 12, "bggr"},
                                         Geometry{2592, 1944, 10, "grbg"}),
                         [](const auto& p) {
                           return std::to_string(p.param.width) + "x" +
                                  std::to_string(p.param.height) + p.param.order +
                                  std::to_string(p.param.bits);
                         });

}  // namespace
}  // namespace t31::test

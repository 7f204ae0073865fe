// SPDX-License-Identifier: GPL-2.0-or-later
// One sensor after another in one life of the driver: none must depend on what was there before.
#include <gtest/gtest.h>

#include "tests/camera/film.hpp"

namespace t31::test {
namespace {

constexpr std::uint32_t kWidth = 256, kHeight = 128;
constexpr std::uint32_t kSettle[] = {0x10022160, 0x100221e0, 0x10022260};  // hw-pipeline 2.1
constexpr std::uint32_t kOtherwise = 11;  // code of lanes below 80 Mbit/s, hw-pipeline 2.2

// A film whose lanes are slow and whose driver has the settle code set, and SC2336, whose driver
// leaves it to the receiver.
struct TwoSensors : testing::Test {
  const Film film{kWidth, kHeight, 10, [](std::uint32_t, std::uint32_t) { return 300u; }};
  const Machine machine = film.machine("", "");
  const std::string other = std::string(T31_BINARY_DIR) + "/sensors/sensor_sc2336_t31.so";
  Camera camera{machine};

  void SetUp() override { ASSERT_EQ(t31_host_insmod(other.c_str(), ""), 0); }
  void TearDown() override { EXPECT_EQ(t31_host_rmmod(other.c_str()), 0); }

  static void attach(const std::string& json) {
    char error[200] = "";
    ASSERT_EQ(t31_host_attach_sensor(json.c_str(), error, sizeof(error)), 0) << error;
  }
  void attach_film() { attach("{\"sensor\":\"replay\"" + machine.extra + "}"); }
  static void attach_sc2336() { attach(R"({"sensor":"sc2336","scene":{"type":"flat"}})"); }

  // Frames come, and the receiver has nothing to report.
  static void streams(const std::string& sensor, std::uint32_t width, std::uint32_t height) {
    Session session;
    ASSERT_EQ(session.start(sensor), 0);
    Channel channel(0, width, height, t31_host_rmem_base());
    ASSERT_EQ(channel.start(2), 0);
    t31_host_sleep_ns(200'000'000);
    ASSERT_EQ(read_proc("isp-w01"), "") << sensor;
    Frame frame;
    EXPECT_EQ(channel.dequeue(frame), 0) << sensor;
    const std::uint32_t code = sensor == "replay" ? kOtherwise : 0;
    for (const std::uint32_t lane : kSettle) EXPECT_EQ(t31_host_peek(lane), code) << sensor;
    EXPECT_EQ(channel.close(), 0);
    EXPECT_EQ(session.close_tuning(), 0);
    EXPECT_EQ(session.disable_sensor(), 0);
    EXPECT_EQ(session.remove_sensor(), 0);
    for (const std::uint32_t lane : kSettle) EXPECT_EQ(t31_host_peek(lane), 0u) << sensor;
    EXPECT_EQ(session.close(), 0);
  }
};

TEST_F(TwoSensors, StreamInAnyOrder) {
  ASSERT_NO_FATAL_FAILURE(streams("replay", kWidth, kHeight));
  attach_sc2336();
  ASSERT_NO_FATAL_FAILURE(streams("sc2336", 1920, 1080));
  attach_film();
  ASSERT_NO_FATAL_FAILURE(streams("replay", kWidth, kHeight));
}

// What the PHY held in its registers' other bits when the driver came is a board's affair.
TEST_F(TwoSensors, TheSettleRegisterIsAfterwardsWhatItWasBefore) {
  constexpr std::uint32_t kBefore = 0x120;
  Session session;
  ASSERT_EQ(session.open(), 0);
  for (const std::uint32_t lane : kSettle) t31_host_poke(lane, kBefore);
  ASSERT_EQ(session.add_sensor("replay", sensor_address("replay")), 0);
  for (const std::uint32_t lane : kSettle) EXPECT_EQ(t31_host_peek(lane), kBefore | kOtherwise);
  EXPECT_EQ(session.remove_sensor(), 0);
  for (const std::uint32_t lane : kSettle) EXPECT_EQ(t31_host_peek(lane), kBefore);
  EXPECT_EQ(session.close(), 0);
}

// The chip is pulled out: what came in an earlier session doesn't count.
TEST_F(TwoSensors, AStreamWithoutFramesIsToldFromTheOneBefore) {
  ASSERT_NO_FATAL_FAILURE(streams("replay", kWidth, kHeight));
  Session session;
  ASSERT_EQ(session.start("replay"), 0);
  attach_sc2336();  // another one in its place, which nobody has told to stream
  t31_host_sleep_ns(200'000'000);
  EXPECT_NE(read_proc("status").find("verdict: no frames"), std::string::npos)
      << read_proc("status");
}

}  // namespace
}  // namespace t31::test

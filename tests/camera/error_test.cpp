// SPDX-License-Identifier: GPL-2.0-or-later
// What goes wrong on the way from the sensor is counted, told in words, and recovered from.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/camera/client.hpp"

namespace t31::test {
namespace {

constexpr std::uint32_t kVicWords = 0x133e0100;  // 32-bit words per line
constexpr std::uint32_t kVicControl = 0x133e0000;
constexpr std::uint32_t kVicLoadAndRun = 3;
constexpr std::uint32_t kGoodWords = 0x258;  // 1920 pixels of 10 bits
constexpr std::uint32_t kPhySettle = 0x10022160;
constexpr std::uint64_t kPeriodNs = 40000000;

std::string line_with(const std::string& text, const std::string& key) {
  const std::size_t start = text.find(key);
  return start == std::string::npos ? "no " + key
                                    : text.substr(start, text.find('\n', start) - start);
}

struct Errors : testing::Test {
  Camera camera;
  Session session;
  Channel channel{0, 1920, 1080, t31_host_rmem_base()};

  void SetUp() override {
    ASSERT_EQ(session.start(), 0);
    ASSERT_EQ(channel.start(2), 0);
    one_frame();
  }
  void one_frame() {
    Frame frame;
    ASSERT_EQ(channel.dequeue(frame), 0);
    ASSERT_EQ(channel.queue(frame.index), 0);
  }
};

TEST_F(Errors, AWrongLineLengthIsCountedAndTheInputRunsAgainAfterwards) {
  t31_host_poke(kVicWords, kGoodWords - 8);
  t31_host_poke(kVicControl, kVicLoadAndRun);
  t31_host_sleep_ns(4 * kPeriodNs);
  unsigned frames = 0, sum = 0;
  ASSERT_EQ(std::sscanf(read_proc("isp-w02").c_str(), "%u, %u", &frames, &sum), 2);
  EXPECT_GT(sum, 0u);
  const std::string status = read_proc("status");
  EXPECT_NE(line_with(status, "input_last_error").find("line length"), std::string::npos) << status;
  EXPECT_NE(line_with(status, "input_recoveries"), "input_recoveries: 0");
  EXPECT_EQ(t31_host_peek(kVicControl) & 1, 1u) << "the input was left stopped";
  t31_host_poke(kVicWords, kGoodWords);
  t31_host_poke(kVicControl, kVicLoadAndRun);
  for (int i = 0; i < 3; ++i) one_frame();
}

TEST_F(Errors, AWrongSettleTimeShowsInTheReceiversFile) {
  EXPECT_EQ(read_proc("isp-w01"), "");
  t31_host_poke(kPhySettle, 0xf);
  t31_host_sleep_ns(3 * kPeriodNs);
  EXPECT_EQ(read_proc("isp-w01").rfind("0x0020 is  0x", 0), 0u);
}

TEST(Overflow, AnIspClockThatIsTooSlowIsSaidInTheLogAndInStatus) {
  // 2592x1944 at 25 frames per second needs more than the 100 MHz that the ISP gets by default.
  const std::string raw = temporary_root() + "/large.raw";
  std::ofstream(raw, std::ios::binary) << std::string(2592 * 1944, '\x40');
  Machine machine;
  machine.sensor = "replay";
  machine.scene.clear();
  machine.extra =
      ",\"raw\":{\"file\":\"" + raw + R"(","width":2592,"height":1944,"order":"rggb","bits":8})";
  machine.rmem_size = 64u << 20;
  Camera camera(machine);
  Session session;
  ASSERT_EQ(session.start("replay"), 0);
  t31_host_sleep_ns(5 * kPeriodNs);
  char* log = t31_host_take_log();
  EXPECT_NE(std::string(log).find("raise isp_clk"), std::string::npos) << log;
  std::free(log);
  const std::string status = read_proc("status");
  EXPECT_NE(line_with(status, "isp_overflows"), "isp_overflows: 0");
  EXPECT_NE(line_with(status, "verdict").find("raise isp_clk"), std::string::npos) << status;
  EXPECT_EQ(session.stop(), 0);
  std::filesystem::remove_all(std::filesystem::path(raw).parent_path());
}

}  // namespace
}  // namespace t31::test

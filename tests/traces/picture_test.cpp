// SPDX-License-Identifier: GPL-2.0-or-later
// The same camera twice: the model alone, fed the vendor's recorded writes, and our driver on the
// model in the same session and scene, with every block that the tuning file uses. The recording
// ends before anything follows gain, light or statistics; so the first picture is compared, which
// is equal byte for byte.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "tests/camera/client.hpp"
#include "tests/model/sessions.hpp"

namespace t31::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* kScene = R"({"type":"colorchecker"})";
constexpr std::uint32_t kBypass = 0x1330000c;
constexpr std::uint32_t kVendorBypass = 0xb5742209;
// White balance in force when the recording ends: 0x1804 = 0x0400043c, 0x1808 = 0x04001084; the
// control has Q8.
constexpr double kRed = 0x43c / 1024.0;
constexpr double kBlue = 0x1084 / 1024.0;
constexpr std::size_t kLumaBytes = 1920 * 1080;

std::vector<std::uint8_t> planes(const std::uint8_t* luma, const std::uint8_t* chroma) {
  std::vector<std::uint8_t> bytes(kLumaBytes + kLumaBytes / 2);
  std::memcpy(bytes.data(), luma, kLumaBytes);
  std::memcpy(bytes.data() + kLumaBytes, chroma, kLumaBytes / 2);
  return bytes;
}

std::vector<std::uint8_t> vendor_picture(const model::test::Trace& trace) {
  model::test::Replay replay(model::test::sc2336(kScene));
  replay.play(trace);
  replay.write(kBypass, kVendorBypass);
  (void)replay.run(1);
  const model::test::Planes& buffer = model::test::kSc2336Buffers[0];
  return planes(replay.memory(buffer.luma, kLumaBytes).data(),
                replay.memory(buffer.chroma, kLumaBytes / 2).data());
}

// The vendor's library at 1:1 gets the box filter (hw-pipeline 5.4); ours is off unless asked for.
void box_filter(const Session& session) {
  User<t31_scaler_level> level;
  level->method = 1;
  level->level = 0;
  ASSERT_EQ(session.control_set(T31_CONTROL_SCALER_LEVEL, level.address()), 0);
}

std::vector<std::uint8_t> our_picture(const std::string& tuning) {
  Machine machine;
  machine.scene = kScene;
  machine.extra = R"(,"light":5000,"noise":false)";
  Camera camera(machine);
  Session session;
  EXPECT_EQ(session.open(), 0);
  EXPECT_EQ(session.add_sensor("sc2336", sensor_address("sc2336"), tuning), 0);
  EXPECT_EQ(session.enable_tuning(), 0);
  EXPECT_EQ(session.set_white_balance(kRed, kBlue), 0);
  // The sensor's own, as in the recording.
  EXPECT_EQ(session.control_set(T31_CONTROL_AE_FREEZE, 1), 0);
  User<std::uint32_t> daylight(5000);
  EXPECT_EQ(session.control_set(T31_CONTROL_AWB_KELVIN, daylight.address()), 0);
  EXPECT_EQ(session.enable_sensor(), 0);
  Channel channel(0, 1920, 1080, t31_host_rmem_base());
  EXPECT_EQ(channel.start(2), 0);
  box_filter(session);
  Frame frame;
  EXPECT_EQ(channel.dequeue(frame), 0);
  EXPECT_EQ(frame.sequence, 0u);
  return planes(channel.luma(frame.index), channel.chroma(frame.index));
}

TEST(TwoWitnesses, VendorsWritesAndOurDriverGiveTheSamePicture) {
  const auto trace = model::test::sc2336_session();
  if (!trace) GTEST_SKIP() << "no shared data";
  const fs::path tuning =
      fs::temp_directory_path() / ("t31-two-" + std::to_string(getpid()) + ".bin");
  const char* given = std::getenv("T31_SHARED");
  fs::copy_file(fs::path(given != nullptr ? given : T31_SHARED_DIR) / "data/tuning/sc2336.bin",
                tuning, fs::copy_options::overwrite_existing);
  const std::vector<std::uint8_t> vendor = vendor_picture(*trace);
  const std::vector<std::uint8_t> ours = our_picture(tuning);
  fs::remove(tuning);
  // Not a blank picture.
  EXPECT_GT(*std::max_element(vendor.begin(), vendor.begin() + kLumaBytes), 150);
  EXPECT_LT(*std::min_element(vendor.begin(), vendor.begin() + kLumaBytes), 60);
  ASSERT_EQ(vendor.size(), ours.size());
  std::size_t different = 0;
  for (std::size_t i = 0; i < vendor.size(); ++i) different += vendor[i] != ours[i];
  EXPECT_EQ(different, 0u);
}

}  // namespace
}  // namespace t31::test

// SPDX-License-Identifier: GPL-2.0-or-later
// Local tone mapping and haze removal in a running camera: statistics by DMA, curves and map in the
// registers, switched on and off by their controls.
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/camera/client.hpp"

namespace t31::test {
namespace {

constexpr std::uint32_t kIsp = 0x13300000;
constexpr std::uint32_t kBypass = kIsp + 0x0c;
constexpr std::uint32_t kTone = 1u << 7;
constexpr std::uint32_t kDefog = 1u << 11;
constexpr std::uint32_t kFirstCurve = kIsp + 0x4084;
constexpr std::uint32_t kFirstBlock = kIsp + 0x58000;
constexpr std::uint32_t kUnmapped = 0x00400020;   // ordinates 32 and 64
constexpr std::uint32_t kLightHaze = 0xc8c8c8e6;  // before statistics

std::string tuning_file() {
  const char* given = std::getenv("T31_SHARED");
  return std::string(given != nullptr ? given : T31_SHARED_DIR) + "/data/tuning/sc2336.bin";
}

class RunningTone : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(tuning_file())) GTEST_SKIP() << "no shared data";
    camera_ = std::make_unique<Camera>();
    ASSERT_EQ(session_.start("sc2336", tuning_file()), 0);
    channel_ = std::make_unique<Channel>(0, 1920, 1080, t31_host_rmem_base());
  }
  void run(int frames) {
    for (int i = 0; i < frames; ++i) {
      Frame frame;
      ASSERT_EQ(channel_->dequeue(frame), 0);
      ASSERT_EQ(channel_->queue(frame.index), 0);
    }
  }
  std::unique_ptr<Camera> camera_;
  Session session_;
  std::unique_ptr<Channel> channel_;
};

TEST_F(RunningTone, CurvesAndMapFollowThePictureAndTheirControlsStopThem) {
  EXPECT_EQ(t31_host_peek(kBypass) & (kTone | kDefog), 0u);
  EXPECT_EQ(t31_host_peek(kFirstCurve), kUnmapped);
  EXPECT_EQ(t31_host_peek(kFirstBlock), kLightHaze);
  ASSERT_EQ(channel_->start(2), 0);
  run(6);
  EXPECT_NE(t31_host_peek(kFirstCurve), kUnmapped);
  EXPECT_NE(t31_host_peek(kFirstBlock), kLightHaze);

  ASSERT_EQ(session_.control_set(T31_CONTROL_DRC, 0), 0);
  ASSERT_EQ(session_.control_set(T31_CONTROL_DEFOG, 0), 0);
  run(2);
  EXPECT_EQ(t31_host_peek(kBypass) & (kTone | kDefog), kTone | kDefog);
  const std::uint32_t curve = t31_host_peek(kFirstCurve);
  const std::uint32_t block = t31_host_peek(kFirstBlock);
  ASSERT_EQ(session_.control_set(T31_CONTROL_DRC_STRENGTH, 255), 0);
  User<std::uint8_t> strongest(255);
  ASSERT_EQ(session_.control_set(T31_CONTROL_DEFOG_STRENGTH, strongest.address()), 0);
  run(4);
  EXPECT_EQ(t31_host_peek(kFirstCurve), curve);
  EXPECT_EQ(t31_host_peek(kFirstBlock), block);

  ASSERT_EQ(session_.control_set(T31_CONTROL_DRC, 1), 0);
  ASSERT_EQ(session_.control_set(T31_CONTROL_DEFOG, 1), 0);
  run(6);
  EXPECT_EQ(t31_host_peek(kBypass) & (kTone | kDefog), 0u);
  EXPECT_NE(t31_host_peek(kFirstCurve), kUnmapped);
  EXPECT_NE(t31_host_peek(kFirstBlock), block);
  EXPECT_EQ(channel_->stream_off(), 0);
  EXPECT_EQ(channel_->close(), 0);
  EXPECT_EQ(session_.stop(), 0);
}

}  // namespace
}  // namespace t31::test

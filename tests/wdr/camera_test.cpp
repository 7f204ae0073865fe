// SPDX-License-Identifier: GPL-2.0-or-later
// A session with two exposures as a client sees it: buffers, switching, the short exposure.
#include <gtest/gtest.h>

#include <memory>

#include "tests/camera/client.hpp"

namespace t31::test {
namespace {

constexpr std::uint32_t kIsp = 0x13300000;
constexpr std::uint32_t kBuffers = 0x06000000;

Machine jxf37(bool two) {
  Machine machine;
  machine.sensor = "jxf37";
  machine.sensor_parameters = two ? "data_type=2" : "";
  return machine;
}

// Frames one after the other; the last one's luma in the middle, -1 when none came.
int middle(Channel& channel, int frames) {
  int luma = -1;
  for (int i = 0; i < frames; ++i) {
    Frame frame;
    if (channel.dequeue(frame) != 0) return -1;
    luma = channel.luma(frame.index)[540 * 1920 + 960];
    if (channel.queue(frame.index) != 0) return -1;
  }
  return luma;
}

std::uint32_t sensor_register(Session& session, std::uint32_t address) {
  User<t31_debug_register> reg;
  std::strncpy(reg->name, "jxf37", sizeof(reg->name) - 1);
  reg->reg = address;
  EXPECT_EQ(session.tx(T31_TX_ISP_DBG_G_REGISTER, reg.address()), 0);
  return static_cast<std::uint32_t>(reg->val);
}

TEST(WdrCamera, DeliversPicturesOfTwoExposuresAndComputesTheirFusion) {
  Camera camera(jxf37(true));
  Session session;
  session.wdr = true;
  ASSERT_EQ(session.start("jxf37"), 0);
  EXPECT_NE(read_proc("isp-m0").find("ISP WDR Mode : Enable"), std::string::npos);
  Channel channel(0, 1920, 1080, kBuffers);
  ASSERT_EQ(channel.start(2), 0);
  EXPECT_GT(middle(channel, 6), 5);
  // What the fusion computes follows the exposures: 0 before its first statistics.
  EXPECT_NE(t31_host_peek(kIsp + 0x2608), 0u);
  EXPECT_EQ(t31_host_peek(kIsp + 0x0010), 0x33fu);
  EXPECT_EQ(t31_host_peek(kIsp + 0x0804), 0x10u);
  EXPECT_EQ(channel.stream_off(), 0);
  EXPECT_EQ(channel.close(), 0);
  EXPECT_EQ(session.stop(), 0);
  EXPECT_TRUE(camera.unload());
}

TEST(WdrCamera, ASensorInALinearModeIsNotSelectedWithWdrAndTheOtherWayRound) {
  for (const bool two : {false, true}) {
    Camera camera(jxf37(two));
    Session session;
    session.wdr = !two;
    ASSERT_EQ(session.open(), 0);
    EXPECT_EQ(session.add_sensor("jxf37", 0x40), -22);
  }
}

TEST(WdrCamera, StreamingWaitsForTheDelayBuffer) {
  Camera camera(jxf37(true));
  Session session;
  session.wdr = true;
  ASSERT_EQ(session.open(), 0);
  ASSERT_EQ(session.add_sensor("jxf37", 0x40), 0);
  // A new selection forgets the buffer.
  User<std::int32_t> none(-1), first(0);
  ASSERT_EQ(session.tx(T31_TX_ISP_S_INPUT, none.address()), 0);
  ASSERT_EQ(session.tx(T31_TX_ISP_S_INPUT, first.address()), 0);
  EXPECT_EQ(session.tx(T31_TX_ISP_STREAMON), -22);
  ASSERT_EQ(session.give_wdr_buffer(), 0);
  EXPECT_EQ(session.tx(T31_TX_ISP_STREAMON), 0);
}

TEST(WdrCamera, TheDelayBufferMustBeLargeEnoughAndReservedMemory) {
  Camera camera(jxf37(true));
  Session session;
  session.wdr = true;
  ASSERT_EQ(session.open(), 0);
  ASSERT_EQ(session.add_sensor("jxf37", 0x40), 0);
  User<t31_buffer_info> buffer;
  ASSERT_EQ(session.tx(T31_TX_ISP_GET_WDR_BUF_INFO, buffer.address()), 0);
  EXPECT_EQ(buffer->paddr, 0u);
  EXPECT_EQ(buffer->size, 1996800u);  // sensor-modes.csv
  for (const std::uint32_t address : {0u, 0x06000004u, 0x07f00000u, 0x80000000u}) {
    buffer->paddr = address;
    buffer->size = 1996800;
    EXPECT_EQ(session.tx(T31_TX_ISP_SET_WDR_BUF_INFO, buffer.address()), -22) << address;
  }
  EXPECT_EQ(t31_host_peek(kIsp + 0x200c), 520u);
  // Too small: one exposure again, as the vendor's driver does.
  buffer->paddr = 0x06000000;
  buffer->size = 1996799;
  EXPECT_EQ(session.tx(T31_TX_ISP_SET_WDR_BUF_INFO, buffer.address()), -14);
  EXPECT_EQ(session.tx(T31_TX_ISP_SET_WDR_BUF_INFO, buffer.address()), -1);
  ASSERT_EQ(session.tx(T31_TX_ISP_GET_WDR_BUF_INFO, buffer.address()), 0);
  EXPECT_EQ(buffer->size, 0u);
}

TEST(WdrCamera, SwitchesBetweenOneAndTwoExposuresWhilePicturesRun) {
  Camera camera(jxf37(false));
  Session session;
  ASSERT_EQ(session.start("jxf37"), 0);
  Channel channel(0, 1920, 1080, kBuffers);
  ASSERT_EQ(channel.start(2), 0);
  const int one = middle(channel, 18);  // exposure and tone curves have settled
  ASSERT_GT(one, 5);
  EXPECT_EQ(sensor_register(session, 0x06), 0u);
  for (int round = 0; round < 3; ++round) {
    ASSERT_EQ(session.tx(T31_TX_ISP_WDR_ENABLE), 0);
    EXPECT_EQ(session.tx(T31_TX_ISP_WDR_ENABLE), 0);  // it is on
    ASSERT_EQ(session.give_wdr_buffer(), 0);
    EXPECT_EQ(sensor_register(session, 0x06), 1u);
    EXPECT_GT(middle(channel, 6), 5);
    EXPECT_EQ(t31_host_peek(kIsp + 0x000c) >> 3 & 1, 0u);
    ASSERT_EQ(session.tx(T31_TX_ISP_WDR_DISABLE), 0);
    EXPECT_EQ(sensor_register(session, 0x06), 0u);
    EXPECT_EQ(t31_host_peek(kIsp + 0x0804), 0x1cu);
    EXPECT_NEAR(middle(channel, 8), one, 6);
    EXPECT_EQ(t31_host_peek(kIsp + 0x000c) >> 3 & 1, 1u);
  }
  EXPECT_EQ(channel.stream_off(), 0);
  EXPECT_EQ(channel.close(), 0);
  EXPECT_EQ(session.stop(), 0);
  EXPECT_TRUE(camera.unload());
}

TEST(WdrCamera, ASensorWithoutSuchAModeRefusesAndPicturesGoOn) {
  Camera camera;
  Session session;
  ASSERT_EQ(session.start(), 0);
  Channel channel(0, 1920, 1080, kBuffers);
  ASSERT_EQ(channel.start(2), 0);
  const int before = middle(channel, 4);
  EXPECT_EQ(session.tx(T31_TX_ISP_WDR_ENABLE), -22);
  EXPECT_NEAR(middle(channel, 4), before, 4);
  EXPECT_EQ(channel.stream_off(), 0);
}

// Pictures of two exposures run; 100 lines of the short one are set by hand, 1601 of the long one.
class WdrByHand : public testing::Test {
 protected:
  struct Block {
    std::uint32_t words[T31_AE_WORDS];
  };

  void SetUp() override {
    session.wdr = true;
    ASSERT_EQ(session.start("jxf37"), 0);
    channel = std::make_unique<Channel>(0, 1920, 1080, kBuffers);
    ASSERT_EQ(channel->start(2), 0);
    block->words[T31_AE_FREEZE] = 1;
    block->words[T31_AE_INTEGRATION_TIME] = 1601;
    block->words[T31_AE_SHORT_INTEGRATION_TIME_MANUAL] = 1;
    block->words[T31_AE_SHORT_INTEGRATION_TIME] = 100;
  }
  std::uint32_t short_lines() {  // the sensor counts 2 n + 1
    return 2 * sensor_register(session, 0x05) + 1;
  }
  std::uint32_t long_lines() {
    return sensor_register(session, 0x01) | sensor_register(session, 0x02) << 8;
  }

  Camera camera{jxf37(true)};
  Session session;
  std::unique_ptr<Channel> channel;
  User<Block> block;
};

TEST_F(WdrByHand, TheShortExposureGoesToTheSensorAndReadsBack) {
  block->words[T31_AE_AGAIN] = 2048;
  block->words[T31_AE_ISP_DGAIN] = 1024;
  block->words[T31_AE_SHORT_ISP_DGAIN_MANUAL] = 1;
  block->words[T31_AE_SHORT_ISP_DGAIN] = 3072;
  ASSERT_EQ(session.control_set(T31_CONTROL_AE, block.address()), 0);
  ASSERT_GT(middle(*channel, 6), 0);
  EXPECT_EQ(short_lines(), 99u);
  EXPECT_EQ(long_lines(), 1601u);
  EXPECT_EQ(sensor_register(session, 0x00), 0x10u);
  // Digital gain of the short exposure. What it didn't ask for, the sensor's gain of two for both
  // exposures, is taken back.
  EXPECT_EQ(t31_host_peek(kIsp + 0x100c), 1536u << 16 | 1536);
  EXPECT_EQ(t31_host_peek(kIsp + 0x1000), 0x04000400u);
  User<Block> now;
  User<t31_extended_control> control;
  control->dir = 1;
  control->id = T31_CONTROL_AE;
  control->value = now.address();
  ASSERT_EQ(t31_host_ioctl(session.tuning_descriptor(), T31_ISP_CTRL, control.address()), 0);
  EXPECT_EQ(now->words[T31_AE_SHORT_INTEGRATION_TIME], 99u);
  EXPECT_EQ(now->words[T31_AE_SHORT_AGAIN], 2048u);  // one gain for both
  EXPECT_EQ(now->words[21], 505u);
  // Exposures' ratio in Q12, as the fusion computes it: 1601 x 2 over 99 x 2, and one.
  EXPECT_EQ(t31_host_peek(kIsp + 0x2620), (3202u << 12) / 199);
  EXPECT_EQ(channel->stream_off(), 0);
}

TEST_F(WdrByHand, AProgramThatEndsLeavesTheShortExposureAsItWasSetByHand) {
  ASSERT_EQ(session.control_set(T31_CONTROL_AE, block.address()), 0);
  ASSERT_GE(middle(*channel, 4), 0);
  EXPECT_EQ(short_lines(), 99u);
  constexpr std::uint32_t kMagic = 0x000336ac;
  struct Open {
    std::uint32_t words[32];
  };
  User<Open> open;
  open->words[0] = kMagic;
  ASSERT_EQ(session.tx(T31_TX_ISP_AE_ALGO_OPEN, open.address()), 0);
  struct Set {
    std::uint32_t words[14];
  };
  // Long and short exposure: lines, analogue gain, digital gain of sensor and ISP.
  User<Set> set(Set{{kMagic, 0, 1, 0, 801, 1024, 1024, 1024, 60, 1024, 1024, 1024}});
  ASSERT_EQ(session.tx(T31_TX_ISP_AE_ALGO_SET, set.address()), 0);
  ASSERT_GE(middle(*channel, 4), 0);
  EXPECT_EQ(short_lines(), 59u);
  EXPECT_EQ(long_lines(), 801u);
  User<std::uint64_t> nothing;
  ASSERT_EQ(session.tx(T31_TX_ISP_AE_ALGO_CLOSE, nothing.address()), 0);
  ASSERT_GE(middle(*channel, 4), 0);
  EXPECT_EQ(short_lines(), 99u);
  EXPECT_EQ(long_lines(), 1601u);
  EXPECT_EQ(channel->stream_off(), 0);
}

}  // namespace
}  // namespace t31::test

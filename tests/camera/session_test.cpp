// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "tests/camera/client.hpp"

namespace t31::test {
namespace {

TEST(Session, OneChannelDeliversAPictureOfAGreyWall) {
  Camera camera;
  Session session;
  ASSERT_EQ(session.start(), 0);
  Channel channel(0, 1920, 1080, t31_host_rmem_base());
  ASSERT_EQ(channel.start(2), 0);
  for (std::uint32_t i = 0; i < 6; ++i) {
    Frame frame;
    ASSERT_EQ(channel.dequeue(frame), 0);
    EXPECT_EQ(frame.sequence, i);
    const std::uint8_t centre = channel.luma(frame.index)[540 * 1920 + 960];
    EXPECT_GT(centre, 20);
    EXPECT_LT(centre, 235);
    ASSERT_EQ(channel.queue(frame.index), 0);
  }
  EXPECT_EQ(channel.stream_off(), 0);
  EXPECT_EQ(channel.close(), 0);
  EXPECT_EQ(session.stop(), 0);
  EXPECT_TRUE(camera.unload());
}

TEST(Session, DeselectionSwitchesEveryStatisticsEngineOffAndIdlesThePipeline) {
  Camera camera;
  Session session;
  ASSERT_EQ(session.start(), 0);
  // WDR, ADR, defog, AE0, AE1, AWB, AF: their DMA enables (hw-pipeline 4.2).
  const std::uint32_t enables[] = {0x13302024, 0x13304490, 0x13305b80, 0x1330a04c,
                                   0x1330a84c, 0x1330b04c, 0x1330b8b8};
  for (std::uint32_t enable : enables) EXPECT_NE(t31_host_peek(enable), 0u) << std::hex << enable;
  ASSERT_EQ(session.disable_sensor(), 0);
  ASSERT_EQ(session.remove_sensor(), 0);
  for (std::uint32_t enable : enables) EXPECT_EQ(t31_host_peek(enable), 0u) << std::hex << enable;
  constexpr std::uint32_t kIdle = 0x13300028;
  EXPECT_EQ(t31_host_peek(kIdle) & 1, 1u);
}

}  // namespace
}  // namespace t31::test

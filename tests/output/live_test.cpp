// SPDX-License-Identifier: GPL-2.0-or-later
// live_test.cpp - controls of the output stage on a whole camera: what is seen in the pictures of
// running channels. The sensor is free of noise, so that a picture differs only by what was asked
// for.
#include <gtest/gtest.h>

#include <functional>

#include "t31_model.h"
#include "tests/camera/client.hpp"

namespace t31::test {
namespace {

constexpr std::uint32_t kWidth = 640, kHeight = 352;

// One NV12 picture without padding.
struct Picture {
  std::vector<std::uint8_t> luma, chroma;
  std::uint8_t y(std::uint32_t column, std::uint32_t row) const {
    return luma[row * kWidth + column];
  }
  bool operator==(const Picture&) const = default;
};

Picture turned(const Picture& from, bool mirror, bool flip) {
  Picture to = from;
  for (std::uint32_t row = 0; row < kHeight; ++row) {
    for (std::uint32_t column = 0; column < kWidth; ++column) {
      const std::uint32_t r = flip ? kHeight - 1 - row : row;
      const std::uint32_t c = mirror ? kWidth - 1 - column : column;
      to.luma[row * kWidth + column] = from.luma[r * kWidth + c];
    }
  }
  for (std::uint32_t row = 0; row < kHeight / 2; ++row) {
    for (std::uint32_t pair = 0; pair < kWidth / 2; ++pair) {
      const std::uint32_t r = flip ? kHeight / 2 - 1 - row : row;
      const std::uint32_t p = mirror ? kWidth / 2 - 1 - pair : pair;
      for (std::uint32_t k : {0u, 1u}) {
        to.chroma[row * kWidth + 2 * pair + k] = from.chroma[r * kWidth + 2 * p + k];
      }
    }
  }
  return to;
}

class Live : public testing::Test {
 protected:
  Live() : camera(machine()), channel(0, kWidth, kHeight, t31_host_rmem_base()) {
    channel.scaled = true;
  }
  void SetUp() override {
    ASSERT_EQ(session.start(), 0);
    ASSERT_EQ(session.set_exposure(500, 1.0), 0);
    ASSERT_EQ(session.set_white_balance(1.75, 1.94), 0);
    ASSERT_EQ(channel.start(2), 0);
  }
  static Machine machine() {
    Machine machine;
    machine.scene = R"({"type":"colorchecker"})";
    machine.extra = R"(,"noise":false,"response":"identity")";
    return machine;
  }

  // The next frame's number; its buffer is queued again.
  std::uint32_t next() {
    Frame frame;
    EXPECT_EQ(channel.dequeue(frame), 0);
    last.luma.assign(channel.luma(frame.index), channel.luma(frame.index) + kWidth * kHeight);
    last.chroma.assign(channel.chroma(frame.index),
                       channel.chroma(frame.index) + kWidth * kHeight / 2);
    EXPECT_EQ(channel.queue(frame.index), 0);
    return frame.sequence;
  }
  // A picture of frames that began after everything done so far.
  Picture settled() {
    for (int i = 0; i < 6; ++i) next();
    return last;
  }
  template <typename T>
  int control(std::uint32_t id, const T& value) {
    User<T> argument(value);
    return session.control_set(id, argument.address());
  }

  Camera camera;
  Session session;
  Channel channel;
  Picture last;
};

TEST_F(Live, FlipsTurnThePictureOfARunningChannelAround) {
  const Picture straight = settled();
  ASSERT_EQ(straight, settled()) << "the scene must stand still for this test";
  for (const std::uint32_t hv : {1u, 2u, 3u, 0u}) {
    ASSERT_EQ(session.control_set(T31_CONTROL_HVFLIP, hv), 0);
    EXPECT_TRUE(settled() == turned(straight, (hv & 1) != 0, (hv & 2) != 0)) << hv;
  }
}

TEST_F(Live, AMaskHidesItsAreaAndFollowsFlips) {
  const Picture straight = settled();
  t31_masks masks{};
  masks.channel[0][0] = {1, 0, 32, 64, 128, 48, 40, 90, 200, 0};
  ASSERT_EQ(control(T31_CONTROL_MASK, masks), 0);
  Picture expected = straight;
  for (std::uint32_t row = 32; row < 80; ++row) {
    for (std::uint32_t column = 64; column < 192; ++column) {
      expected.luma[row * kWidth + column] = 40;
      expected.chroma[row / 2 * kWidth + column / 2 * 2] = 90;
      expected.chroma[row / 2 * kWidth + column / 2 * 2 + 1] = 200;
    }
  }
  EXPECT_TRUE(settled() == expected);
  ASSERT_EQ(session.control_set(T31_CONTROL_HVFLIP, 3), 0);
  EXPECT_TRUE(settled() == turned(expected, true, true));
  ASSERT_EQ(session.control_set(T31_CONTROL_HVFLIP, 0), 0);
  ASSERT_EQ(control(T31_CONTROL_MASK, t31_masks{}), 0);
  EXPECT_TRUE(settled() == straight);
}

TEST_F(Live, ADropPatternLosesExactlyItsFrames) {
  settled();
  t31_frame_drop drop{};
  drop.channel[0] = {1, 3, {}, 0x5};  // frames 0 and 2 of every four
  User<t31_frame_drop> argument(drop);
  ASSERT_EQ(session.tx(T31_TX_ISP_SET_FRAME_DROP, argument.address()), 0);
  settled();
  std::uint32_t before = next();
  for (int i = 0; i < 8; ++i) {
    const std::uint32_t number = next();
    EXPECT_EQ(number, before + 2);
    before = number;
  }
}

TEST_F(Live, AFrontCropZoomsAndASmallerOneIsRefusedWithoutHarm) {
  const Picture wide = settled();
  ASSERT_EQ(control(T31_CONTROL_FRONT_CROP, t31_front_crop{1, {}, 270, 480, 960, 540}), 0);
  const Picture zoomed = settled();
  EXPECT_FALSE(zoomed == wide);
  EXPECT_NE(control(T31_CONTROL_FRONT_CROP, t31_front_crop{1, {}, 0, 0, 624, 352}), 0);
  EXPECT_NE(control(T31_CONTROL_FRONT_CROP, t31_front_crop{1, {}, 0, 0, 320, 180}), 0);
  EXPECT_TRUE(settled() == zoomed);
  EXPECT_EQ(t31_host_model_counter(T31_MODEL_STALLS), 0u);
  ASSERT_EQ(control(T31_CONTROL_FRONT_CROP, t31_front_crop{}), 0);
  EXPECT_TRUE(settled() == wide);
}

// 1280x704 scaled, its 640x352 in the middle: the middle quarter of the picture.
TEST_F(Live, ZoomShowsAPartAndNeverMoreThanTheBufferHolds) {
  const Picture wide = settled();
  const t31_auto_zoom zoom{0, 1, 1280, 704, 1, 320, 176, 640, 352};
  ASSERT_EQ(control(T31_CONTROL_AUTO_ZOOM, zoom), 0);
  const Picture part = settled();
  EXPECT_FALSE(part == wide);
  t31_auto_zoom larger = zoom;
  larger.crop_enable = 0;  // 1280x704 into a buffer for 640x352
  EXPECT_NE(control(T31_CONTROL_AUTO_ZOOM, larger), 0);
  EXPECT_TRUE(settled() == part);
  const t31_auto_zoom whole{0, 1, 640, 352, 0, 0, 0, 0, 0};
  ASSERT_EQ(control(T31_CONTROL_AUTO_ZOOM, whole), 0);
  EXPECT_TRUE(settled() == wide);
}

TEST_F(Live, MoreBuffersThanTheHardwaresFifoHoldsAreAllUsedInOrder) {
  ASSERT_EQ(channel.stream_off(), 0);
  ASSERT_EQ(channel.request(0), 0);
  ASSERT_EQ(channel.request(12), 0);
  for (std::uint32_t i = 0; i < 12; ++i) ASSERT_EQ(channel.queue(i), 0);
  ASSERT_EQ(channel.stream_on(), 0);
  for (std::uint32_t i = 0; i < 36; ++i) {
    Frame frame;
    ASSERT_EQ(channel.dequeue(frame), 0);
    EXPECT_EQ(frame.sequence, i);
    EXPECT_EQ(frame.index, i % 12);
    ASSERT_EQ(channel.queue(frame.index), 0);
  }
}

}  // namespace
}  // namespace t31::test

// SPDX-License-Identifier: GPL-2.0-or-later
// ISP bypass: raw frames of the sensor on channel 0 (user-abi 4.4, 5 step 7; hw-pipeline 3.8).
#include <gtest/gtest.h>

#include <cerrno>
#include <filesystem>

#include "tests/controls/tuned_camera.hpp"

namespace t31::test {
namespace {

constexpr std::uint32_t kVic = 0x133e0000;
constexpr std::uint32_t kFrameBytes = 2 * 1920 * 1080;

struct Bypass : testing::Test {
  // What the vendor's library does for SetISPBypass (user-abi 5, step 7).
  void process(bool on) {
    ASSERT_EQ(session.tx(T31_TX_ISP_LINK_STREAMOFF), 0);
    User<std::int32_t> none(-1);
    ASSERT_EQ(session.tx(T31_TX_ISP_LINK_DESTROY, none.address()), 0);
    ASSERT_EQ(session.control_set(0x8000164, on), 0);
    User<std::int32_t> link(on ? 0 : 1);
    ASSERT_EQ(session.tx(T31_TX_ISP_LINK_SETUP, link.address()), 0);
    ASSERT_EQ(session.tx(T31_TX_ISP_LINK_STREAMON), 0);
  }

  int ioctl(std::uint32_t command, std::uint32_t argument) const {
    return t31_host_ioctl(fd, command, argument);
  }

  int queue(std::uint32_t index, std::uint32_t bytes = kFrameBytes) {
    User<t31_buffer> buffer;
    buffer->index = index;
    buffer->type = T31_BUF_TYPE_VIDEO_CAPTURE;
    buffer->memory = T31_MEMORY_USERPTR;
    buffer->userptr = address(index);
    buffer->length = bytes;
    return ioctl(T31_FRAMECHAN_QBUF, buffer.address());
  }
  std::uint32_t address(std::uint32_t index) const {
    return t31_host_rmem_base() + index * 0x400000;
  }

  // The client of the vendor's library: the format is what GET says.
  void start(std::uint32_t buffers) {
    fd = t31_host_open("/dev/framechan0", 0);
    ASSERT_GE(fd, 0);
    ASSERT_EQ(ioctl(T31_FRAMECHAN_GET_FORMAT, format.address()), 0);
    User<t31_request_buffers> request;
    request->count = buffers;
    request->type = T31_BUF_TYPE_VIDEO_CAPTURE;
    request->memory = T31_MEMORY_USERPTR;
    ASSERT_EQ(ioctl(T31_FRAMECHAN_REQBUFS, request.address()), 0);
    ASSERT_EQ(request->count, buffers);
    for (std::uint32_t i = 0; i < buffers; ++i) ASSERT_EQ(queue(i), 0);
    User<std::uint32_t> type(T31_BUF_TYPE_VIDEO_CAPTURE);
    ASSERT_EQ(ioctl(T31_FRAMECHAN_STREAMON, type.address()), 0);
  }

  int dequeue(t31_buffer& out) {
    User<t31_buffer> buffer;
    buffer->type = T31_BUF_TYPE_VIDEO_CAPTURE;
    buffer->memory = T31_MEMORY_USERPTR;
    const int result = ioctl(T31_FRAMECHAN_DQBUF, buffer.address());
    out = *buffer;
    return result;
  }

  Camera camera;
  Session session;
  User<t31_frame_format> format;
  int fd = -1;
};

TEST_F(Bypass, TheFormatIsTheSensorsRawPicture) {
  ASSERT_EQ(session.start(), 0);
  process(false);
  start(2);
  EXPECT_EQ(format->pix.width, 1920u);
  EXPECT_EQ(format->pix.height, 1080u);
  EXPECT_EQ(format->pix.pixelformat, 0x32314752u);
  EXPECT_EQ(format->pix.sizeimage, kFrameBytes);
  EXPECT_EQ(format->crop.crop_enable, 0);
  EXPECT_EQ(format->crop.scaler_enable, 0);
  t31_host_close(fd);
}

TEST_F(Bypass, FramesAreTheSensorsCodesInOrderAndOfTheFramesTheyName) {
  ASSERT_EQ(session.start(), 0);
  ASSERT_EQ(session.set_exposure(700, 1.0), 0);
  process(false);
  start(3);
  EXPECT_EQ(t31_host_peek(kVic + 0x304), 1920u << 16 | 1080);
  EXPECT_EQ(t31_host_peek(kVic + 0x310), 3840u);
  EXPECT_EQ(t31_host_peek(kVic + 0x300) & 0x80000020u, 0x80000020u);
  std::uint32_t last_sequence = 0;
  for (int i = 0; i < 9; ++i) {
    t31_buffer buffer{};
    ASSERT_EQ(dequeue(buffer), 0);
    EXPECT_EQ(buffer.index, static_cast<std::uint32_t>(i % 3));
    EXPECT_EQ(buffer.length, kFrameBytes);
    EXPECT_TRUE(i == 0 || buffer.sequence == last_sequence + 1);
    last_sequence = buffer.sequence;
    const auto* codes =
        static_cast<const std::uint16_t*>(t31_host_rmem(address(buffer.index), kFrameBytes));
    // Ten bits, right-aligned; a flat grey above the black level of 64 and below saturation.
    double sum = 0;
    for (std::uint32_t k = 0; k < 1920 * 1080; ++k) {
      ASSERT_LT(codes[k], 1024);
      sum += codes[k];
    }
    EXPECT_GT(sum / (1920 * 1080), 80);
    EXPECT_LT(sum / (1920 * 1080), 1000);
    ASSERT_EQ(queue(buffer.index), 0);
  }
  t31_host_close(fd);
}

TEST_F(Bypass, MoreBuffersThanBanksWaitTheirTurn) {
  ASSERT_EQ(session.start(), 0);
  process(false);
  start(7);
  for (std::uint32_t i = 0; i < 14; ++i) {
    t31_buffer buffer{};
    ASSERT_EQ(dequeue(buffer), 0);
    EXPECT_EQ(buffer.index, i % 7);
    ASSERT_EQ(queue(buffer.index), 0);
  }
  t31_host_close(fd);
}

TEST_F(Bypass, ACloseStopsTheDmaAndPicturesComeBack) {
  ASSERT_EQ(session.start(), 0);
  process(false);
  start(2);
  t31_buffer buffer{};
  ASSERT_EQ(dequeue(buffer), 0);
  t31_host_close(fd);
  EXPECT_EQ(t31_host_peek(kVic + 0x300), 0u);
  process(true);
  Channel channel(0, 640, 360, t31_host_rmem_base());
  channel.scaled = true;
  ASSERT_EQ(channel.start(2), 0);
  take_frames(channel, 3);
}

TEST_F(Bypass, WithoutBuffersNothingIsWritten) {
  ASSERT_EQ(session.start(), 0);
  process(false);
  start(1);
  t31_buffer buffer{};
  ASSERT_EQ(dequeue(buffer), 0);
  auto* memory = static_cast<std::uint8_t*>(t31_host_rmem(address(0), kFrameBytes));
  std::memset(memory, 0xa5, kFrameBytes);
  t31_host_sleep_ns(200000000);
  for (std::uint32_t i = 0; i < kFrameBytes; ++i) ASSERT_EQ(memory[i], 0xa5) << i;
  ASSERT_EQ(queue(0), 0);
  ASSERT_EQ(dequeue(buffer), 0);
  EXPECT_NE(memory[0], 0xa5);
  t31_host_close(fd);
}

TEST_F(Bypass, TheFlagWaitsForTheNextLinkSetup) {
  ASSERT_EQ(session.start(), 0);
  std::uint32_t value = 9;
  ASSERT_EQ(session.control_get(0x8000164, value), 0);
  EXPECT_EQ(value, 1u);
  ASSERT_EQ(session.control_set(0x8000164, 0), 0);
  Channel channel(0, 640, 360, t31_host_rmem_base());
  channel.scaled = true;
  ASSERT_EQ(channel.start(2), 0);
  take_frames(channel, 2);
}

TEST_F(Bypass, OtherFormatsAndSizesAreRefused) {
  ASSERT_EQ(session.start(), 0);
  process(false);
  Channel nv12(0, 1920, 1080, t31_host_rmem_base());
  ASSERT_EQ(nv12.open(), 0);
  EXPECT_EQ(nv12.set_format(), -EINVAL);
  ASSERT_EQ(nv12.close(), 0);
  // Only the first pad is linked.
  Channel second(1, 640, 360, t31_host_rmem_base());
  second.scaled = true;
  EXPECT_LT(second.start(2), 0);
  start(1);
  t31_buffer buffer{};
  ASSERT_EQ(dequeue(buffer), 0);
  EXPECT_EQ(queue(0, kFrameBytes - 1), -EINVAL);
  // A snapshot doesn't take the DMA away from the stream.
  write_proc("isp-w02", "snapraw 1\n");
  EXPECT_FALSE(std::filesystem::exists(camera.root() / "tmp/snap0.raw"));
  ASSERT_EQ(queue(0), 0);
  EXPECT_EQ(dequeue(buffer), 0);
  t31_host_close(fd);
}

}  // namespace
}  // namespace t31::test

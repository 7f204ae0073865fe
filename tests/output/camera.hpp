// SPDX-License-Identifier: GPL-2.0-or-later
// camera.hpp - an output stage with its nodes, linked, behind a 1920x1080 sensor; and a client of
// it.
#pragma once

#include <gtest/gtest.h>

#include <optional>

#include "fake_home.hpp"

struct t31_mmio {};

namespace fake {

using t31::output::OutputUnit;
using t31::output::Size;

inline t31_mmio registers;

// What libimp asks of a channel: NV12 of this size, by the scaler.
inline t31_frame_format scaled_format(u32 width, u32 height) {
  t31_frame_format format{};
  format.type = T31_BUF_TYPE_VIDEO_CAPTURE;
  format.pix.width = width;
  format.pix.height = height;
  format.pix.pixelformat = T31_FOURCC_NV12;
  format.pix.colorspace = T31_COLORSPACE_SRGB;
  format.crop.scaler_enable = 1;
  format.crop.scaler_width = width;
  format.crop.scaler_height = height;
  return format;
}

class Camera : public ::testing::Test {
 protected:
  Camera() {
    reset();
    unit = std::make_unique<OutputUnit>(t31::Window(&registers), parameters, links);
    EXPECT_TRUE(unit->create_nodes().ok());
  }
  ~Camera() override { unload(); }

  void unload() {
    if (unit == nullptr) return;
    unit->destroy_nodes();
    unit.reset();
    EXPECT_EQ(node_count(), 0u);
  }

  // /dev/tx-isp open, sensor selected, links set up.
  void power_on(Size sensor = {1920, 1080}) {
    unit->activate();
    select(sensor);
    ASSERT_TRUE(links.setup(0).ok());
  }
  void select(Size sensor) {
    unit->chip_reset();
    unit->set_input(sensor);
    home().chip.take_writes();
  }

  // A frame starts, lasts 30 ms, and ends on all running channels.
  void start_frame() {
    now += 10'000'000;
    unit->frame_start(now);
  }
  void end_frame() {
    now += 30'000'000;
    for (unsigned i = 0; i < 3; ++i) {
      if (home().chip.end_frame(i)) unit->channel_done(i, now);
    }
  }
  void frame() {
    start_frame();
    end_frame();
  }

  u32 reg(u32 offset) { return home().chip.registers[offset]; }

  t31_parameters parameters = T31_PARAMETERS_DEFAULT;
  t31::graph::Links links;
  std::unique_ptr<OutputUnit> unit;
  u64 now = 5'000'000'000;
};

// A client of one channel.
class Client {
 public:
  explicit Client(unsigned channel, u32 flags = 0)
      : channel_(channel), fd(("framechan" + std::to_string(channel)).c_str(), flags) {}

  long set_format(const t31_frame_format& wanted) {
    format_.emplace(wanted);
    return fd.ioctl(T31_FRAMECHAN_SET_FORMAT, *format_);
  }
  long set_format(u32 width, u32 height) { return set_format(scaled_format(width, height)); }
  t31_frame_format& format() { return **format_; }
  long request(u32 count, u32 memory = T31_MEMORY_USERPTR) {
    User<t31_request_buffers> request({count, 1, memory, {}});
    const long result = fd.ioctl(T31_FRAMECHAN_REQBUFS, request);
    granted = request->count;
    return result;
  }
  u32 size() { return format().pix.sizeimage; }
  u32 address_of(u32 index) const { return 0x06000000 + channel_ * 0xa00000 + index * 0x80000; }
  t31_buffer buffer(u32 index) {
    t31_buffer buffer{};
    buffer.index = index;
    buffer.type = 1;
    buffer.memory = 2;
    buffer.userptr = address_of(index);
    buffer.length = size();
    return buffer;
  }
  long queue(const t31_buffer& wanted) {
    User<t31_buffer> argument(wanted);
    const long result = fd.ioctl(T31_FRAMECHAN_QBUF, argument);
    last = *argument;
    return result;
  }
  long queue(u32 index) { return queue(buffer(index)); }
  long dequeue() {
    User<t31_buffer> argument;
    argument->type = 1;
    argument->memory = 2;
    const long result = fd.ioctl(T31_FRAMECHAN_DQBUF, argument);
    last = *argument;
    return result;
  }
  long query(u32 index) {
    User<t31_buffer> argument;
    argument->type = 1;
    argument->index = index;
    const long result = fd.ioctl(T31_FRAMECHAN_QUERYBUF, argument);
    last = *argument;
    return result;
  }
  long stream_on(u32 type = 1) {
    User<u32> argument(type);
    return fd.ioctl(T31_FRAMECHAN_STREAMON, argument);
  }
  long stream_off(u32 type = 1) {
    User<u32> argument(type);
    return fd.ioctl(T31_FRAMECHAN_STREAMOFF, argument);
  }
  // Format, buffers, all queued, streaming.
  void run(u32 width, u32 height, u32 buffers) {
    ASSERT_EQ(fd.error(), 0);
    ASSERT_EQ(set_format(width, height), 0);
    ASSERT_EQ(request(buffers), 0);
    for (u32 i = 0; i < buffers; ++i) ASSERT_EQ(queue(i), 0);
    ASSERT_EQ(stream_on(), 0);
  }

 private:
  unsigned channel_;
  std::optional<User<t31_frame_format>> format_;

 public:
  Descriptor fd;
  t31_buffer last{};
  u32 granted = 0;
};

}  // namespace fake

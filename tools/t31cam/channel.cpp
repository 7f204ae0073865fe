// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31cam/channel.hpp"

#include <fmt/format.h>

namespace t31::cam {
namespace {

constexpr std::uint32_t kBuffers = 3;

t31_frame_format frame_format(const ChannelOption& option) {
  t31_frame_format format{};
  format.type = T31_BUF_TYPE_VIDEO_CAPTURE;
  format.pix.width = option.width;
  format.pix.height = option.height;
  format.pix.pixelformat = T31_FOURCC_NV12;
  format.pix.field = T31_FIELD_ANY;
  format.pix.colorspace = T31_COLORSPACE_SRGB;
  format.crop.rate_mask = 1;
  if (option.crop) {
    format.crop.crop_enable = 1;
    format.crop.crop_width = option.width;
    format.crop.crop_height = option.height;
  } else {
    format.crop.scaler_enable = 1;
    format.crop.scaler_width = option.width;
    format.crop.scaler_height = option.height;
  }
  return format;
}

t31_buffer buffer_header() {
  t31_buffer buffer{};
  buffer.type = T31_BUF_TYPE_VIDEO_CAPTURE;
  buffer.memory = T31_MEMORY_USERPTR;
  return buffer;
}

}  // namespace

Channel::Channel(const ChannelOption& option, ReservedMemory& memory)
    : option_(option),
      name_(fmt::format("channel {}", option.number)),
      node_(fmt::format("/dev/framechan{}", option.number)) {
  set_format();
  queue_buffers(memory);
}

Channel::~Channel() {
  stop();
  UserMemory<t31_request_buffers> none({0, T31_BUF_TYPE_VIDEO_CAPTURE, T31_MEMORY_USERPTR, {0, 0}});
  node_.try_call(T31_FRAMECHAN_REQBUFS, none.address());
}

void Channel::set_format() {
  UserMemory<t31_frame_format> format(frame_format(option_));
  const std::string what = fmt::format("setting {}x{}", option_.width, option_.height);
  node_.call(what.c_str(), T31_FRAMECHAN_SET_FORMAT, format);
  size_ = format->pix.sizeimage;
}

void Channel::queue_buffers(ReservedMemory& memory) {
  UserMemory<t31_request_buffers> request(
      {kBuffers, T31_BUF_TYPE_VIDEO_CAPTURE, T31_MEMORY_USERPTR, {0, 0}});
  node_.call("requesting buffers", T31_FRAMECHAN_REQBUFS, request);
  for (std::uint32_t index = 0; index < request->count; ++index) {
    buffers_.push_back(memory.allocate(size_, node_.path().c_str()));
    UserMemory<t31_buffer> buffer(buffer_header());
    buffer->index = index;
    buffer->userptr = buffers_.back();
    buffer->length = size_;
    node_.call("queueing a buffer", T31_FRAMECHAN_QBUF, buffer);
  }
}

void Channel::start(Handler handler) {
  handler_ = std::move(handler);
  running_ = true;
  thread_ = t31_host_thread_start(name_.c_str(), thread_entry, this);
  if (thread_ == nullptr) {
    running_ = false;
    throw Failure(fmt::format("{}: can't start a thread", node_.path()));
  }
  UserMemory<std::uint32_t> type(T31_BUF_TYPE_VIDEO_CAPTURE);
  node_.call("starting", T31_FRAMECHAN_STREAMON, type);
}

void Channel::stop() {
  if (thread_ == nullptr) return;
  stopping_ = true;
  t31_host_thread_signal(thread_);
  t31_host_thread_join(thread_);
  thread_ = nullptr;
  UserMemory<std::uint32_t> type(T31_BUF_TYPE_VIDEO_CAPTURE);
  node_.try_call(T31_FRAMECHAN_STREAMOFF, type.address());
}

void Channel::thread_entry(void* self) {
  static_cast<Channel*>(self)->run();
}

void Channel::run() {
  try {
    while (!stopping_ && take_frame()) {
    }
  } catch (const std::exception& error) {
    if (!stopping_) error_ = error.what();
  }
  running_ = false;
}

bool Channel::take_frame() {
  UserMemory<std::int32_t> done;
  node_.call("waiting for a frame", T31_FRAMECHAN_WAIT_FRAME_DONE, done);
  UserMemory<t31_buffer> buffer(buffer_header());
  node_.call("taking a frame", T31_FRAMECHAN_DQBUF, buffer);
  if (buffer->index >= buffers_.size()) {
    throw Failure(fmt::format("{}: unknown buffer {}", node_.path(), buffer->index));
  }
  const std::uint32_t address = buffers_[buffer->index];
  const auto* pixels = static_cast<const std::uint8_t*>(t31_host_rmem(address, size_));
  if (pixels == nullptr) throw Failure(fmt::format("{}: buffer is not mapped", node_.path()));
  // The chroma plane follows the luma plane of whole macroblock rows (user-abi 4.5).
  const std::uint32_t luma_rows = (option_.height + 15) & ~15u;
  Frame frame;
  frame.sequence = buffer->sequence;
  frame.timestamp_us = std::uint64_t{buffer->tv_sec} * 1000000 + buffer->tv_usec;
  frame.width = option_.width;
  frame.height = option_.height;
  frame.luma = pixels;
  frame.chroma = pixels + std::size_t{option_.width} * luma_rows;
  const bool more = handler_(frame);
  ++taken_;
  const std::uint32_t index = buffer->index;
  *buffer = buffer_header();
  buffer->index = index;
  buffer->userptr = address;
  buffer->length = size_;
  node_.call("queueing a buffer", T31_FRAMECHAN_QBUF, buffer);
  return more;
}

}  // namespace t31::cam

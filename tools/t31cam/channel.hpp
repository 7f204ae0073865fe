// SPDX-License-Identifier: GPL-2.0-or-later
// channel.hpp - one video channel: /dev/framechanN from open to close, with a client thread that
// takes the frames (user-abi 5, steps 9 to 12).
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "t31cam/client.hpp"
#include "t31cam/options.hpp"
#include "uapi/t31/framechan.h"

namespace t31::cam {

// A dequeued frame; the pixels are valid during the call that hands it over.
struct Frame {
  std::uint32_t sequence = 0;
  std::uint64_t timestamp_us = 0;
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  const std::uint8_t* luma = nullptr;    // `width` bytes a row
  const std::uint8_t* chroma = nullptr;  // `width` bytes a row, half the rows
};

class Channel {
 public:
  // Called on the channel's thread for every frame; false: enough.
  using Handler = std::function<bool(const Frame&)>;

  // Opens the node, sets the format, queues all buffers. Throws Failure.
  Channel(const ChannelOption& option, ReservedMemory& memory);
  // Stops if need be and closes.
  ~Channel();
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;

  void start(Handler handler);
  // Ends the thread: at once if it waits for a frame.
  void stop();
  bool running() const { return running_; }
  // What ended the thread before the handler said so; empty: nothing did.
  const std::string& error() const { return error_; }
  std::uint64_t taken() const { return taken_; }
  const ChannelOption& option() const { return option_; }

 private:
  void set_format();
  void queue_buffers(ReservedMemory& memory);
  void run();
  // Waits for a frame, hands it over, queues its buffer again; false: enough.
  bool take_frame();
  static void thread_entry(void* self);

  ChannelOption option_;
  std::string name_;
  Node node_;
  std::uint32_t size_ = 0;  // bytes of a buffer
  std::vector<std::uint32_t> buffers_;
  Handler handler_;
  t31_host_thread* thread_ = nullptr;
  std::atomic<bool> running_ = false;
  std::atomic<bool> stopping_ = false;
  std::atomic<std::uint64_t> taken_ = 0;
  std::string error_;  // written by the thread before running_ becomes false
};

}  // namespace t31::cam

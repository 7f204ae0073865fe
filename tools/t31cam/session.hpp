// SPDX-License-Identifier: GPL-2.0-or-later
// session.hpp - a whole camera session: boot, sensor, controls, streaming, and back.
#pragma once

#include <functional>
#include <memory>
#include <span>

#include "t31cam/camera.hpp"
#include "t31cam/channel.hpp"
#include "t31cam/machine.hpp"

namespace t31::cam {

class Session {
 public:
  // Everything up to, and not including, the channels. Throws Failure.
  explicit Session(const CameraOptions& options);

  // For handlers, too.
  Tuning& tuning() { return tuning_; }
  // Makes the handler of a channel's frames.
  using HandlerFactory = std::function<Channel::Handler(const ChannelOption&)>;
  // Streams all channels until each handler has had enough or the user interrupts. `progress` is
  // called now and then with the frames taken so far. Throws Failure.
  void stream(
      const HandlerFactory& make_handler,
      const std::function<void(std::uint64_t)>& progress = [](std::uint64_t) {});

 private:
  void watch(std::span<const std::unique_ptr<Channel>> channels,
             const std::function<void(std::uint64_t)>& progress);

  CameraOptions options_;
  Machine machine_;
  ReservedMemory memory_;
  Sensor sensor_;
  Tuning tuning_;
};

// From now on the first SIGINT asks sessions to end; a second one kills.
void catch_interrupt();
bool interrupted();

}  // namespace t31::cam

// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31cam/session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <memory>
#include <vector>

namespace t31::cam {
namespace {

constexpr std::uint64_t kMillisecond = 1000000;  // ns
constexpr std::uint64_t kSecond = 1000 * kMillisecond;
// Longer than the longest frame, 1 s, and some.
constexpr std::uint64_t kPatience = 5 * kSecond;

volatile std::sig_atomic_t interrupt_seen = 0;

void on_interrupt(int) {
  interrupt_seen = 1;
}

}  // namespace

void catch_interrupt() {
  struct sigaction action {};
  action.sa_handler = on_interrupt;
  action.sa_flags = static_cast<int>(SA_RESETHAND) | SA_RESTART;
  sigaction(SIGINT, &action, nullptr);
}

bool interrupted() {
  return interrupt_seen != 0;
}

Session::Session(const CameraOptions& options)
    : options_(options), machine_(options), sensor_(options, machine_.tuning_path(), memory_) {
  tuning_.apply(options);
}

void Session::stream(const HandlerFactory& make_handler,
                     const std::function<void(std::uint64_t)>& progress) {
  std::vector<std::unique_ptr<Channel>> channels;
  for (const ChannelOption& option : options_.channels) {
    channels.push_back(std::make_unique<Channel>(option, memory_));
    Channel::Handler handler = make_handler(option);
    if (option.number == 0) {
      handler = [this, handler = std::move(handler)](const Frame& frame) {
        tuning_.read_ae_zones();
        return handler(frame);
      };
    }
    channels.back()->start(std::move(handler));
  }
  watch(channels, progress);
  for (const auto& channel : channels) channel->stop();
  for (const auto& channel : channels) {
    if (!channel->error().empty()) throw Failure(channel->error());
  }
}

// What the main thread does while the channels' threads work: reports, polls as vendor programs do,
// and notices when a channel gets no frames.
void Session::watch(std::span<const std::unique_ptr<Channel>> channels,
                    const std::function<void(std::uint64_t)>& progress) {
  struct Seen {
    std::uint64_t frames = 0;
    std::uint64_t since = t31_host_time_ns();
  };
  std::vector<Seen> seen(channels.size());
  std::uint64_t next_poll = t31_host_time_ns() + kSecond;
  const auto running = [](const auto& channel) { return channel->running(); };
  while (!interrupted() && std::any_of(channels.begin(), channels.end(), running)) {
    t31_host_sleep_ns(20 * kMillisecond);
    const std::uint64_t now = t31_host_time_ns();
    std::uint64_t total = 0;
    for (std::size_t i = 0; i < channels.size(); ++i) {
      const std::uint64_t frames = channels[i]->taken();
      total += frames;
      if (frames != seen[i].frames || !channels[i]->running()) {
        seen[i] = {frames, now};
      } else if (now - seen[i].since > kPatience) {
        throw Failure(
            fmt::format("channel {}: no frame for {} s ('t31cam proc status' may say why)",
                        channels[i]->option().number, kPatience / kSecond));
      }
    }
    progress(total);
    if (now >= next_poll) {
      tuning_.poll();
      next_poll += kSecond;
    }
  }
}

}  // namespace t31::cam

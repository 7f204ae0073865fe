// SPDX-License-Identifier: GPL-2.0-or-later
// `t31cam proc [FILE]`: what /proc/jz/isp says while the camera runs.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "t31cam/commands.hpp"
#include "t31cam/errors.hpp"
#include "t31cam/session.hpp"

namespace t31::cam {
namespace {

constexpr std::array kFiles = {"isp-m0",  "isp-fs", "isp-w00", "isp-w01",
                               "isp-w02", "status", "sensor",  "control"};
// Enough for exposure and counters to show a running camera.
constexpr std::uint64_t kFramesBefore = 5;

std::string read(const std::string& file) {
  return Node("/proc/jz/isp/" + file).read_all();
}

std::string read_all() {
  std::string text;
  for (const char* file : kFiles) text += fmt::format("== {} ==\n{}\n", file, read(file));
  return text;
}

}  // namespace

int run_proc(const CameraOptions& options, const std::string& file) {
  const bool known = std::find(kFiles.begin(), kFiles.end(), file) != kFiles.end();
  if (!file.empty() && !known) {
    throw UsageError(
        fmt::format("proc {}: no such file; there are {}", file, fmt::join(kFiles, ", ")));
  }
  catch_interrupt();
  std::string text;
  {
    Session session(options);
    session.stream([&](const ChannelOption& channel) {
      const bool reader = channel.number == options.channels.front().number;
      return [&, reader, frames = std::uint64_t{0}](const Frame&) mutable {
        if (++frames < kFramesBefore) return true;
        if (reader) text = file.empty() ? read_all() : read(file);
        return false;
      };
    });
  }
  fmt::print("{}", text);
  return interrupted() ? kExitInterrupted : kExitOk;
}

}  // namespace t31::cam

// SPDX-License-Identifier: GPL-2.0-or-later
// `t31cam capture`: pictures from all channels to files.
#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "t31cam/commands.hpp"
#include "t31cam/controls.hpp"
#include "t31cam/errors.hpp"
#include "t31cam/picture_writer.hpp"
#include "t31cam/progress.hpp"
#include "t31cam/session.hpp"
#include "t31cam/statistics.hpp"

namespace t31::cam {
namespace {

using Clock = std::chrono::steady_clock;

// What happens to the frames of one channel.
class ChannelSink {
 public:
  ChannelSink(const ChannelOption& channel, const CaptureOptions& options,
              const PictureWriter::Target& target)
      : skip_(options.skip),
        frames_(options.frames),
        statistics_(channel.number, channel.width, channel.height),
        writer_(channel.number, target) {}

  // False when it has had enough.
  bool take(const Frame& frame) {
    if (skipped_ < skip_) {
      ++skipped_;
      return true;
    }
    statistics_.add(frame.sequence, frame.timestamp_us, Clock::now());
    writer_.add(copy_frame(frame));
    return statistics_.frames() < frames_;
  }

  const ChannelStatistics& statistics() const { return statistics_; }
  PictureWriter& writer() { return writer_; }

 private:
  const unsigned skip_;
  const unsigned frames_;
  unsigned skipped_ = 0;
  ChannelStatistics statistics_;
  PictureWriter writer_;
};

using Sinks = std::map<unsigned, std::unique_ptr<ChannelSink>>;

PictureWriter::Target target(const CaptureOptions& options) {
  return {options.output, options.format,
          static_cast<image::ColourSpace>(colour_space_mode(options.camera.settings)),
          options.camera.frame_rate.value_or(FrameRate{})};
}

void create_folder(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw Failure(fmt::format("can't create {}: {}", folder, error.message()));
}

void report_json(const Sinks& sinks, double seconds) {
  nlohmann::json json = {{"channels", nlohmann::json::array()}};
  std::uint64_t frames = 0;
  std::uint64_t dropped = 0;
  for (const auto& [number, sink] : sinks) {
    nlohmann::json channel = sink->statistics().to_json();
    channel["files"] = sink->writer().files();
    json["channels"].push_back(channel);
    frames += sink->statistics().frames();
    dropped += sink->statistics().dropped();
  }
  json["totals"] = {{"frames", frames},
                    {"dropped", dropped},
                    {"seconds", seconds},
                    {"interrupted", interrupted()}};
  fmt::print("{}\n", json.dump(2));
}

void report_text(const Sinks& sinks) {
  for (const auto& [number, sink] : sinks) {
    fmt::print("{}\n", sink->statistics().to_text());
    const auto& files = sink->writer().files();
    if (files.size() == 1) fmt::print("  {}\n", files.front());
    if (files.size() > 1) {
      fmt::print("  {} ... {} ({} files)\n", files.front(), files.back(), files.size());
    }
  }
}

}  // namespace

int run_capture(const CaptureOptions& options) {
  create_folder(options.output);
  catch_interrupt();
  const auto start = Clock::now();
  Sinks sinks;
  for (const ChannelOption& channel : options.camera.channels) {
    sinks[channel.number] = std::make_unique<ChannelSink>(channel, options, target(options));
  }
  {
    Session session(options.camera);
    ProgressBar bar;
    const std::uint64_t total =
        (std::uint64_t{options.skip} + options.frames) * options.camera.channels.size();
    session.stream(
        [&](const ChannelOption& channel) {
          ChannelSink& sink = *sinks.at(channel.number);
          return [&sink](const Frame& frame) { return sink.take(frame); };
        },
        [&](std::uint64_t taken) { bar.show(taken, total); });
  }
  for (const auto& [number, sink] : sinks) sink->writer().finish();
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  if (options.json) {
    report_json(sinks, seconds);
  } else {
    report_text(sinks);
  }
  if (interrupted()) fmt::print(stderr, "t31cam: interrupted\n");
  return interrupted() ? kExitInterrupted : kExitOk;
}

}  // namespace t31::cam

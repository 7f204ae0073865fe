// SPDX-License-Identifier: GPL-2.0-or-later
// statistics.hpp - what a capture delivered: counts, gaps, intervals; as JSON and in words.
#pragma once

#include <chrono>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "t31cam/channel.hpp"

namespace t31::cam {

// Of a series of intervals in microseconds; zeros when there is none.
struct IntervalSummary {
  std::uint64_t median = 0;
  std::uint64_t p99 = 0;  // 99 of 100 are not longer
  std::uint64_t max = 0;
};
IntervalSummary summarise(std::vector<std::uint64_t> intervals);

// Collects the delivered frames of one channel.
class ChannelStatistics {
 public:
  ChannelStatistics(unsigned channel, std::uint32_t width, std::uint32_t height)
      : channel_(channel), width_(width), height_(height) {}

  // `arrival`: when the client had the frame, by the wall clock.
  void add(std::uint32_t sequence, std::uint64_t timestamp_us,
           std::chrono::steady_clock::time_point arrival);

  std::uint64_t frames() const { return timestamps_.size(); }
  // Sequence numbers missing between the first and the last delivered frame.
  std::uint64_t dropped() const;
  // Frames per second from the timestamps; 0 with less than two frames.
  double frame_rate() const;

  nlohmann::json to_json() const;
  std::string to_text() const;

 private:
  unsigned channel_;
  std::uint32_t width_;
  std::uint32_t height_;
  std::uint32_t first_sequence_ = 0;
  std::uint32_t last_sequence_ = 0;
  std::vector<std::uint64_t> timestamps_;
  std::vector<std::chrono::steady_clock::time_point> arrivals_;
};

}  // namespace t31::cam

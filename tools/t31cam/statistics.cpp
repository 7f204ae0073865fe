// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31cam/statistics.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace t31::cam {
namespace {

nlohmann::json to_json(const IntervalSummary& summary) {
  return {{"median", summary.median}, {"p99", summary.p99}, {"max", summary.max}};
}

std::vector<std::uint64_t> differences(const std::vector<std::uint64_t>& times) {
  std::vector<std::uint64_t> result;
  for (std::size_t i = 1; i < times.size(); ++i) result.push_back(times[i] - times[i - 1]);
  return result;
}

std::vector<std::uint64_t> differences(
    const std::vector<std::chrono::steady_clock::time_point>& times) {
  std::vector<std::uint64_t> result;
  for (std::size_t i = 1; i < times.size(); ++i) {
    const auto interval =
        std::chrono::duration_cast<std::chrono::microseconds>(times[i] - times[i - 1]);
    result.push_back(static_cast<std::uint64_t>(interval.count()));
  }
  return result;
}

}  // namespace

IntervalSummary summarise(std::vector<std::uint64_t> intervals) {
  if (intervals.empty()) return {};
  std::sort(intervals.begin(), intervals.end());
  const std::size_t count = intervals.size();
  const std::size_t p99 = (count * 99 + 99) / 100 - 1;  // nearest rank
  return {intervals[count / 2], intervals[p99], intervals.back()};
}

void ChannelStatistics::add(std::uint32_t sequence, std::uint64_t timestamp_us,
                            std::chrono::steady_clock::time_point arrival) {
  if (timestamps_.empty()) first_sequence_ = sequence;
  last_sequence_ = sequence;
  timestamps_.push_back(timestamp_us);
  arrivals_.push_back(arrival);
}

std::uint64_t ChannelStatistics::dropped() const {
  if (timestamps_.empty()) return 0;
  const std::uint64_t expected = std::uint64_t{last_sequence_} - first_sequence_ + 1;
  return expected - std::min(expected, frames());
}

double ChannelStatistics::frame_rate() const {
  if (frames() < 2) return 0;
  const std::uint64_t span = timestamps_.back() - timestamps_.front();
  return span == 0 ? 0 : 1e6 * static_cast<double>(frames() - 1) / static_cast<double>(span);
}

nlohmann::json ChannelStatistics::to_json() const {
  return {{"channel", channel_},
          {"width", width_},
          {"height", height_},
          {"frames", frames()},
          {"dropped", dropped()},
          {"first_sequence", first_sequence_},
          {"last_sequence", last_sequence_},
          {"interval_us", cam::to_json(summarise(differences(timestamps_)))},
          {"arrival_interval_us", cam::to_json(summarise(differences(arrivals_)))},
          {"fps", frame_rate()}};
}

std::string ChannelStatistics::to_text() const {
  std::string text = fmt::format("channel {}: {}x{}, {} frames, {} dropped", channel_, width_,
                                 height_, frames(), dropped());
  if (frames() > 1) {
    const IntervalSummary interval = summarise(differences(timestamps_));
    text += fmt::format(", every {} us (at most {}), {:.2f} fps", interval.median, interval.max,
                        frame_rate());
  }
  return text;
}

}  // namespace t31::cam

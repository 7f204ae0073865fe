// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31cam/statistics.hpp"

#include <gtest/gtest.h>

namespace t31::cam {
namespace {

const std::chrono::steady_clock::time_point kStart{};

TEST(Statistics, AGapInTheSequenceCountsAsDropped) {
  ChannelStatistics statistics(1, 640, 360);
  for (const std::uint32_t sequence : {7u, 8u, 11u, 12u}) {
    statistics.add(sequence, 40000 * sequence, kStart);
  }
  EXPECT_EQ(statistics.frames(), 4u);
  EXPECT_EQ(statistics.dropped(), 2u);
  const nlohmann::json json = statistics.to_json();
  EXPECT_EQ(json["channel"], 1);
  EXPECT_EQ(json["width"], 640);
  EXPECT_EQ(json["height"], 360);
  EXPECT_EQ(json["frames"], 4);
  EXPECT_EQ(json["dropped"], 2);
  EXPECT_EQ(json["first_sequence"], 7);
  EXPECT_EQ(json["last_sequence"], 12);
  EXPECT_EQ(json["interval_us"]["median"], 40000);
  EXPECT_EQ(json["interval_us"]["max"], 120000);
}

TEST(Statistics, TheRateIsThatOfTheTimestamps) {
  ChannelStatistics statistics(0, 16, 16);
  for (std::uint32_t i = 0; i < 31; ++i) statistics.add(i, 1000 + i * 66667ull, kStart);
  EXPECT_NEAR(statistics.frame_rate(), 15, 0.001);
}

TEST(Statistics, ArrivalsAreMeasuredByTheWallClock) {
  ChannelStatistics statistics(0, 16, 16);
  const std::chrono::milliseconds arrivals[] = {
      std::chrono::milliseconds(0), std::chrono::milliseconds(40), std::chrono::milliseconds(100)};
  for (std::uint32_t i = 0; i < 3; ++i) statistics.add(i, i * 40000ull, kStart + arrivals[i]);
  EXPECT_EQ(statistics.to_json()["arrival_interval_us"]["max"], 60000);
}

TEST(Statistics, NothingAndOneFrameHaveNoIntervals) {
  ChannelStatistics statistics(0, 16, 16);
  EXPECT_EQ(statistics.to_json()["interval_us"]["median"], 0);
  EXPECT_EQ(statistics.dropped(), 0u);
  statistics.add(3, 5, kStart);
  EXPECT_EQ(statistics.to_json()["fps"], 0);
  EXPECT_EQ(statistics.dropped(), 0u);
}

TEST(Statistics, PercentilesAreOfTheNearestRank) {
  std::vector<std::uint64_t> intervals;
  for (std::uint64_t i = 1; i <= 200; ++i) intervals.push_back(i);
  const IntervalSummary summary = summarise(intervals);
  EXPECT_EQ(summary.p99, 198u);
  EXPECT_EQ(summary.max, 200u);
  EXPECT_EQ(summarise({5}).p99, 5u);
}

}  // namespace
}  // namespace t31::cam

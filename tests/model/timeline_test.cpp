// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/core/timeline.hpp"

#include <gtest/gtest.h>

#include <string>

namespace t31::model {
namespace {

constexpr auto kGroup = Timeline::Group::kReceivedFrame;

TEST(Timeline, RunsEventsInOrderOfTimeAndThenOfInsertion) {
  Timeline timeline;
  std::string order;
  timeline.at(20, kGroup, [&] { order += 'c'; });
  timeline.at(10, kGroup, [&] { order += 'a'; });
  timeline.at(10, kGroup, [&] { order += 'b'; });
  EXPECT_EQ(timeline.next(), 10u);
  timeline.advance(20);
  EXPECT_EQ(order, "abc");
  EXPECT_EQ(timeline.now(), 20u);
  EXPECT_EQ(timeline.next(), Timeline::kNever);
}

TEST(Timeline, TimeDuringAnEventIsTheEventsTime) {
  Timeline timeline;
  Nanoseconds seen = 0;
  timeline.at(7, kGroup, [&] { seen = timeline.now(); });
  timeline.advance(100);
  EXPECT_EQ(seen, 7u);
  EXPECT_EQ(timeline.now(), 100u);
}

TEST(Timeline, AnEventMayAddOneThatStillRunsInTheSameAdvance) {
  Timeline timeline;
  int ran = 0;
  timeline.at(5, kGroup, [&] { timeline.at(6, kGroup, [&] { ++ran; }); });
  timeline.advance(6);
  EXPECT_EQ(ran, 1);
}

TEST(Timeline, CancelCallsOffOneGroupOnly) {
  Timeline timeline;
  int received = 0, sensor = 0;
  timeline.at(5, Timeline::Group::kReceivedFrame, [&] { ++received; });
  timeline.at(5, Timeline::Group::kSensorFrame, [&] { ++sensor; });
  timeline.cancel(Timeline::Group::kReceivedFrame);
  timeline.advance(5);
  EXPECT_EQ(received, 0);
  EXPECT_EQ(sensor, 1);
}

TEST(Timeline, TimeNeverRunsBackwards) {
  Timeline timeline;
  timeline.advance(50);
  timeline.advance(10);
  EXPECT_EQ(timeline.now(), 50u);
}

}  // namespace
}  // namespace t31::model

// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "driver/output/frame_counter.hpp"

using t31::output::FrameCounter;

namespace {

constexpr u64 kMs = 1'000'000;
constexpr u64 kPeriod = 40 * kMs;
constexpr u64 kReadout = 30 * kMs;

struct Stream {
  FrameCounter counter;
  explicit Stream(bool pending = false) { counter.reset(pending); }
  static u64 start_of(u32 frame) { return 1000 * kMs + frame * kPeriod; }
  void start(u32 frame, u64 late = 0) { counter.frame_start(start_of(frame) + late); }
  u32 done(u32 frame, u64 late = 0, u32 count = 1) {
    return counter.completed(start_of(frame) + kReadout + late, count);
  }
};

TEST(FrameCounter, NumbersFramesFromZero) {
  Stream stream;
  for (u32 frame = 0; frame < 300; ++frame) {
    stream.start(frame);
    ASSERT_EQ(stream.done(frame), frame);
  }
  EXPECT_EQ(stream.counter.missed(), 0u);
}

TEST(FrameCounter, ADroppedFrameLeavesAGap) {
  Stream stream;
  stream.start(0);
  EXPECT_EQ(stream.done(0), 0u);
  stream.start(1);
  stream.start(2);
  stream.start(3);
  EXPECT_EQ(stream.done(3), 3u);
  EXPECT_EQ(stream.counter.missed(), 2u);
}

TEST(FrameCounter, FramesBeforeTheFirstBufferCount) {
  Stream stream;
  for (u32 frame = 0; frame < 5; ++frame) stream.start(frame);
  EXPECT_EQ(stream.done(4), 4u);
  EXPECT_EQ(stream.counter.missed(), 4u);
}

TEST(FrameCounter, FramesThatNobodyTakesAreMissedWhileTheyPass) {
  Stream stream;
  stream.start(0);
  EXPECT_EQ(stream.counter.missed(), 0u);  // still being read out
  stream.start(1);
  EXPECT_EQ(stream.counter.missed(), 1u);
  stream.start(2);
  EXPECT_EQ(stream.counter.missed(), 2u);
}

TEST(FrameCounter, AStartThatWasPendingAtTheChannelsStartDoesNotCount) {
  Stream stream(true);
  stream.start(0);
  stream.start(1);
  EXPECT_EQ(stream.done(1), 0u);
}

TEST(FrameCounter, CompletionHandledTogetherWithTheNextStartBelongsToTheFrameBefore) {
  for (const bool start_first : {false, true}) {
    Stream stream;
    stream.start(0);
    for (u32 frame = 0; frame < 50; ++frame) {
      const u64 late = Stream::start_of(frame + 1) + 200000;  // one interrupt for both
      if (start_first) stream.counter.frame_start(late);
      EXPECT_EQ(stream.counter.completed(late, 1), frame);
      if (!start_first) stream.counter.frame_start(late);
    }
    EXPECT_EQ(stream.counter.missed(), 0u);
  }
}

TEST(FrameCounter, CompletionJustAfterTheNextStartBelongsToTheFrameBefore) {
  Stream stream;
  stream.start(0);
  for (u32 frame = 0; frame < 10; ++frame) {
    stream.start(frame + 1);
    EXPECT_EQ(stream.counter.completed(Stream::start_of(frame + 1) + kMs / 2, 1), frame);
  }
}

TEST(FrameCounter, CompletionsReportedBeforeTheirOwnStartAreNumberedWithoutRepeat) {
  Stream stream;
  for (u32 frame = 0; frame < 50; ++frame) {
    EXPECT_EQ(stream.done(frame), frame);
    stream.start(frame);
  }
  EXPECT_EQ(stream.counter.missed(), 0u);
}

TEST(FrameCounter, AStartHandledLateDoesNotRepeatANumber) {
  Stream stream;
  for (u32 frame = 0; frame < 50; ++frame) {
    stream.start(frame, frame % 7 == 3 ? kReadout - kMs / 4 : 0);
    ASSERT_EQ(stream.done(frame), frame);
  }
}

TEST(FrameCounter, TwoFramesCompletedInOneInterruptKeepTheirOwnNumbers) {
  Stream stream;
  stream.start(0);
  EXPECT_EQ(stream.done(0), 0u);
  stream.start(1);
  stream.start(2);
  EXPECT_EQ(stream.done(2, 0, 2), 2u);  // frames 1 and 2
  stream.start(3);
  EXPECT_EQ(stream.done(3), 3u);
  EXPECT_EQ(stream.counter.missed(), 0u);
}

TEST(FrameCounter, StartsThatWereLostAreMadeUpFor) {
  Stream stream;
  stream.start(0);
  EXPECT_EQ(stream.done(0), 0u);
  stream.start(2);  // the interrupt of frame 1's start was merged with it
  EXPECT_EQ(stream.done(2, 0, 2), 2u);
  stream.start(3);
  EXPECT_EQ(stream.done(3), 3u);
}

}  // namespace

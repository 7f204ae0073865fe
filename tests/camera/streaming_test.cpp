// SPDX-License-Identifier: GPL-2.0-or-later
// Frames: order, intervals, drops; under both schedulers.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "t31_model.h"
#include "tests/camera/client.hpp"

namespace t31::test {
namespace {

constexpr std::uint32_t kFrames = 300;
constexpr std::uint32_t kSecondChannelOffset = 8u << 20;
constexpr std::uint64_t kPeriodAt25Us = 40000;

// A client thread of the virtual machine.
class Thread {
 public:
  Thread(const char* name, std::function<void()> body) : body_(std::move(body)) {
    thread_ = t31_host_thread_start(name, &Thread::run, this);
  }
  ~Thread() { t31_host_thread_join(thread_); }
  Thread(const Thread&) = delete;
  Thread& operator=(const Thread&) = delete;

 private:
  static void run(void* self) { static_cast<Thread*>(self)->body_(); }
  std::function<void()> body_;
  t31_host_thread* thread_;
};

std::vector<Frame> collect(Channel& channel, std::uint32_t count) {
  std::vector<Frame> frames;
  for (std::uint32_t i = 0; i < count; ++i) {
    Frame frame;
    if (channel.dequeue(frame) != 0) break;
    frames.push_back(frame);
    if (channel.queue(frame.index) != 0) break;
  }
  return frames;
}

void expect_every_sequence_number_once(const std::vector<Frame>& frames, std::uint32_t count) {
  ASSERT_EQ(frames.size(), count);
  for (std::uint32_t i = 0; i < count; ++i) ASSERT_EQ(frames[i].sequence, i);
}

class BothSchedulers : public testing::TestWithParam<t31_host_scheduler> {
 protected:
  Machine machine() const {
    Machine machine;
    machine.scheduler = GetParam();
    return machine;
  }
  bool deterministic() const { return GetParam() == T31_HOST_DETERMINISTIC; }
};

TEST_P(BothSchedulers, TwoChannelsDeliverEveryFrameOnceInOrderAtTheSensorsRate) {
  Camera camera(machine());
  Session session;
  ASSERT_EQ(session.start(), 0);
  Channel main_channel(0, 1920, 1080, t31_host_rmem_base());
  Channel second(1, 640, 360, t31_host_rmem_base() + kSecondChannelOffset);
  second.scaled = true;
  ASSERT_EQ(main_channel.start(2), 0);
  ASSERT_EQ(second.start(2), 0);
  std::vector<Frame> main_frames, second_frames;
  {
    Thread reader("second", [&] { second_frames = collect(second, kFrames); });
    main_frames = collect(main_channel, kFrames);
  }
  expect_every_sequence_number_once(main_frames, kFrames);
  expect_every_sequence_number_once(second_frames, kFrames);
  if (deterministic()) {
    for (std::uint32_t i = 1; i < kFrames; ++i) {
      ASSERT_EQ(main_frames[i].time_us - main_frames[i - 1].time_us, kPeriodAt25Us)
          << "frame " << i;
    }
  }
  const std::uint64_t span = main_frames.back().time_us - main_frames.front().time_us;
  EXPECT_NEAR(static_cast<double>(span) / (kFrames - 1), kPeriodAt25Us, 50);
  EXPECT_EQ(t31_host_model_counter(T31_MODEL_BUS_ERRORS), 0u);
  EXPECT_EQ(main_channel.stream_off(), 0);
  EXPECT_EQ(second.stream_off(), 0);
  EXPECT_EQ(main_channel.close(), 0);
  EXPECT_EQ(second.close(), 0);
  EXPECT_EQ(session.stop(), 0);
}

TEST_P(BothSchedulers, BuffersWithheldLeaveAGapAndStreamingResumes) {
  Camera camera(machine());
  Session session;
  ASSERT_EQ(session.start(), 0);
  Channel channel(0, 1920, 1080, t31_host_rmem_base());
  ASSERT_EQ(channel.start(3), 0);
  Frame frames[3];
  for (Frame& frame : frames) ASSERT_EQ(channel.dequeue(frame), 0);
  EXPECT_EQ(frames[2].sequence, 2u);
  // All three are ours now: what they hold must not change while frames go on.
  std::vector<std::uint8_t> before(channel.luma(0), channel.luma(0) + 3 * channel.buffer_bytes());
  t31_host_sleep_ns(10 * kPeriodAt25Us * 1000);
  EXPECT_TRUE(std::equal(before.begin(), before.end(), channel.luma(0)));
  for (const Frame& frame : frames) ASSERT_EQ(channel.queue(frame.index), 0);
  Frame next;
  ASSERT_EQ(channel.dequeue(next), 0);
  EXPECT_GE(next.sequence, 12u);
  EXPECT_LE(next.sequence, 14u);
  ASSERT_EQ(channel.queue(next.index), 0);
  Frame after;
  ASSERT_EQ(channel.dequeue(after), 0);
  EXPECT_EQ(after.sequence, next.sequence + 1);
}

INSTANTIATE_TEST_SUITE_P(Schedulers, BothSchedulers,
                         testing::Values(T31_HOST_DETERMINISTIC, T31_HOST_FREE),
                         [](const auto& info) {
                           return info.param == T31_HOST_DETERMINISTIC ? "Deterministic" : "Free";
                         });

TEST(Streaming, FifteenFramesPerSecondFollowFromTheSensorsRegisters) {
  Camera camera;
  Session session;
  ASSERT_EQ(session.start(), 0);
  ASSERT_EQ(session.control_set(T31_CONTROL_FPS, 15u << 16 | 1), 0);
  std::uint32_t fps = 0;
  ASSERT_EQ(session.control_get(T31_CONTROL_FPS, fps), 0);
  EXPECT_EQ(fps, 15u << 16 | 1);
  Channel channel(0, 1920, 1080, t31_host_rmem_base());
  ASSERT_EQ(channel.start(2), 0);
  const std::vector<Frame> frames = collect(channel, 12);
  ASSERT_EQ(frames.size(), 12u);
  for (std::size_t i = 3; i < frames.size(); ++i) {
    EXPECT_NEAR(static_cast<double>(frames[i].time_us - frames[i - 1].time_us), 66667.0, 1.0);
  }
}

TEST(Streaming, ABufferThatIsWrittenAgainWhenNoneIsQueuedIsNotDeliveredTwice) {
  Machine machine;
  machine.rewrite_last_address = true;  // what a sibling chip does with an empty address FIFO
  Camera camera(machine);
  Session session;
  ASSERT_EQ(session.start(), 0);
  Channel channel(0, 1920, 1080, t31_host_rmem_base());
  ASSERT_EQ(channel.start(1), 0);
  Frame first;
  ASSERT_EQ(channel.dequeue(first), 0);
  t31_host_sleep_ns(5 * kPeriodAt25Us * 1000);
  ASSERT_EQ(channel.queue(first.index), 0);
  Frame second;
  ASSERT_EQ(channel.dequeue(second), 0);
  EXPECT_GT(second.sequence, first.sequence + 1);
  EXPECT_EQ(channel.stream_off(), 0);
}

TEST(Streaming, TimestampsAreOfTheRawMonotonicClockAndRise) {
  Camera camera;
  Session session;
  ASSERT_EQ(session.start(), 0);
  Channel channel(0, 1920, 1080, t31_host_rmem_base());
  ASSERT_EQ(channel.start(2), 0);
  const std::vector<Frame> frames = collect(channel, 3);
  ASSERT_EQ(frames.size(), 3u);
  const std::uint64_t now_us = t31_host_time_ns() / 1000;
  EXPECT_LE(frames[2].time_us, now_us);
  EXPECT_GT(frames[2].time_us + 2 * kPeriodAt25Us, now_us);
}

TEST(Streaming, RealTimePacingKeepsTheSensorsRate) {
  Machine machine;
  machine.real_time = true;
  Camera camera(machine);
  Session session;
  ASSERT_EQ(session.start(), 0);
  Channel channel(1, 640, 360, t31_host_rmem_base());
  channel.scaled = true;
  ASSERT_EQ(channel.start(2), 0);
  const std::vector<Frame> frames = collect(channel, 20);
  ASSERT_EQ(frames.size(), 20u);
  std::vector<std::uint64_t> intervals;
  for (std::size_t i = 1; i < frames.size(); ++i) {
    intervals.push_back(frames[i].time_us - frames[i - 1].time_us);
  }
  std::nth_element(intervals.begin(), intervals.begin() + 9, intervals.end());
  EXPECT_NEAR(static_cast<double>(intervals[9]), 40000.0, 1000.0);
}

}  // namespace
}  // namespace t31::test

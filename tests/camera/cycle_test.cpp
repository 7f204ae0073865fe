// SPDX-License-Identifier: GPL-2.0-or-later
// 200 cycles of stream on and off, close while streaming, sensor removal and re-registration, in
// random order and from several threads.
#include <gtest/gtest.h>

#include <random>

#include "tests/camera/client.hpp"

namespace t31::test {
namespace {

constexpr unsigned kCycles = 200;

struct Actor {
  unsigned number;
  std::uint32_t seed;
  std::uint32_t frames = 0;
  volatile bool* stop;
};

// One client that streams channel `number` on and off whenever the session allows it.
void stream_randomly(void* argument) {
  Actor& actor = *static_cast<Actor*>(argument);
  std::mt19937 random(actor.seed);
  const bool main_channel = actor.number == 0;
  while (!*actor.stop) {
    Channel channel(actor.number, main_channel ? 1920 : 640, main_channel ? 1080 : 360,
                    t31_host_rmem_base() + actor.number * (8u << 20));
    channel.scaled = !main_channel;
    if (channel.start(1 + random() % 2) == 0) {
      for (unsigned i = random() % 4; i > 0; --i) {
        Frame frame;
        if (channel.dequeue(frame) != 0) break;
        ++actor.frames;
        if (random() % 8 == 0) continue;  // a buffer is not given back
        if (channel.queue(frame.index) != 0) break;
      }
      if (random() % 2 == 0) (void)channel.stream_off();  // else: closed while streaming
    }
    if (channel.descriptor() >= 0) channel.close();
    t31_host_sleep_ns(1000000 + random() % 30000000);
  }
}

class Cycles : public testing::TestWithParam<t31_host_scheduler> {};

TEST_P(Cycles, RandomOrderFromSeveralThreadsLeavesTheCameraAsItWas) {
  Machine machine;
  machine.scheduler = GetParam();
  machine.scene = R"({"type":"flat","level":0.18})";
  machine.extra = R"(,"noise":false)";
  Camera camera(machine);
  volatile bool stop = false;
  Actor actors[] = {{0, 11, 0, &stop}, {1, 12, 0, &stop}};
  t31_host_thread* threads[] = {
      t31_host_thread_start("main stream", stream_randomly, &actors[0]),
      t31_host_thread_start("second stream", stream_randomly, &actors[1])};
  std::mt19937 random(13);
  unsigned started = 0;
  for (unsigned i = 0; i < kCycles; ++i) {
    Session session;
    if (session.start() == 0) ++started;
    t31_host_sleep_ns(random() % 120000000);
    switch (random() % 5) {
      case 0:
        (void)session.stop();
        break;
      case 1:
        (void)session.disable_sensor();
        break;  // then closed with the sensor selected
      case 2:
        (void)session.close();
        break;  // everything still running
      case 3:
        (void)session.disable_sensor();
        (void)session.enable_sensor();
        t31_host_sleep_ns(random() % 80000000);
        (void)session.stop();
        break;
      default:
        break;  // closed by the destructor
    }
  }
  stop = true;
  for (t31_host_thread* thread : threads) t31_host_thread_join(thread);
  EXPECT_EQ(started, kCycles);
  EXPECT_GT(actors[0].frames, kCycles / 10);
  EXPECT_GT(actors[1].frames, kCycles / 10);
  // As on the first day.
  Session session;
  ASSERT_EQ(session.start(), 0);
  Channel channel(0, 1920, 1080, t31_host_rmem_base());
  ASSERT_EQ(channel.start(2), 0);
  for (std::uint32_t i = 0; i < 5; ++i) {
    Frame frame;
    ASSERT_EQ(channel.dequeue(frame), 0);
    EXPECT_EQ(frame.sequence, i);
    ASSERT_EQ(channel.queue(frame.index), 0);
  }
}

INSTANTIATE_TEST_SUITE_P(Schedulers, Cycles, testing::Values(T31_HOST_DETERMINISTIC, T31_HOST_FREE),
                         [](const auto& info) {
                           return info.param == T31_HOST_DETERMINISTIC ? "Deterministic" : "Free";
                         });

}  // namespace
}  // namespace t31::test

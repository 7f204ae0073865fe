// SPDX-License-Identifier: GPL-2.0-or-later
#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "fixture.hpp"

namespace t31::test {
namespace {

class Threads : public Both {};
T31_BOTH_SCHEDULERS(Threads);

TEST_P(Threads, SleepTakesExactlyItsVirtualTime) {
  const uint64_t start = t31_host_time_ns();
  t31_host_sleep_ns(123 * kMs);
  EXPECT_EQ(t31_host_time_ns() - start, 123 * kMs);
  t31_port_msleep(7);
  EXPECT_EQ(t31_port_time_ns() - start, 130 * kMs);
}

TEST_P(Threads, HourOfSleepTakesNoWallTime) {
  const auto wall = std::chrono::steady_clock::now();
  t31_host_sleep_ns(3600ull * 1000 * kMs);
  EXPECT_LT(std::chrono::steady_clock::now() - wall, std::chrono::seconds(5));
}

TEST_P(Threads, TimeStandsStillWhileAThreadRuns) {
  const uint64_t start = t31_host_time_ns();
  uint64_t woken_at = 0;
  Client sleeper("sleeper", [&] {
    t31_host_sleep_ns(kMs);
    woken_at = t31_host_time_ns();
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_EQ(t31_host_time_ns(), start);
  sleeper.join();
  EXPECT_EQ(woken_at, start + kMs);
}

TEST_P(Threads, SleepersWakeInOrderOfTime) {
  std::vector<uint64_t> times;
  std::vector<std::unique_ptr<Client>> clients;
  for (const int ms : {30, 10, 20}) {
    clients.push_back(std::make_unique<Client>("sleeper", [&times, ms] {
      t31_host_sleep_ns(ms * kMs);
      times.push_back(t31_host_time_ns());  // one at a time: they wake at different times
    }));
  }
  clients.clear();
  EXPECT_EQ(times, (std::vector<uint64_t>{10 * kMs, 20 * kMs, 30 * kMs}));
}

TEST_P(Threads, ForeignThreadAttachesSleepsAndDetaches) {
  std::atomic<bool> done{false};
  uint64_t slept = 0;
  std::thread foreign([&] {
    t31_host_thread_attach("foreign");
    const uint64_t start = t31_host_time_ns();
    t31_host_sleep_ns(5 * kMs);
    slept = t31_host_time_ns() - start;
    t31_host_thread_detach();
    done = true;
  });
  // Attached threads give the others a chance only by sleeping.
  while (!done) t31_host_sleep_ns(kMs);
  foreign.join();
  EXPECT_EQ(slept, 5 * kMs);
}

TEST_P(Threads, ManyThreadsCountTogetherUnderOneMutex) {
  Mutex mutex("count");
  int count = 0;
  {
    std::vector<std::unique_ptr<Client>> clients;
    for (int i = 0; i < 8; ++i) {
      clients.push_back(std::make_unique<Client>("counter", [&] {
        for (int j = 0; j < 100; ++j) {
          const Mutex::Guard guard(mutex);
          const int seen = count;
          if (j % 10 == 0) t31_port_msleep(1);  // with the mutex held: the others wait
          count = seen + 1;
        }
      }));
    }
  }
  EXPECT_EQ(count, 800);
}

class DeterministicThreads : public Deterministic {};

TEST_F(DeterministicThreads, RunInTheOrderTheyBecameReady) {
  std::vector<int> order;
  Client first("first", [&] { order.push_back(1); });
  Client second("second", [&] {
    order.push_back(2);
    t31_host_sleep_ns(1);
    order.push_back(4);
  });
  Client third("third", [&] { order.push_back(3); });
  EXPECT_TRUE(order.empty());
  third.join();
  second.join();
  EXPECT_EQ(order, (std::vector<int>{1, 2, 3, 4}));
}

// What a program's threads do, as a text: equal texts mean equal orders.
std::string interleaving() {
  fresh_machine();
  std::string log;
  {
    Mutex mutex("log");
    std::vector<std::unique_ptr<Client>> clients;
    for (char name = 'a'; name < 'f'; ++name) {
      clients.push_back(std::make_unique<Client>("writer", [&log, &mutex, name] {
        for (int i = 0; i < 20; ++i) {
          t31_host_sleep_ns((name - 'a' + 1) * (i % 3));
          const Mutex::Guard guard(mutex);
          log += name;
        }
      }));
    }
  }
  t31_host_shutdown();
  return log;
}

TEST(DeterministicScheduler, RepeatsTheSameOrderEveryTime) {
  const std::string first = interleaving();
  EXPECT_EQ(first.size(), 100u);
  for (int i = 0; i < 10; ++i) EXPECT_EQ(interleaving(), first);
}

TEST(RealTime, VirtualTimeFollowsTheWallClock) {
  for (const t31_host_scheduler scheduler : {T31_HOST_DETERMINISTIC, T31_HOST_FREE}) {
    t31_host_config config = config_of(scheduler);
    config.real_time = 1;
    ASSERT_EQ(t31_host_reset(&config), 0);
    const auto wall = std::chrono::steady_clock::now();
    for (int i = 0; i < 10; ++i) t31_host_sleep_ns(10 * kMs);
    const auto passed = std::chrono::steady_clock::now() - wall;
    EXPECT_GE(passed, std::chrono::milliseconds(99));
    EXPECT_LT(passed, std::chrono::milliseconds(1000));
    EXPECT_EQ(t31_host_time_ns(), 100 * kMs);
    t31_host_shutdown();
  }
}

TEST(RealTime, SignalFromOutsideEndsAWaitThatNothingElseWould) {
  t31_host_config config = config_of(T31_HOST_DETERMINISTIC);
  config.real_time = 1;
  ASSERT_EQ(t31_host_reset(&config), 0);
  t31_host_thread* const self = t31_host_thread_self();
  std::thread killer([self] {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    t31_host_thread_signal(self);
  });
  {
    WaitQueue queue("never");
    EXPECT_EQ(queue.wait([] { return false; }).code(), -T31_ERESTARTSYS);
  }
  killer.join();
  t31_host_shutdown();
}

TEST(SchedulerDeath, DeadlockIsReportedWithWhatEveryThreadWaitsFor) {
  const auto deadlock = [] {
    fresh_machine();
    static Mutex mutex("camera state");
    Client client("viewer", [] { const Mutex::Guard guard(mutex); });
    const Mutex::Guard guard(mutex);
    client.join();
  };
  EXPECT_DEATH(deadlock(),
               "deadlock.*\n.*thread 'main': blocked, waits for end of thread 'viewer', "
               "holding mutex 'camera state'(.|\n)*thread 'viewer': blocked, waits for mutex "
               "'camera state' held by 'main'");
}

TEST(SchedulerDeath, ThreadsOutsideTheMachineMustNotCallIt) {
  const auto stranger = [] {
    fresh_machine();
    std::thread([] { t31_port_msleep(1); }).join();
  };
  EXPECT_DEATH(stranger(), "isn't part of the machine: t31_host_thread_attach");
}

}  // namespace
}  // namespace t31::test

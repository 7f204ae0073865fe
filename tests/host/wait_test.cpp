// SPDX-License-Identifier: GPL-2.0-or-later
#include <atomic>
#include <vector>

#include "fixture.hpp"

namespace t31::test {
namespace {

class Waiting : public Both {
 protected:
  WaitQueue queue_{"test"};
  std::atomic<bool> ready_{false};
  auto is_ready() {
    return [this] { return ready_.load(); };
  }
};
T31_BOTH_SCHEDULERS(Waiting);

TEST_P(Waiting, ReturnsAtOnceWhenTheConditionHolds) {
  ready_ = true;
  EXPECT_EQ(queue_.wait(is_ready()).code(), 0);
  EXPECT_EQ(t31_host_time_ns(), 0u);
}

TEST_P(Waiting, TimesOutAfterItsMilliseconds) {
  EXPECT_EQ(queue_.wait(is_ready(), 40).code(), -T31_ETIMEDOUT);
  EXPECT_EQ(t31_host_time_ns(), 40 * kMs);
}

TEST_P(Waiting, ZeroMillisecondsLookOnce) {
  EXPECT_EQ(queue_.wait(is_ready(), 0).code(), -T31_ETIMEDOUT);
  EXPECT_EQ(t31_host_time_ns(), 0u);
}

TEST_P(Waiting, EndsWhenWokenWithTheConditionTrue) {
  Client waker("waker", [&] {
    t31_host_sleep_ns(10 * kMs);
    queue_.wake_all();  // not yet: the waiter looks and sleeps on
    t31_host_sleep_ns(10 * kMs);
    ready_ = true;
    queue_.wake_all();
  });
  EXPECT_EQ(queue_.wait(is_ready(), 1000).code(), 0);
  EXPECT_EQ(t31_host_time_ns(), 20 * kMs);
}

TEST_P(Waiting, WakeAllWakesEveryWaiter) {
  std::atomic<int> woken{0};
  {
    std::vector<std::unique_ptr<Client>> clients;
    for (int i = 0; i < 5; ++i) {
      clients.push_back(std::make_unique<Client>("waiter", [&] {
        if (queue_.wait(is_ready()).ok()) ++woken;
      }));
    }
    t31_host_sleep_ns(kMs);
    ready_ = true;
    queue_.wake_all();
  }
  EXPECT_EQ(woken, 5);
}

TEST_P(Waiting, SignalEndsAnInterruptibleWait) {
  int result = 0;
  Client waiter("waiter", [&] { result = queue_.wait(is_ready()).code(); });
  t31_host_sleep_ns(kMs);
  t31_host_thread_signal(waiter.handle());
  waiter.join();
  EXPECT_EQ(result, -T31_ERESTARTSYS);
}

TEST_P(Waiting, SignalDoesNotEndAnUninterruptibleWait) {
  int result = 1;
  Client waiter("waiter", [&] { result = queue_.wait(is_ready(), 50, false).code(); });
  t31_host_sleep_ns(kMs);
  t31_host_thread_signal(waiter.handle());
  waiter.join();
  EXPECT_EQ(result, -T31_ETIMEDOUT);
  EXPECT_EQ(t31_host_time_ns(), 50 * kMs);
}

TEST_P(Waiting, SignalBeforeTheWaitEndsItAtOnce) {
  int result = 0;
  uint64_t when = 0;
  Client waiter("waiter", [&] {
    t31_host_sleep_ns(5 * kMs);
    result = queue_.wait(is_ready()).code();
    when = t31_host_time_ns();
  });
  t31_host_sleep_ns(kMs);
  t31_host_thread_signal(waiter.handle());
  waiter.join();
  EXPECT_EQ(result, -T31_ERESTARTSYS);
  EXPECT_EQ(when, 5 * kMs);
}

TEST_P(Waiting, ConditionIsPreferredOverTimeoutAndSignal) {
  ready_ = true;
  t31_host_thread_signal(t31_host_thread_self());
  EXPECT_EQ(queue_.wait(is_ready(), 0).code(), 0);
}

// Two threads pass a ball; every lost wake-up would stop the game (and be reported as a deadlock).
TEST_P(Waiting, NoWakeUpIsEverLost) {
  constexpr int kRounds = 2000;
  SpinLock lock("ball");
  int ball = 0;
  const auto play = [&](int player) {
    for (int round = 0; round < kRounds; ++round) {
      ASSERT_TRUE(queue_
                      .wait([&] {
                        const SpinLock::Guard guard(lock);
                        return ball % 2 == player;
                      })
                      .ok());
      {
        const SpinLock::Guard guard(lock);
        ++ball;
      }
      queue_.wake_all();
    }
  };
  {
    Client other("other", [&] { play(1); });
    play(0);
  }
  EXPECT_EQ(ball, 2 * kRounds);
}

}  // namespace
}  // namespace t31::test

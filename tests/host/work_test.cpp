// SPDX-License-Identifier: GPL-2.0-or-later
#include <atomic>
#include <vector>

#include "fixture.hpp"

namespace t31::test {
namespace {

struct Item {
  WorkItem work;
  std::function<void()> body;
  explicit Item(std::function<void()> function) : body(std::move(function)) {
    work.init([](void* self) { static_cast<Item*>(self)->body(); }, this);
  }
};

class Work : public Both {
 protected:
  Work() { EXPECT_EQ(t31_port_queue_create("test", &queue_), 0); }
  ~Work() override {
    if (queue_ != nullptr) t31_port_queue_destroy(queue_);
  }
  t31_queue* queue_ = nullptr;
};
T31_BOTH_SCHEDULERS(Work);

TEST_P(Work, ItemsRunInTheOrderTheyWereQueued) {
  std::vector<int> order;
  Item first([&] {
    t31_port_msleep(10);
    order.push_back(1);
  });
  Item second([&] { order.push_back(2); });
  Item third([&] { order.push_back(3); });
  for (Item* item : {&first, &second, &third}) EXPECT_TRUE(item->work.queue(queue_));
  t31_port_queue_flush(queue_);
  EXPECT_EQ(order, (std::vector<int>{1, 2, 3}));
}

TEST_P(Work, PendingItemIsNotQueuedAgain) {
  int runs = 0;
  Item item([&] { ++runs; });
  EXPECT_TRUE(item.work.queue_delayed(queue_, 5));
  EXPECT_FALSE(item.work.queue_delayed(queue_, 1));
  EXPECT_FALSE(item.work.queue(queue_));
  t31_host_sleep_ns(20 * kMs);
  t31_port_queue_flush(queue_);
  EXPECT_EQ(runs, 1);
}

TEST_P(Work, RunningItemMayBeQueuedAgain) {
  std::atomic<int> runs{0};
  Item* self = nullptr;
  Item item([&] {
    if (++runs < 3) self->work.queue(queue_);
  });
  self = &item;
  item.work.queue(queue_);
  t31_host_sleep_ns(kMs);
  item.work.cancel(queue_);
  EXPECT_EQ(runs, 3);
}

TEST_P(Work, DelayedItemRunsWhenItsTimeHasCome) {
  uint64_t when = 0;
  Item item([&] { when = t31_port_time_ns(); });
  item.work.queue_delayed(queue_, 25);
  t31_host_sleep_ns(100 * kMs);
  t31_port_queue_flush(queue_);
  EXPECT_EQ(when, 25 * kMs);
}

TEST_P(Work, CancelledItemDoesNotRun) {
  int runs = 0;
  Item delayed([&] { ++runs; });
  delayed.work.queue_delayed(queue_, 5);
  delayed.work.cancel(queue_);
  t31_host_sleep_ns(50 * kMs);
  EXPECT_EQ(runs, 0);
}

TEST_P(Work, CancelWaitsForTheRunningItem) {
  std::atomic<bool> finished{false};
  Item item([&] {
    t31_port_msleep(30);
    finished = true;
  });
  item.work.queue(queue_);
  t31_host_sleep_ns(kMs);
  item.work.cancel(queue_);
  EXPECT_TRUE(finished);
  EXPECT_EQ(t31_host_time_ns(), 30 * kMs);
}

TEST_P(Work, FlushDoesNotWaitForDelayedItems) {
  Item item([] {});
  item.work.queue_delayed(queue_, 1000);
  t31_port_queue_flush(queue_);
  EXPECT_EQ(t31_host_time_ns(), 0u);
  item.work.cancel(queue_);
}

TEST(WorkDeath, PendingWorkAtDestructionOfItsQueue) {
  const auto destroy = [](u32 delay) {
    fresh_machine();
    t31_queue* queue = nullptr;
    t31_port_queue_create("frames", &queue);
    Item item([] {});
    item.work.queue_delayed(queue, delay);
    t31_port_queue_destroy(queue);
  };
  EXPECT_DEATH(destroy(0), "queue 'frames' is destroyed with work pending");
  EXPECT_DEATH(destroy(10), "queue 'frames' is destroyed with work pending");
}

TEST(WorkDeath, ItemThatCancelsItself) {
  const auto cancel = [] {
    fresh_machine();
    t31_queue* queue = nullptr;
    t31_port_queue_create("frames", &queue);
    Item* self = nullptr;
    Item item([&] { self->work.cancel(queue); });
    self = &item;
    item.work.queue(queue);
    t31_port_queue_flush(queue);
  };
  EXPECT_DEATH(cancel(), "a work item of 'frames' cancels itself");
}

// The item takes the mutex; who holds it must not wait for the item, even if it isn't running now.
TEST(WorkDeath, WaitingForWorkUnderAMutexThatTheWorkTakes) {
  const auto wait = [](void (*wait_for)(t31_queue*, Item&)) {
    fresh_machine();
    t31_queue* queue = nullptr;
    t31_port_queue_create("frames", &queue);
    Mutex mutex("state");
    Item item([&] { const Mutex::Guard guard(mutex); });
    item.work.queue(queue);
    t31_port_queue_flush(queue);
    const Mutex::Guard guard(mutex);
    wait_for(queue, item);
  };
  const char* const report =
      "inverted lock order: takes 'frames' while holding 'state', but the order 'frames' -> "
      "'state'";
  EXPECT_DEATH(wait([](t31_queue* queue, Item& item) { item.work.cancel(queue); }), report);
  EXPECT_DEATH(wait([](t31_queue* queue, Item&) { t31_port_queue_flush(queue); }), report);
  EXPECT_DEATH(wait([](t31_queue* queue, Item&) { t31_port_queue_destroy(queue); }), report);
}

TEST_P(Work, CancelUnderAMutexOfAnotherItemIsFine) {
  Mutex mutex("state");
  Item taker([&] { const Mutex::Guard guard(mutex); });
  Item other([] {});
  taker.work.queue(queue_);
  other.work.queue(queue_);
  t31_port_queue_flush(queue_);
  const Mutex::Guard guard(mutex);
  other.work.cancel(queue_);
}

TEST(WorkDeath, MemoryFreedWithPendingWorkInIt) {
  const auto free_it = [] {
    fresh_machine();
    t31_queue* queue = nullptr;
    t31_port_queue_create("frames", &queue);
    auto* const work = static_cast<t31_work*>(t31_port_alloc(sizeof(t31_work)));
    t31_port_work_init(
        work, [](void*) {}, nullptr);
    t31_port_work_queue_delayed(queue, work, 5);
    t31_port_free(work);
  };
  EXPECT_DEATH(free_it(), "t31_port_free of memory with a living object in it: pending work");
}

}  // namespace
}  // namespace t31::test

// SPDX-License-Identifier: GPL-2.0-or-later
// deterministic.cpp - one thread runs at a time. A ready thread waits until the running one blocks;
// interrupts come first, then interrupt threads, workers and clients, each in the order they got
// ready. The same program gives the same order of everything.
#include <array>
#include <deque>

#include "host/sched/driver_time.hpp"
#include "host/sched/scheduler.hpp"

namespace t31::host {
namespace {

class DeterministicScheduler final : public Scheduler {
 public:
  using Scheduler::Scheduler;

  void give_way() override {
    if (!interrupt_ready_.load(std::memory_order_relaxed)) return;
    CoreLock core = lock();
    if (ready_[0].empty()) return;
    Thread& self = *Thread::self();
    self.state = ThreadState::kReady;
    ready_[index(self)].push_front(&self);
    const DriverTime::Pause pause(self);
    switch_away(core, self);
  }

  void jitter() override {}

 protected:
  void started(Thread& thread) override { thread.state = ThreadState::kRunning; }

  void runnable(Thread& thread) override {
    thread.state = ThreadState::kReady;
    ready_[index(thread)].push_back(&thread);
    if (index(thread) == 0) interrupt_ready_.store(true, std::memory_order_relaxed);
  }

  void switch_away(CoreLock& core, Thread& self) override {
    Thread* next = take_ready();
    while (next == nullptr) {
      idle(core);
      next = take_ready();
    }
    next->state = ThreadState::kRunning;
    if (next == &self) return;
    core.unlock();
    next->baton.pass();
    self.baton.take();
    core.lock();
  }

  void depart(CoreLock& core) override {
    Thread* next = take_ready();
    if (next == nullptr) {
      kick_interrupt_thread();  // it has nothing to do, so it idles in our place
      next = take_ready();
    }
    if (next != nullptr) next->state = ThreadState::kRunning;
    core.unlock();
    if (next != nullptr) next->baton.pass();
  }

 private:
  static constexpr int kKinds = 4;
  static int index(const Thread& thread) { return static_cast<int>(thread.kind()); }

  Thread* take_ready() {
    for (auto& queue : ready_) {
      if (queue.empty()) continue;
      Thread* const thread = queue.front();
      queue.pop_front();
      if (index(*thread) == 0) interrupt_ready_.store(false, std::memory_order_relaxed);
      return thread;
    }
    return nullptr;
  }

  std::array<std::deque<Thread*>, kKinds> ready_;
  std::atomic<bool> interrupt_ready_{false};
};

}  // namespace

std::unique_ptr<Scheduler> make_deterministic_scheduler(const SchedulerOptions& options,
                                                        EventSource& events) {
  return std::make_unique<DeterministicScheduler>(options, events);
}

}  // namespace t31::host

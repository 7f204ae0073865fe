// SPDX-License-Identifier: GPL-2.0-or-later
// free.cpp - real threads, all at once. With a seed, threads stumble at locks and wake-ups, so that
// rare orders become common. The last thread to block lets time pass.
#include <sched.h>

#include <thread>

#include "host/sched/scheduler.hpp"

namespace t31::host {
namespace {

class FreeScheduler final : public Scheduler {
 public:
  using Scheduler::Scheduler;

  void give_way() override {}

  void jitter() override {
    Thread* const self = Thread::self();
    if (options_.seed == 0 || self == nullptr) return;
    const uint32_t dice = self->random();
    if (dice % 64 == 0) {
      std::this_thread::sleep_for(std::chrono::microseconds((dice >> 8) % 50));
    } else if (dice % 8 == 0) {
      sched_yield();
    }
  }

 protected:
  void started(Thread&) override { ++running_; }

  void runnable(Thread& thread) override {
    thread.state = ThreadState::kRunning;
    ++running_;
    thread.baton.pass();
  }

  void switch_away(CoreLock& core, Thread& self) override {
    --running_;
    if (running_ == 0 && !idling_) {
      idling_ = true;
      while (running_ == 0) idle(core);
      idling_ = false;
    }
    core.unlock();
    self.baton.take();
    jitter();
    core.lock();
  }

  void depart(CoreLock& core) override {
    --running_;
    // The interrupt thread has nothing to do, so it idles in our place.
    if (running_ == 0 && !idling_) kick_interrupt_thread();
    core.unlock();
  }

 private:
  unsigned running_ = 0;
  bool idling_ = false;
};

}  // namespace

std::unique_ptr<Scheduler> make_free_scheduler(const SchedulerOptions& options,
                                               EventSource& events) {
  return std::make_unique<FreeScheduler>(options, events);
}

}  // namespace t31::host

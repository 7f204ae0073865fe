// SPDX-License-Identifier: GPL-2.0-or-later
#include "host/sched/scheduler.hpp"

#include <algorithm>

#include "host/sched/driver_time.hpp"
#include "host/strict/report.hpp"

namespace t31::host {
namespace {

// A paced machine that lags by more than this gives up catching up: its clock starts anew.
constexpr std::chrono::milliseconds kMostLag{100};
// Events that may follow each other at one moment of virtual time before we call it a hang.
constexpr uint64_t kMostStepsAtOneTime = 1'000'000;

}  // namespace

uint64_t Scheduler::next_seed() {
  CoreLock core = lock();
  return options_.seed * 0x9e3779b97f4a7c15ull + ++seeds_ * 0xd1342543de82ef95ull;
}

void Scheduler::adopt(Thread& thread) {
  threads_.push_back(&thread);
  ++clients_;
  thread.state = ThreadState::kRunning;
  started(thread);
}

void Scheduler::add(Thread& thread) {
  threads_.push_back(&thread);
  if (thread.kind() == ThreadKind::kClient) ++clients_;
  runnable(thread);
  if (idle_waits_) idle_changed_.notify_one();
}

void Scheduler::attach(Thread& thread) {
  {
    CoreLock core = lock();
    add(thread);
  }
  thread.baton.take();
}

void Scheduler::leave(CoreLock& core, Thread& thread) {
  thread.state = ThreadState::kGone;
  if (thread.kind() == ThreadKind::kClient) --clients_;
  threads_.erase(std::find(threads_.begin(), threads_.end(), &thread));
  Thread::set_self(nullptr);
  depart(core);
}

WakeReason Scheduler::block(CoreLock& core, const WaitPoint& point) {
  Thread& self = *Thread::self();
  if (point.interruptible && self.signalled) return WakeReason::kSignal;
  if (point.deadline <= now()) return WakeReason::kTimeout;
  self.state = ThreadState::kBlocked;
  self.waiting = point;
  if (point.deadline != kNever) timers_.arm(self, point.deadline);
  switches_.fetch_add(1, std::memory_order_relaxed);
  {
    const DriverTime::Pause pause(self);
    switch_away(core, self);
  }
  return self.reason;
}

WakeReason Scheduler::wait(CoreLock& core, WaitList& list, const WaitPoint& point) {
  Thread& self = *Thread::self();
  list.push(self);
  const WakeReason reason = block(core, point);
  if (self.list != nullptr) list.remove(self);
  return reason;
}

void Scheduler::wake(Thread& thread, WakeReason reason) {
  if (thread.state != ThreadState::kBlocked) return;
  thread.reason = reason;
  timers_.cancel(thread);
  runnable(thread);
  if (idle_waits_) idle_changed_.notify_one();
}

void Scheduler::wake_one(WaitList& list) {
  Thread* const thread = list.first();
  if (thread == nullptr) return;
  list.remove(*thread);
  wake(*thread);
}

void Scheduler::wake_all(WaitList& list) {
  while (!list.empty()) wake_one(list);
}

void Scheduler::signal(Thread& thread) {
  thread.signalled = true;
  if (thread.state == ThreadState::kBlocked && thread.waiting.interruptible) {
    wake(thread, WakeReason::kSignal);
  }
}

void Scheduler::kick_interrupt_thread() {
  for (Thread* thread : threads_) {
    if (thread->kind() == ThreadKind::kInterrupt) return wake(*thread);
  }
}

void Scheduler::hold_time(bool held) {
  CoreLock core = lock();
  if (held_ == held) return;
  held_ = held;
  paced_ = false;  // what the wall clock did meanwhile doesn't count
  if (idle_waits_) idle_changed_.notify_one();
}

void Scheduler::idle(CoreLock& core) {
  const bool clients_only_sleep = clients_ > 0 || options_.real_time;
  const uint64_t event =
      clients_only_sleep ? std::min(timers_.next(), events_.next_event()) : kNever;
  if (event == kNever || held_) {
    if (!held_ && clients_ > 0 && !options_.real_time) report_deadlock();
    idle_waits_ = true;
    idle_changed_.wait(core);
    idle_waits_ = false;
    return;
  }
  if (options_.real_time && !pace(core, event)) return;
  check_progress(event);
  if (event > now()) now_.store(event, std::memory_order_relaxed);
  events_.advance(now());
  timers_.run(now());
}

// Sleeps until the wall clock has reached `event`; false when a thread became ready meanwhile or
// the order of events may have changed.
bool Scheduler::pace(CoreLock& core, uint64_t event) {
  const auto wall = std::chrono::steady_clock::now();
  const auto due = origin_ + std::chrono::nanoseconds(event * options_.slow);
  if (!paced_ || wall > due + kMostLag) {
    origin_ = wall - std::chrono::nanoseconds((paced_ ? event : now()) * options_.slow);
    paced_ = true;
    return false;
  }
  if (wall >= due) return true;
  idle_waits_ = true;
  const bool reached = idle_changed_.wait_until(core, due) == std::cv_status::timeout;
  idle_waits_ = false;
  return reached;
}

void Scheduler::check_progress(uint64_t event) {
  if (event > now()) {
    steps_without_time_ = 0;
  } else if (++steps_without_time_ == kMostStepsAtOneTime) {
    fatal("time stands still: %llu events in a row at %llu ns\n%s",
          static_cast<unsigned long long>(kMostStepsAtOneTime),
          static_cast<unsigned long long>(now()), describe_threads(*this).c_str());
  }
}

void Scheduler::report_deadlock() {
  fatal("deadlock: every thread is blocked and nothing will happen any more\n%s",
        describe_threads(*this).c_str());
}

std::string describe_threads(const Scheduler& scheduler) {
  static constexpr const char* kStates[] = {"ready", "running", "blocked", "gone"};
  std::string table;
  for (const Thread* thread : scheduler.threads()) {
    table += "  thread '" + thread->name() + "': ";
    table += kStates[static_cast<int>(thread->state)];
    if (thread->state == ThreadState::kBlocked) {
      const WaitPoint& point = thread->waiting;
      table += std::string(", waits for ") + point.what;
      if (*point.object != '\0') table += std::string(" '") + point.object + "'";
      const Thread* const holder = point.holder != nullptr ? point.holder->load() : nullptr;
      if (holder != nullptr) table += " held by '" + holder->name() + "'";
      if (point.deadline != kNever) table += " until " + std::to_string(point.deadline) + " ns";
    }
    table += held_locks_text(*thread) + "\n";
  }
  return table;
}

}  // namespace t31::host

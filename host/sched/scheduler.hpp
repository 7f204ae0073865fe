// SPDX-License-Identifier: GPL-2.0-or-later
// scheduler.hpp - who runs, and when virtual time moves. Time stands still while any thread runs.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "host/sched/thread.hpp"

namespace t31::host {

using CoreLock = std::unique_lock<std::mutex>;

// What else happens in time: the model. Called with the scheduler's lock held, all threads blocked.
class EventSource {
 public:
  virtual uint64_t next_event() = 0;
  virtual void advance(uint64_t time) = 0;

 protected:
  ~EventSource() = default;
};

struct SchedulerOptions {
  bool real_time = false;
  uint64_t seed = 0;  // jitter of the free scheduler; 0: none
  unsigned slow = 1;  // paced time runs so many times slower than the wall clock
};

class Scheduler {
 public:
  Scheduler(const SchedulerOptions& options, EventSource& events)
      : options_(options), events_(events) {}
  Scheduler(const Scheduler&) = delete;
  Scheduler& operator=(const Scheduler&) = delete;
  virtual ~Scheduler() = default;

  CoreLock lock() { return CoreLock(mutex_); }
  uint64_t now() const { return now_.load(std::memory_order_relaxed); }
  uint64_t next_seed();
  uint64_t switches() const { return switches_.load(std::memory_order_relaxed); }

  // ---- with the lock held
  // The calling thread is the machine's first.
  void adopt(Thread& thread);
  // Makes a new thread ready; it takes its baton before it does anything.
  void add(Thread& thread);
  // The calling thread ends; the lock is released.
  void leave(CoreLock& core, Thread& thread);
  // The calling thread sleeps.
  WakeReason block(CoreLock& core, const WaitPoint& point);
  WakeReason wait(CoreLock& core, WaitList& list, const WaitPoint& point);
  void wake(Thread& thread, WakeReason reason = WakeReason::kWoken);
  void wake_one(WaitList& list);
  void wake_all(WaitList& list);
  void signal(Thread& thread);
  Timers& timers() { return timers_; }
  const std::vector<Thread*>& threads() const { return threads_; }

  // ---- without the lock
  // As long as it is held, time doesn't pass.
  void hold_time(bool held);
  // A thread outside the machine joins it and waits for its turn.
  void attach(Thread& thread);
  // Lets an interrupt that waits for the CPU have it.
  virtual void give_way() = 0;
  // A place where the free scheduler may disturb the order of things.
  virtual void jitter() = 0;

 protected:
  virtual void started(Thread& thread) = 0;                    // the first thread: runs already
  virtual void runnable(Thread& thread) = 0;                   // becomes ready
  virtual void switch_away(CoreLock& core, Thread& self) = 0;  // self no longer runs
  virtual void depart(CoreLock& core) = 0;                     // the calling thread has ended

  // All threads are blocked: lets the next event happen.
  void idle(CoreLock& core);
  void kick_interrupt_thread();

  const SchedulerOptions options_;
  std::atomic<uint64_t> switches_{0};

 private:
  bool pace(CoreLock& core, uint64_t event);
  void check_progress(uint64_t event);
  [[noreturn]] void report_deadlock();

  std::mutex mutex_;
  EventSource& events_;
  std::vector<Thread*> threads_;
  unsigned clients_ = 0;
  Timers timers_;
  std::atomic<uint64_t> now_{0};
  std::condition_variable idle_changed_;
  bool idle_waits_ = false;
  uint64_t seeds_ = 0;
  uint64_t steps_without_time_ = 0;
  // Wall clock minus virtual time; set by the first paced event.
  std::chrono::steady_clock::time_point origin_{};
  bool paced_ = false;
  bool held_ = false;
};

std::unique_ptr<Scheduler> make_deterministic_scheduler(const SchedulerOptions& options,
                                                        EventSource& events);
std::unique_ptr<Scheduler> make_free_scheduler(const SchedulerOptions& options,
                                               EventSource& events);

// One line per thread: what it is and what it waits for. Scheduler's lock held, threads blocked.
std::string describe_threads(const Scheduler& scheduler);

}  // namespace t31::host

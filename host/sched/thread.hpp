// SPDX-License-Identifier: GPL-2.0-or-later
// thread.hpp - a thread of the machine: a client, a worker of a queue, an interrupt thread.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "host/sched/baton.hpp"
#include "host/sched/timers.hpp"

namespace t31::host {

class Scheduler;
class Thread;
class WaitList;

// In order of precedence among ready threads.
enum class ThreadKind { kInterrupt, kInterruptThread, kWorker, kClient };

enum class ThreadState { kReady, kRunning, kBlocked, kGone };

enum class WakeReason { kWoken, kTimeout, kSignal };

// What a blocked thread waits for; shown when nothing can go on.
struct WaitPoint {
  const char* what = "";    // "mutex", "wait queue" ...
  const char* object = "";  // its name
  uint64_t deadline = kNever;
  bool interruptible = false;
  const std::atomic<const Thread*>* holder = nullptr;  // who has it, when that is known
};

// A section is a piece of code whose end others wait for (a work function, an interrupt's thread
// function, the reading of a proc file): for the order of locks it counts as one.
enum class HeldKind { kSpinLock, kMutex, kSection };

struct HeldLock {
  const void* lock = nullptr;
  const char* name = "";
  uint64_t id = 0;
  HeldKind kind = HeldKind::kMutex;
};

// Locks that a thread holds and sections it is in, in the order taken. Touched by the owning thread
// only; others look at it while the thread is blocked.
class HeldLocks {
 public:
  static constexpr unsigned kMost = 16;

  bool push(const HeldLock& lock);  // false: too many
  void remove(unsigned index);
  int find(const void* lock) const;  // -1: not held
  unsigned count() const { return count_; }
  unsigned spins() const { return spins_; }
  unsigned sections() const { return sections_; }
  unsigned locks() const { return count_ - sections_; }
  const HeldLock& operator[](unsigned index) const { return locks_[index]; }

 private:
  std::array<HeldLock, kMost> locks_;
  unsigned count_ = 0;
  unsigned spins_ = 0;
  unsigned sections_ = 0;
};

class Thread final : public Timer {
 public:
  Thread(Scheduler& scheduler, std::string name, ThreadKind kind, uint64_t seed);

  // The calling thread, null when it isn't part of the machine.
  static Thread* self();
  static void set_self(Thread* thread);

  const std::string& name() const { return name_; }
  ThreadKind kind() const { return kind_; }
  void fire() override;  // the deadline of a wait

  // A random number of this thread's own sequence (jitter).
  uint32_t random();

  // ---- guarded by the scheduler's lock
  ThreadState state = ThreadState::kReady;
  WaitPoint waiting;
  WakeReason reason = WakeReason::kWoken;
  bool signalled = false;
  WaitList* list = nullptr;
  Thread* previous = nullptr;
  Thread* next = nullptr;
  Baton baton;

  // ---- the thread's own
  HeldLocks held;
  bool in_interrupt = false;
  bool in_system_call = false;
  uint64_t driver_since = 0;      // runs the driver's code since then (driver_time.hpp)
  bool signal_delivered = false;  // an interruptible wait of this system call ended by a signal

 private:
  Scheduler& scheduler_;
  const std::string name_;
  const ThreadKind kind_;
  uint64_t random_state_;
};

// Threads waiting for one thing, first come first served. Guarded by the scheduler's lock.
class WaitList {
 public:
  bool empty() const { return first_ == nullptr; }
  Thread* first() const { return first_; }
  void push(Thread& thread);
  void remove(Thread& thread);

 private:
  Thread* first_ = nullptr;
  Thread* last_ = nullptr;
};

// A thread that the host itself starts. The body runs under the scheduler.
class OwnedThread {
 public:
  OwnedThread(Scheduler& scheduler, const std::string& name, ThreadKind kind,
              std::function<void()> body);
  OwnedThread(const OwnedThread&) = delete;
  OwnedThread& operator=(const OwnedThread&) = delete;

  Thread& thread() { return thread_; }
  // Sleeps until the body has returned.
  void join();

 private:
  void run(const std::function<void()>& body);

  Scheduler& scheduler_;
  Thread thread_;
  WaitList joiners_;
  std::thread system_thread_;
};

}  // namespace t31::host

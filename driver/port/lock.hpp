// SPDX-License-Identifier: GPL-2.0-or-later
// lock.hpp - locks and wait queues of the port as C++ objects. A lock's declaration names what it
// guards.
#pragma once

#include "driver/base/result.hpp"
#include "driver/port/port.h"

namespace t31 {

// Taken with interrupts off; usable in interrupt context.
class SpinLock {
 public:
  explicit SpinLock(const char* name) { t31_port_spin_init(&lock_, name); }
  ~SpinLock() { t31_port_spin_destroy(&lock_); }
  SpinLock(const SpinLock&) = delete;
  SpinLock& operator=(const SpinLock&) = delete;

  class [[nodiscard]] Guard {
   public:
    explicit Guard(SpinLock& lock) : lock_(lock), flags_(t31_port_spin_lock_irqsave(&lock.lock_)) {}
    ~Guard() { t31_port_spin_unlock_irqrestore(&lock_.lock_, flags_); }
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;

   private:
    SpinLock& lock_;
    unsigned long flags_;
  };

 private:
  t31_spinlock lock_{};
};

// Process context only.
class Mutex {
 public:
  explicit Mutex(const char* name) { t31_port_mutex_init(&mutex_, name); }
  ~Mutex() { t31_port_mutex_destroy(&mutex_); }
  Mutex(const Mutex&) = delete;
  Mutex& operator=(const Mutex&) = delete;

  class [[nodiscard]] Guard {
   public:
    explicit Guard(Mutex& mutex) : mutex_(mutex) { t31_port_mutex_lock(&mutex.mutex_); }
    ~Guard() { t31_port_mutex_unlock(&mutex_.mutex_); }
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;

   private:
    Mutex& mutex_;
  };

 private:
  t31_mutex mutex_{};
};

class WaitQueue {
 public:
  explicit WaitQueue(const char* name) { t31_port_wait_init(&wait_, name); }
  ~WaitQueue() { t31_port_wait_destroy(&wait_); }
  WaitQueue(const WaitQueue&) = delete;
  WaitQueue& operator=(const WaitQueue&) = delete;

  void wake_all() { t31_port_wake_all(&wait_); }
  t31_wait* raw() { return &wait_; }

  // Sleeps until `condition()` is true; it is called without any lock held. Errors: -ETIMEDOUT,
  // -ERESTARTSYS (interruptible only).
  template <typename Condition>
  Status wait(Condition condition, u32 milliseconds = T31_WAIT_FOREVER, bool interruptible = true) {
    const auto call = [](void* context) -> int {
      return (*static_cast<Condition*>(context))() ? 1 : 0;
    };
    return Status::from(t31_port_wait(&wait_, call, &condition, milliseconds, interruptible));
  }

 private:
  t31_wait wait_{};
};

// A work item bound to its queue. Destroying the owner requires cancel() first.
class WorkItem {
 public:
  void init(void (*function)(void*), void* context) {
    t31_port_work_init(&work_, function, context);
  }
  bool queue(t31_queue* queue) { return t31_port_work_queue(queue, &work_) == 1; }
  bool queue_delayed(t31_queue* queue, u32 milliseconds) {
    return t31_port_work_queue_delayed(queue, &work_, milliseconds) == 1;
  }
  void cancel(t31_queue* queue) { t31_port_work_cancel(queue, &work_); }

 private:
  t31_work work_{};
};

}  // namespace t31

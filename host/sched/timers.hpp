// SPDX-License-Identifier: GPL-2.0-or-later
// timers.hpp - what shall happen at a virtual time: sleepers to wake, delayed work to queue.
#pragma once

#include <cstdint>
#include <map>

namespace t31::host {

inline constexpr uint64_t kNever = UINT64_MAX;

class Timer;
using TimerQueue = std::multimap<uint64_t, Timer*>;

// Armed and fired under the scheduler's lock.
class Timer {
 public:
  virtual void fire() = 0;
  bool armed() const { return armed_; }

 protected:
  ~Timer() = default;

 private:
  friend class Timers;
  TimerQueue::iterator place_;
  bool armed_ = false;
};

// Timers by deadline; equal deadlines fire in the order they were armed. Guarded by the scheduler's
// lock.
class Timers {
 public:
  void arm(Timer& timer, uint64_t deadline) {
    timer.place_ = queue_.emplace(deadline, &timer);
    timer.armed_ = true;
  }

  void cancel(Timer& timer) {
    if (!timer.armed_) return;
    queue_.erase(timer.place_);
    timer.armed_ = false;
  }

  uint64_t next() const { return queue_.empty() ? kNever : queue_.begin()->first; }

  // Fires everything due at `now`.
  void run(uint64_t now) {
    while (!queue_.empty() && queue_.begin()->first <= now) {
      Timer& timer = *queue_.begin()->second;
      cancel(timer);
      timer.fire();
    }
  }

 private:
  TimerQueue queue_;
};

}  // namespace t31::host

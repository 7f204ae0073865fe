// SPDX-License-Identifier: GPL-2.0-or-later
// driver_time.hpp - how long the driver's code runs: interrupt handlers, work functions and system
// calls, without the time in which their thread is off the CPU. What the host does for them inside
// (port calls, register dispatch) counts in: an upper bound of the driver's own time.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

#include "host/sched/thread.hpp"

namespace t31::host {

class DriverTime {
 public:
  static uint64_t total() { return total_.load(std::memory_order_relaxed); }
  static void reset() { total_.store(0, std::memory_order_relaxed); }

  // A piece of the driver's code on the calling thread.
  class Section {
   public:
    explicit Section(Thread& thread) : thread_(thread) { thread_.driver_since = now(); }
    ~Section() {
      add(thread_);
      thread_.driver_since = 0;
    }
    Section(const Section&) = delete;
    Section& operator=(const Section&) = delete;

   private:
    Thread& thread_;
  };

  // The thread is off the CPU, whatever it does.
  class Pause {
   public:
    explicit Pause(Thread& thread) : thread_(thread) {
      if (thread_.driver_since != 0) add(thread_);
    }
    ~Pause() {
      if (thread_.driver_since != 0) thread_.driver_since = now();
    }
    Pause(const Pause&) = delete;
    Pause& operator=(const Pause&) = delete;

   private:
    Thread& thread_;
  };

 private:
  static uint64_t now() {
    const auto since_epoch = std::chrono::steady_clock::now().time_since_epoch();
    return static_cast<uint64_t>(
        std::chrono::duration_cast<std::chrono::nanoseconds>(since_epoch).count());
  }
  static void add(const Thread& thread) {
    total_.fetch_add(now() - thread.driver_since, std::memory_order_relaxed);
  }
  static inline std::atomic<uint64_t> total_{0};
};

}  // namespace t31::host

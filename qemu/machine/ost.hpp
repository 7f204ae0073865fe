// SPDX-License-Identifier: GPL-2.0-or-later
// ost.hpp - the operating system's timer: timer 1 counts to a period and interrupts, timer 2 counts
// 64 bits freely. Both count the 24 MHz crystal through a divider of their own.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <limits>

namespace t31::qemu {

class Ost {
 public:
  // Times are nanoseconds on one clock that never goes back.
  using Time = std::int64_t;
  static constexpr Time kNever = std::numeric_limits<Time>::max();

  explicit Ost(std::function<void(bool)> interrupt) : interrupt_(std::move(interrupt)) {}

  void reset(Time now);
  std::uint32_t read(std::uint32_t offset, Time now);
  void write(std::uint32_t offset, std::uint32_t value, Time now);
  // Raises the interrupt when it is due; next_event() is when that will be.
  void advance(Time now);
  Time next_event() const;

 private:
  // Counts while enabled. `origin`: the crystal's tick at which the count was 0; `held`: the count
  // when it was stopped.
  struct Counter {
    bool enabled = false;
    unsigned shift = 0;  // divides by 1, 4 or 16
    std::uint64_t origin = 0;
    std::uint64_t held = 0;

    std::uint64_t count(std::uint64_t tick) const {
      return enabled ? (tick - origin) >> shift : held;
    }
    void set(std::uint64_t value, std::uint64_t tick);
    void enable(bool on, std::uint64_t tick);
    void divide(unsigned new_shift, std::uint64_t tick);
  };
  static constexpr unsigned kTimers = 2;

  std::uint64_t period() const { return std::uint64_t{limit_} + 1; }
  void update();

  std::array<Counter, kTimers> timers_;
  std::uint32_t control_ = 0;
  std::uint32_t flags_ = 0;
  std::uint32_t mask_ = 0;
  std::uint32_t limit_ = ~0u;
  std::uint32_t latched_high_ = 0;
  std::uint64_t rounds_ = 0;  // of timer 1 that have been flagged
  std::function<void(bool)> interrupt_;
};

}  // namespace t31::qemu

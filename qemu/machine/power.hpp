// SPDX-License-Identifier: GPL-2.0-or-later
// power.hpp - how a T31 ends: the watchdog that restarts it, and the real-time clock that takes the
// power away.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <limits>

namespace t31::qemu {

// Counts the 32 kHz crystal, divided, from the last write to its counter. It shares a page with the
// timer unit, of which only the bits that stop the watchdog are modelled.
class Watchdog {
 public:
  using Time = std::int64_t;
  static constexpr Time kNever = std::numeric_limits<Time>::max();

  explicit Watchdog(std::function<void()> bite) : bite_(std::move(bite)) {}

  void reset();
  std::uint32_t read(std::uint32_t offset, Time now) const;
  void write(std::uint32_t offset, std::uint32_t value, Time now);
  void advance(Time now);
  Time next_event() const;

 private:
  bool runs() const;
  Time tick() const;  // length, in nanoseconds

  static constexpr std::uint32_t kBytes = 0x100;
  std::array<std::uint32_t, kBytes / 4> words_{};
  Time started_ = 0;
  std::function<void()> bite_;
};

class Rtc {
 public:
  explicit Rtc(std::function<void()> power_off, std::function<void()> restart)
      : power_off_(std::move(power_off)), restart_(std::move(restart)) {}

  void reset();
  // `seconds`: the date, counted from 1970.
  std::uint32_t read(std::uint32_t offset, std::uint32_t seconds) const;
  void write(std::uint32_t offset, std::uint32_t value, std::uint32_t seconds);

 private:
  static constexpr std::uint32_t kBytes = 0x40;
  std::array<std::uint32_t, kBytes / 4> words_{};
  bool unlocked_ = false;       // one write is let through
  std::uint32_t set_back_ = 0;  // what a written date differs from the real one by
  std::function<void()> power_off_;
  std::function<void()> restart_;
};

}  // namespace t31::qemu

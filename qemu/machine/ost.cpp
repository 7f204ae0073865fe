// SPDX-License-Identifier: GPL-2.0-or-later
#include "qemu/machine/ost.hpp"

namespace t31::qemu {
namespace {

constexpr std::uint32_t kControl = 0x00;  // dividers: bits 1:0 of timer 1, 3:2 of timer 2
constexpr std::uint32_t kEnabled = 0x04;
constexpr std::uint32_t kClear = 0x08;
constexpr std::uint32_t kFlags = 0x0c;
constexpr std::uint32_t kMask = 0x10;
constexpr std::uint32_t kLimit = 0x14;
constexpr std::uint32_t kCount1 = 0x18;
constexpr std::uint32_t kCount2High = 0x1c;
constexpr std::uint32_t kCount2Low = 0x20;
constexpr std::uint32_t kLatchedHigh = 0x24;
constexpr std::uint32_t kEnable = 0x34;
constexpr std::uint32_t kDisable = 0x38;

// 24 MHz: 3 ticks are 125 ns.
std::uint64_t tick_at(Ost::Time now) {
  const auto ns = static_cast<std::uint64_t>(now);
  return ns / 125 * 3 + ns % 125 * 3 / 125;
}

Ost::Time time_of(std::uint64_t tick) {
  return static_cast<Ost::Time>(tick / 3 * 125 + (tick % 3 * 125 + 2) / 3);
}

}  // namespace

void Ost::Counter::set(std::uint64_t value, std::uint64_t tick) {
  held = value;
  origin = tick - (value << shift);
}

void Ost::Counter::enable(bool on, std::uint64_t tick) {
  if (on == enabled) return;
  const std::uint64_t value = count(tick);
  enabled = on;
  set(value, tick);
}

void Ost::Counter::divide(unsigned new_shift, std::uint64_t tick) {
  if (new_shift == shift) return;
  const std::uint64_t value = count(tick);
  shift = new_shift;
  set(value, tick);
}

void Ost::reset(Time now) {
  timers_ = {};
  control_ = flags_ = mask_ = latched_high_ = 0;
  limit_ = ~0u;
  rounds_ = 0;
  advance(now);
  update();
}

void Ost::update() {
  interrupt_((flags_ & ~mask_) != 0);
}

void Ost::advance(Time now) {
  const std::uint64_t rounds = timers_[0].count(tick_at(now)) / period();
  if (rounds == rounds_) return;
  rounds_ = rounds;
  flags_ |= 1;
  update();
}

Ost::Time Ost::next_event() const {
  const Counter& timer = timers_[0];
  // A flag that is up already stays up: nothing happens before it is cleared.
  if (!timer.enabled || (flags_ & 1)) return kNever;
  return time_of(timer.origin + ((rounds_ + 1) * period() << timer.shift));
}

std::uint32_t Ost::read(std::uint32_t offset, Time now) {
  advance(now);
  const std::uint64_t tick = tick_at(now);
  switch (offset) {
    case kControl:
      return control_;
    case kEnabled:
      return (timers_[0].enabled ? 1u : 0u) | (timers_[1].enabled ? 2u : 0u);
    case kFlags:
      return flags_;
    case kMask:
      return mask_;
    case kLimit:
      return limit_;
    case kCount1:
      return static_cast<std::uint32_t>(timers_[0].count(tick) % period());
    case kCount2High:
      return static_cast<std::uint32_t>(timers_[1].count(tick) >> 32);
    case kCount2Low:
      latched_high_ = static_cast<std::uint32_t>(timers_[1].count(tick) >> 32);
      return static_cast<std::uint32_t>(timers_[1].count(tick));
    case kLatchedHigh:
      return latched_high_;
    default:
      return 0;
  }
}

void Ost::write(std::uint32_t offset, std::uint32_t value, Time now) {
  advance(now);
  const std::uint64_t tick = tick_at(now);
  // Timer 1 goes on with the count of its present round.
  const auto begin_round = [&](std::uint64_t count) {
    timers_[0].set(count, tick);
    rounds_ = 0;
  };
  switch (offset) {
    case kControl:
      control_ = value;
      begin_round(timers_[0].count(tick) % period());
      for (unsigned i = 0; i < kTimers; ++i) {
        // The fourth code is undefined; it divides like the third.
        timers_[i].divide(value >> 2 * i & 2 ? 4 : (value >> 2 * i & 1) * 2, tick);
      }
      break;
    case kClear:
      if (value & 1) begin_round(0);
      if (value & 2) timers_[1].set(0, tick);
      break;
    case kFlags:
      flags_ &= value;
      break;
    case kMask:
      mask_ = value;
      break;
    case kLimit: {
      const std::uint64_t count = timers_[0].count(tick) % period();
      limit_ = value;
      begin_round(count < period() ? count : 0);
      break;
    }
    case kEnabled:
      for (unsigned i = 0; i < kTimers; ++i) timers_[i].enable(value >> i & 1, tick);
      break;
    case kEnable:
    case kDisable:
      for (unsigned i = 0; i < kTimers; ++i)
        if (value >> i & 1) timers_[i].enable(offset == kEnable, tick);
      break;
    default:
      break;
  }
  update();
}

}  // namespace t31::qemu

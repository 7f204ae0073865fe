// SPDX-License-Identifier: GPL-2.0-or-later
#include "qemu/machine/power.hpp"

#include <algorithm>

namespace t31::qemu {
namespace {

// Watchdog.
constexpr std::uint32_t kLimit = 0x00;
constexpr std::uint32_t kEnable = 0x04;
constexpr std::uint32_t kCount = 0x08;
constexpr std::uint32_t kControl = 0x0c;  // divider in bits 5:3
constexpr std::uint32_t kStops = 0x1c;
constexpr std::uint32_t kStop = 0x2c;
constexpr std::uint32_t kStart = 0x3c;
constexpr std::uint32_t kWatchdogStop = 1u << 16;
constexpr std::int64_t kCrystal = 32768;
constexpr std::int64_t kSecond = 1'000'000'000;

// Clock.
constexpr std::uint32_t kClockControl = 0x00;
constexpr std::uint32_t kSeconds = 0x04;
constexpr std::uint32_t kAlarm = 0x08;
constexpr std::uint32_t kHibernate = 0x20;
constexpr std::uint32_t kUnlock = 0x3c;
constexpr std::uint32_t kReady = 1u << 7;
constexpr std::uint32_t kAlarmEnabled = 3u << 2;
constexpr std::uint32_t kUnlocked = 1u << 31;
constexpr std::uint32_t kKey = 0xa55a;

}  // namespace

// ---- watchdog

void Watchdog::reset() {
  words_ = {};
  words_[kLimit / 4] = 0xffff;
}

bool Watchdog::runs() const {
  return (words_[kEnable / 4] & 1) && !(words_[kStops / 4] & kWatchdogStop);
}

Watchdog::Time Watchdog::tick() const {
  const unsigned shift = std::min(words_[kControl / 4] >> 3 & 7, 5u) * 2;
  return (kSecond << shift) / kCrystal;
}

Watchdog::Time Watchdog::next_event() const {
  return runs() ? started_ + words_[kLimit / 4] * tick() : kNever;
}

void Watchdog::advance(Time now) {
  if (now < next_event()) return;
  words_[kEnable / 4] = 0;
  bite_();
}

std::uint32_t Watchdog::read(std::uint32_t offset, Time now) const {
  if (offset >= kBytes) return 0;
  if (offset == kCount && runs()) return static_cast<std::uint32_t>((now - started_) / tick());
  return words_[offset / 4];
}

void Watchdog::write(std::uint32_t offset, std::uint32_t value, Time now) {
  if (offset >= kBytes) return;
  const bool ran = runs();
  switch (offset) {
    case kStop:
      words_[kStops / 4] |= value;
      break;
    case kStart:
      words_[kStops / 4] &= ~value;
      break;
    case kStops:
      break;
    default:
      words_[offset / 4] = offset == kLimit ? value & 0xffff : value;
      break;
  }
  if (offset == kCount || runs() != ran) started_ = now;
}

// ---- real-time clock

void Rtc::reset() {
  words_ = {};
  unlocked_ = false;
}

std::uint32_t Rtc::read(std::uint32_t offset, std::uint32_t seconds) const {
  switch (offset) {
    case kClockControl:
      return words_[0] | kReady;
    case kSeconds:
      return seconds - set_back_;
    case kUnlock:
      return unlocked_ ? kUnlocked : 0;
    default:
      return offset < kBytes ? words_[offset / 4] : 0;
  }
}

void Rtc::write(std::uint32_t offset, std::uint32_t value, std::uint32_t seconds) {
  if (offset >= kBytes) return;
  if (offset == kUnlock) {
    unlocked_ = value == kKey;
    return;
  }
  if (!unlocked_) return;
  unlocked_ = false;
  words_[offset / 4] = value;
  if (offset == kSeconds) set_back_ = seconds - value;
  if (offset != kHibernate || !(value & 1)) return;
  // A clock that is to wake the chip in a moment restarts it.
  const bool wakes = (words_[kClockControl / 4] & kAlarmEnabled) == kAlarmEnabled &&
                     words_[kAlarm / 4] - (seconds - set_back_) < 3600;
  wakes ? restart_() : power_off_();
}

}  // namespace t31::qemu

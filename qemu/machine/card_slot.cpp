// SPDX-License-Identifier: GPL-2.0-or-later
#include "qemu/machine/card_slot.hpp"

namespace t31::qemu {
namespace {

constexpr std::uint32_t kControl = 0x00;
constexpr std::uint32_t kStatus = 0x04;
constexpr std::uint32_t kCommand = 0x0c;  // what kind of response it has, in bits 2:0
constexpr std::uint32_t kMask = 0x24;
constexpr std::uint32_t kFlags = 0x28;

// Control.
constexpr std::uint32_t kClockBits = 3;
constexpr std::uint32_t kStopClock = 1;
constexpr std::uint32_t kStartClock = 2;
constexpr std::uint32_t kStart = 1u << 2;
constexpr std::uint32_t kReset = 1u << 3;
// Status.
constexpr std::uint32_t kNoResponse = 1u << 1;
constexpr std::uint32_t kClockRuns = 1u << 8;
constexpr std::uint32_t kCommandDone = 1u << 11;
// Interrupts.
constexpr std::uint32_t kDoneFlag = 1u << 2;
constexpr std::uint32_t kNoResponseFlag = 1u << 9;

}  // namespace

void CardSlot::reset() {
  words_ = {};
  words_[kMask / 4] = ~0u;
  status_ = flags_ = 0;
  update();
}

void CardSlot::update() {
  interrupt_((flags_ & ~words_[kMask / 4]) != 0);
}

std::uint32_t CardSlot::read(std::uint32_t offset) const {
  if (offset == kStatus) return status_;
  if (offset == kFlags) return flags_;
  return offset < kBytes ? words_[offset / 4] : 0;
}

void CardSlot::control(std::uint32_t value) {
  if (value & kReset) {
    status_ &= kClockRuns;
    flags_ = 0;
  }
  if ((value & kClockBits) == kStopClock) status_ &= ~kClockRuns;
  if ((value & kClockBits) == kStartClock) status_ |= kClockRuns;
  if (!(value & kStart)) return;
  status_ &= ~(kNoResponse | kCommandDone);
  const bool wants_response = words_[kCommand / 4] & 7;
  status_ |= wants_response ? kNoResponse : kCommandDone;
  flags_ |= wants_response ? kNoResponseFlag : kDoneFlag;
}

void CardSlot::write(std::uint32_t offset, std::uint32_t value) {
  if (offset == kControl) {
    control(value);
  } else if (offset == kFlags) {
    flags_ &= ~value;
  } else if (offset < kBytes && offset != kStatus) {
    words_[offset / 4] = value;
  }
  update();
}

}  // namespace t31::qemu

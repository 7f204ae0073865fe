// SPDX-License-Identifier: GPL-2.0-or-later
#include "qemu/machine/i2c_master.hpp"

namespace t31::qemu {
namespace {

constexpr std::uint32_t kTarget = 0x04;
constexpr std::uint32_t kData = 0x10;
constexpr std::uint32_t kInterrupts = 0x2c;
constexpr std::uint32_t kMask = 0x30;
constexpr std::uint32_t kRawInterrupts = 0x34;
constexpr std::uint32_t kReceiveLevel = 0x38;
constexpr std::uint32_t kClearAll = 0x40;
constexpr std::uint32_t kEnable = 0x6c;
constexpr std::uint32_t kStatus = 0x70;
constexpr std::uint32_t kCommandsWaiting = 0x74;
constexpr std::uint32_t kBytesReceived = 0x78;
constexpr std::uint32_t kAbortSource = 0x80;
constexpr std::uint32_t kEnabled = 0x9c;

// Interrupts.
constexpr std::uint32_t kUnderflow = 1u << 0;
constexpr std::uint32_t kOverflow = 1u << 1;
constexpr std::uint32_t kReceived = 1u << 2;
constexpr std::uint32_t kTransmitEmpty = 1u << 4;
constexpr std::uint32_t kAborted = 1u << 6;
constexpr std::uint32_t kActivity = 1u << 8;
constexpr std::uint32_t kStopped = 1u << 9;
constexpr std::uint32_t kStarted = 1u << 10;

// Registers that clear one flag each when they are read.
constexpr struct {
  std::uint32_t offset;
  std::uint32_t flags;
} kClearing[] = {
    {0x44, kUnderflow}, {0x48, kOverflow}, {0x4c, 1u << 3},  {0x50, 1u << 5},  {0x54, kAborted},
    {0x58, 1u << 7},    {0x5c, kActivity}, {0x60, kStopped}, {0x64, kStarted}, {0x68, 1u << 11},
};

// Commands.
constexpr std::uint32_t kRead = 1u << 8;
constexpr std::uint32_t kStop = 1u << 9;
constexpr std::uint32_t kRestart = 1u << 10;

constexpr std::uint32_t kAddressRefused = 1u << 0;
constexpr std::uint32_t kDataRefused = 1u << 3;

constexpr std::size_t kFifo = 64;

}  // namespace

void I2cMaster::reset() {
  words_ = {};
  // All interrupts are let through after reset, and none is raised.
  word(kMask) = 0x8ff;
  flags_ = abort_source_ = 0;
  started_ = false;
  sent_.clear();
  received_.clear();
  update();
}

std::uint32_t I2cMaster::raw_status() const {
  std::uint32_t raw = flags_;
  if (words_[kEnable / 4] & 1) raw |= kTransmitEmpty;
  if (received_.size() > words_[kReceiveLevel / 4]) raw |= kReceived;
  return raw;
}

void I2cMaster::update() {
  interrupt_((raw_status() & words_[kMask / 4]) != 0);
}

// Commands never wait; so the bus is busy only between the commands of a message.
std::uint32_t I2cMaster::status() const {
  constexpr std::uint32_t kBusy = 1u << 0 | 1u << 5;
  constexpr std::uint32_t kRoom = 1u << 1 | 1u << 2;
  return kRoom | (started_ ? kBusy : 0) | (received_.empty() ? 0 : 1u << 3) |
         (received_.size() == kFifo ? 1u << 4 : 0);
}

std::uint32_t I2cMaster::pop() {
  if (received_.empty()) {
    flags_ |= kUnderflow;
    return 0;
  }
  const std::uint32_t value = received_.front();
  received_.pop_front();
  return value;
}

std::uint32_t I2cMaster::clear(std::uint32_t flags) {
  const std::uint32_t was = flags_ & flags;
  flags_ &= ~flags;
  if (flags & kAborted) abort_source_ = 0;
  return was ? 1 : 0;
}

std::uint32_t I2cMaster::read(std::uint32_t offset) {
  if (offset >= kBytes) return 0;
  std::uint32_t value = 0;
  switch (offset) {
    case kData:
      value = pop();
      break;
    case kInterrupts:
      return raw_status() & word(kMask);
    case kRawInterrupts:
      return raw_status();
    case kClearAll:
      value = clear(~0u);
      break;
    case kStatus:
      return status();
    case kCommandsWaiting:
      return 0;
    case kBytesReceived:
      return static_cast<std::uint32_t>(received_.size());
    case kAbortSource:
      return abort_source_;
    case kEnabled:
      return word(kEnable) & 1;
    default:
      value = word(offset);
      for (const auto& [at, flags] : kClearing)
        if (at == offset) value = clear(flags);
      break;
  }
  update();
  return value;
}

void I2cMaster::write(std::uint32_t offset, std::uint32_t value) {
  if (offset >= kBytes) return;
  if (offset == kData) {
    command(value);
  } else {
    word(offset) = value;
  }
  if (offset == kEnable && !(value & 1)) {
    started_ = false;
    sent_.clear();
    received_.clear();
  }
  update();
}

void I2cMaster::abort(std::uint32_t source) {
  abort_source_ |= source;
  flags_ |= kAborted | kStopped;
  started_ = false;
  sent_.clear();
}

bool I2cMaster::start() {
  started_ = true;
  flags_ |= kStarted | kActivity;
  t31_model_i2c_msg nothing{static_cast<std::uint16_t>(word(kTarget) & 0x7f), 0, 0, nullptr};
  if (bus_({&nothing, 1}) == 1) return true;
  abort(kAddressRefused);
  return false;
}

// The bytes written so far become a message.
bool I2cMaster::flush() {
  if (sent_.empty()) return true;
  t31_model_i2c_msg message{static_cast<std::uint16_t>(word(kTarget) & 0x7f), 0,
                            static_cast<std::uint16_t>(sent_.size()), sent_.data()};
  const bool done = bus_({&message, 1}) == 1;
  sent_.clear();
  if (!done) abort(kDataRefused);
  return done;
}

void I2cMaster::receive() {
  std::uint8_t byte = 0xff;  // of a bus on which nobody speaks
  t31_model_i2c_msg message{static_cast<std::uint16_t>(word(kTarget) & 0x7f), 1, 1, &byte};
  if (bus_({&message, 1}) != 1) return abort(kAddressRefused);
  if (received_.size() == kFifo) {
    flags_ |= kOverflow;
  } else {
    received_.push_back(byte);
  }
}

void I2cMaster::command(std::uint32_t value) {
  // After an abort the FIFO swallows commands until the flag is cleared.
  if (!(word(kEnable) & 1) || (flags_ & kAborted)) return;
  if (!started_ && !start()) return;
  if ((value & (kRestart | kRead)) && !flush()) return;
  if (value & kRead) {
    receive();
  } else if (sent_.size() < UINT16_MAX) {
    sent_.push_back(static_cast<std::uint8_t>(value));
  }
  if (!(value & kStop) || !started_ || !flush()) return;
  started_ = false;
  flags_ |= kStopped;
}

}  // namespace t31::qemu

// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/core/gpio.hpp"

namespace t31::model {
namespace {

constexpr std::uint32_t kPortStride = 0x1000;
constexpr std::uint32_t kShadowPort = 7;
constexpr std::uint32_t kPin = 0x00;
constexpr std::uint32_t kFunctionBase = 0x10;  // value, set, clear; one group of 0x10 per function
constexpr std::uint32_t kFunctionEnd = 0x50;
constexpr std::uint32_t kPullUp = 0x110;
constexpr std::uint32_t kPullDown = 0x120;
constexpr std::uint32_t kLoad = 0xf0;

enum class Access { kValue, kSet, kClear };

bool decode(std::uint32_t offset, std::uint32_t base, Access& access) {
  if (offset < base || offset > base + 8 || offset % 4) return false;
  access = static_cast<Access>((offset - base) / 4);
  return true;
}

void apply(std::uint32_t& word, Access access, std::uint32_t value) {
  switch (access) {
    case Access::kValue:
      word = value;
      break;
    case Access::kSet:
      word |= value;
      break;
    case Access::kClear:
      word &= ~value;
      break;
  }
}

}  // namespace

std::uint32_t Gpio::levels(const Port& port) const {
  const std::uint32_t outputs =
      ~port.function[kInterrupt] & port.function[kMask] & ~port.function[kPattern1];
  return (outputs & port.function[kPattern0]) | (~outputs & port.pull_up);
}

bool Gpio::level(unsigned port, unsigned pin) const {
  return levels(ports_[port]) >> pin & 1;
}

std::uint32_t Gpio::function1(unsigned port) const {
  const auto& f = ports_[port].function;
  return ~f[kInterrupt] & ~f[kMask] & ~f[kPattern1] & f[kPattern0];
}

std::uint32_t Gpio::read(std::uint32_t offset) const {
  const std::uint32_t index = offset / kPortStride;
  if (index >= kPorts) return 0;
  const Port& port = ports_[index];
  const std::uint32_t within = offset % kPortStride;
  if (within == kPin) return levels(port);
  if (within >= kFunctionBase && within < kFunctionEnd && within % 0x10 == 0)
    return port.function[within / 0x10 - 1];
  if (within == kPullUp) return port.pull_up;
  if (within == kPullDown) return port.pull_down;
  return 0;
}

void Gpio::write_shadow(std::uint32_t offset, std::uint32_t value) {
  if (offset == kLoad) {
    if (value < kPorts) {
      for (unsigned i = 0; i < kFunctions; ++i) {
        std::uint32_t& word = ports_[value].function[i];
        word = (word & ~pending_.clear[i]) | pending_.set[i];
      }
    }
    pending_ = {};
    return;
  }
  Access access;
  for (unsigned i = 0; i < kFunctions; ++i) {
    if (!decode(offset, kFunctionBase + 0x10 * i, access)) continue;
    if (access == Access::kSet) {
      pending_.set[i] |= value;
      pending_.clear[i] &= ~value;
    } else if (access == Access::kClear) {
      pending_.clear[i] |= value;
      pending_.set[i] &= ~value;
    }
  }
}

void Gpio::write(std::uint32_t offset, std::uint32_t value) {
  const std::uint32_t index = offset / kPortStride;
  const std::uint32_t within = offset % kPortStride;
  if (index == kShadowPort) return write_shadow(within, value);
  if (index >= kPorts) return;
  Port& port = ports_[index];
  Access access;
  for (unsigned i = 0; i < kFunctions; ++i)
    if (decode(within, kFunctionBase + 0x10 * i, access)) apply(port.function[i], access, value);
  if (decode(within, kPullUp, access)) apply(port.pull_up, access, value);
  if (decode(within, kPullDown, access)) apply(port.pull_down, access, value);
}

}  // namespace t31::model

// SPDX-License-Identifier: GPL-2.0-or-later
#include "qemu/machine/intc.hpp"

namespace t31::qemu {
namespace {

constexpr std::uint32_t kBankStride = 0x20;
constexpr std::uint32_t kSources = 0x00;
constexpr std::uint32_t kMask = 0x04;
constexpr std::uint32_t kMaskSet = 0x08;
constexpr std::uint32_t kMaskClear = 0x0c;
constexpr std::uint32_t kPending = 0x10;

}  // namespace

void Intc::reset() {
  banks_ = {};
  update();
}

void Intc::update() {
  bool pending = false;
  for (const Bank& bank : banks_) pending |= (bank.sources & ~bank.mask) != 0;
  output_(pending);
}

void Intc::set_source(unsigned number, bool high) {
  if (number >= kBanks * 32) return;
  const std::uint32_t bit = 1u << number % 32;
  std::uint32_t& sources = banks_[number / 32].sources;
  sources = high ? sources | bit : sources & ~bit;
  update();
}

std::uint32_t Intc::read(std::uint32_t offset) const {
  if (offset >= kBanks * kBankStride) return 0;
  const Bank& bank = banks_[offset / kBankStride];
  switch (offset % kBankStride) {
    case kSources:
      return bank.sources;
    case kMask:
      return bank.mask;
    case kPending:
      return bank.sources & ~bank.mask;
    default:
      return 0;
  }
}

void Intc::write(std::uint32_t offset, std::uint32_t value) {
  if (offset >= kBanks * kBankStride) return;
  Bank& bank = banks_[offset / kBankStride];
  switch (offset % kBankStride) {
    case kMask:
      bank.mask = value;
      break;
    case kMaskSet:
      bank.mask |= value;
      break;
    case kMaskClear:
      bank.mask &= ~value;
      break;
    default:
      return;
  }
  update();
}

}  // namespace t31::qemu

// SPDX-License-Identifier: GPL-2.0-or-later
#include "qemu/machine/flash.hpp"

#include <algorithm>
#include <bit>

namespace t31::qemu {
namespace {

// ---- controller
constexpr std::uint32_t kGlobal = 0x00;
constexpr std::uint32_t kExpected = 0x08;
constexpr std::uint32_t kRealTime = 0x0c;
constexpr std::uint32_t kConfiguration = 0x14;  // of the first phase
constexpr std::uint32_t kLength = 0x2c;
constexpr std::uint32_t kAddress = 0x30;
constexpr std::uint32_t kMemory = 0x60;
constexpr std::uint32_t kTrigger = 0x64;
constexpr std::uint32_t kStatus = 0x68;
constexpr std::uint32_t kClear = 0x6c;
constexpr std::uint32_t kMask = 0x70;
constexpr std::uint32_t kData = 0x1000;

constexpr std::uint32_t kWrites = 1u << 13;  // in kGlobal
constexpr std::uint32_t kDma = 1u << 6;
constexpr std::uint32_t kHasData = 1u << 16;  // in kConfiguration
constexpr std::uint32_t kPolls = 1u << 25;
constexpr std::uint32_t kGo = 1u << 0;  // in kTrigger
constexpr std::uint32_t kHalt = 1u << 1;
constexpr std::uint32_t kFlush = 1u << 2;
// In kStatus, kClear and kMask.
constexpr std::uint32_t kReadRequest = 1u << 2;
constexpr std::uint32_t kWriteRequest = 1u << 3;
constexpr std::uint32_t kEnd = 1u << 4;
constexpr std::uint32_t kAll = 0x1f;
constexpr unsigned kFillShift = 16;
constexpr std::size_t kFifoWords = 63;
constexpr std::uint32_t kLongest = 1u << 20;

// ---- flash
constexpr std::uint8_t kReadId = 0x9f;
constexpr std::uint8_t kReadStatus[] = {0x05, 0x35, 0x15};
constexpr std::uint8_t kReads[] = {0x03, 0x0b, 0x3b, 0x6b, 0xbb, 0xeb, 0x13, 0x0c, 0x3c, 0x6c};
constexpr std::uint8_t kPrograms[] = {0x02, 0x32, 0x12, 0x34};
constexpr std::uint8_t kWriteEnable = 0x06;
constexpr std::uint8_t kWriteDisable = 0x04;
constexpr std::uint8_t kWritten = 1u << 1;      // first status register: write enabled
constexpr std::uint8_t kQuadEnabled = 1u << 1;  // second one
constexpr std::uint8_t kMaker = 0xef;
constexpr std::uint8_t kFamily = 0x40;
constexpr struct {
  std::uint8_t command;
  std::uint32_t bytes;
} kErases[] = {{0x20, 0x1000},  {0x21, 0x1000}, {0x52, 0x8000}, {0xd8, 0x10000},
               {0xdc, 0x10000}, {0xc7, 0},      {0x60, 0}};

template <std::size_t N>
bool among(const std::uint8_t (&list)[N], std::uint8_t command) {
  return std::find(std::begin(list), std::end(list), command) != std::end(list);
}

}  // namespace

bool NorFlash::insert(std::vector<std::uint8_t> contents) {
  constexpr std::size_t kMegabyte = 1u << 20;
  if (!std::has_single_bit(contents.size()) || contents.size() < 4 * kMegabyte ||
      contents.size() > 32 * kMegabyte) {
    return false;
  }
  contents_ = std::move(contents);
  return true;
}

void NorFlash::read(std::uint8_t command, std::uint32_t address,
                    std::span<std::uint8_t> out) const {
  std::fill(out.begin(), out.end(), std::uint8_t{0});
  if (contents_.empty()) return;
  if (command == kReadId) {
    const auto size = static_cast<std::uint8_t>(std::countr_zero(contents_.size()));
    const std::uint8_t id[] = {kMaker, kFamily, size};
    std::copy_n(id, std::min(out.size(), std::size(id)), out.begin());
  } else if (command == kReadStatus[0]) {
    std::fill(out.begin(), out.end(), writable_ ? kWritten : std::uint8_t{0});
  } else if (command == kReadStatus[1]) {
    std::fill(out.begin(), out.end(), kQuadEnabled);
  } else if (among(kReads, command)) {
    for (std::size_t i = 0; i < out.size(); ++i)
      out[i] = contents_[(address + i) & (contents_.size() - 1)];
  }
}

void NorFlash::write(std::uint8_t command, std::uint32_t address,
                     std::span<const std::uint8_t> bytes) {
  if (contents_.empty()) return;
  if (command == kWriteEnable || command == kWriteDisable) {
    writable_ = command == kWriteEnable;
    return;
  }
  if (!writable_) return;
  if (among(kPrograms, command)) {
    writable_ = false;
    // Within a page of 256 bytes; bits can only be cleared.
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      const std::uint32_t at = (address & ~0xffu) | ((address + i) & 0xff);
      contents_[at & (contents_.size() - 1)] &= bytes[i];
    }
    return;
  }
  for (const auto& erase : kErases) {
    if (erase.command != command) continue;
    writable_ = false;
    const std::size_t size = erase.bytes != 0 ? erase.bytes : contents_.size();
    const std::size_t first = address & (contents_.size() - 1) & ~(size - 1);
    std::fill_n(contents_.begin() + static_cast<std::ptrdiff_t>(first), size, std::uint8_t{0xff});
  }
}

// ---- controller

void FlashController::reset() {
  words_ = {};
  word(kMask) = kAll;
  flags_ = 0;
  data_.clear();
  done_ = 0;
  reading_ = writing_ = false;
  update();
}

// Words wait in the FIFO, or are wanted.
std::uint32_t FlashController::status() const {
  const std::size_t left = (data_.size() - done_ + 3) / 4;
  const auto fill = static_cast<std::uint32_t>(std::min(left, kFifoWords));
  return flags_ | (reading_ ? kReadRequest | fill << kFillShift : 0) |
         (writing_ ? kWriteRequest : 0);
}

void FlashController::update() {
  interrupt_((status() & kAll & ~word(kMask)) != 0);
}

void FlashController::start() {
  const std::uint32_t configuration = word(kConfiguration);
  const auto command = static_cast<std::uint8_t>(configuration);
  const bool writes = word(kGlobal) & kWrites;
  const bool has_data = (configuration & kHasData) && !(configuration & kPolls);
  data_.assign(has_data ? std::min(word(kLength), kLongest) : 0, 0);
  done_ = 0;
  // A status that is polled for is there at once.
  word(kRealTime) = word(kExpected);
  if (!writes) flash_.read(command, word(kAddress), data_);
  if (word(kGlobal) & kDma) {
    memory_(word(kMemory), data_, !writes);
    done_ = data_.size();
  }
  reading_ = !writes && done_ < data_.size();
  writing_ = writes && done_ < data_.size();
  if (!reading_ && !writing_) finish();
}

void FlashController::finish() {
  reading_ = writing_ = false;
  // A command without data has no direction.
  if ((word(kGlobal) & kWrites) || data_.empty()) {
    flash_.write(static_cast<std::uint8_t>(word(kConfiguration)), word(kAddress), data_);
  }
  flags_ |= kEnd;
}

std::uint32_t FlashController::pop() {
  std::uint32_t value = 0;
  for (unsigned i = 0; i < 4 && done_ < data_.size(); ++i)
    value |= std::uint32_t{data_[done_++]} << 8 * i;
  if (reading_ && done_ == data_.size()) finish();
  return value;
}

void FlashController::push(std::uint32_t value) {
  for (unsigned i = 0; i < 4 && done_ < data_.size(); ++i)
    data_[done_++] = static_cast<std::uint8_t>(value >> 8 * i);
  if (writing_ && done_ == data_.size()) finish();
}

std::uint32_t FlashController::read(std::uint32_t offset) {
  if (offset == kStatus) return status();
  if (offset < kBytes) return word(offset);
  const std::uint32_t value = offset == kData && reading_ ? pop() : 0;
  update();
  return value;
}

void FlashController::write(std::uint32_t offset, std::uint32_t value) {
  if (offset == kData) {
    if (writing_) push(value);
  } else if (offset == kTrigger) {
    if (value & (kHalt | kFlush)) {
      data_.clear();
      done_ = 0;
      reading_ = writing_ = false;
    }
    if (value & kGo) start();
  } else if (offset == kClear) {
    flags_ &= ~value;
  } else if (offset < kBytes && offset != kStatus) {
    word(offset) = value;
  }
  update();
}

}  // namespace t31::qemu

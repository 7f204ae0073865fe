// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/input/raw_stream.hpp"

#include "driver/regs/vic.hpp"

namespace t31::input {

namespace vic = reg::vic;

namespace {

constexpr u32 kBytesPerPixel = 2;

}  // namespace

void RawStream::start(u32 width, u32 height) {
  SpinLock::Guard guard(lock_);
  running_ = true;
  completed_ = false;
  vic_.write(vic::kDmaOn.offset, 1);
  vic_.write(vic::kDmaResolution.offset, vic::kWidth(width) | vic::kHeight(height));
  vic_.write(vic::kDmaStride0.offset, kBytesPerPixel * width);
  vic_.write(vic::kDmaStride1.offset, kBytesPerPixel * width);
  write_count();
}

void RawStream::stop() {
  SpinLock::Guard guard(lock_);
  if (running_) vic_.write(vic::kDmaControl.offset, 0);
  running_ = completed_ = false;
  first_ = busy_ = 0;
}

bool RawStream::running() const {
  SpinLock::Guard guard(lock_);
  return running_;
}

bool RawStream::full() const {
  SpinLock::Guard guard(lock_);
  return busy_ == kBanks;
}

void RawStream::push(u32 address) {
  SpinLock::Guard guard(lock_);
  if (busy_ == kBanks) return;
  const u32 bank = (first_ + busy_) % kBanks;
  addresses_[bank] = address;
  ++busy_;
  vic_.write(vic::kDmaBank0.at(bank), address);
  if (running_) write_count();
}

bool RawStream::bank_done() {
  SpinLock::Guard guard(lock_);
  if (!running_) return false;
  const u32 address = vic_.read(vic::kDmaCurrent.offset);
  for (u32 i = 0; i < busy_; ++i) {
    if (addresses_[(first_ + i) % kBanks] != address) continue;
    first_ = (first_ + i + 1) % kBanks;
    busy_ -= i + 1;
    newest_ = address;
    completed_ = true;
    write_count();
    return true;
  }
  return false;
}

bool RawStream::pop(u32& address) {
  SpinLock::Guard guard(lock_);
  if (!completed_) return false;
  completed_ = false;
  address = newest_;
  return true;
}

void RawStream::write_count() {
  vic_.write(vic::kDmaControl.offset,
             vic::kDmaEnable(true) | vic::kDmaAlways(true) | vic::kDmaBanks(busy_));
}

}  // namespace t31::input

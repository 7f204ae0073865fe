// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/input/exposure_queue.hpp"

namespace t31::input {
namespace {

constexpr u32 kCodeMask = 0xffff;

}  // namespace

void ExposureQueue::put(ExposureSlot slot, u32 value) {
  const unsigned i = static_cast<unsigned>(slot);
  pending_.valid[i] = true;
  pending_.value[i] = static_cast<s32>(value);
  pending_.any = true;
}

void ExposureQueue::put_combined() {
  const u32 again = again_ == kUnknown ? assumed_again_ : again_;
  const u32 time = integration_time_ == kUnknown ? assumed_integration_time_ : integration_time_;
  put(ExposureSlot::kCombined, again << 16 | time);
}

void ExposureQueue::put_again(u32 code) {
  code &= kCodeMask;
  if (code == again_) return;
  again_ = code;
  put(ExposureSlot::kAgain, code);
  put_combined();
}

void ExposureQueue::put_dgain(u32 code) {
  code &= kCodeMask;
  if (code == dgain_) return;
  dgain_ = code;
  put(ExposureSlot::kDgain, code);
}

void ExposureQueue::put_integration_time(u32 code) {
  code &= kCodeMask;
  if (code == integration_time_) return;
  integration_time_ = code;
  put(ExposureSlot::kIntegrationTime, code);
  put_combined();
}

void ExposureQueue::set_again(u32 code) {
  SpinLock::Guard guard(lock_);
  put_again(code);
}

void ExposureQueue::set_dgain(u32 code) {
  SpinLock::Guard guard(lock_);
  put_dgain(code);
}

void ExposureQueue::set_integration_time(u32 code) {
  SpinLock::Guard guard(lock_);
  put_integration_time(code);
}

void ExposureQueue::set(u32 integration_time_code, u32 again_code, u32 dgain_code) {
  SpinLock::Guard guard(lock_);
  put_integration_time(integration_time_code);
  put_again(again_code);
  put_dgain(dgain_code);
}

void ExposureQueue::set_again_short(u32 code) {
  code &= kCodeMask;
  SpinLock::Guard guard(lock_);
  if (code == again_short_) return;
  again_short_ = code;
  put(ExposureSlot::kAgainShort, code);
}

void ExposureQueue::set_integration_time_short(u32 code) {
  code &= kCodeMask;
  SpinLock::Guard guard(lock_);
  if (code == integration_time_short_) return;
  integration_time_short_ = code;
  put(ExposureSlot::kIntegrationTimeShort, code);
}

void ExposureQueue::set_vflip(u32 mode) {
  SpinLock::Guard guard(lock_);
  put(ExposureSlot::kVflip, mode);
}

void ExposureQueue::assume(u32 again_code, u32 integration_time_code) {
  SpinLock::Guard guard(lock_);
  assumed_again_ = again_code & kCodeMask;
  assumed_integration_time_ = integration_time_code & kCodeMask;
}

void ExposureQueue::reset() {
  SpinLock::Guard guard(lock_);
  pending_ = Pending{};
  again_ = dgain_ = integration_time_ = kUnknown;
  again_short_ = integration_time_short_ = kUnknown;
}

ExposureQueue::Pending ExposureQueue::take() {
  SpinLock::Guard guard(lock_);
  const Pending taken = pending_;
  pending_ = Pending{};
  return taken;
}

bool ExposureQueue::pending() const {
  SpinLock::Guard guard(lock_);
  return pending_.any;
}

u32 ExposureQueue::again() const {
  SpinLock::Guard guard(lock_);
  return again_ == kUnknown ? assumed_again_ : again_;
}

u32 ExposureQueue::integration_time() const {
  SpinLock::Guard guard(lock_);
  return integration_time_ == kUnknown ? assumed_integration_time_ : integration_time_;
}

u32 ExposureQueue::dgain() const {
  SpinLock::Guard guard(lock_);
  return dgain_ == kUnknown ? 0 : dgain_;
}

u32 ExposureQueue::again_short() const {
  SpinLock::Guard guard(lock_);
  return again_short_ == kUnknown ? 0 : again_short_;
}

u32 ExposureQueue::integration_time_short() const {
  SpinLock::Guard guard(lock_);
  return integration_time_short_ == kUnknown ? 0 : integration_time_short_;
}

}  // namespace t31::input

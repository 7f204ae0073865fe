// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/core/isp_top.hpp"

#include <utility>

namespace t31::model {
namespace {

constexpr std::uint32_t kIdentity = 0x0000;
constexpr std::uint32_t kSoftReset = 0x0020;
constexpr std::uint32_t kStop = 0x0024;
constexpr std::uint32_t kIdle = 0x0028;
constexpr std::uint32_t kSources = 0x0030;
constexpr std::uint32_t kInterruptEnable = 0x00b0;
constexpr std::uint32_t kInterruptStatus = 0x00b4;
constexpr std::uint32_t kInterruptClear = 0x00b8;
constexpr std::uint32_t kLineBufferGo = 0x0800;
constexpr std::uint32_t kLineBufferMode = 0x0804;

constexpr std::uint32_t kIdentityValue = 0x54560031;
constexpr std::uint32_t kSoftResetPulse = 1u << 2;
// Of the line-buffer mode: every documented value has bit 4; bits 3:2 are set for one exposure
// only.
constexpr std::uint32_t kModeOn = 1u << 4;
constexpr std::uint32_t kModeOneExposure = 3u << 2;
constexpr std::uint32_t kModeYuv = 1u << 1;

}  // namespace

bool IspTop::owns(std::uint32_t offset) {
  switch (offset) {
    case kIdentity:
    case kSoftReset:
    case kStop:
    case kIdle:
    case kSources:
    case kInterruptEnable:
    case kInterruptStatus:
    case kInterruptClear:
    case kLineBufferGo:
    case kLineBufferMode:
      return true;
    default:
      return false;
  }
}

std::uint32_t IspTop::read(std::uint32_t offset) const {
  switch (offset) {
    case kIdentity:
      return kIdentityValue;
    case kSoftReset:
      return soft_reset_;
    case kStop:
    case kIdle:  // a stop cuts the frame off, so the pipeline is idle at once
      return stop_requested_;
    case kSources:
      return sources_;
    case kInterruptEnable:
      return enabled_;
    case kInterruptStatus:
      return status_;
    case kLineBufferGo:
      return line_buffer_go_;
    case kLineBufferMode:
      return line_buffer_mode_;
    default:
      return 0;
  }
}

void IspTop::write(std::uint32_t offset, std::uint32_t value) {
  switch (offset) {
    case kSoftReset:
      soft_reset_ = value;
      if (value & kSoftResetPulse) {
        stop_requested_ = false;
        line_buffer_go_ = 0;
        aborted_ = true;
      }
      break;
    case kStop:
      if (value & 1) stop_requested_ = aborted_ = true;
      break;
    case kSources:
      sources_ = value;
      break;
    case kInterruptEnable:
      enabled_ = value;
      break;
    case kInterruptClear:
      status_ &= ~value;
      break;
    case kLineBufferGo:
      line_buffer_go_ = value & 1;
      break;
    case kLineBufferMode:
      line_buffer_mode_ = value;
      break;
    default:
      return;
  }
  update_interrupt();
}

void IspTop::reset() {
  status_ = enabled_ = sources_ = soft_reset_ = line_buffer_mode_ = line_buffer_go_ = 0;
  stop_requested_ = false;
  aborted_ = true;
  update_interrupt();
}

void IspTop::raise(std::uint32_t bits) {
  status_ |= bits & sources_;
  update_interrupt();
}

void IspTop::update_interrupt() {
  environment_.interrupt(T31_MODEL_IRQ_ISP, (status_ & enabled_) != 0);
}

IspTop::Input IspTop::input() const {
  if (!line_buffer_go_ || stop_requested_ || (soft_reset_ & kSoftResetPulse)) return Input::kNone;
  if (!(line_buffer_mode_ & kModeOn)) return Input::kNone;
  return (line_buffer_mode_ & kModeOneExposure) == kModeOneExposure ? Input::kOneExposure
                                                                    : Input::kTwoExposures;
}

bool IspTop::takes_yuv() const {
  return (line_buffer_mode_ & kModeYuv) != 0;
}

bool IspTop::take_abort() {
  return std::exchange(aborted_, false);
}

}  // namespace t31::model

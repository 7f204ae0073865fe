// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/core/cpm.hpp"

namespace t31::model {
namespace {

constexpr std::uint32_t kClockGate0 = 0x20;
constexpr std::uint32_t kClockGate1 = 0x28;
constexpr std::uint32_t kSensorDivider = 0x7c;
constexpr std::uint32_t kIspDivider = 0x80;
constexpr std::uint32_t kSoftReset = 0xc4;

constexpr std::uint32_t kIspGate = 1u << 23;
constexpr std::uint32_t kCsiGate = 1u << 25;

constexpr std::uint32_t kStopAcknowledge = 1u << 20;
constexpr std::uint32_t kStopRequest = 1u << 21;
constexpr std::uint32_t kAssertReset = 1u << 22;

constexpr std::uint32_t kDividerBusy = 1u << 28;
constexpr std::uint32_t kDividerChange = 1u << 29;

// Time the ISP's bus port needs to drain before it acknowledges a stop (assumption: short, not
// zero).
constexpr Nanoseconds kBusDrain = 10'000;

}  // namespace

void Cpm::Divider::write(std::uint32_t value) {
  written_ = value & ~kDividerBusy;
  if (value & kDividerChange) active_ = written_;
}

std::uint64_t Cpm::Divider::hertz(std::uint32_t divider_mask) const {
  if (active_ & kStopped) return 0;
  constexpr std::uint64_t kSources[] = {kApllHertz, kMpllHertz, kVpllHertz, 0};
  return kSources[active_ >> 30] / ((active_ & divider_mask) + 1);
}

std::uint32_t Cpm::read(std::uint32_t offset, Nanoseconds now) const {
  switch (offset) {
    case kClockGate0:
      return gates0_;
    case kClockGate1:
      return gates1_;
    case kSensorDivider:
      return sensor_divider_.read();
    case kIspDivider:
      return isp_divider_.read();
    case kSoftReset: {
      const bool acknowledged = (reset_ & kStopRequest) && now >= stop_requested_at_ + kBusDrain;
      return reset_ | (acknowledged ? kStopAcknowledge : 0);
    }
    default:
      return 0;
  }
}

void Cpm::write(std::uint32_t offset, std::uint32_t value, Nanoseconds now) {
  switch (offset) {
    case kClockGate0:
      gates0_ = value;
      break;
    case kClockGate1:
      gates1_ = value;
      break;
    case kSensorDivider:
      sensor_divider_.write(value);
      break;
    case kIspDivider:
      isp_divider_.write(value);
      break;
    case kSoftReset:
      if ((value & kStopRequest) && !(reset_ & kStopRequest)) stop_requested_at_ = now;
      reset_ = value & ~kStopAcknowledge;
      break;
    default:
      break;
  }
}

bool Cpm::isp_gate_open() const {
  return !(gates0_ & kIspGate);
}
bool Cpm::csi_gate_open() const {
  return !(gates0_ & kCsiGate);
}
bool Cpm::isp_reset_held() const {
  return reset_ & kAssertReset;
}

}  // namespace t31::model

// SPDX-License-Identifier: GPL-2.0-or-later
#include "qemu/machine/clocks.hpp"

#include <algorithm>

#include "qemu/camera.hpp"

namespace t31::qemu {
namespace {

// PLLs at 1392, 1200 and 1188 MHz, as the model has them.
constexpr struct {
  std::uint32_t offset;
  std::uint32_t value;
} kStartValues[] = {
    {0x00, 0x9a0b5510}, {0x10, 0x07405109}, {0x14, 0x06405109}, {0xe0, 0x06305109},
    {0x2c, 0x80000001}, {0x70, 0x00100004}, {0x84, 0x00100004},
};

constexpr std::uint32_t kApll = 0x10;
constexpr std::uint32_t kMpll = 0x14;
constexpr std::uint32_t kVpll = 0xe0;
constexpr std::uint32_t kPllEnable = 1u << 0;
constexpr std::uint32_t kPllLocked = 1u << 3;
constexpr std::uint32_t kCameraClocks[] = {0x20, 0x28, 0x7c, 0x80};
constexpr std::uint32_t kSoftReset = 0xc4;
// Requests to stop a bus port, each acknowledged one bit lower; bit 21 is the ISP's, in the model.
constexpr std::uint32_t kStopRequests = 1u << 31 | 1u << 28 | 1u << 25 | 1u << 18 | 1u << 15;
constexpr std::uint32_t kPowerState = 0xd4;

bool is_camera_clock(std::uint32_t offset) {
  return std::find(std::begin(kCameraClocks), std::end(kCameraClocks), offset) !=
         std::end(kCameraClocks);
}

}  // namespace

void Clocks::reset() {
  words_ = {};
  for (const auto& [offset, value] : kStartValues) words_[offset / 4] = value;
}

std::uint32_t Clocks::read(std::uint32_t offset) const {
  const std::uint32_t address = kClocksBase + offset;
  if (is_camera_clock(offset)) return Camera::instance().read(address);
  const std::uint32_t value = words_[offset / 4];
  switch (offset) {
    case kSoftReset:
      return (Camera::instance().read(address) & ~(kStopRequests >> 1)) |
             (value & kStopRequests) >> 1;
    case kApll:
    case kMpll:
    case kVpll:
      return (value & ~kPllLocked) | (value & kPllEnable ? kPllLocked : 0);
    case kPowerState:
      return 0;
    default:
      return value;
  }
}

void Clocks::write(std::uint32_t offset, std::uint32_t value) {
  const std::uint32_t address = kClocksBase + offset;
  words_[offset / 4] = value;
  if (is_camera_clock(offset) || offset == kSoftReset) Camera::instance().write(address, value);
}

}  // namespace t31::qemu

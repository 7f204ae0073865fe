// SPDX-License-Identifier: GPL-2.0-or-later
// address_map.hpp - where the camera's units lie in the physical address space (hw-pipeline 1.1).
#pragma once

#include <cstdint>

namespace t31::model {

inline constexpr std::uint32_t kCpmBase = 0x10000000;
inline constexpr std::uint32_t kCpmBytes = 0x1000;
inline constexpr std::uint32_t kGpioBase = 0x10010000;
inline constexpr std::uint32_t kGpioBytes =
    0x8000;  // ports at a stride of 0x1000, the shadow at 0x7000
inline constexpr std::uint32_t kPhyBase = 0x10022000;
inline constexpr std::uint32_t kPhyBytes = 0x1000;
inline constexpr std::uint32_t kCsiBase = 0x10023000;
inline constexpr std::uint32_t kCsiBytes = 0x1000;
inline constexpr std::uint32_t kIspBase = 0x13300000;
inline constexpr std::uint32_t kIspBytes = 0x90000;  // registers below 0x10000, look-up RAM above
inline constexpr std::uint32_t kVicBase = 0x133e0000;
inline constexpr std::uint32_t kVicBytes = 0x1000;

// True when `address` lies in the unit; `offset` then is its byte offset.
constexpr bool in_unit(std::uint32_t address, std::uint32_t base, std::uint32_t bytes,
                       std::uint32_t& offset) {
  offset = address - base;
  return offset < bytes;
}

}  // namespace t31::model

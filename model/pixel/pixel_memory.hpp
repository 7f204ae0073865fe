// SPDX-License-Identifier: GPL-2.0-or-later
// pixel_memory.hpp - memory at bus addresses, for blocks that keep pictures between frames.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>

namespace t31::model {

class PixelMemory {
 public:
  virtual ~PixelMemory() = default;

  // [bus_address, bus_address + bytes), whole or not at all: an empty span says that this is not
  // memory. Valid until the frame's pixels are done.
  virtual std::span<std::uint8_t> memory(std::uint32_t bus_address, std::uint64_t bytes) = 0;

  // Copies, whole or not at all.
  bool read(std::uint32_t bus_address, std::span<std::uint8_t> out) {
    const auto from = memory(bus_address, out.size());
    if (from.size() != out.size()) return false;
    std::copy(from.begin(), from.end(), out.begin());
    return true;
  }
  bool write(std::uint32_t bus_address, std::span<const std::uint8_t> in) {
    const auto to = memory(bus_address, in.size());
    if (to.size() != in.size()) return false;
    std::copy(in.begin(), in.end(), to.begin());
    return true;
  }
};

}  // namespace t31::model

// SPDX-License-Identifier: GPL-2.0-or-later
// clocks.hpp - the clock and power manager as a kernel sees it. Gates, the camera's dividers and
// its reset are the model's; the rest keeps what is written.
#pragma once

#include <array>
#include <cstdint>

namespace t31::qemu {

inline constexpr std::uint32_t kClocksBase = 0x10000000;

class Clocks {
 public:
  // As a boot loader leaves them.
  void reset();
  std::uint32_t read(std::uint32_t offset) const;
  void write(std::uint32_t offset, std::uint32_t value);

 private:
  static constexpr std::uint32_t kBytes = 0x1000;
  std::array<std::uint32_t, kBytes / 4> words_{};
};

}  // namespace t31::qemu

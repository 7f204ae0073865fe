// SPDX-License-Identifier: GPL-2.0-or-later
// gpio.hpp - the GPIO ports, with the shadow port through which pins are changed at one blow.
#pragma once

#include <array>
#include <cstdint>

namespace t31::model {

class Gpio {
 public:
  std::uint32_t read(std::uint32_t offset) const;
  void write(std::uint32_t offset, std::uint32_t value);

  // Level on a pin: what it drives as an output, else its pull-up (an open input reads low).
  bool level(unsigned port, unsigned pin) const;
  // Pins of a port that have their device function 1.
  std::uint32_t function1(unsigned port) const;

 private:
  // The registers that say what a pin is: interrupt, mask, pattern 1, pattern 0.
  enum Function { kInterrupt, kMask, kPattern1, kPattern0, kFunctions };
  struct Port {
    std::array<std::uint32_t, kFunctions> function{0, ~0u, ~0u, 0};  // all pins are inputs
    std::uint32_t pull_up = 0;
    std::uint32_t pull_down = 0;
  };
  // Changes collected by the shadow port until they are loaded.
  struct Pending {
    std::array<std::uint32_t, kFunctions> set{};
    std::array<std::uint32_t, kFunctions> clear{};
  };
  static constexpr unsigned kPorts = 4;

  void write_shadow(std::uint32_t offset, std::uint32_t value);
  std::uint32_t levels(const Port& port) const;

  std::array<Port, kPorts> ports_;
  Pending pending_;
};

}  // namespace t31::model

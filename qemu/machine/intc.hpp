// SPDX-License-Identifier: GPL-2.0-or-later
// intc.hpp - the T31's interrupt controller: 64 sources in two banks, each masked or not; what is
// left of them is one input of the CPU.
#pragma once

#include <array>
#include <cstdint>
#include <functional>

namespace t31::qemu {

class Intc {
 public:
  explicit Intc(std::function<void(bool)> output) : output_(std::move(output)) {}

  void reset();
  void set_source(unsigned number, bool high);
  std::uint32_t read(std::uint32_t offset) const;
  void write(std::uint32_t offset, std::uint32_t value);

 private:
  static constexpr unsigned kBanks = 2;
  struct Bank {
    std::uint32_t sources = 0;
    std::uint32_t mask = ~0u;
  };
  void update();

  std::array<Bank, kBanks> banks_;
  std::function<void(bool)> output_;
};

}  // namespace t31::qemu

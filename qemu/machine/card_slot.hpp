// SPDX-License-Identifier: GPL-2.0-or-later
// card_slot.hpp - a controller for memory cards without a card: no command is answered.
#pragma once

#include <array>
#include <cstdint>
#include <functional>

namespace t31::qemu {

class CardSlot {
 public:
  explicit CardSlot(std::function<void(bool)> interrupt) : interrupt_(std::move(interrupt)) {}

  void reset();
  std::uint32_t read(std::uint32_t offset) const;
  void write(std::uint32_t offset, std::uint32_t value);

 private:
  static constexpr std::uint32_t kBytes = 0x100;

  void control(std::uint32_t value);
  void update();

  std::array<std::uint32_t, kBytes / 4> words_{};
  std::uint32_t status_ = 0;
  std::uint32_t flags_ = 0;
  std::function<void(bool)> interrupt_;
};

}  // namespace t31::qemu

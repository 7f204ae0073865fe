// SPDX-License-Identifier: GPL-2.0-or-later
// flash.hpp - the chip's controller for serial flash memory, with a NOR flash behind it that holds
// a firmware image. What the guest writes to it is forgotten when QEMU ends.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace t31::qemu {

// A serial NOR flash; an empty one is a socket without a chip, which reads zeros.
class NorFlash {
 public:
  // False unless it is 4, 8, 16 or 32 MiB.
  bool insert(std::vector<std::uint8_t> contents);

  void read(std::uint8_t command, std::uint32_t address, std::span<std::uint8_t> out) const;
  void write(std::uint8_t command, std::uint32_t address, std::span<const std::uint8_t> bytes);

 private:
  std::vector<std::uint8_t> contents_;
  bool writable_ = false;  // one write or erase is let through
};

class FlashController {
 public:
  // Copies between memory and bytes; false when there is no memory.
  using Memory =
      std::function<bool(std::uint32_t address, std::span<std::uint8_t>, bool to_memory)>;

  FlashController(Memory memory, std::function<void(bool)> interrupt)
      : memory_(std::move(memory)), interrupt_(std::move(interrupt)) {}

  NorFlash& flash() { return flash_; }
  void reset();
  std::uint32_t read(std::uint32_t offset);
  void write(std::uint32_t offset, std::uint32_t value);

 private:
  static constexpr std::uint32_t kBytes = 0x80;

  std::uint32_t& word(std::uint32_t offset) { return words_[offset / 4]; }
  void start();
  void finish();
  std::uint32_t status() const;
  std::uint32_t pop();
  void push(std::uint32_t value);
  void update();

  NorFlash flash_;
  std::array<std::uint32_t, kBytes / 4> words_{};
  std::uint32_t flags_ = 0;
  std::vector<std::uint8_t> data_;  // of the transfer under way
  std::size_t done_ = 0;            // of them
  bool reading_ = false;
  bool writing_ = false;
  Memory memory_;
  std::function<void(bool)> interrupt_;
};

}  // namespace t31::qemu

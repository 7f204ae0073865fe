// SPDX-License-Identifier: GPL-2.0-or-later
// i2c_master.hpp - an I2C controller of the T31 (DesignWare's, as master, addresses of 7 bits). A
// command is carried out as soon as it is written: the FIFO for commands is always empty.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <span>
#include <vector>

#include "t31_model.h"

namespace t31::qemu {

class I2cMaster {
 public:
  // Messages done, or negative when nobody acknowledges.
  using Bus = std::function<int(std::span<t31_model_i2c_msg>)>;

  I2cMaster(Bus bus, std::function<void(bool)> interrupt)
      : bus_(std::move(bus)), interrupt_(std::move(interrupt)) {}

  void reset();
  // Reading clears flags and empties the FIFO.
  std::uint32_t read(std::uint32_t offset);
  void write(std::uint32_t offset, std::uint32_t value);

 private:
  static constexpr std::uint32_t kBytes = 0x100;

  std::uint32_t& word(std::uint32_t offset) { return words_[offset / 4]; }
  std::uint32_t raw_status() const;
  std::uint32_t status() const;
  std::uint32_t pop();
  std::uint32_t clear(std::uint32_t flags);
  void command(std::uint32_t value);
  bool start();
  bool flush();
  void receive();
  void abort(std::uint32_t source);
  void update();

  std::array<std::uint32_t, kBytes / 4> words_{};
  std::uint32_t flags_ = 0;  // of the raw status, kept until cleared
  std::uint32_t abort_source_ = 0;
  bool started_ = false;            // between START and STOP
  std::vector<std::uint8_t> sent_;  // of a message that is being written
  std::deque<std::uint8_t> received_;
  Bus bus_;
  std::function<void(bool)> interrupt_;
};

}  // namespace t31::qemu

// SPDX-License-Identifier: GPL-2.0-or-later
// register_chip.hpp - what all sensors share: supply (clock, reset pin), a register file behind I2C
// with 8- or 16-bit addresses and 8-bit data, and the delay between a register write and the frame
// it shapes.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "model/sensor/sensor.hpp"

namespace t31::model {

class RegisterChip : public Sensor {
 public:
  // A write carries the address, most significant byte first, and at most one byte of data (two
  // for chips with 16-bit registers): there is no auto-increment beyond, and longer messages are
  // not acknowledged. A read gives the addressed register, again for every further byte. Neither
  // works without master clock or in reset.
  bool i2c_write(std::span<const std::uint8_t> bytes) final;
  bool i2c_read(std::span<std::uint8_t> bytes) final;
  void set_master_clock(std::uint64_t hertz) final { master_clock_ = hertz; }
  void set_reset(bool high) override;
  bool streaming() const final { return alive() && stream_bit(); }

 protected:
  // `address_bytes` in a message: 1 or 2; `data_bytes`: most in a write. With `pages` a chip with
  // 8-bit addresses has 256 pages of registers.
  explicit RegisterChip(unsigned address_bytes = 2, unsigned data_bytes = 1, bool pages = false)
      : address_bytes_(address_bytes),
        data_bytes_(data_bytes),
        registers_(std::size_t{1} << 8 * (pages ? 2 : address_bytes)) {}

  bool alive() const { return master_clock_ != 0 && !in_reset_; }
  std::uint8_t reg(std::uint16_t address) const { return registers_[address]; }
  std::uint32_t reg16(std::uint16_t address) const {
    return static_cast<std::uint32_t>(reg(address)) << 8 |
           reg(static_cast<std::uint16_t>(address + 1));
  }
  void set_reg(std::uint16_t address, std::uint8_t value) { registers_[address] = value; }
  void set_reg16(std::uint16_t address, std::uint32_t value);
  void clear_registers();

  // Puts the power-on values into the register file.
  virtual void restore_defaults() = 0;
  // Where the register lies that a message means by `address`.
  virtual std::uint16_t paged(std::uint16_t address) const { return address; }
  // A byte that arrived for `address`; the chip decides what becomes of it.
  virtual void write_register(std::uint16_t address, std::uint8_t value) = 0;
  virtual bool stream_bit() const = 0;

 private:
  const unsigned address_bytes_;
  const unsigned data_bytes_;
  std::vector<std::uint8_t> registers_;
  std::uint64_t master_clock_ = 0;
  bool in_reset_ = false;  // the pin has a pull-up
  std::uint16_t pointer_ = 0;
};

// What is written during frame t takes effect with frame t + `frames` (2 or more); what is there
// before the first frame takes effect with it. A frame that does not follow the one before it
// counts as a first frame.
template <typename Settings>
class SettingsDelay {
 public:
  explicit SettingsDelay(unsigned frames) : frames_(frames) {}

  // To be called once at the start of every frame. Returns the settings that this frame is taken
  // with.
  const Settings& at_frame_start(std::uint64_t number, const Settings& registers) {
    if (number == 0 || number != expected_) sampled_.assign(frames_ - 1, registers);
    effective_ = sampled_.front();
    sampled_.pop_front();
    sampled_.push_back(registers);
    expected_ = number + 1;
    return effective_;
  }
  const Settings& effective() const { return effective_; }

 private:
  const unsigned frames_;
  std::uint64_t expected_ = 0;
  std::deque<Settings> sampled_;  // at the starts of the last frames
  Settings effective_{};
};

}  // namespace t31::model

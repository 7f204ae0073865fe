// SPDX-License-Identifier: GPL-2.0-or-later
// soc.hpp - the T31 around its camera: clocks, interrupts, timer, watchdog, serial ports, I2C. What
// nobody models keeps what is written to it.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <unordered_map>

#include "qemu/machine/card_slot.hpp"
#include "qemu/machine/clocks.hpp"
#include "qemu/machine/flash.hpp"
#include "qemu/machine/i2c_master.hpp"
#include "qemu/machine/intc.hpp"
#include "qemu/machine/ost.hpp"
#include "qemu/machine/power.hpp"
#include "qemu/qemu_api.hpp"

namespace t31::qemu {

class Soc {
 public:
  // `interrupt(n, high)`: an input of the CPU.
  explicit Soc(std::function<void(unsigned, bool)> interrupt);

  void map();
  void reset();
  // A firmware image, in the flash from which cameras start.
  void insert_flash(const char* file);

 private:
  static constexpr unsigned kBuses = 2;
  static constexpr unsigned kSlots = 2;

  static std::int64_t now();
  void map_silence();
  void map_serial_ports();
  void schedule();

  std::uint32_t read_silence(std::uint32_t address);

  std::function<void(unsigned, bool)> interrupt_;
  Clocks clocks_;
  Intc intc_;
  Ost ost_;
  Watchdog watchdog_;
  Rtc rtc_;
  std::array<I2cMaster, kBuses> buses_;
  std::array<CardSlot, kSlots> slots_;
  FlashController flash_;
  std::unordered_map<std::uint32_t, std::uint32_t> words_;  // that nobody models, by address
  alignas(64) std::array<std::uint8_t, kTimerBytes> timer_{};
};

}  // namespace t31::qemu

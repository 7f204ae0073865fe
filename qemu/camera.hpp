// SPDX-License-Identifier: GPL-2.0-or-later
// camera.hpp - the virtual T31's camera hardware in QEMU: the model's registers in the guest's
// address space, its time on QEMU's clock, DMA into the guest's memory. Where interrupt lines and
// the I2C bus go is the machine's affair.
//
// Everything runs under QEMU's own big lock: register accesses and timers come with it held.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "qemu/chip_clock.hpp"
#include "qemu/qemu_api.hpp"
#include "t31_model.h"

namespace t31::qemu {

// Ends QEMU with one line.
[[noreturn]] void fail(const std::string& what);

// A region of registers in front of whatever lies there (`priority`); it stays for the whole run.
void add_region(const char* name, std::uint32_t base, std::uint32_t bytes,
                const MemoryRegionOps& ops, void* opaque, int priority);

using ReadRegister = std::uint64_t (*)(void* opaque, std::uint64_t offset, unsigned size);
using WriteRegister = void (*)(void* opaque, std::uint64_t offset, std::uint64_t value,
                               unsigned size);
// Registers of 32 bits; narrower accesses are made of whole ones.
MemoryRegionOps word_registers(ReadRegister read, WriteRegister write);

class Camera {
 public:
  static Camera& instance() {
    static Camera camera;
    return camera;
  }

  using Line = std::function<void(unsigned line, bool high)>;

  // As at power-on, with the sensor of T31_QEMU_SENSOR.
  void power_on(Line line);
  // GPIOs, the receiver, the ISP and the VIC, at the chip's addresses; and the clocks, where the
  // machine has nothing else to say there.
  void map(int priority, bool with_clocks);

  std::uint32_t read(std::uint32_t address);
  void write(std::uint32_t address, std::uint32_t value);
  // Messages done, or a negative errno.
  int transfer(std::span<t31_model_i2c_msg> messages);
  // Another sensor: 0, or a negative errno with the reason in `error`.
  int attach(const char* json, std::span<char> error);

 private:
  static void on_irq(void* context, unsigned line, int level);
  static void* on_dma(void* context, std::uint32_t address, std::uint32_t size);

  void start_timer();
  void catch_up();
  void schedule();

  t31_model* model_ = nullptr;
  Line line_;
  ChipClock clock_;
  bool timer_started_ = false;
  alignas(64) std::array<std::uint8_t, kTimerBytes> timer_{};
};

}  // namespace t31::qemu

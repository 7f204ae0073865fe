// SPDX-License-Identifier: GPL-2.0-or-later
// cpu.hpp - the T31's CPU, an XBurst: QEMU's 24Kf with the identity that the chip's kernels look
// for, and with their way to sleep.
#pragma once

#include <array>
#include <cstdint>

struct IRQState;
struct MIPSCPU;
struct Object;
struct ObjectClass;

namespace t31::qemu {

inline constexpr char kCpuType[] = "XBurst-T31-mips-cpu";
inline constexpr char kCpuParent[] = "24Kf-mips-cpu";

void initialise_cpu_class(ObjectClass* type, void* data);

class Cpu {
 public:
  // What a boot loader leaves in the registers.
  struct Start {
    std::uint32_t pc = 0;
    std::array<std::uint32_t, 4> arguments{};
    std::uint32_t stack = 0;
  };

  void create(Object* machine, const char* type, std::uint64_t hertz);
  void reset(const Start& start);
  // Hardware interrupt n, 2 to 7: bit 8 + n of Cause.
  void set_interrupt(unsigned n, bool high);

 private:
  void find_state();
  void find_words();
  void find_inputs();
  void set_register(int number, std::uint32_t value);

  MIPSCPU* cpu_ = nullptr;
  std::uint8_t* state_ = nullptr;
  std::size_t state_bytes_ = 0;
  std::array<IRQState*, 8> inputs_{};
};

}  // namespace t31::qemu

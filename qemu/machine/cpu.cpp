// SPDX-License-Identifier: GPL-2.0-or-later
// Where registers lie in QEMU's CPU object differs from build to build, so it is found out: write
// through QEMU's own functions, and look what has changed.
#include "qemu/machine/cpu.hpp"

#include <algorithm>
#include <cstring>
#include <vector>

#include "qemu/camera.hpp"
#include "qemu/machine/layouts.hpp"
#include "qemu/machine/qemu_machine_api.hpp"

namespace t31::qemu {
namespace {

// The identity of the chip's cores; kernels choose their TLB handlers by it.
constexpr std::uint32_t kProcessorId = 0x2ed1024f;

constexpr int kGeneralRegisters = 32;
// Numbers of QEMU's debugger interface.
constexpr int kArgument0 = 4;
constexpr int kStackPointer = 29;
constexpr int kStatusRegister = 32;
constexpr int kPcRegister = 37;

constexpr std::uint32_t kInterruptBits = 0xff00;

bool (*parent_has_work)(CPUState* cpu);
// One CPU: words of its object.
const std::uint32_t* status_word;
const std::uint32_t* cause_word;

// The chip's kernels execute WAIT with interrupts disabled and expect an interrupt that is not
// masked to end it.
bool has_work(CPUState* cpu) {
  if (parent_has_work(cpu)) return true;
  return status_word != nullptr && (*status_word & *cause_word & kInterruptBits) != 0;
}

std::vector<std::size_t> changed_words(const std::uint8_t* now, const std::uint8_t* before,
                                       std::size_t bytes) {
  std::vector<std::size_t> offsets;
  for (std::size_t i = 0; i + 4 <= bytes; i += 4)
    if (std::memcmp(now + i, before + i, 4) != 0) offsets.push_back(i);
  return offsets;
}

}  // namespace

void initialise_cpu_class(ObjectClass* type, void*) {
  if (const char* const wrong = wrong_cpu_class(type)) {
    fail(std::string("this QEMU is not the one that -M t31 is made for: ") + wrong);
  }
  static std::array<std::uint8_t, cpu_model::kBytes> model;
  std::memcpy(model.data(), at<std::uint8_t*>(type, cpu_class::kModel), model.size());
  at<const char*>(model.data(), cpu_model::kName) = "XBurst-T31";
  at<std::uint32_t>(model.data(), cpu_model::kProcessorId) = kProcessorId;
  at<std::uint8_t*>(type, cpu_class::kModel) = model.data();
  parent_has_work = at<bool (*)(CPUState*)>(type, cpu_class::kHasWork);
  at<bool (*)(CPUState*)>(type, cpu_class::kHasWork) = has_work;
}

void Cpu::set_register(int number, std::uint32_t value) {
  std::uint8_t bytes[4];
  for (int i = 0; i < 4; ++i) bytes[i] = static_cast<std::uint8_t>(value >> 8 * i);
  mips_cpu_gdb_write_register(reinterpret_cast<CPUState*>(cpu_), bytes, number);
}

void Cpu::find_state() {
  auto* const object = reinterpret_cast<std::uint8_t*>(cpu_);
  const std::size_t bytes =
      object_type_get_instance_size(object_get_typename(reinterpret_cast<Object*>(cpu_)));
  std::array<std::uint32_t, kGeneralRegisters> pattern{};  // register 0 stays zero
  for (int i = 1; i < kGeneralRegisters; ++i) {
    pattern[static_cast<std::size_t>(i)] = 0x5a31c0deu + static_cast<std::uint32_t>(i) * 0x01030507;
    set_register(i, pattern[static_cast<std::size_t>(i)]);
  }
  const auto* const wanted = reinterpret_cast<const std::uint8_t*>(pattern.data() + 1);
  const std::size_t wanted_bytes = sizeof pattern - 4;
  auto* const found = std::search(object, object + bytes, wanted, wanted + wanted_bytes);
  if (found == object + bytes) fail("the CPU's registers are not found in QEMU's object");
  state_ = found - 4;
  state_bytes_ = bytes - static_cast<std::size_t>(state_ - object);
}

void Cpu::find_words() {
  auto* const state = reinterpret_cast<CPUMIPSState*>(state_);
  const auto find = [&](void (*store)(CPUMIPSState*, std::uint32_t), std::uint32_t value,
                        std::uint32_t toggled) {
    store(state, value);
    const std::vector<std::uint8_t> before(state_, state_ + state_bytes_);
    store(state, value ^ toggled);
    const auto changed = changed_words(state_, before.data(), state_bytes_);
    if (changed.size() != 1) fail("a register of the CPU is not found in QEMU's object");
    return reinterpret_cast<const std::uint32_t*>(state_ + changed[0]);
  };
  status_word = find(cpu_mips_store_status, 0x00400004, 0x400);
  cause_word = find(cpu_mips_store_cause, 0, 1u << 23);
}

void Cpu::find_inputs() {
  const std::vector<std::uint8_t> before(state_, state_ + state_bytes_);
  cpu_mips_irq_init_cpu(cpu_);
  std::size_t found = 0;
  for (std::size_t i = 0; i + 8 <= state_bytes_; i += 8) {
    IRQState* was = nullptr;
    IRQState* now = nullptr;
    std::memcpy(&was, before.data() + i, 8);
    std::memcpy(&now, state_ + i, 8);
    if (was == now) continue;
    if (was != nullptr || found == inputs_.size() ||
        object_dynamic_cast(reinterpret_cast<Object*>(now), "irq") == nullptr) {
      fail("the CPU's interrupt inputs are not found in QEMU's object");
    }
    inputs_[found++] = now;
  }
  if (found != inputs_.size()) fail("the CPU has not eight interrupt inputs");
}

void Cpu::create(Object* machine, const char* type, std::uint64_t hertz) {
  Clock* const clock = clock_new(machine, "t31-cpu-clock");
  // Periods are counted in 2^-32 ns.
  clock_set(clock, (std::uint64_t{1} << 32) * 1'000'000'000 / hertz);
  cpu_ = mips_cpu_create_with_clock(type, clock);
  find_state();
  find_words();
  find_inputs();
  cpu_mips_clock_init(cpu_);
}

void Cpu::reset(const Start& start) {
  cpu_reset(reinterpret_cast<CPUState*>(cpu_));
  set_register(kStatusRegister, 0);
  for (std::size_t i = 0; i < start.arguments.size(); ++i) {
    set_register(kArgument0 + static_cast<int>(i), start.arguments[i]);
  }
  set_register(kStackPointer, start.stack);
  set_register(kPcRegister, start.pc);
}

void Cpu::set_interrupt(unsigned n, bool high) {
  qemu_set_irq(inputs_[n], high ? 1 : 0);
}

}  // namespace t31::qemu

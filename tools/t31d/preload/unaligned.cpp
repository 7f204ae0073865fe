// SPDX-License-Identifier: GPL-2.0-or-later
// unaligned.cpp - a MIPS kernel carries out loads and stores that are not aligned; qemu-mipsel
// kills the program for them. So this library carries them out, in a handler of SIGBUS.
#if defined(__mips__)

#include <signal.h>
#include <ucontext.h>

#include "t31d/preload/libc.hpp"

extern "C" int sigaction(int signal, const struct sigaction* action,
                         struct sigaction* old) noexcept;

namespace {

enum Opcode : uint32_t {
  kLoadHalf = 0x21,
  kLoadWord = 0x23,
  kLoadHalfUnsigned = 0x25,
  kStoreHalf = 0x29,
  kStoreWord = 0x2b
};

// False: not an instruction that we know.
bool carry_out(uint32_t instruction, unsigned long long* registers) {
  const uint32_t base = instruction >> 21 & 31;
  const uint32_t target = instruction >> 16 & 31;
  const auto offset = static_cast<int16_t>(instruction);
  auto* const memory = reinterpret_cast<uint8_t*>(static_cast<uintptr_t>(registers[base]) + offset);
  uint32_t value = static_cast<uint32_t>(registers[target]);
  switch (instruction >> 26) {
    case kLoadWord:
      memcpy(&value, memory, 4);
      break;
    case kLoadHalf:
      value = static_cast<uint32_t>(
          static_cast<int32_t>(static_cast<int16_t>(memory[0] | memory[1] << 8)));
      break;
    case kLoadHalfUnsigned:
      value = static_cast<uint32_t>(memory[0] | memory[1] << 8);
      break;
    case kStoreWord:
      memcpy(memory, &value, 4);
      return true;
    case kStoreHalf:
      memcpy(memory, &value, 2);
      return true;
    default:
      return false;
  }
  if (target != 0) registers[target] = static_cast<unsigned long long>(static_cast<int32_t>(value));
  return true;
}

void on_bus_error(int signal, siginfo_t*, void* context) {
  auto& machine = static_cast<ucontext_t*>(context)->uc_mcontext;
  uint32_t instruction = 0;
  memcpy(&instruction, reinterpret_cast<const void*>(static_cast<uintptr_t>(machine.pc)), 4);
  if (carry_out(instruction, machine.gregs)) {
    machine.pc += 4;
    return;
  }
  struct sigaction action {};
  action.sa_handler = SIG_DFL;
  sigaction(signal, &action, nullptr);  // the instruction runs again and ends the program
}

__attribute__((constructor)) void handle_bus_errors() {
  struct sigaction action {};
  action.sa_sigaction = on_bus_error;
  action.sa_flags = SA_SIGINFO | static_cast<int>(SA_RESTART);
  sigaction(SIGBUS, &action, nullptr);
}

}  // namespace

#endif

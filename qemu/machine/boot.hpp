// SPDX-License-Identifier: GPL-2.0-or-later
// boot.hpp - what a boot loader does: kernel, initrd and arguments in memory.
#pragma once

#include <cstdint>

#include "qemu/machine/cpu.hpp"

struct Object;

namespace t31::qemu {

// The files of -kernel, -initrd and the line of -append. Returns how the CPU starts; ends QEMU when
// a file is no use. `ram`: bytes of memory, at 0.
Cpu::Start load_kernel(Object* machine, std::uint64_t ram);

}  // namespace t31::qemu

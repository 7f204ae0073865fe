// SPDX-License-Identifier: GPL-2.0-or-later
// machine.hpp - the whole T31 as a machine of QEMU: -M t31.
#pragma once

namespace t31::qemu {

// Before QEMU's main().
void register_t31_machine();
// True once a T31 has been built: QEMU was started with -M t31.
bool is_t31_machine();

}  // namespace t31::qemu

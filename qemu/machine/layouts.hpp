// SPDX-License-Identifier: GPL-2.0-or-later
// layouts.hpp - is this the QEMU that qemu_machine_api.hpp was made for? Found out from values that
// are known; nothing is changed.
#pragma once

struct ObjectClass;

namespace t31::qemu {

// NULL, or what is not as expected. Both want the class as QEMU has made it from its parent.
const char* wrong_machine_class(ObjectClass* type);
const char* wrong_cpu_class(ObjectClass* type);

}  // namespace t31::qemu

// SPDX-License-Identifier: GPL-2.0-or-later
// identity.hpp - registers by which programs tell a chip of this family from another: a T31X
// (bench-malta 5.2).
#pragma once

#include <cstdint>

namespace t31::qemu {

struct IdentityRegister {
  std::uint32_t address;
  std::uint32_t value;
};

inline constexpr IdentityRegister kIdentity[] = {
    {0x1300002c, 0x10031000},  // family T31
    {0x13540238, 0x22220000},  // variant X
};

}  // namespace t31::qemu

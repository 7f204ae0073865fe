// SPDX-License-Identifier: GPL-2.0-or-later
// user_memory.hpp - plain structs from and to the calling client. -EFAULT when its memory isn't
// there.
#pragma once

#include "driver/base/result.hpp"
#include "driver/port/port.h"

namespace t31::device {

template <typename T>
Status from_user(T& to, u32 address) {
  return t31_port_copy_from_user(&to, address, sizeof(T)) == 0 ? kOk : Status::error(T31_EFAULT);
}

template <typename T>
Status to_user(u32 address, const T& from) {
  return t31_port_copy_to_user(address, &from, sizeof(T)) == 0 ? kOk : Status::error(T31_EFAULT);
}

}  // namespace t31::device

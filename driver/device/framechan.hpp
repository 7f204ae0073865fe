// SPDX-License-Identifier: GPL-2.0-or-later
// framechan.hpp - /dev/framechan0..2: one ioctl of one open descriptor.
#pragma once

#include "driver/output/output_unit.hpp"

namespace t31::device {

struct FramechanCall {
  output::OutputUnit& unit;
  unsigned channel;
  output::File file;
  u32 argument;  // user address
  bool nonblock;
};

// 0 or a negative errno (user-abi 4.3). May sleep.
long framechan_ioctl(const FramechanCall& call, u32 command);

}  // namespace t31::device

// SPDX-License-Identifier: GPL-2.0-or-later
// link.hpp - requests to t31d. One connection carries one request at a time; there are as many as
// calls under way.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "t31d/protocol.h"

namespace t31::preload {

struct Answer {
  t31d_reply reply{};
  void* data = nullptr;  // room for an answer's data
  size_t room = 0;
  size_t size = 0;      // how much came
  int descriptor = -1;  // that came along
};

// False: there is no daemon, or it is gone; errno says why.
bool ask(const t31d_request& request, const void* data, size_t size, Answer& answer);

// The answer's result as a system call's: -1 and errno.
long result_of(const Answer& answer);

// Gives up requests whose threads are no longer there (cancelled in the middle of a call).
void reap_lost_calls();

}  // namespace t31::preload

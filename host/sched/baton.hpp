// SPDX-License-Identifier: GPL-2.0-or-later
// baton.hpp - a binary semaphore: what one thread passes to another so that it may run.
#pragma once

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>

namespace t31::host {

// One taker, passed at most once per take. No spinning: on a small machine the passer needs the
// CPU.
class Baton {
 public:
  void pass() {
    if (state_.exchange(kFull, std::memory_order_acq_rel) == kAwaited) futex(FUTEX_WAKE_PRIVATE, 1);
  }

  void take() {
    while (state_.exchange(kEmpty, std::memory_order_acq_rel) != kFull) {
      uint32_t expected = kEmpty;
      if (state_.compare_exchange_strong(expected, kAwaited, std::memory_order_acq_rel)) {
        futex(FUTEX_WAIT_PRIVATE, kAwaited);
      }
    }
  }

 private:
  static constexpr uint32_t kEmpty = 0;
  static constexpr uint32_t kFull = 1;
  static constexpr uint32_t kAwaited = 2;
  static_assert(sizeof(std::atomic<uint32_t>) == sizeof(uint32_t));

  void futex(int operation, uint32_t value) {
    syscall(SYS_futex, reinterpret_cast<uint32_t*>(&state_), operation, value, nullptr, nullptr, 0);
  }

  std::atomic<uint32_t> state_{kEmpty};
};

}  // namespace t31::host

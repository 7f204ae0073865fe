// SPDX-License-Identifier: GPL-2.0-or-later
// faults.hpp - every fallible port call counts, and one of them can be made to fail.
#pragma once

#include <atomic>
#include <cstdint>

namespace t31::host {

class Faults {
 public:
  // The Nth call from now on fails; 0: none.
  void fail_nth(uint64_t n) {
    failed_ = nullptr;
    nth_ = n;
    calls_ = 0;
  }

  // Counts a call; true when it shall fail.
  bool hit(const char* call) {
    const uint64_t number = calls_.fetch_add(1, std::memory_order_relaxed) + 1;
    if (number != nth_.load(std::memory_order_relaxed)) return false;
    failed_ = call;
    return true;
  }

  uint64_t calls() const { return calls_.load(std::memory_order_relaxed); }
  const char* failed() const { return failed_.load(); }

 private:
  std::atomic<uint64_t> nth_{0};
  std::atomic<uint64_t> calls_{0};
  std::atomic<const char*> failed_{nullptr};
};

}  // namespace t31::host

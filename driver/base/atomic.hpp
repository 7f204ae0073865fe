// SPDX-License-Identifier: GPL-2.0-or-later
// atomic.hpp - one word shared between interrupt and process context without a lock.
#pragma once

#include "driver/port/port_types.h"

namespace t31 {

// T has at most 32 bits: the camera's processor has no wider atomic access.
template <typename T>
class Atomic {
 public:
  static_assert(sizeof(T) <= 4);
  constexpr Atomic(T value) : value_(value) {}
  Atomic(const Atomic&) = delete;
  Atomic& operator=(const Atomic&) = delete;
  T load() const {
    T value;
    __atomic_load(&value_, &value, __ATOMIC_ACQUIRE);
    return value;
  }
  void store(T value) { __atomic_store(&value_, &value, __ATOMIC_RELEASE); }

 private:
  T value_;
};

}  // namespace t31

// SPDX-License-Identifier: GPL-2.0-or-later
// wrapping.hpp - signed 32-bit arithmetic with a result for every input.
//
// Formulas of the image blocks take their numbers from tuning files, which may hold anything: sums
// and products wrap as on the camera's processor, a quotient by zero is 0.
#pragma once

#include "driver/port/port_types.h"

namespace t31 {

class Wrapping {
 public:
  constexpr Wrapping() = default;
  constexpr Wrapping(s32 value) : bits_(static_cast<u32>(value)) {}
  constexpr Wrapping(u32 bits) : bits_(bits) {}

  constexpr s32 value() const { return static_cast<s32>(bits_); }
  constexpr u32 bits() const { return bits_; }

  friend constexpr Wrapping operator+(Wrapping a, Wrapping b) { return a.bits_ + b.bits_; }
  friend constexpr Wrapping operator-(Wrapping a, Wrapping b) { return a.bits_ - b.bits_; }
  friend constexpr Wrapping operator*(Wrapping a, Wrapping b) { return a.bits_ * b.bits_; }
  friend constexpr Wrapping operator-(Wrapping a) { return 0u - a.bits_; }
  // Towards zero.
  friend constexpr Wrapping operator/(Wrapping a, Wrapping b) {
    if (b.bits_ == 0) return 0u;
    if (b.value() == -1) return -a;
    return a.value() / b.value();
  }
  friend constexpr Wrapping operator<<(Wrapping a, u32 bits) { return a.bits_ << bits; }
  friend constexpr bool operator==(Wrapping a, Wrapping b) { return a.bits_ == b.bits_; }
  friend constexpr bool operator<(Wrapping a, Wrapping b) { return a.value() < b.value(); }
  friend constexpr bool operator>(Wrapping a, Wrapping b) { return b < a; }
  friend constexpr bool operator<=(Wrapping a, Wrapping b) { return !(b < a); }
  friend constexpr bool operator>=(Wrapping a, Wrapping b) { return !(a < b); }

 private:
  u32 bits_ = 0;
};

constexpr Wrapping magnitude(Wrapping a) {
  return a < 0 ? -a : a;
}

static_assert((Wrapping(0x7fffffff) + 1).value() == -0x7fffffff - 1);
static_assert((Wrapping(-0x7fffffff - 1) / -1).value() == -0x7fffffff - 1);
static_assert((Wrapping(5) / 0).value() == 0 && (Wrapping(-7) / 2).value() == -3);

}  // namespace t31

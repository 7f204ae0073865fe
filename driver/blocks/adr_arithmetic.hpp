// SPDX-License-Identifier: GPL-2.0-or-later
// adr_arithmetic.hpp - fixed point of local tone mapping, modulo 2^32 as its tuning expects.
//
// hw-blocks-detail-tone 0.5 defines 64-bit quotients of operands that are all shifted left alike,
// fdiv(10, a << 10, b << 10). The shifts cancel: a 32-bit division gives the same 32 bits as long
// as b < 2^22, whatever a is.
#pragma once

#include "driver/base/math.hpp"

namespace t31::blocks {

// rise / run in Q10; 0 without a run.
constexpr u32 slope_q10(u32 rise, u32 run) {
  return run == 0 ? 0 : (rise << 10) / run;
}

constexpr s32 round_q10(u32 value) {
  return static_cast<s32>(value + (1u << 9)) >> 10;
}

// rise / run in Q16, for |rise| < 2^16.
constexpr u32 slope_q16(u32 rise, u32 run) {
  return run == 0 ? 0 : (rise << 16) / run;
}

constexpr s32 round_q16(u32 value) {
  return static_cast<s32>(value + (1u << 15)) >> 16;
}

// Product and signed quotient modulo 2^32, for values that a hostile file may make overflow.
constexpr s32 wrapping_multiply(s32 a, s32 b) {
  return static_cast<s32>(static_cast<u32>(a) * static_cast<u32>(b));
}
constexpr s32 wrapping_shift_left(s32 a, u32 bits) {
  return static_cast<s32>(static_cast<u32>(a) << bits);
}
constexpr s32 quotient(s32 a, s32 b) {
  if (b == 0) return 0;
  return b == -1 ? static_cast<s32>(0u - static_cast<u32>(a)) : a / b;
}

}  // namespace t31::blocks

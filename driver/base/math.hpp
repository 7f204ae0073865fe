// SPDX-License-Identifier: GPL-2.0-or-later
// math.hpp - integer arithmetic of the driver: fixed point, long division, binary logarithm.
//
// The camera's processor has a 32x32 -> 64 multiplier and a 32-bit divider; a 64-bit division would
// be a call into a library that no kernel has. A suffix q10 and the like counts fraction bits.
#pragma once

#include <bit>

#include "driver/port/port_types.h"

namespace t31 {

template <typename T>
constexpr T min(T a, T b) {
  return b < a ? b : a;
}

template <typename T>
constexpr T max(T a, T b) {
  return a < b ? b : a;
}

template <typename T>
constexpr T clamp(T value, T low, T high) {
  return max(low, min(value, high));
}

constexpr u32 absolute_difference(u32 a, u32 b) {
  return a < b ? b - a : a - b;
}

// |value|, also of the most negative number.
constexpr u32 magnitude(s32 value) {
  return value < 0 ? 0u - static_cast<u32>(value) : static_cast<u32>(value);
}

namespace detail {
// One digit of 16 bits of a long division: `rest` < `divisor`, whose upper bit is set. Leaves the
// new rest.
constexpr u32 quotient_digit(u32& rest, u32 next_digit, u32 divisor) {
  const u32 upper = divisor >> 16;
  const u32 lower = divisor & 0xffff;
  u32 digit = rest / upper;
  u32 left = rest - digit * upper;
  // At most two too large.
  while (digit > 0xffff || digit * lower > ((left << 16) | next_digit)) {
    --digit;
    left += upper;
    if (left > 0xffff) break;
  }
  rest = ((rest << 16) | next_digit) - digit * divisor;
  return digit;
}

// The part of divide() that isn't one instruction; once in the module, not at every use. Two digits
// of 16 bits for the lower half, the divisor shifted to the top (Knuth, 4.3.1 D).
[[gnu::noinline]] constexpr u64 divide_long(u64 value, u32 divisor) {
  const u32 high = static_cast<u32>(value >> 32);
  const u32 shift = static_cast<u32>(std::countl_zero(divisor));
  const u64 shifted = ((static_cast<u64>(high % divisor) << 32) | static_cast<u32>(value)) << shift;
  const u32 low = static_cast<u32>(shifted);
  u32 rest = static_cast<u32>(shifted >> 32);
  const u32 first = quotient_digit(rest, low >> 16, divisor << shift);
  const u32 second = quotient_digit(rest, low & 0xffff, divisor << shift);
  return (static_cast<u64>(high / divisor) << 32) | (first << 16) | second;
}
}  // namespace detail

// Sum modulo 2^32.
constexpr s32 wrapping_add(s32 a, s32 b) {
  return static_cast<s32>(static_cast<u32>(a) + static_cast<u32>(b));
}

// value / divisor rounded down; divisor > 0.
constexpr u64 divide(u64 value, u32 divisor) {
  if ((value >> 32) == 0) return static_cast<u32>(value) / divisor;
  return detail::divide_long(value, divisor);
}

// a * b / divisor with a 64-bit product, modulo 2^32; divisor > 0.
constexpr u32 multiply_divide(u32 a, u32 b, u32 divisor) {
  return static_cast<u32>(divide(static_cast<u64>(a) * b, divisor));
}

// Fixed-point product floor(a * b / 2^q) modulo 2^32 (ae-awb-af 0).
constexpr u32 multiply_q(u32 q, u32 a, u32 b) {
  return static_cast<u32>((static_cast<u64>(a) * b) >> q);
}

// Fixed-point quotient floor(a * 2^q / b) modulo 2^32; 0 when b is 0 (ae-awb-af 0). q <= 32.
constexpr u32 divide_q(u32 q, u32 a, u32 b) {
  return b == 0 ? 0 : static_cast<u32>(divide(static_cast<u64>(a) << q, b));
}

// log2 of `value`, which has `in` fraction bits; the result has `out` (<= 26). 0 counts as the
// smallest value above it (ae-awb-af 0).
constexpr s32 log2_q(u32 value, u32 in, u32 out) {
  const s32 bias = static_cast<s32>(in << out);
  if (value == 0) return -bias;
  const u32 top = 31 - static_cast<u32>(std::countl_zero(value));
  u32 mantissa = top < 15 ? value << (15 - top) : value >> (top - 15);
  u32 bits = 0;
  for (u32 round = 0; round < out; ++round) {
    mantissa *= mantissa;
    const u32 one = mantissa >> 31;
    bits = (bits << 1) | one;
    mantissa >>= 15 + one;
  }
  return static_cast<s32>((top << out) + bits) - bias;
}

namespace detail {
// round(2^30 * 2^(i / 32))
inline constexpr u32 kExp2[33] = {
    1073741824, 1097253708, 1121280436, 1145833280, 1170923762, 1196563654, 1222764986,
    1249540052, 1276901417, 1304861917, 1333434672, 1362633090, 1392470869, 1422962010,
    1454120821, 1485961921, 1518500250, 1551751076, 1585730000, 1620452965, 1655936265,
    1692196547, 1729250827, 1767116489, 1805811301, 1845353420, 1885761398, 1927054196,
    1969251188, 2012372174, 2056437387, 2101467502, 2147483648};
}  // namespace detail

// 2^value, value >= 0 with `in` fraction bits, the result with `out`; the largest number when it
// does not fit, as when the integer part and `out` exceed 31 (ae-awb-af 0).
constexpr u32 exp2_q(u32 value, u32 in, u32 out) {
  const u32 whole = value >> in;
  if (whole + out > 31) return 0xffffffffu;
  const u32 fraction = value & ((1u << in) - 1);
  u32 y = 0;
  if (in > 5) {
    const u32 index = fraction >> (in - 5);
    const u32 rest = fraction & ((1u << (in - 5)) - 1);
    const u32 step = detail::kExp2[index + 1] - detail::kExp2[index];
    y = detail::kExp2[index] + static_cast<u32>((static_cast<u64>(step) * rest) >> (in - 5));
  } else {
    y = detail::kExp2[fraction << (5 - in)];
  }
  const u32 scale = out + whole;
  return scale > 30 ? y << (scale - 30) : y >> (30 - scale);
}

static_assert(divide(0xffffffffffffffffull, 1) == 0xffffffffffffffffull);
static_assert(divide(0xffffffffffffffffull, 0xffffffffu) == 0x100000001ull);
static_assert(divide(0x123456789abcdef0ull, 10) == 0x123456789abcdef0ull / 10);
static_assert(divide(99, 100) == 0 && divide(100, 100) == 1);
static_assert(multiply_q(16, 0xffffffffu, 0x10000u) == 0xffffffffu);
static_assert(divide_q(10, 3, 2) == 1536 && divide_q(10, 3, 0) == 0);
static_assert(log2_q(0x10000, 16, 16) == 0 && log2_q(0x18000, 16, 16) == 0x95bf);
static_assert(log2_q(0x20000, 16, 16) == 0x10000 && log2_q(0x40000, 16, 16) == 0x20000);
static_assert(log2_q(0x123456, 16, 16) == 0x42fa8 && log2_q(0, 16, 16) == -0x100000);
static_assert(exp2_q(0, 16, 16) == 0x10000 && exp2_q(0x30000, 16, 10) == 8192);

}  // namespace t31

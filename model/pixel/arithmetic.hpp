// SPDX-License-Identifier: GPL-2.0-or-later
// arithmetic.hpp - the fixed-point operations that the image blocks share.
#pragma once

#include <algorithm>
#include <cstdint>

namespace t31::model::pixel {

inline constexpr std::int32_t kMax12 = 4095;  // Bayer and RGB samples
inline constexpr std::int32_t kMax10 = 1023;  // luma and chroma samples
inline constexpr std::int32_t kMidChroma = 512;
inline constexpr std::int32_t kUnityQ10 = 1024;

// Bits [first, first + count) of a register value.
constexpr std::int32_t field(std::uint32_t value, unsigned first, unsigned count) {
  return static_cast<std::int32_t>((value >> first) & ((1u << count) - 1u));
}

// A `count` bit two's-complement field.
constexpr std::int32_t signed_field(std::uint32_t value, unsigned first, unsigned count) {
  const std::int32_t raw = field(value, first, count);
  return raw >= (1 << (count - 1)) ? raw - (1 << count) : raw;
}

// Lower limit first, so that a crossed pair of limits yields `high`.
constexpr std::int32_t limit(std::int32_t x, std::int32_t low, std::int32_t high) {
  return std::min(std::max(x, low), high);
}

constexpr std::int32_t clip12(std::int32_t x) {
  return limit(x, 0, kMax12);
}

// x * gain with `shift` fraction bits in the gain, saturating at 12 bits. x: 0 ... 4095, gain: 16
// bit.
constexpr std::int32_t apply_gain(std::int32_t x, std::int32_t gain, unsigned shift) {
  return std::min((x * gain) >> shift, kMax12);
}

// a + (b - a) * fraction with a Q15 fraction below 1.0, rounded to nearest.
constexpr std::int32_t mix_q15(std::int32_t a, std::int32_t b, std::int32_t fraction) {
  return a + (((b - a) * fraction + 0x4000) >> 15);
}

// The coordinate that stands for `i` beyond the edge of an axis of `size` samples: mirrored about
// the edge sample, which keeps the parity and with it the Bayer colour.
constexpr std::int32_t mirrored(std::int32_t i, std::int32_t size) {
  if (size == 1) return 0;
  while (i < 0 || i >= size) i = i < 0 ? -i : 2 * (size - 1) - i;
  return i;
}

}  // namespace t31::model::pixel

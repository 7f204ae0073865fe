// SPDX-License-Identifier: GPL-2.0-or-later
// noise_hash.hpp - the noise generator's constants and its definition in plain C++.
//
// Two rounds of an integer hash give eight random bytes for a pixel. Their sum is close to normal:
// mean 1020, variance 8 * 65535 / 12, tails to 4.9 standard deviations, excess kurtosis -0.15.
#pragma once

#include <cstdint>

namespace t31::model {

inline constexpr std::uint32_t kColumnFactor = 0x9e3779b9;
inline constexpr std::uint32_t kMixFactor1 = 0x7feb352d;
inline constexpr std::uint32_t kMixFactor2 = 0x846ca68b;
inline constexpr std::uint32_t kMixFactor3 = 0x31848bab;
inline constexpr std::int32_t kNoiseMean = 1020;
inline constexpr float kNoiseUnit = 1.0F / 209.0191F;  // 1 / sqrt(8 * 65535 / 12)
inline constexpr float kVarianceLimit = 1.5e9F;        // Q16 codes^2; keeps sums in 31 bits

// Sum of the pixel's eight bytes less its mean.
constexpr std::int32_t noise_sum(std::uint64_t key, std::uint32_t column) {
  const auto bytes_in_pairs = [](std::uint32_t h) {
    return (h & 0x00ff00ff) + ((h >> 8) & 0x00ff00ff);
  };
  std::uint32_t h = column * kColumnFactor ^ static_cast<std::uint32_t>(key);
  h = (h ^ (h >> 16)) * kMixFactor1;
  h = (h ^ (h >> 15)) * kMixFactor2;
  h ^= h >> 16;
  std::uint32_t g = (h ^ static_cast<std::uint32_t>(key >> 32)) * kMixFactor3;
  g ^= g >> 15;
  const std::uint32_t pairs = bytes_in_pairs(h) + bytes_in_pairs(g);
  return static_cast<std::int32_t>((pairs & 0xffff) + (pairs >> 16)) - kNoiseMean;
}

}  // namespace t31::model

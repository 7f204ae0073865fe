// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/sensor/photons.hpp"

#include <algorithm>
#include <cmath>

#include "model/sensor/noise_hash.hpp"

namespace t31::model {
namespace {

constexpr double kQ8 = 256;
constexpr double kQ16 = 65536;

// splitmix64, the usual seed mixer.
std::uint64_t mix(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
  value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
  return value ^ (value >> 31);
}

}  // namespace

ExposureTerms exposure_terms(const PixelPhysics& physics, double level_of_unit, double exposure,
                             double gain, bool noise) {
  const double full_scale = physics.full_scale();
  const double codes_per_electron = full_scale * gain / physics.full_well;
  const double read = physics.read_noise * codes_per_electron;
  const double fixed = read * read + physics.converter_noise * physics.converter_noise;
  const auto level = static_cast<float>(level_of_unit * exposure * gain * full_scale * kQ8);
  return {
      .level_per_unit = {level, level},
      .level_limit = static_cast<float>(2 * (full_scale + physics.black_level) * kQ8),
      .variance_per_level = static_cast<float>(codes_per_electron * kQ16 / kQ8),
      .variance_base = static_cast<std::int32_t>(std::min(std::lround(fixed * kQ16), 1L << 28)),
      .black = static_cast<std::int32_t>(std::lround(physics.black_level * kQ8)) + 128,
      .highest_code = static_cast<std::int32_t>((1U << physics.bits) - 1),
      .noise = noise,
  };
}

std::uint64_t row_key(std::uint64_t seed, std::uint64_t frame, std::uint32_t row) {
  return mix(mix(mix(seed) + frame) + row);
}

void expose_row_reference(const ExposureTerms& terms, std::uint64_t key, const std::uint16_t* light,
                          const std::uint16_t* shade, std::uint16_t* codes, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    float level = static_cast<float>(light[i]) * terms.level_per_unit[i & 1];
    if (shade != nullptr) {
      level = level * (static_cast<float>(shade[i]) * (1.0F / 32768));
    }
    const auto mean =
        static_cast<std::int32_t>(std::nearbyintf(std::min(level, terms.level_limit)));
    std::int32_t deviation = 0;
    if (terms.noise) {
      const float shot = static_cast<float>(mean) * terms.variance_per_level;
      const std::int32_t variance =
          static_cast<std::int32_t>(std::nearbyintf(std::min(shot, kVarianceLimit))) +
          terms.variance_base;
      const float sigma = std::sqrt(static_cast<float>(variance));
      const auto normal = static_cast<float>(noise_sum(key, static_cast<std::uint32_t>(i)));
      deviation = static_cast<std::int32_t>(std::nearbyintf(sigma * (normal * kNoiseUnit)));
    }
    const std::int32_t code = (mean + deviation + terms.black) >> 8;
    codes[i] = static_cast<std::uint16_t>(std::clamp(code, 0, terms.highest_code));
  }
}

}  // namespace t31::model

// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/scene/light.hpp"

#include <cmath>
#include <numbers>

#include "model/sensor/noise_hash.hpp"
#include "model/sensor/photons.hpp"

namespace t31::model {
namespace {

double between(double from, double to, double way) {
  return from + (to - from) * way;
}

Light on_the_way(const Light& from, const LightChange& change, double way) {
  const Illuminant& a = from.illuminant;
  const Illuminant& b = change.illuminant;
  const bool factors = from.level > 0 && change.level > 0;
  return {factors ? from.level * std::pow(change.level / from.level, way)
                  : between(from.level, change.level, way),
          {1 / between(1 / a.kelvin, 1 / b.kelvin, way), between(a.red, b.red, way),
           between(a.blue, b.blue, way)}};
}

}  // namespace

Light light_at(const Lighting& lighting, std::uint64_t frame) {
  Light light{1, lighting.illuminant};
  for (const LightChange& change : lighting.changes) {
    if (frame < change.frame) break;
    const std::uint64_t passed = frame - change.frame;
    if (passed >= change.over) {
      light = {change.level, change.illuminant};
    } else {
      const double way = static_cast<double>(passed + 1) / static_cast<double>(change.over);
      light = on_the_way(light, change, way);
    }
  }
  return light;
}

Light noisy_light_at(const Lighting& lighting, std::uint64_t frame, std::uint64_t seed) {
  Light light = light_at(lighting, frame);
  if (lighting.tint_noise == 0) return light;
  constexpr std::uint32_t kNoRow = 0xffffffff;
  const std::uint64_t key = row_key(seed, frame, kNoRow);
  const auto factor = [&](std::uint32_t draw) {
    const double normal = noise_sum(key, draw) * static_cast<double>(kNoiseUnit);
    return std::exp(lighting.tint_noise * normal);
  };
  light.illuminant.red *= factor(0);
  light.illuminant.blue *= factor(1);
  return light;
}

double flicker_share(const Lighting& lighting, double begin, double length) {
  if (lighting.flicker_hertz == 0) return 1;
  // Power, and with it light, goes through two periods in one of the mains.
  const double turn = 2 * std::numbers::pi * 2 * lighting.flicker_hertz;
  const double from = turn * begin;
  const double angle = turn * length;
  if (angle == 0) return 1 + lighting.flicker_depth * std::cos(from);
  return 1 + lighting.flicker_depth * (std::sin(from + angle) - std::sin(from)) / angle;
}

}  // namespace t31::model

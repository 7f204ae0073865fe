// SPDX-License-Identifier: GPL-2.0-or-later
// spatial_denoise.hpp - SDNS: non-local means on 8-bit luma. Each pixel becomes a mean of its
// neighbours, each weighted by how alike the surroundings of both are.
#pragma once

#include <array>
#include <cstdint>

#include "model/pixel/arithmetic.hpp"
#include "model/pixel/pipeline.hpp"
#include "model/pixel/plane.hpp"

namespace t31::model::pixel {

// Weight of a neighbour by distance, in 256 steps up to where it ends; linear within each 16.
struct WeightCurve {
  std::array<std::uint8_t, 16> value{}, drop{};
  std::int32_t weight(std::int32_t step) const {
    const auto i = static_cast<unsigned>(step >> 4);
    return value[i] - ((drop[i] * (step & 15)) >> 4);
  }
  std::int32_t own() const { return std::max<std::int32_t>(value[0], 1); }
};

// Width of the curve by how much happens around a pixel.
struct StrengthByActivity {
  std::array<std::int32_t, 15> limits{};
  std::array<std::uint8_t, 16> strength{};
  unsigned activity_class(std::int32_t range) const {
    unsigned n = 0;
    for (const std::int32_t limit : limits) n += range >= limit ? 1u : 0u;
    return n;
  }
};

struct SpatialDenoise {
  static constexpr std::int32_t kSearch = 2;          // 5x5 neighbours
  static constexpr std::int32_t kPatch = 1;           // of 3x3 samples
  static constexpr std::int32_t kMovingWeight = 128;  // of the reference; less: the pixel moves
  static constexpr std::array<std::int32_t, 4> kWindows = {2, 3, 4, 5};
  static constexpr std::int32_t kMaxDistance = 65535;

  bool active = false;
  StrengthByActivity rest, moving;
  std::int32_t dark = 0, light = 255;  // luma between which activity has a say
  // A window with at least so many moving pixels; blend towards `moving`, of 8, by the number of
  // such windows.
  std::array<std::int32_t, 4> moving_limit{};
  std::array<std::int32_t, 5> blend{};
  WeightCurve curve;
  std::array<std::int32_t, 17> scale{};  // steps of the curve per squared difference, Q16
  // Neighbours count in 1/32, by distance in first_step[i].
  std::array<std::int32_t, 15> first_limit{};
  std::array<std::int32_t, 16> first_weight{};

  // Neighbours count whole up to a distance and not at all beyond: as all tuning files have it.
  bool plain() const;
  std::int32_t cut() const;  // that distance, when plain
  bool looks_at_motion() const { return blend != std::array<std::int32_t, 5>{}; }
  // In the dark and near saturation what happens is noise, not detail.
  std::int32_t activity(std::int32_t range, std::int32_t luma) const {
    return luma < dark || luma > light ? 0 : range;
  }
  std::int32_t strength(std::int32_t range, unsigned windows) const {
    const std::int32_t h = rest.strength[rest.activity_class(range)];
    const std::int32_t other = moving.strength[moving.activity_class(range)];
    return h + (((other - h) * blend[windows] + 4) >> 3);
  }
  // `distance`: of two patches, the sum of squared differences, at most kMaxDistance.
  std::int32_t weight(std::int32_t strength, std::int32_t distance) const;
};

SpatialDenoise decode_spatial_denoise(const IspRegisters& registers);

// `weights`: of the temporal denoise, at each sample.
Plane<std::uint8_t> denoise_spatially(const SpatialDenoise& block,
                                      const Plane<std::uint8_t>& weights,
                                      const Plane<std::uint8_t>& luma);

}  // namespace t31::model::pixel

// SPDX-License-Identifier: GPL-2.0-or-later
// temporal_adjust.hpp - what MDNS does beside mixing: it smooths the picture where little of the
// stored one goes in, trims the stored picture's weight, and scales chroma.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

#include "model/pixel/arithmetic.hpp"
#include "model/pixel/pipeline.hpp"

namespace t31::model::pixel {

// Spatial filter of the new picture: neighbours that differ by no more than a threshold pull a
// sample towards them, in a share that falls with the weight of the stored picture.
struct PictureSmoothing {
  static constexpr std::int32_t kMaxReach = 2;
  bool active = false;
  std::int32_t reach = 1;                // the window has an edge of 2 reach + 1
  std::int32_t threshold = 0;            // 10 bits
  std::int32_t part = 0;                 // of the sum of differences, Q15
  std::array<std::int32_t, 16> share{};  // of 256, by sixteenths of the weight

  bool counts(std::int32_t difference) const {
    return difference <= threshold && difference >= -threshold;
  }
  std::int32_t change(std::int32_t sum) const { return (sum * part + 0x4000) >> 15; }
  std::int32_t apply(std::int32_t sample, std::int32_t change, std::int32_t weight) const {
    return sample + ((change * share[static_cast<unsigned>(weight >> 4)] + 128) >> 8);
  }
};

// Factors of the weight by how much of it motion has taken, 128 is one.
struct WeightFactors {
  static constexpr std::int32_t kSteps = 8;
  bool active = false;
  unsigned shift = 5;
  std::array<std::int32_t, 16> factor{};  // kSteps of them
  std::int32_t apply(std::int32_t weight, std::int32_t loss) const {
    const auto step = static_cast<unsigned>(std::min(loss >> shift, kSteps - 1));
    return active ? std::min((weight * factor[step]) >> 7, 255) : weight;
  }
};

// Corners of the picture, noisier than its middle because lens shading has lifted them.
struct PictureCorners {
  bool active = false;
  std::int32_t top = 0, bottom = 0, left = 0, right = 0;  // pixels
  std::int32_t factor = 128;                              // of the weight, 128 is one
  std::int32_t eased = 0;                                 // taken off what motion takes

  bool in_rows(std::int32_t y, std::int32_t height) const {
    return active && (y < top || y >= height - bottom);
  }
  bool in_columns(std::int32_t x, std::int32_t width) const {
    return x < left || x >= width - right;
  }
  std::int32_t weight(std::int32_t weight) const { return std::min((weight * factor) >> 7, 255); }
  std::int32_t loss(std::int32_t loss) const { return std::max(loss - eased, 0); }
};

// Strength of the chroma that leaves the block, 64 is one; weak colours have one of their own.
struct ChromaStrength {
  bool active = false;
  std::int32_t normal = 64, weak = 64;
  std::int32_t weak_below = 0;  // 8 bits
  std::int32_t of(std::int32_t u, std::int32_t v) const {
    const std::int32_t size = std::max(std::abs(u - kMidChroma), std::abs(v - kMidChroma)) >> 2;
    return size < weak_below ? weak : normal;
  }
  static std::int32_t scaled(std::int32_t x, std::int32_t strength) {
    const std::int32_t d = x - kMidChroma;
    return limit(x + ((d * (strength - 64) + 32) >> 6), 0, kMax10);
  }
};

// What takes of a smooth version of the finished picture, by the weight of the stored one and by
// how far it is from the sample; and what gives back of the contrast that mixing has cost.
struct FinalStage {
  static constexpr std::int32_t kNeutralContrast = 64;
  std::array<std::int32_t, 16> share{};  // of 256, by sixteenths of the weight
  std::array<std::int32_t, 3> limit{};   // of the distance, 8 bits
  std::array<std::int32_t, 4> weight{};  // of the share, by the limits reached; 256 is one
  std::int32_t contrast = kNeutralContrast, contrast_from = 0;  // distance, 8 bits

  bool smooths() const {
    return std::any_of(share.begin(), share.end(), [](std::int32_t s) { return s != 0; });
  }
  bool active() const { return smooths() || contrast != kNeutralContrast; }
  static std::int32_t size_of(std::int32_t distance) { return std::abs(distance) >> 2; }
  std::int32_t share_of(std::int32_t stored_weight, std::int32_t size) const {
    unsigned k = 0;
    while (k < 3 && size >= limit[k]) ++k;
    return (share[static_cast<unsigned>(stored_weight >> 4)] * weight[k]) >> 8;
  }
  std::int32_t apply(std::int32_t x, std::int32_t smooth, std::int32_t stored_weight) const {
    return mix_q15(x, smooth, share_of(stored_weight, size_of(smooth - x)) << 7);
  }
  std::int32_t restored(std::int32_t x, std::int32_t smooth) const {
    const std::int32_t d = x - smooth;
    if (size_of(d) < contrast_from) return x;
    return limit_to_10_bits(x + ((d * (contrast - kNeutralContrast) + 32) >> 6));
  }

 private:
  static std::int32_t limit_to_10_bits(std::int32_t x) {
    return ::t31::model::pixel::limit(x, 0, kMax10);
  }
};

struct TemporalAdjustments {
  PictureSmoothing smoothing, chroma_smoothing;
  WeightFactors luma, chroma;
  PictureCorners corners;
  ChromaStrength strength;
  FinalStage final_luma, final_chroma;
};
TemporalAdjustments decode_temporal_adjustments(const IspRegisters& registers);

}  // namespace t31::model::pixel

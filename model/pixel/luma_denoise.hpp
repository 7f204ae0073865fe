// SPDX-License-Identifier: GPL-2.0-or-later
// luma_denoise.hpp - YDNS: fuses what the temporal denoise leaves with a smooth version of it, by
// motion and edges.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "model/pixel/arithmetic.hpp"
#include "model/pixel/pipeline.hpp"
#include "model/pixel/temporal_adjust.hpp"
#include "model/pixel/yuv.hpp"

namespace t31::model::pixel {

struct LumaDenoise {
  static constexpr std::int32_t kClasses = 3;  // of motion, and one more
  bool active = false;
  std::array<std::int32_t, kClasses> rest_from{};  // weights of the stored picture
  struct Shares {
    std::int32_t smooth = 0, edge = 0;  // 1/16
  };
  Shares rest, moving;
  std::int32_t chroma = 0;                       // 1/16
  std::int32_t whole_up_to = 0, half_up_to = 0;  // size of the change, 8 bits
  std::int32_t edge_shift = 0, edge_range = 0;   // edges: range >> shift reaches it, 8 bits
  // The temporal denoise's final stages, which use the same smooth version; they count only where
  // that block works.
  FinalStage final_luma, final_chroma;

  // `weighed`: there are weights of the stored picture.
  bool changes_luma(bool weighed) const {
    return (rest.smooth | rest.edge | moving.smooth | moving.edge) != 0 ||
           (weighed && final_luma.active());
  }
  bool changes_chroma(bool weighed) const {
    return (active && chroma != 0) || (weighed && final_chroma.smooths());
  }

  // Share of the smooth version in 1/48. `weight`: of the stored picture; `range` of 3x3, 10 bits.
  std::int32_t share(std::int32_t weight, std::int32_t range) const {
    std::int32_t still = 0;
    for (const std::int32_t from : rest_from) still += weight >= from ? 1 : 0;
    const bool edge = (range >> 2 >> edge_shift) >= std::max(edge_range, 1);
    return (edge ? rest.edge : rest.smooth) * still +
           (edge ? moving.edge : moving.smooth) * (kClasses - still);
  }
  // x + (smooth - x) * share / 48, or / 16 for chroma.
  std::int32_t fuse_luma(std::int32_t x, std::int32_t smooth, std::int32_t share) const {
    const std::int32_t change = smooth - x, size = (change < 0 ? -change : change) >> 2;
    if (size > half_up_to) return x;
    return mix_q15(x, smooth, (size > whole_up_to ? share >> 1 : share) * 683);
  }
  std::int32_t finish_luma(std::int32_t x, std::int32_t smooth, std::int32_t weight) const {
    return final_luma.restored(final_luma.apply(x, smooth, weight), smooth);
  }
  std::int32_t fuse_chroma(std::int32_t x, std::int32_t smooth) const {
    return mix_q15(x, smooth, chroma * 2048);
  }
};

LumaDenoise decode_luma_denoise(const IspRegisters& registers);

// `weighed`: the temporal denoise has worked.
void fuse_frame(const LumaDenoise& block, const Plane<std::uint8_t>& weights, bool weighed,
                YuvFrame& yuv);

}  // namespace t31::model::pixel

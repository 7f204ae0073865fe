// SPDX-License-Identifier: GPL-2.0-or-later
// temporal_store.hpp - particulars of what MDNS stores: before the first picture, and of chroma.
#pragma once

#include <algorithm>

#include "model/pixel/temporal_denoise.hpp"

namespace t31::model::pixel {

// No picture has a row of chroma that is 0 throughout: this is memory as it was before the first
// one, and nothing of it is mixed in.
inline bool nothing_stored(const TemporalDenoise& block, const TemporalMemory& memory,
                           std::int32_t width) {
  const std::uint8_t* row = block.chroma_active ? memory.chroma(0) : nullptr;
  return row != nullptr && std::all_of(row, row + 2 * ((width + 1) / 2),
                                       [](std::uint8_t sample) { return sample == 0; });
}

// As stored_sample, but a smaller difference is held: a tint is seen sooner than a grey.
inline constexpr std::int32_t kHeldChroma = 3;  // 10 bits
inline std::int32_t stored_chroma(std::int32_t mixed, std::int32_t sample, std::int32_t before) {
  const std::int32_t stored = stored_sample(mixed, sample, before);
  if (stored != before) return stored;
  const std::int32_t difference = sample - 4 * before;
  if (difference > kHeldChroma) return std::min(before + 1, 255);
  if (difference < -kHeldChroma) return std::max(before - 1, 0);
  return before;
}

}  // namespace t31::model::pixel

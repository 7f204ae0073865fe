// SPDX-License-Identifier: GPL-2.0-or-later
// sharpen.hpp - SP: adds what a low pass takes away to 10-bit luma.
#pragma once

#include <array>
#include <cstdint>

#include "model/pixel/arithmetic.hpp"
#include "model/pixel/pipeline.hpp"
#include "model/pixel/plane.hpp"

namespace t31::model::pixel {

struct Sharpen {
  bool active = false;
  std::int32_t core = 0;        // details up to this size stay, 10 bits
  std::int32_t flat_range = 0;  // below it (8 bits) a place is flat ...
  std::int32_t flat_core = 0;   // ... and loses this much more
  // Strength by activity (16 classes of the local range) and by quarter of the luma range, for
  // details brighter and darker than their surroundings; and one for both.
  std::array<std::uint8_t, 16> white_weight{}, black_weight{}, texture_weight{};
  std::array<std::uint8_t, 4> white_strength{}, black_strength{};
  std::int32_t texture_strength = 0;
  // How far a result may go beyond its 3x3 neighbours: their range >> shift, and no more than this.
  std::int32_t overshoot_shift = 0, white_overshoot = 0, black_overshoot = 0;

  bool changes() const;
  // Neighbours of a sample, 10 bits.
  struct Surroundings {
    std::int32_t low_pass, least, most;
  };
  std::int32_t apply(std::int32_t y, const Surroundings& around) const;

 private:
  std::int32_t gain(std::int32_t y, std::int32_t range, bool white) const;
};

Sharpen decode_sharpen(const IspRegisters& registers);

void sharpen_frame(const Sharpen& block, Plane<std::uint16_t>& luma);

}  // namespace t31::model::pixel

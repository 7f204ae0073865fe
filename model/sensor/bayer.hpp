// SPDX-License-Identifier: GPL-2.0-or-later
// bayer.hpp - which colour a pixel of the mosaic sees.
#pragma once

#include <array>
#include <cstdint>

namespace t31::model {

enum class Colour : std::uint8_t { kRed, kGreen, kBlue };

// Named by the first two pixels of the first two lines; the numbers are those of the replay
// sensor's order register.
enum class BayerOrder : std::uint8_t { kRggb, kBggr, kGrbg, kGbrg };

// Colour of the pixel at (x, y).
constexpr Colour colour_at(BayerOrder order, std::uint32_t x, std::uint32_t y) {
  using enum Colour;
  constexpr std::array<std::array<Colour, 4>, 4> kTiles{{{kRed, kGreen, kGreen, kBlue},
                                                         {kBlue, kGreen, kGreen, kRed},
                                                         {kGreen, kRed, kBlue, kGreen},
                                                         {kGreen, kBlue, kRed, kGreen}}};
  return kTiles[static_cast<std::size_t>(order)][(y & 1) * 2 + (x & 1)];
}

}  // namespace t31::model

// SPDX-License-Identifier: GPL-2.0-or-later
// white_balance_tables.hpp - the tuning file's plane of colour ratios for a sensor: where greys lie
// under which light, and how likely a colour is grey (ae-awb-af 4).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "t31tune/illuminants.hpp"

namespace t31::tune {

inline constexpr std::size_t kKnots = 15;

struct WhiteBalanceTables {
  // Gains that make a grey grey at 5000 K, Q10; ratios below are counted after them, 256 = 1.
  std::array<std::uint32_t, 2> static_gains{};
  std::array<std::uint32_t, kKnots> red_knots{}, blue_knots{};
  // Row by row over the blue ratio, columns over the red one.
  std::array<std::uint32_t, kKnots * kKnots> weights{};  // 0..256
  std::array<std::uint32_t, kKnots * kKnots> mireds{};
  // Measured lights as the file has them: red, blue, one more than the ratio.
  std::vector<std::array<std::uint32_t, 2>> lights;
  // Weight by squared distance from one of them.
  std::array<std::uint32_t, 514> nearness{};
  // Raw ratios that may be grey at all, 256 = 1: red low, high, blue low, high.
  std::array<std::uint32_t, 4> window{};
};

WhiteBalanceTables make_white_balance(std::span<const MeasuredLight> lights);

}  // namespace t31::tune

// SPDX-License-Identifier: GPL-2.0-or-later
// hazy_view.hpp - a view of hills through haze as a scene, with its geometry for those who measure
// it.
#pragma once

#include <array>
#include <cstdint>

#include "model/scene/color_checker.hpp"

namespace t31::model {

// Ranges of hills from far to near, chequered, under a plain sky. Light from distance d arrives
// with the share exp(-density * d); the rest is the haze's own.
inline constexpr unsigned kRanges = 4;
inline constexpr std::array<double, kRanges> kRangeDistance{3.0, 1.6, 0.8, 0.2};
inline constexpr double kSkyDistance = 6.0;
inline constexpr std::array<float, 3> kHazeLight{0.62F, 0.66F, 0.72F};

// A part of the picture that shows nothing but range i; even coordinates and sizes.
Rectangle range_rect(std::uint32_t width, std::uint32_t height, unsigned range);

}  // namespace t31::model

// SPDX-License-Identifier: GPL-2.0-or-later
// colour.hpp - how a sensor and its lens see colour: from linear sRGB to the levels of its three
// channels.
#pragma once

#include <array>
#include <span>

namespace t31::model {

using Rgb = std::array<double, 3>;

// A neutral surface under a light of that temperature, seen by the raw channels, over green.
struct GreyPoint {
  double kelvin;
  double red;
  double blue;
};

// Relative illumination c0 + c2 r^2 + c4 r^4 + dx x + dy y, with x, y, r in half picture widths
// from the picture's centre.
struct LensFalloff {
  double c0, c2, c4, dx, dy;
};

struct SensorColour {
  std::array<Rgb, 3> from_srgb;  // rows R, G, B; white-balanced camera = from_srgb * linear sRGB
  std::span<const GreyPoint> greys;    // ascending temperature
  std::array<LensFalloff, 3> falloff;  // R, G, B
};

// Grey ratios (raw R/G, 1, raw B/G) at a temperature, interpolated linearly in mired between the
// table's entries; beyond its ends the end entry.
Rgb grey_ratios(std::span<const GreyPoint> greys, double kelvin);

// Levels of the raw channels for a scene colour: the colour matrix, then the grey ratios of the
// light.
Rgb raw_levels(const SensorColour& colour, const Rgb& ratios, const Rgb& linear_srgb);

// Relative illumination of the pixel at (x, y); never negative.
double relative_illumination(const LensFalloff& lens, double x, double y, double width,
                             double height);

// The SC2336 with the lens that its published tuning file corrects
// (scripts/sensor_colour_table.py).
const SensorColour& sc2336_colour();

// Matrix and ratios of one: the sensor that sees linear sRGB, through a lens without colour of its
// own.
const SensorColour& identity_colour();

}  // namespace t31::model

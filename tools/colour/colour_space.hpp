// SPDX-License-Identifier: GPL-2.0-or-later
// colour_space.hpp - sRGB, linear light, CIE XYZ and CIE L*a*b* under D65.
#pragma once

#include <array>

namespace t31::colour {

// Red, green, blue; linear light or sRGB-encoded, 0..1 (the function's name says which).
using Rgb = std::array<double, 3>;
// CIE 1931 XYZ, Y of white = 1.
using Xyz = std::array<double, 3>;

struct Lab {
  double l = 0;
  double a = 0;
  double b = 0;
};

// IEC 61966-2-1 transfer function of one channel and its inverse; odd-symmetric below 0.
double srgb_to_linear(double encoded);
double linear_to_srgb(double linear);
Rgb srgb_to_linear(const Rgb& encoded);
Rgb linear_to_srgb(const Rgb& linear);

Xyz linear_to_xyz(const Rgb& linear);
Lab xyz_to_lab(const Xyz& xyz);
Lab linear_to_lab(const Rgb& linear);

// Distance from the grey axis.
double chroma(const Lab& lab);

}  // namespace t31::colour

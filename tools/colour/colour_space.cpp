// SPDX-License-Identifier: GPL-2.0-or-later
#include "colour/colour_space.hpp"

#include <cmath>

namespace t31::colour {
namespace {

// sRGB primaries to XYZ, and the D65 white point that its rows sum to (IEC 61966-2-1).
constexpr double kToXyz[3][3] = {{0.4124564, 0.3575761, 0.1804375},
                                 {0.2126729, 0.7151522, 0.0721750},
                                 {0.0193339, 0.1191920, 0.9503041}};

double lab_curve(double ratio) {
  constexpr double kEpsilon = 216.0 / 24389.0;
  constexpr double kKappa = 24389.0 / 27.0;
  return ratio > kEpsilon ? std::cbrt(ratio) : (kKappa * ratio + 16.0) / 116.0;
}

}  // namespace

double srgb_to_linear(double encoded) {
  if (encoded < 0) return -srgb_to_linear(-encoded);
  return encoded <= 0.04045 ? encoded / 12.92 : std::pow((encoded + 0.055) / 1.055, 2.4);
}

double linear_to_srgb(double linear) {
  if (linear < 0) return -linear_to_srgb(-linear);
  return linear <= 0.0031308 ? linear * 12.92 : 1.055 * std::pow(linear, 1 / 2.4) - 0.055;
}

Rgb srgb_to_linear(const Rgb& encoded) {
  return {srgb_to_linear(encoded[0]), srgb_to_linear(encoded[1]), srgb_to_linear(encoded[2])};
}

Rgb linear_to_srgb(const Rgb& linear) {
  return {linear_to_srgb(linear[0]), linear_to_srgb(linear[1]), linear_to_srgb(linear[2])};
}

Xyz linear_to_xyz(const Rgb& linear) {
  Xyz xyz{};
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column) xyz[row] += kToXyz[row][column] * linear[column];
  }
  return xyz;
}

Lab xyz_to_lab(const Xyz& xyz) {
  double curve[3];
  for (int row = 0; row < 3; ++row) {
    const double white = kToXyz[row][0] + kToXyz[row][1] + kToXyz[row][2];
    curve[row] = lab_curve(xyz[row] / white);
  }
  return {116 * curve[1] - 16, 500 * (curve[0] - curve[1]), 200 * (curve[1] - curve[2])};
}

Lab linear_to_lab(const Rgb& linear) {
  return xyz_to_lab(linear_to_xyz(linear));
}

double chroma(const Lab& lab) {
  return std::hypot(lab.a, lab.b);
}

}  // namespace t31::colour

// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/sensor/colour.hpp"

#include <algorithm>
#include <cstddef>

namespace t31::model {

Rgb grey_ratios(std::span<const GreyPoint> greys, double kelvin) {
  const auto above = std::find_if(greys.begin(), greys.end(), [kelvin](const GreyPoint& point) {
    return point.kelvin >= kelvin;
  });
  if (above == greys.begin()) {
    return {greys.front().red, 1.0, greys.front().blue};
  }
  if (above == greys.end()) {
    return {greys.back().red, 1.0, greys.back().blue};
  }
  const GreyPoint& low = *(above - 1);
  const GreyPoint& high = *above;
  const double t = (1 / kelvin - 1 / low.kelvin) / (1 / high.kelvin - 1 / low.kelvin);
  return {low.red + (high.red - low.red) * t, 1.0, low.blue + (high.blue - low.blue) * t};
}

Rgb raw_levels(const SensorColour& colour, const Rgb& ratios, const Rgb& linear_srgb) {
  Rgb levels{};
  for (std::size_t channel = 0; channel < levels.size(); ++channel) {
    const Rgb& row = colour.from_srgb[channel];
    levels[channel] =
        (row[0] * linear_srgb[0] + row[1] * linear_srgb[1] + row[2] * linear_srgb[2]) *
        ratios[channel];
  }
  return levels;
}

double relative_illumination(const LensFalloff& lens, double x, double y, double width,
                             double height) {
  const double half = width / 2;
  const double u = (x - width / 2) / half;
  const double v = (y - height / 2) / half;
  const double r2 = u * u + v * v;
  return std::max(0.0, lens.c0 + (lens.c2 + lens.c4 * r2) * r2 + lens.dx * u + lens.dy * v);
}

const SensorColour& identity_colour() {
  static constexpr std::array<GreyPoint, 1> kGreys{{{5000, 1, 1}}};
  static const LensFalloff lens = sc2336_colour().falloff[1];
  static const SensorColour colour{.from_srgb = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
                                   .greys = kGreys,
                                   .falloff = {lens, lens, lens}};
  return colour;
}

}  // namespace t31::model

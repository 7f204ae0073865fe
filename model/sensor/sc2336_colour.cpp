// SPDX-License-Identifier: GPL-2.0-or-later
// sc2336_colour.cpp - the SC2336's colour response and the fall-off of the lens it is sold with.
//
// Grey points and lens are the output of scripts/sensor_colour_table.py for the published sc2336
// tuning file; the matrix is the fit described in docs/sensor-model.md. Its rows are divided by
// their sums (0.99 and 1.00 as published with two digits) so that a neutral stays neutral.
#include "model/sensor/colour.hpp"

namespace t31::model {
namespace {

constexpr std::array<GreyPoint, 12> kGreys{{
    {2500, 0.9573, 0.2393},
    {2850, 0.9165, 0.2711},
    {3200, 0.8316, 0.2826},
    {3600, 0.7532, 0.3044},
    {4000, 0.7011, 0.3362},
    {4500, 0.6464, 0.3680},
    {5000, 0.6155, 0.4190},
    {5500, 0.5667, 0.4829},
    {6000, 0.5259, 0.5322},
    {6500, 0.5274, 0.5561},
    {7500, 0.4922, 0.5893},
    {8500, 0.4910, 0.6216},
}};

constexpr Rgb unit_sum(double r, double g, double b) {
  const double sum = r + g + b;
  return {r / sum, g / sum, b / sum};
}

}  // namespace

const SensorColour& sc2336_colour() {
  static const SensorColour colour{
      .from_srgb = {unit_sum(.65, .21, .13), unit_sum(.13, .70, .17), unit_sum(.05, .32, .63)},
      .greys = kGreys,
      .falloff = {{{1.0112, -0.2632, 0.0206, 0.0007, 0.0459},
                   {1.0000, -0.2387, 0.0254, 0.0064, 0.0387},
                   {1.0021, -0.2393, 0.0183, 0.0017, 0.0378}}},
  };
  return colour;
}

}  // namespace t31::model

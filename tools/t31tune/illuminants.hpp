// SPDX-License-Identifier: GPL-2.0-or-later
// illuminants.hpp - how a sensor sees grey under lights that were not measured.
//
// What is assumed: a light of a colour temperature is a black body of it; and the sensor's red,
// green and blue differ from a generic sensor's by a constant factor each. The generic sensor has
// bell-shaped responses where silicon sensors with an infrared filter have theirs. Measured lights
// pin the curve down; between two of them it follows both.
#pragma once

#include <vector>

#include "t31tune/colour_fit.hpp"

namespace t31::tune {

struct MeasuredLight {
  double kelvin = 5000;
  GreyRatios grey;
  bool estimated = false;  // the temperature is a guess from the ratios
};

// The colour temperature under which a typical sensor would see these ratios.
double estimate_kelvin(const GreyRatios& grey);

class GreyCurve {
 public:
  // At least one light.
  explicit GreyCurve(std::vector<MeasuredLight> lights);
  GreyRatios at(double kelvin) const;

 private:
  std::vector<MeasuredLight> lights_;  // ascending temperature
};

inline double mired(double kelvin) {
  return 1e6 / kelvin;
}

}  // namespace t31::tune

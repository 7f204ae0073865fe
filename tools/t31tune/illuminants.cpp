// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31tune/illuminants.hpp"

#include <algorithm>
#include <cmath>

namespace t31::tune {
namespace {

// Middle and width of the generic sensor's responses, nanometres.
struct Response {
  double middle, width;
};
constexpr Response kRedResponse{605, 36};
constexpr Response kGreenResponse{535, 40};
constexpr Response kBlueResponse{460, 30};

// Over green, of a grey at 5000 K: the middle of what published tuning files of T31 sensors give.
constexpr GreyRatios kTypical{0.60, 0.50};
constexpr double kTypicalKelvin = 5000;

constexpr double kWarmest = 2300, kCoolest = 10000;

// What a response collects from a black body (Planck's law, any unit).
double collected(const Response& response, double kelvin) {
  constexpr double kSecondRadiation = 1.438777e7;  // nanometre kelvin
  double sum = 0;
  for (double nm = 390; nm <= 700; nm += 5) {
    const double bell = std::exp(-0.5 * std::pow((nm - response.middle) / response.width, 2));
    // Photons, not energy: one power of the wavelength less.
    sum += bell / (std::pow(nm / 550, 4) * (std::exp(kSecondRadiation / (nm * kelvin)) - 1));
  }
  return sum;
}

struct Logs {
  double red, blue;
};

Logs operator-(const Logs& a, const Logs& b) {
  return {a.red - b.red, a.blue - b.blue};
}

Logs logs(const GreyRatios& grey) {
  return {std::log(grey.red), std::log(grey.blue)};
}

Logs generic(double kelvin) {
  const double green = collected(kGreenResponse, kelvin);
  return {std::log(collected(kRedResponse, kelvin) / green),
          std::log(collected(kBlueResponse, kelvin) / green)};
}

}  // namespace

double estimate_kelvin(const GreyRatios& grey) {
  const Logs typical = logs(kTypical) - generic(kTypicalKelvin);
  double best = kTypicalKelvin, least = 1e9;
  for (double m = mired(kCoolest); m <= mired(kWarmest); m += 0.5) {
    const double kelvin = 1e6 / m;
    const Logs off = logs(grey) - generic(kelvin) - typical;
    const double distance = std::hypot(off.red, off.blue);
    if (distance < least) {
      least = distance;
      best = kelvin;
    }
  }
  return best;
}

GreyCurve::GreyCurve(std::vector<MeasuredLight> lights) : lights_(std::move(lights)) {
  std::sort(lights_.begin(), lights_.end(),
            [](const MeasuredLight& a, const MeasuredLight& b) { return a.kelvin < b.kelvin; });
}

GreyRatios GreyCurve::at(double kelvin) const {
  const auto factor = [](const MeasuredLight& light) {
    return logs(light.grey) - generic(light.kelvin);
  };
  const auto above = std::find_if(lights_.begin(), lights_.end(), [&](const MeasuredLight& light) {
    return light.kelvin >= kelvin;
  });
  Logs off = factor(above == lights_.end() ? lights_.back() : *above);
  if (above != lights_.begin() && above != lights_.end()) {
    const MeasuredLight& low = *(above - 1);
    const double way = (mired(low.kelvin) - mired(kelvin)) /
                       std::max(mired(low.kelvin) - mired(above->kelvin), 1e-9);
    const Logs from = factor(low);
    off = {from.red + way * (off.red - from.red), from.blue + way * (off.blue - from.blue)};
  }
  const Logs here = generic(kelvin);
  return {std::exp(here.red + off.red), std::exp(here.blue + off.blue)};
}

}  // namespace t31::tune

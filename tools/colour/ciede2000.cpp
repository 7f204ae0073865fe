// SPDX-License-Identifier: GPL-2.0-or-later
#include "colour/ciede2000.hpp"

#include <cmath>
#include <numbers>

namespace t31::colour {
namespace {

constexpr double kPi = std::numbers::pi;

double radians(double degrees) {
  return degrees * kPi / 180;
}

double power7(double value) {
  return std::pow(value, 7);
}

// Share of chroma in the limit of strong colours: 0 for greys, 1 far beyond chroma 25.
double strong_chroma(double chroma) {
  return std::sqrt(power7(chroma) / (power7(chroma) + power7(25)));
}

// Hue angle in 0..2 pi; 0 for a grey.
double hue_angle(double a, double b) {
  if (a == 0 && b == 0) return 0;
  const double angle = std::atan2(b, a);
  return angle < 0 ? angle + 2 * kPi : angle;
}

struct Polar {
  double chroma;
  double hue;
};

// Signed hue difference by the shorter way round; 0 when one of the two is grey.
double hue_difference(const Polar& first, const Polar& second) {
  if (first.chroma * second.chroma == 0) return 0;
  double difference = second.hue - first.hue;
  if (difference > kPi) difference -= 2 * kPi;
  if (difference < -kPi) difference += 2 * kPi;
  return difference;
}

double mean_hue(const Polar& first, const Polar& second) {
  const double sum = first.hue + second.hue;
  if (first.chroma * second.chroma == 0) return sum;
  if (std::abs(first.hue - second.hue) <= kPi) return sum / 2;
  return sum < 2 * kPi ? sum / 2 + kPi : sum / 2 - kPi;
}

// T of the formula: how much the eye's hue sensitivity varies round the circle.
double hue_weight(double hue) {
  return 1 - 0.17 * std::cos(hue - radians(30)) + 0.24 * std::cos(2 * hue) +
         0.32 * std::cos(3 * hue + radians(6)) - 0.20 * std::cos(4 * hue - radians(63));
}

}  // namespace

double ciede2000(const Lab& first, const Lab& second) {
  const double stretch = 1 + 0.5 * (1 - strong_chroma((chroma(first) + chroma(second)) / 2));
  const auto polar = [stretch](const Lab& lab) {
    const double a = stretch * lab.a;
    return Polar{std::hypot(a, lab.b), hue_angle(a, lab.b)};
  };
  const Polar p1 = polar(first);
  const Polar p2 = polar(second);

  const double delta_l = second.l - first.l;
  const double delta_c = p2.chroma - p1.chroma;
  const double delta_h =
      2 * std::sqrt(p1.chroma * p2.chroma) * std::sin(hue_difference(p1, p2) / 2);

  const double mean_c = (p1.chroma + p2.chroma) / 2;
  const double hue = mean_hue(p1, p2);
  const double l50 = std::pow((first.l + second.l) / 2 - 50, 2);

  const double scale_l = 1 + 0.015 * l50 / std::sqrt(20 + l50);
  const double scale_c = 1 + 0.045 * mean_c;
  const double scale_h = 1 + 0.015 * mean_c * hue_weight(hue);
  const double blue = std::exp(-std::pow((hue * 180 / kPi - 275) / 25, 2));
  const double rotation = -2 * strong_chroma(mean_c) * std::sin(radians(60) * blue);

  const double l = delta_l / scale_l;
  const double c = delta_c / scale_c;
  const double h = delta_h / scale_h;
  return std::sqrt(l * l + c * c + h * h + rotation * c * h);
}

}  // namespace t31::colour

// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31tune/white_balance_tables.hpp"

#include <algorithm>
#include <cmath>

namespace t31::tune {
namespace {

constexpr double kMiddle = 5000;                    // kelvin, unity ratios
constexpr double kWarmest = 2400, kCoolest = 9500;  // lights that count fully
// Along the curve, so that the nearest light has a temperature beyond the ends too.
constexpr double kFirstMired = 90, kLastMired = 480, kMiredStep = 2;
// Distance from the curve, as a logarithm of ratios: certainly grey up to, certainly not from.
constexpr double kGrey = 0.06, kNotGrey = 0.19;
// Gas discharge and cheap LEDs are greener than a black body.
constexpr double kGreenTolerance = 0.03;
// What a light that wasn't measured counts against one that was, of 256.
constexpr double kUnmeasured = 208;
constexpr double kMargin = 0.12;  // of the knots, beyond the lights that count
constexpr std::uint32_t kLargestRatio = 511;
constexpr std::size_t kMostLights = 9;
// Of a measured light, in units of 1/256.
constexpr double kFullRadius = 8, kLastRadius = 22;

struct Logs {
  double red, blue;
};

class GreyPlane {
 public:
  explicit GreyPlane(const GreyCurve& curve) : middle_(curve.at(kMiddle)) {
    for (double m = kFirstMired; m <= kLastMired; m += kMiredStep) {
      curve_.push_back({m, logs(curve.at(1e6 / m))});
    }
  }

  Logs logs(const GreyRatios& grey) const {
    return {std::log(grey.red / middle_.red), std::log(grey.blue / middle_.blue)};
  }
  GreyRatios middle() const { return middle_; }

  struct Nearest {
    double mired, distance;
  };
  Nearest nearest(const Logs& at) const {
    Nearest best{kFirstMired, 1e9};
    for (const auto& [m, grey] : curve_) {
      const double red = at.red - grey.red, blue = at.blue - grey.blue;
      const bool greener = red < 0 && blue < 0;
      const double distance =
          std::max(0.0, std::hypot(red, blue) - (greener ? kGreenTolerance : 0));
      if (distance < best.distance) best = {m, distance};
    }
    return best;
  }

 private:
  struct Point {
    double mired;
    Logs grey;
  };
  GreyRatios middle_;
  std::vector<Point> curve_;
};

std::uint32_t ratio_code(double logarithm) {
  return static_cast<std::uint32_t>(std::lround(256 * std::exp(logarithm)));
}

// Knots at equal ratios from one end to the other, ascending.
std::array<std::uint32_t, kKnots> knots(double low, double high) {
  high = std::min(high, std::log(kLargestRatio / 256.0));
  std::array<std::uint32_t, kKnots> out;
  for (std::size_t i = 0; i < kKnots; ++i) {
    const double way = static_cast<double>(i) / (kKnots - 1);
    out[i] = ratio_code(low + (high - low) * way);
    if (i > 0) out[i] = std::max(out[i], out[i - 1] + 1);
  }
  return out;
}

std::uint32_t weight_of(double distance, double temperature) {
  double weight = std::clamp((kNotGrey - distance) / (kNotGrey - kGrey), 0.0, 1.0);
  // Candles and blue skies are rarer than surfaces of their colour.
  if (temperature > mired(kWarmest)) {
    weight *= std::clamp(1 - (temperature - mired(kWarmest)) / 60, 0.0, 1.0);
  }
  if (temperature < mired(kCoolest)) weight *= 0.5;
  return static_cast<std::uint32_t>(std::lround(kUnmeasured * weight));
}

std::array<std::uint32_t, 514> nearness() {
  std::array<std::uint32_t, 514> out;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double distance = std::sqrt(static_cast<double>(i));
    const double share = (kLastRadius - distance) / (kLastRadius - kFullRadius);
    out[i] = static_cast<std::uint32_t>(std::lround(256 * std::clamp(share, 0.0, 1.0)));
  }
  return out;
}

}  // namespace

WhiteBalanceTables make_white_balance(std::span<const MeasuredLight> lights) {
  const GreyCurve curve({lights.begin(), lights.end()});
  const GreyPlane plane(curve);
  WhiteBalanceTables tables;
  const auto gain = [](double ratio) {
    return static_cast<std::uint32_t>(std::clamp(std::lround(1024 / ratio), 1l, 16383l));
  };
  tables.static_gains = {gain(plane.middle().red), gain(plane.middle().blue)};
  const Logs warm = plane.logs(curve.at(kWarmest)), cool = plane.logs(curve.at(kCoolest));
  tables.red_knots = knots(cool.red - kMargin, warm.red + kMargin);
  tables.blue_knots = knots(warm.blue - kMargin, cool.blue + kMargin);
  for (std::size_t row = 0; row < kKnots; ++row) {
    for (std::size_t column = 0; column < kKnots; ++column) {
      const auto [temperature, distance] = plane.nearest(
          {std::log(tables.red_knots[column] / 256.0), std::log(tables.blue_knots[row] / 256.0)});
      const std::size_t at = row * kKnots + column;
      tables.mireds[at] = static_cast<std::uint32_t>(std::lround(temperature));
      tables.weights[at] = weight_of(distance, temperature);
    }
  }
  for (const MeasuredLight& light : lights.first(std::min(lights.size(), kMostLights))) {
    const Logs at = plane.logs(light.grey);
    tables.lights.push_back({ratio_code(at.red) + 1, ratio_code(at.blue) + 1});
  }
  tables.nearness = nearness();
  const auto raw = [](double ratio, double knot) {
    return static_cast<std::uint32_t>(std::clamp(std::lround(ratio * knot), 1l, 4095l));
  };
  tables.window = {raw(plane.middle().red, tables.red_knots.front() * 0.95),
                   raw(plane.middle().red, tables.red_knots.back() * 1.05),
                   raw(plane.middle().blue, tables.blue_knots.front() * 0.95),
                   raw(plane.middle().blue, tables.blue_knots.back() * 1.05)};
  return tables;
}

}  // namespace t31::tune

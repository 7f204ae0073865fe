// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/scene/hazy_view.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "model/scene/scene.hpp"

namespace t31::model {
namespace {

using Colour = std::array<float, 3>;

// Crests lie at this share of the height, give or take the swing.
constexpr std::array<double, kRanges> kCrest{0.22, 0.42, 0.60, 0.78};
constexpr double kSwing = 0.03;
constexpr Colour kSky{0.35F, 0.45F, 0.65F};

// The two colours of a range's squares.
struct Cloth {
  Colour dark, light;
};
constexpr std::array<Cloth, kRanges> kCloth{{{{0.05F, 0.07F, 0.06F}, {0.30F, 0.28F, 0.24F}},
                                             {{0.04F, 0.08F, 0.03F}, {0.32F, 0.34F, 0.18F}},
                                             {{0.08F, 0.05F, 0.03F}, {0.45F, 0.30F, 0.20F}},
                                             {{0.03F, 0.06F, 0.02F}, {0.25F, 0.40F, 0.12F}}}};

double crest(unsigned range, double x) {
  const double waves = 2 * std::numbers::pi * x * (range + 1.5);
  return kCrest[range] + kSwing * std::sin(waves + range);
}

// What a point shows without haze, and how far away it is.
struct Point {
  Colour colour;
  double distance;
};

Point look_at(std::uint32_t x, std::uint32_t y, std::uint32_t width, std::uint32_t height) {
  const double u = (x + 0.5) / width, v = (y + 0.5) / height;
  for (unsigned i = kRanges; i-- > 0;) {
    if (v < crest(i, u)) continue;
    const std::uint32_t square = std::max(height / 54, 2U);
    const bool light = (x / square + y / square) % 2 != 0;
    return {light ? kCloth[i].light : kCloth[i].dark, kRangeDistance[i]};
  }
  return {kSky, kSkyDistance};
}

Colour through_haze(const Colour& colour, double distance, double density) {
  const auto share = static_cast<float>(std::exp(-density * distance));
  Colour seen{};
  for (unsigned i = 0; i < 3; ++i) seen[i] = share * colour[i] + (1 - share) * kHazeLight[i];
  return seen;
}

}  // namespace

Rectangle range_rect(std::uint32_t width, std::uint32_t height, unsigned range) {
  const double top = kCrest[range] + kSwing;
  const double bottom = range + 1 < kRanges ? kCrest[range + 1] - kSwing : 1.0;
  const auto even = [](double x) { return static_cast<std::uint32_t>(x) & ~1U; };
  const std::uint32_t y = even(top * height) + 2, end = even(bottom * height);
  return {even(0.1 * width), y, even(0.8 * width), end - y};
}

LinearImage paint_hazy_view(std::uint32_t width, std::uint32_t height, double density) {
  LinearImage image(width, height);
  for (std::uint32_t y = 0; y < height; ++y) {
    for (std::uint32_t x = 0; x < width; ++x) {
      const Point point = look_at(x, y, width, height);
      image.set(x, y, through_haze(point.colour, point.distance, density));
    }
  }
  return image;
}

void add_haze(LinearImage& image, double density) {
  for (std::uint32_t y = 0; y < image.height(); ++y) {
    // A plain that reaches from the lower edge to the horizon, a quarter of the height from the
    // top.
    const double below_horizon = (y + 0.5) / image.height() - 0.25;
    const double distance = std::min(kSkyDistance, 0.2 / std::max(below_horizon, 0.02));
    for (std::uint32_t x = 0; x < image.width(); ++x) {
      const Colour colour{image.row(0, y)[x], image.row(1, y)[x], image.row(2, y)[x]};
      image.set(x, y, through_haze(colour, distance, density));
    }
  }
}

}  // namespace t31::model

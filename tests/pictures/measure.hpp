// SPDX-License-Identifier: GPL-2.0-or-later
// measure.hpp - what pictures are judged by: sharpness of a slanted edge, overshoot, noise.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace t31::measure {

// A rectangle of 8-bit samples within a picture.
struct View {
  const std::uint8_t* samples = nullptr;
  std::uint32_t width = 0, height = 0, stride = 0;

  std::uint8_t at(std::uint32_t x, std::uint32_t y) const {
    return samples[std::size_t{y} * stride + x];
  }
  // `left` and `top` relative to this view; the rectangle must lie within it.
  View part(std::uint32_t left, std::uint32_t top, std::uint32_t w, std::uint32_t h) const {
    return {samples + std::size_t{top} * stride + left, w, h, stride};
  }
};

// Samples row by row, all rows of one length.
using Rows = std::vector<std::vector<double>>;
// The view's samples, each through `scale` (to linear light, say).
Rows rows_of(
    const View& view, const std::function<double(double)>& scale = [](double x) { return x; });

struct Noise {
  double mean = 0, deviation = 0;
};
// Of all samples of a view.
Noise noise(const View& view);
// Root mean square of the differences of two views of one size.
double difference(const View& a, const View& b);

// A nearly upright edge, tilted by 2 to 12 degrees, seen through ISO 12233's method: rows are
// shifted onto one another by the fitted line and binned to quarter pixels.
struct Edge {
  double mtf50 = 0;      // cycles per pixel at which contrast falls to one half
  double overshoot = 0;  // beyond the bright level, share of the step
  double undershoot = 0;
};
// The edge crosses the rectangle from top to bottom, at least 20 samples from its sides. Throws
// std::invalid_argument if it doesn't.
Edge slanted_edge(const Rows& rows);
inline Edge slanted_edge(const View& view) {
  return slanted_edge(rows_of(view));
}

}  // namespace t31::measure

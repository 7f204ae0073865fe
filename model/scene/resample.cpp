// SPDX-License-Identifier: GPL-2.0-or-later
// resample.cpp - pictures to the size of the sensor.
#include <algorithm>
#include <cmath>

#include "model/scene/scene.hpp"

namespace t31::model {
namespace {

// Source samples and weights (sum 1) of one target sample.
struct Tap {
  std::uint32_t first = 0;
  std::vector<float> weights;
};

// `scale` source pixels per target pixel; `origin` is where the target's left edge lies in the
// source.
std::vector<Tap> taps(std::uint32_t source, std::uint32_t target, double scale, double origin) {
  const double reach = std::max(scale, 1.0);
  std::vector<Tap> all(target);
  for (std::uint32_t i = 0; i < target; ++i) {
    const double centre = origin + (i + 0.5) * scale - 0.5;
    const auto last = static_cast<double>(source - 1);
    const double from = std::clamp(std::ceil(centre - reach), 0.0, last);
    const double to = std::clamp(std::floor(centre + reach), from, last);
    Tap& tap = all[i];
    tap.first = static_cast<std::uint32_t>(from);
    double sum = 0;
    for (std::uint32_t s = tap.first; s <= static_cast<std::uint32_t>(to); ++s) {
      const double weight = std::max(0.0, 1 - std::abs(s - centre) / reach);
      tap.weights.push_back(static_cast<float>(weight));
      sum += weight;
    }
    if (sum == 0) {
      tap.weights.front() = 1;
      sum = 1;
    }
    for (float& weight : tap.weights) {
      weight = static_cast<float>(weight / sum);
    }
  }
  return all;
}

}  // namespace

LinearImage resample(const LinearImage& source, std::uint32_t width, std::uint32_t height) {
  const double scale = std::min(static_cast<double>(source.width()) / width,
                                static_cast<double>(source.height()) / height);
  const auto columns = taps(source.width(), width, scale, (source.width() - width * scale) / 2);
  const auto rows = taps(source.height(), height, scale, (source.height() - height * scale) / 2);
  LinearImage narrow(width, source.height());
  LinearImage target(width, height);
  for (unsigned channel = 0; channel < 3; ++channel) {
    for (std::uint32_t y = 0; y < source.height(); ++y) {
      const float* in = source.row(channel, y);
      float* out = narrow.row(channel, y);
      for (std::uint32_t x = 0; x < width; ++x) {
        float sum = 0;
        for (std::size_t i = 0; i < columns[x].weights.size(); ++i) {
          sum += columns[x].weights[i] * in[columns[x].first + i];
        }
        out[x] = sum;
      }
    }
    for (std::uint32_t y = 0; y < height; ++y) {
      float* out = target.row(channel, y);
      for (std::size_t i = 0; i < rows[y].weights.size(); ++i) {
        const float* in = narrow.row(channel, rows[y].first + static_cast<std::uint32_t>(i));
        for (std::uint32_t x = 0; x < width; ++x) {
          out[x] += rows[y].weights[i] * in[x];
        }
      }
    }
  }
  return target;
}

}  // namespace t31::model

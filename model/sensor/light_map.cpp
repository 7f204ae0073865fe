// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/sensor/light_map.hpp"

#include <algorithm>
#include <cmath>

#include "model/sensor/parallel.hpp"

namespace t31::model {
namespace {

constexpr double kShadeOne = 32768;
constexpr double kCodes = 65535;

// Scene coordinate of the readout's coordinate `i`.
constexpr std::uint32_t seen(std::uint32_t i, std::uint32_t size, bool reversed) {
  return reversed ? size - 1 - i : i;
}

double pixel_level(const Rgb& row, double ratio, const LinearImage& image, std::uint32_t x,
                   std::uint32_t y) {
  return ratio *
         (row[0] * image.row(0, y)[x] + row[1] * image.row(1, y)[x] + row[2] * image.row(2, y)[x]);
}

// Largest level of any channel, which the map's unit is chosen by.
double brightest(const LinearImage& image, const SensorColour& colour, const Rgb& ratios) {
  double most = 0;
  for (std::uint32_t y = 0; y < image.height(); ++y) {
    for (std::uint32_t x = 0; x < image.width(); ++x) {
      for (std::size_t channel = 0; channel < 3; ++channel) {
        most = std::max(most, pixel_level(colour.from_srgb[channel], ratios[channel], image, x, y));
      }
    }
  }
  return most;
}

double illumination(const LensFalloff& lens, const View& view, std::uint32_t x, std::uint32_t y) {
  return relative_illumination(lens, seen(x, view.width, view.mirror) + 0.5,
                               seen(y, view.height, view.flip) + 0.5, view.width, view.height);
}

}  // namespace

LightMap::LightMap(const Scene& scene, const View& view, const SensorColour& colour,
                   const Rgb& ratios, bool shading, unsigned threads)
    : view_(view),
      period_(scene.speed != 0 ? scene.image.width() : 0),
      speed_(scene.speed),
      stride_(view.width + period_) {
  const bool moves = period_ != 0;
  const double most = brightest(scene.image, colour, ratios) * (shading && !moves ? 1.1 : 1.0);
  level_of_unit_ = most > 0 ? most / kCodes : 1;
  fill_light(scene, colour, ratios, shading && !moves, threads);
  if (shading && moves) {
    fill_shade(colour, threads);
  }
}

void LightMap::fill_light(const Scene& scene, const SensorColour& colour, const Rgb& ratios,
                          bool shading, unsigned threads) {
  const LinearImage& image = scene.image;
  light_.resize(static_cast<std::size_t>(stride_) * view_.height);
  for_row_bands(view_.height, threads, [&](std::uint32_t first, std::uint32_t last) {
    for (std::uint32_t y = first; y < last; ++y) {
      std::uint16_t* row = light_.data() + static_cast<std::size_t>(y) * stride_;
      for (std::uint32_t x = 0; x < stride_; ++x) {
        const auto channel = static_cast<std::size_t>(colour_at(view_.order, x, y));
        // Unsigned arithmetic modulo the period: a mirrored moving scene runs on to the left.
        const std::uint32_t reversed = view_.width - 1 + period_ - x;
        const std::uint32_t column = (view_.mirror ? reversed : x) % image.width();
        double level = pixel_level(colour.from_srgb[channel], ratios[channel], image, column,
                                   seen(y, view_.height, view_.flip));
        if (shading) {
          level *= illumination(colour.falloff[channel], view_, x, y);
        }
        row[x] = static_cast<std::uint16_t>(
            std::lround(std::clamp(level / level_of_unit_, 0.0, kCodes)));
      }
    }
  });
}

void LightMap::fill_shade(const SensorColour& colour, unsigned threads) {
  shade_.resize(static_cast<std::size_t>(view_.width) * view_.height);
  for_row_bands(view_.height, threads, [&](std::uint32_t first, std::uint32_t last) {
    for (std::uint32_t y = first; y < last; ++y) {
      for (std::uint32_t x = 0; x < view_.width; ++x) {
        const auto channel = static_cast<std::size_t>(colour_at(view_.order, x, y));
        const double factor = illumination(colour.falloff[channel], view_, x, y) * kShadeOne;
        shade_[static_cast<std::size_t>(y) * view_.width + x] =
            static_cast<std::uint16_t>(std::lround(std::min(factor, kCodes)));
      }
    }
  });
}

const std::uint16_t* LightMap::light(std::uint32_t y, std::uint64_t frame) const {
  const std::uint16_t* row = light_.data() + static_cast<std::size_t>(y) * stride_;
  if (period_ == 0) {
    return row;
  }
  const auto moved = static_cast<std::uint32_t>(frame % period_ * speed_ % period_);
  return row + (view_.mirror ? moved : (period_ - moved) % period_);
}

const std::uint16_t* LightMap::shade(std::uint32_t y) const {
  return shade_.empty() ? nullptr : shade_.data() + static_cast<std::size_t>(y) * view_.width;
}

}  // namespace t31::model

// SPDX-License-Identifier: GPL-2.0-or-later
// light_map.hpp - a scene seen through lens and colour filters: one number per pixel, computed
// once.
#pragma once

#include <cstdint>
#include <vector>

#include "model/scene/scene.hpp"
#include "model/sensor/bayer.hpp"
#include "model/sensor/colour.hpp"

namespace t31::model {

// How the sensor is looked at: everything that changes the map but not from frame to frame.
struct View {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  BayerOrder order = BayerOrder::kBggr;  // of the mosaic as read out
  bool mirror = false;                   // readout from right to left
  bool flip = false;                     // readout from bottom to top
  bool operator==(const View&) const = default;
};

class LightMap {
 public:
  LightMap() = default;
  // `shading`: with the lens's fall-off.
  LightMap(const Scene& scene, const View& view, const SensorColour& colour, const Rgb& ratios,
           bool shading, unsigned threads);

  // Level (1.0 = full scale at start exposure and gain) of one unit of light().
  double level_of_unit() const { return level_of_unit_; }
  // Row `y` of frame `frame`: view.width values.
  const std::uint16_t* light(std::uint32_t y, std::uint64_t frame) const;
  // Factors (32768 = 1) that the row has yet to be multiplied with, or null: a scene that stands
  // still has the lens in its light already.
  const std::uint16_t* shade(std::uint32_t y) const;

 private:
  void fill_light(const Scene& scene, const SensorColour& colour, const Rgb& ratios, bool shading,
                  unsigned threads);
  void fill_shade(const SensorColour& colour, unsigned threads);

  View view_;
  std::uint32_t period_ = 0;  // of a moving scene, pixels; 0 when it stands still
  std::uint32_t speed_ = 0;
  std::uint32_t stride_ = 0;
  double level_of_unit_ = 1;
  std::vector<std::uint16_t> light_;
  std::vector<std::uint16_t> shade_;
};

}  // namespace t31::model

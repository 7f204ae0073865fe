// SPDX-License-Identifier: GPL-2.0-or-later
// lit_scene.hpp - what the sensors that look at scenes share: a scene under changing light, seen
// through lens and colour filters, exposed row by row.
#pragma once

#include <vector>

#include "model/sensor/description.hpp"
#include "model/sensor/light_map.hpp"
#include "model/sensor/photons.hpp"

namespace t31::model {

// Of a frame, in seconds.
struct FrameTime {
  double line = 0;
  double frame = 0;
};

struct Shot {
  std::uint32_t lines = 0;  // of exposure
  double relative = 1;      // exposure time over the sensor's start exposure
  double gain = 1;
  std::uint64_t seed = 1;
};

class LitScene {
 public:
  LitScene(const SensorDescription& description, const PixelPhysics& physics, std::uint32_t width,
           std::uint32_t height);

  // Once for each frame, before it is exposed. Frames that follow one another do so in time.
  void begin_frame(std::uint64_t number, const View& view, const FrameTime& time);
  // Codes of the frame begun last; exposed line by line, each until it is read out.
  void expose(const Shot& shot, std::vector<std::uint16_t>& codes, unsigned threads);

 private:
  void map(unsigned threads);

  const PixelPhysics physics_;
  const SensorColour& colour_;
  const Scene scene_;
  const Lighting lighting_;
  const bool shading_;
  const bool noise_;
  const std::uint64_t seed_;
  const Rgb mapped_ratios_;  // grey under the first light, which the map is made for

  std::uint64_t frame_ = 0;
  double begin_ = 0;  // of the frame, seconds since stream on
  FrameTime time_;
  View view_;
  LightMap map_;
  View mapped_;  // what map_ was made for
};

}  // namespace t31::model

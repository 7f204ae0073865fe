// SPDX-License-Identifier: GPL-2.0-or-later
// names.cpp - the sensors, scenes and lamps there are. Apart from what they are, so that programs
// on a camera can name them without a model.
#include "model/sensor/description.hpp"

namespace t31::model {

std::vector<NamedChoice> sensor_names() {
  return {
      {"sc2336", "SmartSens SC2336, 1920x1080, RAW10 on two lanes, looking at a scene"},
      {"jxf37", "SOI JX-F37, 1920x1080, RAW10 on two lanes, one exposure or two line by line"},
      {"replay", "recorded raw frames, up to 2592x1944, 8, 10 or 12 bits, any Bayer order"},
  };
}

std::vector<NamedChoice> scene_names() {
  return {
      {"colorchecker", "ColorChecker Classic: 24 patches of known colour in a black frame"},
      {"resolution", "zone plate, Siemens star and line groups"},
      {"flat", "even grey of a given level (0.18 = a grey card)"},
      {"steps", "17 grey bars from 16 times white down, each half as bright as the one before"},
      {"moving", "coloured pattern that moves to the right with every frame"},
      {"haze", "hills, or a picture, that fade into haze with distance"},
      {"image", "a PNG or JPEG file, linearised and scaled to the sensor"},
  };
}

std::optional<Illuminant> find_illuminant(const std::string& name) {
  if (name == "fluorescent") return kFluorescent;
  return std::nullopt;
}

}  // namespace t31::model

// SPDX-License-Identifier: GPL-2.0-or-later
// light.hpp - the light on the scene, from the command line to the model's description.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace t31::cam {

// A temperature in kelvin, or a lamp's name, as the model takes it. Throws UsageError.
nlohmann::json parse_lamp(const std::string& option, const std::string& text);

// --light-change FRAME[+FRAMES]:LEVEL[:LAMP]
struct LightChange {
  std::uint32_t frame = 0;
  std::uint32_t over = 0;  // frames that it takes
  double level = 1;        // 1: what the first frame has
  nlohmann::json lamp;     // null: as before
};
LightChange parse_light_change(const std::string& text);

// --flicker HERTZ[:DEPTH]
struct Flicker {
  double hertz = 0;  // of the mains; 0: steady
  double depth = 1;  // 1: dark twice a period
};
Flicker parse_flicker(const std::string& text);

struct LightOptions {
  nlohmann::json lamp = 5000;
  std::vector<LightChange> changes;
  Flicker flicker;
  double tint_noise = 0;  // standard deviation of red and blue over green, from frame to frame
};

// Adds "light" and "lighting" to a sensor's description.
void describe_light(const LightOptions& light, nlohmann::json& sensor);

}  // namespace t31::cam

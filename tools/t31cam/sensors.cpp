// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31cam/sensors.hpp"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "model/sensor/sensor.hpp"

namespace t31::cam {
namespace {

constexpr SensorEntry kSensors[] = {
    {"sc2336", 0x30, {1920, 1080}, 10, 64},
    {"jxf37", 0x40, {1920, 1080}, 10, 16},
    {kReplaySensor, 0x3d, {0, 0}, 0, 0},
};

// A picture file is a scene too, but its name is the file's.
constexpr const char* kImageScene = "image";

}  // namespace

const SensorEntry* find_sensor(const std::string& name) {
  const auto it = std::find_if(std::begin(kSensors), std::end(kSensors),
                               [&](const SensorEntry& entry) { return name == entry.name; });
  return it == std::end(kSensors) ? nullptr : it;
}

Resolution sensor_resolution(const CameraOptions& options) {
  if (options.raw_format) return {options.raw_format->width, options.raw_format->height};
  return find_sensor(options.sensor)->size;
}

bool is_scene(const std::string& name) {
  const auto scenes = model::scene_names();
  return name != kImageScene &&
         std::any_of(scenes.begin(), scenes.end(),
                     [&](const model::NamedChoice& choice) { return choice.name == name; });
}

std::string sensor_json(const CameraOptions& options) {
  nlohmann::json json = {{"sensor", options.sensor},
                         {"noise", options.noise},
                         {"seed", options.seed},
                         {"response", options.response},
                         {"latency", options.latency}};
  describe_light(options.light, json);
  if (options.shading) json["shading"] = *options.shading;
  if (options.simulate_gain) json["simulate_gain"] = true;
  if (options.raw_format) {
    const RawFormat& raw = *options.raw_format;
    json["raw"] = {{"file", std::filesystem::absolute(options.raw_file).string()},
                   {"width", raw.width},
                   {"height", raw.height},
                   {"order", raw.order},
                   {"bits", raw.bits},
                   {"black", raw.black}};
  } else if (is_scene(options.scene)) {
    json["scene"] = {{"type", options.scene}};
  } else {
    json["scene"] = {{"type", kImageScene},
                     {"file", std::filesystem::absolute(options.scene).string()}};
  }
  return json.dump();
}

}  // namespace t31::cam

// SPDX-License-Identifier: GPL-2.0-or-later
// sensors.hpp - the sensors and scenes that a virtual camera can have.
#pragma once

#include <cstdint>
#include <string>

#include "t31cam/options.hpp"

namespace t31::cam {

inline constexpr const char* kReplaySensor = "replay";
// --tuning neutral: a tuning file that adds nothing of its own, written by t31cam.
inline constexpr const char* kNeutralTuning = "neutral";

struct Resolution {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
};

// What a program on a camera would know from its configuration file. Which sensors and scenes there
// are, and what they are, the model says (sensor_names, scene_names).
struct SensorEntry {
  const char* name;      // of the driver, its I2C device and the model
  std::uint8_t address;  // I2C, 7 bits
  Resolution size;       // 0: from --raw-format
  unsigned bits;
  double black;  // in codes of `bits`
};

// Null when there is none of that name.
const SensorEntry* find_sensor(const std::string& name);
Resolution sensor_resolution(const CameraOptions& options);

// A scene that needs no file.
bool is_scene(const std::string& name);

// The JSON description of sensor, scene and light for the model (docs/model.md).
std::string sensor_json(const CameraOptions& options);

}  // namespace t31::cam

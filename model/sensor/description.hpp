// SPDX-License-Identifier: GPL-2.0-or-later
// description.hpp - the JSON description of a sensor, checked (docs/sensor-model.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "model/scene/light.hpp"
#include "model/scene/scene.hpp"
#include "model/sensor/bayer.hpp"
#include "model/sensor/chip_description.hpp"
#include "model/sensor/sensor.hpp"
#include "model/sensor/wiring.hpp"

namespace t31::model {

// Range of "light", kelvin: what the sensors' grey tables cover.
inline constexpr double kLowestLight = 2500;
inline constexpr double kHighestLight = 8500;

// A recorded file: frames one after the other, rows without padding, one byte per sample for 8
// bits, else little-endian 16-bit words with right-aligned samples.
struct RawDescription {
  std::filesystem::path file;
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  BayerOrder order = BayerOrder::kRggb;
  std::uint32_t bits = 8;
  double black = 0;  // sensor codes
};

struct SensorDescription {
  std::string sensor = "sc2336";
  SceneDescription scene;
  Lighting lighting;
  bool identity_response = false;
  bool noise = true;
  std::uint64_t seed = 1;
  bool shading = true;  // default: false with the identity response
  std::optional<RawDescription> raw;
  bool simulate_gain = false;
  unsigned latency = 2;                         // frames until exposure and gain act
  std::shared_ptr<const ChipDescription> chip;  // of a sensor that is given as data
  std::optional<Wiring> port;                   // on the parallel port instead of MIPI
};

// Names of lamps that are no black body, with what they are.
std::optional<Illuminant> find_illuminant(const std::string& name);

// Throws std::invalid_argument, naming the key and what it may be.
SensorDescription parse_description(const std::string& json);

std::unique_ptr<Sensor> make_sc2336(const SensorDescription& description);
std::unique_ptr<Sensor> make_jxf37(const SensorDescription& description);
std::unique_ptr<Sensor> make_described(const SensorDescription& description);
// Opens the file; throws std::invalid_argument when it does not hold what the description says.
std::unique_ptr<Sensor> make_replay(const SensorDescription& description);

}  // namespace t31::model

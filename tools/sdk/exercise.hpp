// SPDX-License-Identifier: GPL-2.0-or-later
// exercise.hpp - one sensor driver through everything it can be asked to do, in this process.
#pragma once

#include <filesystem>
#include <vector>

#include "driver/input/sensor_api.h"
#include "sdk/compile.hpp"
#include "sdk/row.hpp"
#include "sdk/traffic.hpp"

namespace t31::sdk {

struct Exercise {
  const Source& source;
  const Compilers& compilers;
  std::filesystem::path folder;                        // for objects, of this process alone
  const std::vector<Reference>* references = nullptr;  // recorded traffic, if any
};

// `row` is filled as far as it goes, so that a crash leaves what was known: call `progress` with it
// after every step.
using Progress = void (*)(const Row& row);
void exercise(const Exercise& exercise, Row& row, Progress progress);

// A chip on the bus, as it answers a driver that isn't known better.
struct Chip {
  std::uint32_t address = 0;
  unsigned address_bytes = 2;
  bool resets_high = false;
  std::vector<std::pair<std::uint16_t, std::uint8_t>> identity;
  // The driver refuses this one and every other; it is made to go on.
  bool overruled = false;
  std::uint16_t refused_at = 0;  // the register where no value helps
};

// Steps of it. On a virtual camera with the driver loaded but nothing done with it: finds the chip
// that the driver accepts, and sends it every event.
void exercise_events(const Exercise& exercise, const std::filesystem::path& module, Chip& chip,
                     Row& row, t31_sensor_info& info);
// In a whole camera, through its device nodes.
void exercise_camera(const Exercise& exercise, const std::filesystem::path& module,
                     const Chip& chip, const t31_sensor_info& info, Row& row);

// JSON for the model: the chip and, with `info`, the picture that the driver promises.
std::string describe_chip(const Source& source, const Chip& chip, const t31_sensor_info* info);

}  // namespace t31::sdk

// SPDX-License-Identifier: GPL-2.0-or-later
// `t31cam list sensors|scenes|controls`
#include <fmt/format.h>

#include "model/sensor/sensor.hpp"
#include "t31cam/commands.hpp"
#include "t31cam/controls.hpp"
#include "t31cam/errors.hpp"
#include "t31cam/sensors.hpp"

namespace t31::cam {
namespace {

std::string range(const ControlEntry& control) {
  return control.maximum > 0xffff ? fmt::format("{}..{:#x}", control.minimum, control.maximum)
                                  : fmt::format("{}..{}", control.minimum, control.maximum);
}

}  // namespace

int run_list(const std::string& what) {
  if (what == "sensors") {
    for (const auto& sensor : model::sensor_names()) {
      fmt::print("{:14}{}\n", sensor.name, sensor.description);
    }
  } else if (what == "scenes") {
    for (const auto& scene : model::scene_names()) {
      if (is_scene(scene.name)) fmt::print("{:14}{}\n", scene.name, scene.description);
    }
    fmt::print("{:14}a PNG or JPEG file\n", "FILE");
  } else {
    for (const ControlEntry& control : all_controls()) {
      fmt::print("{:14}{:16}{}\n", control.name, range(control), control.meaning);
    }
  }
  return kExitOk;
}

}  // namespace t31::cam

// SPDX-License-Identifier: GPL-2.0-or-later
// wiring.hpp - any sensor, wired to the chip's parallel port, or with an image processor behind it.
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>

#include "model/sensor/bayer.hpp"
#include "model/sensor/sensor.hpp"

namespace t31::model {

struct Wiring {
  DataBus bus = DataBus::kDvp;
  ParallelLink link;
};

// "port" of a sensor description (docs/sensor-model.md). Throws std::invalid_argument, naming the
// key and what it may be.
Wiring parse_wiring(const nlohmann::json& json);

// The sensor as it is wired. Where YUV or RGB is sent, an image processor of the simplest kind
// sits behind it: each 2x2 cell of the mosaic, whose order is given, becomes one colour.
std::unique_ptr<Sensor> make_wired(std::unique_ptr<Sensor> sensor, const Wiring& wiring,
                                   BayerOrder order);

}  // namespace t31::model

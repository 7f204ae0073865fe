// SPDX-License-Identifier: GPL-2.0-or-later
// parallel_port.hpp - the VIC's other input: DVP and BT.601, BT.656, BT.1120, sampled from the
// chip's data lines as the registers say (docs/model.md).
#pragma once

#include <cstdint>

#include "model/pixel/pipeline.hpp"
#include "model/sensor/sensor.hpp"

namespace t31::model {

// What the pins let through.
struct PortPins {
  std::uint32_t camera = 0;  // pins of port A that have their camera function
  bool ttl = false;          // the MIPI pads are inputs of the port: D0 ... D5
};

// VIC registers as loaded.
struct PortSettings {
  std::uint32_t interface_type = 0;  // 0x0c
  std::uint32_t config = 0;          // 0x10
  std::uint32_t active = 0;          // 0x18
  std::uint32_t width = 0, height = 0;
  bool sync_windows = false;  // BT.601: all of 0x1c, 0x30, 0x34, 0x38, 0x3c are written
};

// What becomes of a frame that the sensor begins.
struct PortIntake {
  bool frame = false;
  const char* why = nullptr;                 // not, or not as it should be; for people
  std::uint32_t errors = 0;                  // of VIC status word 1
  std::uint32_t received = 0, expected = 0;  // pixels of a line
};
PortIntake listen(const PortSettings& settings, const LinkFormat& link, const PortPins& pins);

// Turns what the sensor sent into what is sampled from the lines.
void sample(const PortSettings& settings, const LinkFormat& link, const PortPins& pins,
            BayerFrame& frame);

// What the samples are that the VIC hands on.
Samples port_samples(const PortSettings& settings);

}  // namespace t31::model

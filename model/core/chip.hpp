// SPDX-License-Identifier: GPL-2.0-or-later
// chip.hpp - the virtual T31: its units, wired up.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "model/core/cpm.hpp"
#include "model/core/csi.hpp"
#include "model/core/environment.hpp"
#include "model/core/frame_path.hpp"
#include "model/core/gpio.hpp"
#include "model/core/isp.hpp"
#include "model/core/timeline.hpp"
#include "model/core/vic.hpp"

namespace t31::model {

class Chip {
 public:
  // `threads`: for the sensor's pixels.
  Chip(const t31_model_callbacks& callbacks, std::unique_ptr<PixelPath> pixels, unsigned threads,
       bool rewrite_last_address);

  std::uint32_t read(std::uint32_t address);
  void write(std::uint32_t address, std::uint32_t value);

  Nanoseconds now() const { return timeline_.now(); }
  Nanoseconds next_event() const { return timeline_.next(); }
  void advance(Nanoseconds time) { timeline_.advance(time); }

  void attach(std::unique_ptr<Sensor> sensor, unsigned bus);
  void detach() { attach(nullptr, 0); }
  int i2c_transfer(unsigned bus, std::span<t31_model_i2c_msg> messages);

  std::uint64_t counter(Counter counter) const { return environment_.counter(counter); }

 private:
  void after_write();
  void update_sensor_supply();
  bool sensor_supplied() const {
    return sensor_clock_ > 0 && sensor_reset_high_ != (sensor_ && sensor_->resets_high());
  }
  unsigned mipi_lanes() const;
  bool sensor_answers(unsigned bus, std::uint16_t address) const;

  Environment environment_;
  Timeline timeline_;
  Cpm cpm_;
  Gpio gpio_;
  Csi csi_;
  Vic vic_;
  Isp isp_;
  FramePath path_;

  std::unique_ptr<Sensor> sensor_;
  unsigned sensor_bus_ = 0;
  std::uint64_t sensor_clock_ = 0;
  bool sensor_reset_high_ = false;
  bool isp_reset_held_ = false;
};

}  // namespace t31::model

// SPDX-License-Identifier: GPL-2.0-or-later
// chart_sensor.hpp - an ideal 1920x1080 RAW10 RGGB sensor that needs no registers: it streams as
// soon as it is supplied, and sees a ColorChecker.
#pragma once

#include <cstdint>

#include "model/scene/scene.hpp"
#include "model/sensor/sensor.hpp"
#include "tests/model/replay.hpp"

namespace t31::model::test {

class ChartSensor final : public Sensor {
 public:
  // `grey`: raw levels of a grey surface.
  explicit ChartSensor(const GreyRatio& grey);

  std::uint8_t i2c_address() const override { return 0x37; }
  bool i2c_write(std::span<const std::uint8_t>) override { return true; }
  bool i2c_read(std::span<std::uint8_t>) override { return true; }
  void set_master_clock(std::uint64_t hertz) override { clock_ = hertz; }
  void set_reset(bool high) override { reset_high_ = high; }
  bool streaming() const override { return clock_ > 0 && reset_high_; }
  LinkFormat link() const override;
  std::uint64_t frame_period_ns() const override { return 40'000'000; }
  void begin_frame(std::uint64_t) override {}
  void render(BayerFrame& frame, unsigned threads) override;

 private:
  GreyRatio grey_;
  LinearImage scene_;
  std::uint64_t clock_ = 0;
  bool reset_high_ = false;
};

}  // namespace t31::model::test

// SPDX-License-Identifier: GPL-2.0-or-later
// fake_sensor.hpp - the simplest sensor: register 0 switches its stream, pixels are a known
// function of position and frame number.
#pragma once

#include <cstdint>
#include <vector>

#include "model/sensor/sensor.hpp"

namespace t31::model::test {

class FakeSensor final : public Sensor {
 public:
  static constexpr std::uint8_t kAddress = 0x37;
  explicit FakeSensor(LinkFormat link) : link_format(link) {}

  std::uint8_t i2c_address() const override { return kAddress; }
  bool i2c_write(std::span<const std::uint8_t> bytes) override;
  bool i2c_read(std::span<std::uint8_t> bytes) override;
  void set_master_clock(std::uint64_t hertz) override { master_clock = hertz; }
  void set_reset(bool high) override;
  bool streaming() const override { return stream; }
  LinkFormat link() const override { return link_format; }
  std::uint64_t frame_period_ns() const override { return period; }
  void begin_frame(std::uint64_t number) override { frames_begun.push_back(number); }
  void render(BayerFrame& frame, unsigned threads) override;

  // The code that `render` puts at a position.
  static std::uint16_t code(std::uint32_t x, std::uint32_t y, unsigned bits);

  LinkFormat link_format;
  std::uint64_t period = 40'000'000;
  std::uint64_t master_clock = 0;
  bool reset_high = false;
  bool stream = false;
  std::vector<std::uint64_t> frames_begun;
  unsigned frames_rendered = 0;
};

}  // namespace t31::model::test

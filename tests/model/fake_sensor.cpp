// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/model/fake_sensor.hpp"

#include <algorithm>

namespace t31::model::test {

bool FakeSensor::i2c_write(std::span<const std::uint8_t> bytes) {
  if (bytes.size() == 2 && bytes[0] == 0) stream = bytes[1] != 0;
  return bytes.size() <= 2;
}

bool FakeSensor::i2c_read(std::span<std::uint8_t> bytes) {
  std::fill(bytes.begin(), bytes.end(), std::uint8_t{0x5a});
  return true;
}

void FakeSensor::set_reset(bool high) {
  reset_high = high;
  if (!high) stream = false;
}

std::uint16_t FakeSensor::code(std::uint32_t x, std::uint32_t y, unsigned bits) {
  return static_cast<std::uint16_t>((x * 7 + y * 131) & ((1u << bits) - 1));
}

void FakeSensor::render(BayerFrame& frame, unsigned) {
  ++frames_rendered;
  frame.width = link_format.width;
  frame.height = link_format.height;
  frame.bits = link_format.bits;
  frame.samples = link_format.parallel.samples;
  frame.codes.resize(std::size_t{frame.width} * frame.height);
  for (std::uint32_t y = 0; y < frame.height; ++y)
    for (std::uint32_t x = 0; x < frame.width; ++x)
      frame.codes[std::size_t{y} * frame.width + x] = code(x, y, frame.bits);
}

}  // namespace t31::model::test

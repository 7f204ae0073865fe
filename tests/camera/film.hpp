// SPDX-License-Identifier: GPL-2.0-or-later
// film.hpp - a recording of one frame for the replay sensor, made by the test that plays it.
#pragma once

#include <cstdint>
#include <fstream>
#include <string>

#include "tests/camera/client.hpp"
#include "tests/temporary_folder.hpp"

namespace t31::test {

class Film {
 public:
  // `code(x, y)` is the sample at a position.
  template <typename Code>
  Film(std::uint32_t width, std::uint32_t height, unsigned bits, const Code& code)
      : width_(width), height_(height), bits_(bits) {
    std::string bytes;
    for (std::uint32_t y = 0; y < height; ++y) {
      for (std::uint32_t x = 0; x < width; ++x) {
        const unsigned sample = code(x, y);
        bytes.push_back(static_cast<char>(sample & 0xff));
        if (bits > 8) bytes.push_back(static_cast<char>(sample >> 8));
      }
    }
    std::ofstream(file(), std::ios::binary) << bytes;
  }
  // Black, and quickly made.
  Film(std::uint32_t width, std::uint32_t height, unsigned bits)
      : width_(width), height_(height), bits_(bits) {
    std::ofstream(file(), std::ios::binary).close();
    std::filesystem::resize_file(file(), std::uintmax_t{width} * height * (bits == 8 ? 1 : 2));
  }

  std::uint32_t width() const { return width_; }
  std::uint32_t height() const { return height_; }

  // A camera that plays it. `port`: the JSON of the wiring, empty for MIPI.
  Machine machine(const std::string& port, const std::string& sensor_parameters) const {
    Machine machine;
    machine.sensor = "replay";
    machine.scene.clear();
    machine.extra = ",\"raw\":{\"file\":\"" + file() + "\",\"width\":" + std::to_string(width_) +
                    ",\"height\":" + std::to_string(height_) +
                    ",\"order\":\"rggb\",\"bits\":" + std::to_string(bits_) + "}" +
                    (port.empty() ? "" : ",\"port\":" + port);
    machine.sensor_parameters = sensor_parameters;
    return machine;
  }

 private:
  std::string file() const { return folder_ / "film.raw"; }

  TemporaryFolder folder_;
  std::uint32_t width_, height_;
  unsigned bits_;
};

}  // namespace t31::test

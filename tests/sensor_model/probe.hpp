// SPDX-License-Identifier: GPL-2.0-or-later
// probe.hpp - a powered sensor, its registers by I2C message, and measurements on its frames.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>

#include "model/scene/color_checker.hpp"
#include "model/sensor/bayer.hpp"
#include "model/sensor/sensor.hpp"
#include "tests/temporary_folder.hpp"

namespace t31::model::testing {

inline std::unique_ptr<Sensor> powered(const std::string& json) {
  auto sensor = make_sensor(json);
  sensor->set_master_clock(24'000'000);
  return sensor;
}

inline void write(Sensor& sensor, unsigned address, unsigned value) {
  const std::uint8_t bytes[] = {static_cast<std::uint8_t>(address >> 8),
                                static_cast<std::uint8_t>(address),
                                static_cast<std::uint8_t>(value)};
  ASSERT_TRUE(sensor.i2c_write(bytes)) << std::hex << address;
}

inline unsigned read(Sensor& sensor, unsigned address) {
  const std::uint8_t bytes[] = {static_cast<std::uint8_t>(address >> 8),
                                static_cast<std::uint8_t>(address)};
  std::uint8_t value = 0;
  EXPECT_TRUE(sensor.i2c_write(bytes)) << std::hex << address;
  EXPECT_TRUE(sensor.i2c_read({&value, 1})) << std::hex << address;
  return value;
}

inline unsigned read16(Sensor& sensor, unsigned address) {
  return read(sensor, address) << 8 | read(sensor, address + 1);
}

inline BayerFrame take(Sensor& sensor, std::uint64_t number, unsigned threads = 1) {
  BayerFrame frame;
  sensor.begin_frame(number);
  sensor.render(frame, threads);
  return frame;
}

struct Moments {
  double mean = 0;
  double variance = 0;
  std::size_t count = 0;
};

// Of the codes of one colour of a BGGR frame inside an area.
inline Moments moments(const BayerFrame& frame, Colour colour, const Rectangle& area,
                       BayerOrder order = BayerOrder::kBggr) {
  Moments result;
  double squares = 0;
  for (std::uint32_t y = area.y; y < area.y + area.height; ++y) {
    for (std::uint32_t x = area.x; x < area.x + area.width; ++x) {
      if (colour_at(order, x, y) == colour) {
        const double code = frame.codes[static_cast<std::size_t>(y) * frame.width + x];
        result.mean += code;
        squares += code * code;
        ++result.count;
      }
    }
  }
  const auto n = static_cast<double>(result.count);
  result.mean /= n;
  result.variance = squares / n - result.mean * result.mean;
  return result;
}

inline Moments moments(const BayerFrame& frame, Colour colour) {
  return moments(frame, colour, {0, 0, frame.width, frame.height});
}

inline std::filesystem::path shared_file(const std::string& name) {
  const char* folder = std::getenv("T31_SHARED");
  return std::filesystem::path(folder != nullptr ? folder : T31_SHARED_DIR) / name;
}

// A file name of this test alone, removed at the end.
class ScratchFile {
 public:
  explicit ScratchFile(const std::string& suffix) : path_(folder_ / ("scratch" + suffix)) {}
  const std::filesystem::path& path() const { return path_; }
  std::string string() const { return path_.string(); }

 private:
  test::TemporaryFolder folder_;
  std::filesystem::path path_;
};

}  // namespace t31::model::testing

// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/model/chart_sensor.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace t31::model::test {
namespace {

// White-balanced response of a sensor without data of its own, to linear sRGB (sensor-colour.md).
constexpr double kResponse[3][3] = {{.53, .33, .14}, {.17, .63, .20}, {.11, .38, .51}};
constexpr double kBlack = 64, kWhite = 1023;

}  // namespace

ChartSensor::ChartSensor(const GreyRatio& grey)
    : grey_(grey), scene_(paint_color_checker(kPictureWidth, kPictureHeight)) {}

LinkFormat ChartSensor::link() const {
  return {.lanes = 2, .mbps = 594, .bits = 10, .width = kPictureWidth, .height = kPictureHeight};
}

void ChartSensor::render(BayerFrame& frame, unsigned) {
  frame.width = kPictureWidth;
  frame.height = kPictureHeight;
  frame.bits = 10;
  frame.codes.resize(std::size_t{kPictureWidth} * kPictureHeight);
  const std::array<double, 3> scale{grey_.red, 1, grey_.blue};
  for (std::uint32_t y = 0; y < kPictureHeight; ++y) {
    for (std::uint32_t x = 0; x < kPictureWidth; ++x) {
      const unsigned colour = (x & 1) + (y & 1);  // R G over G B
      double light = 0;
      for (unsigned i = 0; i < 3; ++i)
        light += kResponse[colour][i] * static_cast<double>(scene_.row(i, y)[x]);
      const double code = kBlack + light * scale[colour] * (kWhite - kBlack);
      frame.codes[std::size_t{y} * kPictureWidth + x] =
          static_cast<std::uint16_t>(std::lround(std::clamp(code, 0.0, kWhite)));
    }
  }
}

}  // namespace t31::model::test

// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/tune/synthetic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <random>
#include <stdexcept>

#include "common/raw_format.hpp"
#include "model/scene/color_checker.hpp"
#include "model/sensor/sensor.hpp"

namespace t31::test {
namespace {

void write_words(std::ofstream& stream, const std::vector<std::uint16_t>& codes) {
  std::vector<char> bytes;
  for (const std::uint16_t code : codes) {
    bytes.push_back(static_cast<char>(code & 0xff));
    bytes.push_back(static_cast<char>(code >> 8));
  }
  stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

// Linear sRGB at a place of the chart.
colour::Rgb scene_at(const colour::Point& place, const ChartView& chart, double x, double y) {
  constexpr double kMargin = 0.75, kHalfPatch = 0.43;
  const bool on_chart =
      place.x > -kMargin && place.x < 5 + kMargin && place.y > -kMargin && place.y < 3 + kMargin;
  if (!on_chart) {
    const double wall =
        model::kChartWall * (1 + 0.4 * std::sin(x / 37) * std::cos(y / 53) + 0.2 * x / chart.width);
    return {wall, wall, wall};
  }
  const double column = std::round(place.x), row = std::round(place.y);
  const bool on_patch = std::abs(place.x - column) < kHalfPatch &&
                        std::abs(place.y - row) < kHalfPatch && column >= 0 && column <= 5 &&
                        row >= 0 && row <= 3;
  if (!on_patch || !chart.patches) {
    return {model::kChartFrame, model::kChartFrame, model::kChartFrame};
  }
  return colour::published_colour(static_cast<std::size_t>(row * 6 + column));
}

}  // namespace

void write_shot(const std::string& path, const SensorShot& shot) {
  const auto sensor = model::make_sensor(
      fmt::format(R"({{"sensor":"sc2336","scene":{},"light":{},"noise":{},"shading":{}}})",
                  shot.scene, shot.kelvin, shot.noise, shot.shading));
  sensor->set_master_clock(24'000'000);
  const auto write = [&](unsigned address, unsigned value) {
    const std::uint8_t bytes[] = {static_cast<std::uint8_t>(address >> 8),
                                  static_cast<std::uint8_t>(address),
                                  static_cast<std::uint8_t>(value)};
    if (!sensor->i2c_write(bytes)) throw std::runtime_error("the sensor doesn't answer");
  };
  if (shot.lines != 0) {
    write(0x3e00, shot.lines >> 12);
    write(0x3e01, shot.lines >> 4 & 0xff);
    write(0x3e02, (shot.lines & 0xf) << 4);
  }
  std::ofstream stream(path, std::ios::binary);
  for (unsigned i = 0; i < shot.frames; ++i) {
    model::BayerFrame frame;
    sensor->begin_frame(i);
    sensor->render(frame, 2);
    write_words(stream, {frame.codes.begin(), frame.codes.end()});
  }
  if (!stream.flush()) throw std::runtime_error("can't write " + path);
}

tune::Homography view_of(const colour::ChartCorners& corners) {
  const std::array<tune::PointPair, 4> pairs{{{{0, 0}, corners.dark_skin},
                                              {{5, 0}, corners.bluish_green},
                                              {{5, 3}, corners.black},
                                              {{0, 3}, corners.white}}};
  return tune::Homography::fit(pairs).value();
}

tune::RawFrame render_chart(const ChartView& chart) {
  // Backwards, from pixels to places, as four points determine it.
  std::vector<tune::PointPair> pairs;
  for (const colour::Point& place :
       {colour::Point{0, 0}, colour::Point{5, 0}, colour::Point{5, 3}, colour::Point{0, 3}}) {
    pairs.push_back({chart.view.at(place), place});
  }
  const tune::Homography back = tune::Homography::fit(pairs).value();
  tune::RawFrame frame;
  frame.format = {chart.width, chart.height, chart.order, 10, kViewBlack, true};
  frame.frames = 1;
  for (tune::Plane& plane : frame.planes) plane = {chart.width / 2, chart.height / 2};
  frame.clipped.assign(std::size_t{chart.width / 2} * (chart.height / 2), false);
  const auto& sensor = model::sc2336_colour();
  const auto ratios = model::grey_ratios(sensor.greys, 4000);
  const auto offsets = tune::site_offsets(chart.order);
  constexpr std::size_t kColour[] = {0, 1, 1, 2};
  std::mt19937 random(7);
  std::normal_distribution<double> noise(0, chart.noise);
  for (std::size_t site = 0; site < tune::kSites; ++site) {
    for (std::uint32_t y = 0; y < chart.height / 2; ++y) {
      for (std::uint32_t x = 0; x < chart.width / 2; ++x) {
        const double px = 2 * x + offsets[site].x, py = 2 * y + offsets[site].y;
        const auto levels =
            model::raw_levels(sensor, ratios, scene_at(back.at({px, py}), chart, px, py));
        const double white = 0.89;  // linear light of the white patch
        const double code = kViewBlack +
                            (1023 - kViewBlack) * chart.exposure * levels[kColour[site]] / white +
                            noise(random);
        const double sent = std::clamp(std::round(code), 0.0, 1023.0);
        frame.planes[site].at(x, y) = static_cast<float>(sent);
        frame.largest = std::max(frame.largest, static_cast<unsigned>(sent));
        if (sent >= 1016) frame.clipped[std::size_t{y} * (chart.width / 2) + x] = true;
      }
    }
  }
  return frame;
}

void write_raw(const std::string& path, const tune::RawFrame& frame) {
  std::vector<std::uint16_t> codes(std::size_t{frame.format.width} * frame.format.height);
  const auto offsets = tune::site_offsets(frame.format.order);
  for (std::size_t site = 0; site < tune::kSites; ++site) {
    const tune::Plane& plane = frame.planes[site];
    for (std::uint32_t y = 0; y < plane.height; ++y) {
      for (std::uint32_t x = 0; x < plane.width; ++x) {
        codes[std::size_t{2 * y + offsets[site].y} * frame.format.width + 2 * x + offsets[site].x] =
            static_cast<std::uint16_t>(plane.at(x, y));
      }
    }
  }
  std::ofstream stream(path, std::ios::binary);
  write_words(stream, codes);
}

}  // namespace t31::test

// SPDX-License-Identifier: GPL-2.0-or-later
// synthetic.hpp - raw captures of which everything is known.
#pragma once

#include <string>

#include "model/sensor/colour.hpp"
#include "t31tune/homography.hpp"
#include "t31tune/raw_frame.hpp"

namespace t31::test {

// ---- what the virtual SC2336 sends

// Of a scene in the model's JSON, `{"type":...}`; light in kelvin. Exposure 0: as after reset.
struct SensorShot {
  std::string scene = R"({"type":"colorchecker"})";
  unsigned kelvin = 5000;
  unsigned frames = 1;
  unsigned lines = 0;
  bool noise = true;
  bool shading = true;
};
inline constexpr char kShotFormat[] = "1920x1080:BGGR:10";
inline constexpr double kShotBlack = 65;
// Writes it as a raw file.
void write_shot(const std::string& path, const SensorShot& shot);

// ---- a chart anywhere in a frame

// A ColorChecker seen through a view from chart places (column 0..5, row 0..3) to pixels, by a
// sensor of known colours with noise; black frame of the chart before a grey, uneven wall.
struct ChartView {
  std::uint32_t width = 1280, height = 960;
  std::string order = "rggb";
  tune::Homography view;
  double exposure = 0.8;  // code of white in green, of the range
  double noise = 2;       // codes of 10 bits
  bool patches = true;    // false: only the chart's frame
};
inline constexpr double kViewBlack = 64;
tune::RawFrame render_chart(const ChartView& chart);
void write_raw(const std::string& path, const tune::RawFrame& frame);

// A view that puts the four corner patches at these pixels.
tune::Homography view_of(const colour::ChartCorners& corners);

}  // namespace t31::test

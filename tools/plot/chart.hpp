// SPDX-License-Identifier: GPL-2.0-or-later
// chart.hpp - curves over an axis and maps of a grid, as pictures.
#pragma once

#include <string>
#include <vector>

#include "plot/canvas.hpp"

namespace t31::plot {

struct Series {
  std::string name;
  Colour colour;
  std::vector<double> x;
  std::vector<double> y;  // as many; values that aren't finite leave gaps
  bool marks = false;     // small squares at the points
};

struct Axis {
  std::string name;
  bool logarithmic = false;  // values up to 0 aren't shown
  // Equal: from the data.
  double low = 0;
  double high = 0;
};

struct Chart {
  std::string title;
  Axis x, y;
  std::vector<Series> series;
};

// Into a rectangle of a canvas.
void draw(Canvas& canvas, int x, int y, int width, int height, const Chart& chart);
// A picture of its own.
image::RgbImage draw(const Chart& chart, int width = 800, int height = 500);

// Values of a grid as colours from dark to bright, with a scale.
struct Map {
  std::string title;
  std::string x_name, y_name;
  std::size_t columns = 0;
  std::vector<double> values;        // row by row, first row on top
  std::vector<std::string> x_ticks;  // as many as columns, or none
  std::vector<std::string> y_ticks;  // as many as rows, or none
};
void draw(Canvas& canvas, int x, int y, int width, int height, const Map& map);
image::RgbImage draw(const Map& map, int width = 640, int height = 560);

}  // namespace t31::plot

// SPDX-License-Identifier: GPL-2.0-or-later
#include "plot/chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace t31::plot {
namespace {

constexpr int kLetterHeight = 7;
constexpr int kMark = 2;

// From values to pixels along one axis.
class Scale {
 public:
  Scale(const Axis& axis, double low, double high, double from, double to)
      : logarithmic_(axis.logarithmic), low_(low), high_(high), from_(from), to_(to) {}

  bool shows(double value) const { return std::isfinite(value) && (!logarithmic_ || value > 0); }
  double at(double value) const {
    const double way = logarithmic_ ? std::log(value / low_) / std::log(high_ / low_)
                                    : (value - low_) / (high_ - low_);
    return from_ + (to_ - from_) * way;
  }
  std::vector<double> ticks() const { return logarithmic_ ? decades() : steps(); }

 private:
  std::vector<double> steps() const {
    const double rough = (high_ - low_) / 6;
    const double power = std::pow(10, std::floor(std::log10(rough)));
    double step = power;
    for (const double factor : {1.0, 2.0, 5.0, 10.0}) {
      step = factor * power;
      if (step >= rough) break;
    }
    std::vector<double> ticks;
    for (double tick = std::ceil(low_ / step - 1e-9) * step; tick <= high_ + step * 1e-9;
         tick += step) {
      ticks.push_back(std::abs(tick) < step * 1e-9 ? 0 : tick);
    }
    return ticks;
  }
  std::vector<double> decades() const {
    std::vector<double> ticks;
    const bool few = high_ / low_ < 200;
    for (double decade = std::pow(10, std::floor(std::log10(low_))); decade <= high_;
         decade *= 10) {
      for (const double factor : {1.0, 2.0, 5.0}) {
        const double tick = factor * decade;
        if ((few || factor == 1) && tick >= low_ * (1 - 1e-9) && tick <= high_ * (1 + 1e-9)) {
          ticks.push_back(tick);
        }
      }
    }
    return ticks;
  }

  bool logarithmic_;
  double low_, high_, from_, to_;
};

struct Range {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();
};

Range range_of(const Chart& chart, const Axis& axis, std::vector<double> Series::*values) {
  if (axis.high > axis.low) return {axis.low, axis.high};
  Range range;
  for (const Series& series : chart.series) {
    for (const double value : series.*values) {
      if (!std::isfinite(value) || (axis.logarithmic && value <= 0)) continue;
      range.low = std::min(range.low, value);
      range.high = std::max(range.high, value);
    }
  }
  if (!(range.low <= range.high)) return axis.logarithmic ? Range{1, 10} : Range{0, 1};
  if (axis.logarithmic) return range.low < range.high ? range : Range{range.low / 2, range.low * 2};
  const double margin = range.low < range.high ? (range.high - range.low) * 0.04
                                               : std::max(1.0, std::abs(range.low) * 0.1);
  return {range.low - margin, range.high + margin};
}

std::string label(double value) {
  return std::abs(value) >= 1e6 ? fmt::format("{:.3g}", value) : fmt::format("{:g}", value);
}

void draw_series(Canvas& canvas, const Series& series, const Scale& x, const Scale& y) {
  const std::size_t count = std::min(series.x.size(), series.y.size());
  bool before = false;
  double last_x = 0, last_y = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const bool shown = x.shows(series.x[i]) && y.shows(series.y[i]);
    if (shown) {
      const double at_x = x.at(series.x[i]), at_y = y.at(series.y[i]);
      if (before) {
        canvas.line(last_x, last_y, at_x, at_y, series.colour);
        canvas.line(last_x, last_y + 1, at_x, at_y + 1, series.colour);
      }
      if (series.marks) {
        canvas.fill(static_cast<int>(std::lround(at_x)) - kMark,
                    static_cast<int>(std::lround(at_y)) - kMark, 2 * kMark + 1, 2 * kMark + 1,
                    series.colour);
      }
      last_x = at_x, last_y = at_y;
    }
    before = shown;
  }
}

// Dark blue over green to yellow.
Colour warmth(double way) {
  constexpr double kStops[5][3] = {
      {30, 20, 90}, {40, 90, 150}, {40, 150, 120}, {150, 200, 60}, {250, 240, 90}};
  const double at = std::clamp(way, 0.0, 1.0) * 4;
  const auto first = std::min<std::size_t>(static_cast<std::size_t>(at), 3);
  const auto mixed = [&](int c) {
    const double part = at - static_cast<double>(first);
    return static_cast<std::uint8_t>(
        std::lround(kStops[first][c] * (1 - part) + kStops[first + 1][c] * part));
  };
  return {mixed(0), mixed(1), mixed(2)};
}

}  // namespace

void draw(Canvas& canvas, int x, int y, int width, int height, const Chart& chart) {
  constexpr int kLeft = 64, kRight = 16, kTop = 44, kBottom = 40;
  const int left = x + kLeft, right = x + width - kRight;
  const int top = y + kTop, bottom = y + height - kBottom;
  const Range across = range_of(chart, chart.x, &Series::x);
  const Range up = range_of(chart, chart.y, &Series::y);
  const Scale scale_x(chart.x, across.low, across.high, left, right);
  const Scale scale_y(chart.y, up.low, up.high, bottom, top);
  canvas.text(x + 10, y + 8, chart.title, kBlack, 2);
  for (const double tick : scale_x.ticks()) {
    const int at = static_cast<int>(std::lround(scale_x.at(tick)));
    canvas.line(at, top, at, bottom, kLightGrey);
    const std::string text = label(tick);
    canvas.text(at - Canvas::text_width(text) / 2, bottom + 6, text, kBlack);
  }
  for (const double tick : scale_y.ticks()) {
    const int at = static_cast<int>(std::lround(scale_y.at(tick)));
    canvas.line(left, at, right, at, kLightGrey);
    const std::string text = label(tick);
    canvas.text(left - 6 - Canvas::text_width(text), at - kLetterHeight / 2, text, kBlack);
  }
  canvas.frame(left, top, right - left + 1, bottom - top + 1, kGrey);
  canvas.text((left + right - Canvas::text_width(chart.x.name)) / 2, bottom + 22, chart.x.name,
              kBlack);
  canvas.text(x + 4, top - 12, chart.y.name, kBlack);
  for (const Series& series : chart.series) draw_series(canvas, series, scale_x, scale_y);
  int line = top + 8;
  for (const Series& series : chart.series) {
    if (series.name.empty()) continue;
    const int at = right - 12 - Canvas::text_width(series.name);
    canvas.fill(at - 16, line + 2, 10, 3, series.colour);
    canvas.text(at, line, series.name, kBlack);
    line += 12;
  }
}

image::RgbImage draw(const Chart& chart, int width, int height) {
  Canvas canvas(width, height);
  draw(canvas, 0, 0, width, height, chart);
  return canvas.image();
}

void draw(Canvas& canvas, int x, int y, int width, int height, const Map& map) {
  constexpr int kLeft = 50, kRight = 84, kTop = 42, kBottom = 44;
  canvas.text(x + 10, y + 8, map.title, kBlack, 2);
  if (map.columns == 0 || map.values.empty()) return;
  const auto columns = static_cast<int>(map.columns);
  const int rows = static_cast<int>(map.values.size() / map.columns);
  if (rows == 0) return;
  const auto [low, high] = std::minmax_element(map.values.begin(), map.values.end());
  const double span = *high > *low ? *high - *low : 1;
  const auto edge = [](int from, int length, int parts, int i) {
    return from + length * i / parts;
  };
  const int inner_width = width - kLeft - kRight, inner_height = height - kTop - kBottom;
  for (int row = 0; row < rows; ++row) {
    const int top = edge(y + kTop, inner_height, rows, row);
    const int bottom = edge(y + kTop, inner_height, rows, row + 1);
    for (int column = 0; column < columns; ++column) {
      const int left = edge(x + kLeft, inner_width, columns, column);
      const int right = edge(x + kLeft, inner_width, columns, column + 1);
      const double value = map.values[static_cast<std::size_t>(row * columns + column)];
      canvas.fill(left, top, right - left, bottom - top, warmth((value - *low) / span));
      if (row == 0 && map.x_ticks.size() == map.columns) {
        const std::string& tick = map.x_ticks[static_cast<std::size_t>(column)];
        canvas.text((left + right - Canvas::text_width(tick)) / 2, y + kTop + inner_height + 6,
                    tick, kBlack);
      }
    }
    if (map.y_ticks.size() == static_cast<std::size_t>(rows)) {
      const std::string& tick = map.y_ticks[static_cast<std::size_t>(row)];
      canvas.text(x + kLeft - 5 - Canvas::text_width(tick), (top + bottom - kLetterHeight) / 2,
                  tick, kBlack);
    }
  }
  canvas.text(x + kLeft + (inner_width - Canvas::text_width(map.x_name)) / 2,
              y + height - kBottom + 22, map.x_name, kBlack);
  canvas.text(x + 4, y + kTop - 10, map.y_name, kBlack);
  const int scale_x = x + width - kRight + 16;
  for (int i = 0; i < inner_height; ++i) {
    canvas.fill(scale_x, y + kTop + i, 12, 1, warmth(1 - static_cast<double>(i) / inner_height));
  }
  canvas.text(scale_x + 16, y + kTop, label(*high), kBlack);
  canvas.text(scale_x + 16, y + kTop + inner_height - kLetterHeight, label(*low), kBlack);
}

image::RgbImage draw(const Map& map, int width, int height) {
  Canvas canvas(width, height);
  draw(canvas, 0, 0, width, height, map);
  return canvas.image();
}

}  // namespace t31::plot

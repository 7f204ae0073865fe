// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/pictures/measure.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <numeric>
#include <stdexcept>

namespace t31::measure {
namespace {

constexpr int kBinsPerPixel = 4;
constexpr int kReach = 16;  // pixels to either side of the edge
constexpr int kBins = 2 * kReach * kBinsPerPixel;

struct Line {
  double offset = 0, slope = 0;  // x = offset + slope * y
  double at(double y) const { return offset + slope * y; }
};

Line fit(const std::vector<double>& xs) {
  const double n = static_cast<double>(xs.size()), mid = (n - 1) / 2;
  const double mean = std::accumulate(xs.begin(), xs.end(), 0.0) / n;
  double product = 0, square = 0;
  for (std::size_t y = 0; y < xs.size(); ++y) {
    const double dy = static_cast<double>(y) - mid;
    product += dy * (xs[y] - mean);
    square += dy * dy;
  }
  const double slope = product / square;
  return {mean - slope * mid, slope};
}

// Centre of gravity of the row's differences within `reach` of `around`, positive for a rising
// edge.
double centroid(const std::vector<double>& row, double sign, double around, double reach) {
  double weights = 0, sum = 0;
  for (std::size_t x = 0; x + 1 < row.size(); ++x) {
    const double position = static_cast<double>(x) + 0.5;
    if (std::abs(position - around) > reach) continue;
    const double weight = sign * (row[x + 1] - row[x]);
    weights += weight;
    sum += weight * position;
  }
  return weights > 0 ? sum / weights : around;
}

Line find_edge(const Rows& rows, double sign) {
  // Where the sum of columns steps most gives a first guess; the line is refined twice.
  const double width = static_cast<double>(rows[0].size());
  Line line{width / 2, 0};
  for (const double reach : {width / 2, 24.0, 8.0}) {
    std::vector<double> xs;
    for (std::size_t y = 0; y < rows.size(); ++y) {
      xs.push_back(centroid(rows[y], sign, line.at(static_cast<double>(y)), reach));
    }
    line = fit(xs);
  }
  return line;
}

// The profile across the edge, a quarter of a pixel per bin.
std::vector<double> profile(const Rows& rows, const Line& line) {
  std::vector<double> sums(kBins), counts(kBins);
  const double cosine = 1 / std::sqrt(1 + line.slope * line.slope);
  for (std::size_t y = 0; y < rows.size(); ++y) {
    for (std::size_t x = 0; x < rows[y].size(); ++x) {
      const double distance =
          (static_cast<double>(x) - line.at(static_cast<double>(y))) * cosine + kReach;
      const int bin = static_cast<int>(std::floor(distance * kBinsPerPixel));
      if (bin < 0 || bin >= kBins) continue;
      sums[static_cast<std::size_t>(bin)] += rows[y][x];
      counts[static_cast<std::size_t>(bin)] += 1;
    }
  }
  for (std::size_t i = 0; i < kBins; ++i) {
    if (counts[i] == 0) throw std::invalid_argument("edge too short or not slanted");
    sums[i] /= counts[i];
  }
  return sums;
}

double mean(const std::vector<double>& values, std::size_t first, std::size_t end) {
  return std::accumulate(values.begin() + static_cast<std::ptrdiff_t>(first),
                         values.begin() + static_cast<std::ptrdiff_t>(end), 0.0) /
         static_cast<double>(end - first);
}

double modulation(const std::vector<double>& spread, double frequency) {
  std::complex<double> sum = 0;
  for (std::size_t i = 0; i < spread.size(); ++i) {
    const double x = static_cast<double>(i) / kBinsPerPixel;
    sum += spread[i] * std::polar(1.0, -2 * std::numbers::pi * frequency * x);
  }
  // The difference over two bins is a filter of its own.
  const double step = 2 * frequency / kBinsPerPixel * std::numbers::pi;
  return std::abs(sum) / (step > 0 ? std::sin(step) / step : 1);
}

double mtf50_of(const std::vector<double>& edge) {
  std::vector<double> spread;
  for (std::size_t i = 1; i + 1 < edge.size(); ++i) {
    const double t = static_cast<double>(i) / static_cast<double>(edge.size() - 1);
    const double window = 0.5 - 0.5 * std::cos(2 * std::numbers::pi * t);
    spread.push_back(window * (edge[i + 1] - edge[i - 1]));
  }
  const double whole = modulation(spread, 0);
  constexpr double kStep = 0.001;
  for (double frequency = kStep; frequency < 1; frequency += kStep) {
    const double now = modulation(spread, frequency) / whole;
    if (now > 0.5) continue;
    const double before = modulation(spread, frequency - kStep) / whole;
    return frequency - kStep * (0.5 - now) / (before - now);
  }
  throw std::invalid_argument("no contrast to measure");
}

}  // namespace

Rows rows_of(const View& view, const std::function<double(double)>& scale) {
  Rows rows(view.height);
  for (std::uint32_t y = 0; y < view.height; ++y) {
    for (std::uint32_t x = 0; x < view.width; ++x) rows[y].push_back(scale(view.at(x, y)));
  }
  return rows;
}

Noise noise(const View& view) {
  double sum = 0, squares = 0;
  for (std::uint32_t y = 0; y < view.height; ++y) {
    for (std::uint32_t x = 0; x < view.width; ++x) {
      sum += view.at(x, y);
      squares += view.at(x, y) * view.at(x, y);
    }
  }
  const double n = static_cast<double>(view.width) * view.height, average = sum / n;
  return {average, std::sqrt(std::max(0.0, squares / n - average * average))};
}

double difference(const View& a, const View& b) {
  double squares = 0;
  for (std::uint32_t y = 0; y < a.height; ++y) {
    for (std::uint32_t x = 0; x < a.width; ++x) {
      const double d = double{a.at(x, y) * 1.0} - b.at(x, y);
      squares += d * d;
    }
  }
  return std::sqrt(squares / (static_cast<double>(a.width) * a.height));
}

Edge slanted_edge(const Rows& rows) {
  if (rows.size() < 40 || rows[0].size() < 40) throw std::invalid_argument("rectangle too small");
  double left = 0, right = 0;
  for (const auto& row : rows)
    left += mean(row, 0, 8), right += mean(row, row.size() - 8, row.size());
  const double sign = right > left ? 1 : -1;
  std::vector<double> edge = profile(rows, find_edge(rows, sign));
  if (sign < 0) std::reverse(edge.begin(), edge.end());
  const double dark = mean(edge, 0, kBins / 8), bright = mean(edge, kBins - kBins / 8, kBins);
  const auto [least, most] = std::minmax_element(edge.begin(), edge.end());
  return {mtf50_of(edge), (*most - bright) / (bright - dark), (dark - *least) / (bright - dark)};
}

}  // namespace t31::measure

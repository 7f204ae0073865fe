// SPDX-License-Identifier: GPL-2.0-or-later
#include "colour/chart.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "colour/ciede2000.hpp"
#include "model/scene/color_checker.hpp"

namespace t31::colour {
namespace {

constexpr std::size_t kColumns = model::kPatchColumns;
constexpr std::size_t kRows = model::kPatchRows;

// How much of a patch's pitch is sampled: patches fill about 7/8 of it, so half keeps well clear.
constexpr double kSampledShare = 0.5;

double distance(const Point& a, const Point& b) {
  return std::hypot(a.x - b.x, a.y - b.y);
}

// Maps the unit square to a quadrilateral: (0,0) a, (1,0) b, (1,1) c, (0,1) d.
class Perspective {
 public:
  Perspective(const Point& a, const Point& b, const Point& c, const Point& d) : origin_(a) {
    const Point s{a.x - b.x + c.x - d.x, a.y - b.y + c.y - d.y};
    const Point e1{b.x - c.x, b.y - c.y};
    const Point e2{d.x - c.x, d.y - c.y};
    const double determinant = e1.x * e2.y - e2.x * e1.y;
    if (determinant == 0) throw std::invalid_argument("the chart's corners lie on a line");
    g_ = (s.x * e2.y - e2.x * s.y) / determinant;
    h_ = (e1.x * s.y - s.x * e1.y) / determinant;
    u_ = {b.x - a.x + g_ * b.x, b.y - a.y + g_ * b.y};
    v_ = {d.x - a.x + h_ * d.x, d.y - a.y + h_ * d.y};
  }

  Point at(double u, double v) const {
    const double w = g_ * u + h_ * v + 1;
    return {(origin_.x + u_.x * u + v_.x * v) / w, (origin_.y + u_.y * u + v_.y * v) / w};
  }

 private:
  Point origin_, u_, v_;
  double g_, h_;
};

std::array<double, 256> decode_table() {
  std::array<double, 256> table{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    table[i] = srgb_to_linear(static_cast<double>(i) / 255);
  }
  return table;
}

Rgb sample(const image::RgbImage& image, const PatchArea& area) {
  static const std::array<double, 256> kLinear = decode_table();
  const auto first = [&](double centre) {
    return static_cast<std::int64_t>(std::ceil(centre - area.half_side));
  };
  const auto last = [&](double centre) {
    return static_cast<std::int64_t>(std::floor(centre + area.half_side));
  };
  const std::int64_t x0 = first(area.centre.x), x1 = last(area.centre.x);
  const std::int64_t y0 = first(area.centre.y), y1 = last(area.centre.y);
  if (x0 < 0 || y0 < 0 || x1 >= image.width || y1 >= image.height || x1 < x0 || y1 < y0) {
    throw std::invalid_argument("a patch lies outside the picture");
  }
  Rgb sum{};
  for (std::int64_t y = y0; y <= y1; ++y) {
    for (std::int64_t x = x0; x <= x1; ++x) {
      const std::uint8_t* pixel =
          image.at(static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y));
      for (int c = 0; c < 3; ++c) sum[c] += kLinear[pixel[c]];
    }
  }
  const double count = static_cast<double>((x1 - x0 + 1) * (y1 - y0 + 1));
  return {sum[0] / count, sum[1] / count, sum[2] / count};
}

}  // namespace

Rgb published_colour(std::size_t patch) {
  const auto& srgb = model::kColorChecker[patch].srgb;
  return srgb_to_linear(Rgb{srgb[0] / 255.0, srgb[1] / 255.0, srgb[2] / 255.0});
}

PatchAreas areas_from_corners(const ChartCorners& corners) {
  const Perspective map(corners.dark_skin, corners.bluish_green, corners.black, corners.white);
  const auto centre = [&](double column, double row) {
    return map.at(column / (kColumns - 1), row / (kRows - 1));
  };
  PatchAreas areas;
  for (std::size_t patch = 0; patch < kPatchCount; ++patch) {
    const auto column = static_cast<double>(patch % kColumns);
    const auto row = static_cast<double>(patch / kColumns);
    const double column_step = column == 0 ? 1 : -1;
    const double row_step = row == 0 ? 1 : -1;
    const Point here = centre(column, row);
    const double pitch = std::min(distance(here, centre(column + column_step, row)),
                                  distance(here, centre(column, row + row_step)));
    areas[patch] = {here, kSampledShare / 2 * pitch};
  }
  return areas;
}

PatchAreas areas_of_scene(std::uint32_t width, std::uint32_t height) {
  PatchAreas areas;
  for (unsigned patch = 0; patch < kPatchCount; ++patch) {
    const model::Rectangle r = model::patch_rect(width, height, patch);
    // Pixel centres have whole coordinates, so the middle of n pixels from x is x + (n - 1) / 2.
    areas[patch] = {{r.x + (r.width - 1) / 2.0, r.y + (r.height - 1) / 2.0},
                    kSampledShare / 2 * std::min(r.width, r.height)};
  }
  return areas;
}

PatchColours sample_patches(const image::RgbImage& image, const PatchAreas& areas) {
  PatchColours colours;
  for (std::size_t patch = 0; patch < kPatchCount; ++patch) {
    colours[patch] = sample(image, areas[patch]);
  }
  return colours;
}

ChartReport evaluate_chart(const PatchColours& linear) {
  const double luminance = linear_to_xyz(linear[model::kNeutralFive])[1];
  if (luminance <= 0) throw std::invalid_argument("neutral 5 is black in the picture");
  ChartReport report;
  report.exposure = linear_to_xyz(published_colour(model::kNeutralFive))[1] / luminance;
  constexpr double kNeutrals = kPatchCount - model::kFirstNeutral;
  for (std::size_t patch = 0; patch < kPatchCount; ++patch) {
    Rgb matched = linear[patch];
    for (double& channel : matched) channel *= report.exposure;
    const Lab lab = linear_to_lab(matched);
    report.delta_e[patch] = ciede2000(lab, linear_to_lab(published_colour(patch)));
    report.mean_delta_e += report.delta_e[patch] / kPatchCount;
    report.max_delta_e = std::max(report.max_delta_e, report.delta_e[patch]);
    if (patch >= model::kFirstNeutral) {
      report.mean_neutral_chroma += chroma(lab) / kNeutrals;
      report.max_neutral_chroma = std::max(report.max_neutral_chroma, chroma(lab));
    }
  }
  return report;
}

}  // namespace t31::colour

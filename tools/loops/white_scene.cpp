// SPDX-License-Identifier: GPL-2.0-or-later
#include "loops/white_scene.hpp"

#include <algorithm>
#include <cmath>

namespace t31::loops {
namespace {

using tuning::Parameter;

constexpr u32 kZoneCount = 15;
constexpr u32 kGridX = 8, kGridY = 6;  // places looked at in a zone
constexpr u32 kCellsAtPlace = 48;      // of the zone's 64 x 36

constexpr int kChart8[24][3] = {{115, 82, 68},   {194, 150, 130}, {98, 122, 157},  {87, 108, 67},
                                {133, 128, 177}, {103, 189, 170}, {214, 126, 44},  {80, 91, 166},
                                {193, 90, 99},   {94, 60, 108},   {157, 188, 64},  {224, 163, 46},
                                {56, 61, 150},   {70, 148, 73},   {175, 54, 60},   {231, 199, 31},
                                {187, 86, 149},  {8, 133, 161},   {243, 243, 242}, {200, 200, 200},
                                {160, 160, 160}, {122, 122, 121}, {85, 85, 85},    {52, 52, 52}};

double linear(int value) {
  const double v = value / 255.0;
  return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

// Rows sum to 1 (sensor-colour.md).
constexpr std::array<Colour, 3> kSc2336{{{.65, .21, .14}, {.13, .70, .17}, {.05, .32, .63}}};
constexpr std::array<Colour, 3> kOther{{{.53, .33, .14}, {.17, .63, .20}, {.11, .38, .51}}};

Colour times(const std::array<Colour, 3>& matrix, const Colour& v) {
  Colour result;
  for (size_t i = 0; i < 3; ++i) {
    result[i] = matrix[i][0] * v[0] + matrix[i][1] * v[1] + matrix[i][2] * v[2];
  }
  return result;
}

std::array<Colour, 3> inverse(const std::array<Colour, 3>& m) {
  std::array<Colour, 3> r{};
  const auto cofactor = [&](size_t i, size_t j) {
    const size_t a = (i + 1) % 3, b = (i + 2) % 3, c = (j + 1) % 3, d = (j + 2) % 3;
    return m[a][c] * m[b][d] - m[a][d] * m[b][c];
  };
  const double determinant =
      m[0][0] * cofactor(0, 0) + m[0][1] * cofactor(0, 1) + m[0][2] * cofactor(0, 2);
  for (size_t i = 0; i < 3; ++i) {
    for (size_t j = 0; j < 3; ++j) r[j][i] = cofactor(i, j) / determinant;
  }
  return r;
}

double lab(double t) {
  return t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}

// Of linear sRGB, D65.
double chroma(const Colour& c) {
  const double x = (0.4124 * c[0] + 0.3576 * c[1] + 0.1805 * c[2]) / 0.9505;
  const double y = 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
  const double z = (0.0193 * c[0] + 0.1192 * c[1] + 0.9505 * c[2]) / 1.089;
  const double a = 500 * (lab(x) - lab(y));
  const double b = 200 * (lab(y) - lab(z));
  return std::hypot(a, b);
}

}  // namespace

const std::array<Colour, 24>& chart_patches() {
  static const std::array<Colour, 24> patches = [] {
    std::array<Colour, 24> result;
    for (size_t i = 0; i < 24; ++i) {
      for (size_t c = 0; c < 3; ++c) result[i][c] = linear(kChart8[i][c]);
    }
    return result;
  }();
  return patches;
}

Colour WhiteScene::chart(double x, double y) {
  const size_t column = std::min<size_t>(5, static_cast<size_t>(x * 6));
  const size_t row = std::min<size_t>(3, static_cast<size_t>(y * 4));
  return chart_patches()[row * 6 + column];
}

WhiteScene::WhiteScene(const std::string& file, tuning::Bank bank)
    : bank_(bank),
      response_(file == "sc2336" ? kSc2336 : kOther),
      static_red_(bank.get(Parameter::kAwbStatic, 0) / 1024.0),
      static_blue_(bank.get(Parameter::kAwbStatic, 1) / 1024.0) {
  const auto element = [&](u32 i) { return bank.get(Parameter::kAwbAwbParameter, i); };
  window_ = {element(34), element(35), element(36), element(37), element(38),
             element(39), element(40), element(41), element(42), element(43)};
  shine(grey(5000));
}

WhiteScene::Grey WhiteScene::grey(double kelvin) const {
  control::AwbMap map;
  map.configure(bank_, control::AwbSet::kIndoor);
  Grey best;
  double best_miss = 1e9;
  for (u32 r = 160; r < 480; ++r) {
    for (u32 b = 95; b < 455; ++b) {
      const control::AwbPoint point{r << 10, b << 10};
      const control::AwbPoint inside = map.clamped(point);
      if (inside.rg != point.rg || inside.bg != point.bg) continue;
      const double miss = std::abs(map.mired_q10(point) / 1024.0 - 1e6 / kelvin);
      const double weight = map.weight(point) / 1024.0;
      if (miss > 1) continue;
      if (weight > best.weight || (weight == best.weight && miss < best_miss)) {
        best = {double(r), double(b), weight};
        best_miss = miss;
      }
    }
  }
  return best;
}

Colour WhiteScene::sensed(const Colour& colour) const {
  const Colour camera = times(response_, colour);
  return {camera[0] * light_.rg / 256 / static_red_, camera[1],
          camera[2] * light_.bg / 256 / static_blue_};
}

bool WhiteScene::candidate(const Colour& cell) const {
  const double luma = (cell[0] + 2 * cell[1] + cell[2]) / 4;
  if (luma < window_.luma_low || luma > window_.luma_high || cell[1] < 1) return false;
  const double red = 256 * cell[0] / cell[1], blue = 256 * cell[2] / cell[1];
  if (red < window_.red_low || red > window_.red_high) return false;
  if (blue < window_.blue_low || blue > window_.blue_high) return false;
  const double both = (window_.red_part * red + window_.blue_part * blue) / 256;
  return both >= window_.least && both <= window_.most;
}

void WhiteScene::look_at(const Surface& surface, const Grey& light) {
  surface_ = surface;
  light_ = light;
  // Noise of a level; the engine cuts what it leaves to whole levels (ae-awb-af 1.7).
  std::uniform_real_distribution<double> noise(-.5, .5);
  for (u32 zone = 0; zone < kZoneCount * kZoneCount; ++zone) {
    Sums& sums = sums_[zone];
    sums = {};
    for (u32 i = 0; i < kGridX * kGridY; ++i) {
      const double x = (zone % kZoneCount + (i % kGridX + .5) / kGridX) / kZoneCount;
      const double y = (zone / kZoneCount + (i / kGridX + .5) / kGridY) / kZoneCount;
      Colour raw = sensed(surface(x, y));
      for (double& value : raw) {
        value = std::clamp(std::floor(value * kExposure + noise(random_)), 0.0, 255.0);
      }
      if (!candidate(raw)) continue;
      sums.red += raw[0] * kCellsAtPlace;
      sums.green += raw[1] * kCellsAtPlace;
      sums.blue += raw[2] * kCellsAtPlace;
      sums.cells += kCellsAtPlace;
    }
  }
}

void WhiteScene::expose() {
  std::uniform_int_distribution<int> step(-1, 1);
  const double frame_red = 1 + ratio_noise * step(random_) / light_.rg;
  const double frame_blue = 1 + ratio_noise * step(random_) / light_.bg;
  std::normal_distribution<double> spread(0, 1);
  for (u32 zone = 0; zone < kZoneCount * kZoneCount; ++zone) {
    const Sums& sums = sums_[zone];
    const double red = sums.red * frame_red * (1 + zone_noise / 256 * spread(random_));
    const double blue = sums.blue * frame_blue * (1 + zone_noise / 256 * spread(random_));
    const u64 low =
        static_cast<u64>(red) | static_cast<u64>(sums.green) << 21 | static_cast<u64>(blue) << 42;
    const u64 high = sums.cells << 20;
    words_[4 * zone] = static_cast<u32>(low);
    words_[4 * zone + 1] = static_cast<u32>(low >> 32);
    words_[4 * zone + 2] = static_cast<u32>(high);
    words_[4 * zone + 3] = static_cast<u32>(high >> 32);
  }
}

double WhiteScene::grey_chroma(double red_gain, double blue_gain) const {
  const Colour balanced{0.19 * red_gain * light_.rg / 256 / static_red_, 0.19,
                        0.19 * blue_gain * light_.bg / 256 / static_blue_};
  return chroma(times(inverse(response_), balanced));
}

}  // namespace t31::loops

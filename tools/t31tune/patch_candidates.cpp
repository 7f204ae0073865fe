// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31tune/patch_candidates.hpp"

#include <algorithm>
#include <cmath>

namespace t31::tune {
namespace {

// How much light may change over two pixels within a patch, as a logarithm: noise decides which of
// them separates patches from each other and yet holds each together.
constexpr float kSlopes[] = {0.05f, 0.09f, 0.16f, 0.28f};
// Light that counts as none, over the picture's bright parts: noise has no colour.
constexpr float kFloor = 0.015f;

constexpr double kLeastArea = 9;
constexpr double kMostArea = 1.0 / 24;  // of the picture
constexpr double kLeastShape = 0.86, kMostShape = 1.25;
constexpr double kMostElongation = 3.2;

using Pixels = std::vector<std::array<float, 3>>;

// Mean of 3 x 3, then the logarithm.
Pixels logarithms(const SearchImage& image) {
  std::vector<float> bright;
  bright.reserve(image.pixels.size());
  for (const auto& pixel : image.pixels) bright.push_back(pixel[1]);
  const auto nth = bright.begin() + static_cast<std::ptrdiff_t>(bright.size() * 95 / 100);
  std::nth_element(bright.begin(), nth, bright.end());
  const float floor = std::max(1e-6f, kFloor * *nth);
  Pixels out(image.pixels.size());
  const std::uint32_t w = image.width, h = image.height;
  for (std::uint32_t y = 0; y < h; ++y) {
    for (std::uint32_t x = 0; x < w; ++x) {
      std::array<float, 3> sum{};
      float count = 0;
      for (std::uint32_t v = y == 0 ? 0 : y - 1; v <= std::min(y + 1, h - 1); ++v) {
        for (std::uint32_t u = x == 0 ? 0 : x - 1; u <= std::min(x + 1, w - 1); ++u) {
          for (std::size_t c = 0; c < 3; ++c) sum[c] += image.at(u, v)[c];
          ++count;
        }
      }
      for (std::size_t c = 0; c < 3; ++c) {
        out[std::size_t{y} * w + x][c] = std::log(std::max(sum[c] / count, 0.0f) + floor);
      }
    }
  }
  return out;
}

// Largest change of a channel over two pixels, in either direction.
std::vector<float> slopes(const Pixels& values, std::uint32_t w, std::uint32_t h) {
  std::vector<float> out(values.size(), 1e9f);
  for (std::uint32_t y = 1; y + 1 < h; ++y) {
    for (std::uint32_t x = 1; x + 1 < w; ++x) {
      const std::size_t at = std::size_t{y} * w + x;
      float largest = 0;
      for (std::size_t c = 0; c < 3; ++c) {
        largest = std::max({largest, std::abs(values[at + 1][c] - values[at - 1][c]),
                            std::abs(values[at + w][c] - values[at - w][c])});
      }
      out[at] = largest;
    }
  }
  return out;
}

struct Moments {
  double n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
  void add(double px, double py) {
    ++n, x += px, y += py, xx += px * px, yy += py * py, xy += px * py;
  }
};

// False: not the shape of a patch. A parallelogram of area A has det(covariance) = (A / 12)^2.
bool describe(const Moments& m, double picture, PatchCandidate& out) {
  if (m.n < kLeastArea || m.n > picture * kMostArea) return false;
  out.centre = {m.x / m.n, m.y / m.n};
  out.area = m.n;
  constexpr double kOfOnePixel = 1.0 / 12;
  const double vx = m.xx / m.n - out.centre.x * out.centre.x + kOfOnePixel;
  const double vy = m.yy / m.n - out.centre.y * out.centre.y + kOfOnePixel;
  const double vxy = m.xy / m.n - out.centre.x * out.centre.y;
  const double determinant = vx * vy - vxy * vxy;
  if (determinant <= 0) return false;
  out.shape = 12 * std::sqrt(determinant) / m.n;
  const double half = (vx + vy) / 2;
  const double root = std::sqrt(std::max(0.0, half * half - determinant));
  const double elongation = std::sqrt((half + root) / std::max(half - root, 1e-9));
  return out.shape >= kLeastShape && out.shape <= kMostShape && elongation <= kMostElongation;
}

void collect(const std::vector<float>& slope, float limit, std::uint32_t w, std::uint32_t h,
             std::vector<PatchCandidate>& out) {
  std::vector<bool> seen(slope.size(), false);
  std::vector<std::size_t> pending;
  for (std::size_t start = 0; start < slope.size(); ++start) {
    if (seen[start] || slope[start] >= limit) continue;
    Moments moments;
    seen[start] = true;
    pending.assign(1, start);
    while (!pending.empty()) {
      const std::size_t at = pending.back();
      pending.pop_back();
      moments.add(static_cast<double>(at % w), static_cast<double>(at / w));
      // The outermost pixels are never even, so all four neighbours exist.
      for (const std::size_t next : {at - 1, at + 1, at - w, at + w}) {
        if (seen[next] || slope[next] >= limit) continue;
        seen[next] = true;
        pending.push_back(next);
      }
    }
    PatchCandidate candidate;
    if (describe(moments, static_cast<double>(w) * h, candidate)) out.push_back(candidate);
  }
}

}  // namespace

std::vector<PatchCandidate> find_patch_candidates(const SearchImage& image) {
  if (image.width < 16 || image.height < 16) return {};
  const std::vector<float> slope = slopes(logarithms(image), image.width, image.height);
  std::vector<PatchCandidate> all;
  for (const float limit : kSlopes) collect(slope, limit, image.width, image.height, all);
  // The largest of those in one place: it reaches closest to the patch's edges.
  std::sort(all.begin(), all.end(),
            [](const PatchCandidate& a, const PatchCandidate& b) { return a.area > b.area; });
  std::vector<PatchCandidate> distinct;
  for (const PatchCandidate& candidate : all) {
    const auto same = [&](const PatchCandidate& other) {
      return std::hypot(candidate.centre.x - other.centre.x, candidate.centre.y - other.centre.y) <
             0.35 * std::sqrt(other.area);
    };
    if (std::none_of(distinct.begin(), distinct.end(), same)) distinct.push_back(candidate);
  }
  return distinct;
}

}  // namespace t31::tune

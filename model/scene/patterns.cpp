// SPDX-License-Identifier: GPL-2.0-or-later
// patterns.cpp - charts that are drawn from formulas: resolution and motion.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "model/scene/scene.hpp"

namespace t31::model {
namespace {

constexpr float kPaper = 0.9F;
constexpr float kInk = 0.03F;
constexpr double kTurn = 2 * std::numbers::pi;

// A wave between ink and paper.
float wave(double phase) {
  return static_cast<float>(kInk + (kPaper - kInk) * (0.5 + 0.5 * std::cos(phase)));
}

// Rings whose frequency rises linearly from 0 in the middle to half a cycle per pixel at `radius`.
float zone_plate(double dx, double dy, double radius) {
  return wave(std::numbers::pi * (dx * dx + dy * dy) / (2 * radius));
}

// 36 spokes; the innermost disc, finer than the pixels, stays paper.
float siemens_star(double dx, double dy) {
  constexpr int kSpokes = 36;
  const double radius = std::hypot(dx, dy);
  return radius * kTurn < 2 * kSpokes ? kPaper : wave(kSpokes * std::atan2(dy, dx));
}

void grey(LinearImage& image, std::uint32_t x, std::uint32_t y, float value) {
  image.set(x, y, {value, value, value});
}

// Groups of five bars, 1 to 8 pixels wide, upright in the upper half and lying in the lower one.
void line_groups(LinearImage& image, std::uint32_t left, std::uint32_t right, std::uint32_t top,
                 std::uint32_t bottom) {
  const std::uint32_t middle = (top + bottom) / 2;
  std::uint32_t x = left;
  std::uint32_t y = middle + 4;
  for (std::uint32_t bar = 1; bar <= 8; ++bar) {
    const std::uint32_t length = bar * 9;  // five bars and four gaps
    for (std::uint32_t i = 0; i < length; ++i) {
      if (i / bar % 2 != 0) {
        continue;
      }
      for (std::uint32_t v = top; v + 4 < middle && x + i < right; ++v) {
        grey(image, x + i, v, kInk);
      }
      for (std::uint32_t u = left; u < right && y + i < bottom; ++u) {
        grey(image, u, y + i, kInk);
      }
    }
    x += length + 8;
    y += length + 8;
  }
}

}  // namespace

LinearImage paint_resolution_chart(std::uint32_t width, std::uint32_t height) {
  LinearImage image(width, height);
  const double plate_radius = height * 0.45;
  const double star_radius = std::min(width * 0.12, height * 0.4);
  const double middle_x = width / 2.0;
  const double middle_y = height / 2.0;
  const double star_x = width * 0.13;
  for (std::uint32_t y = 0; y < height; ++y) {
    for (std::uint32_t x = 0; x < width; ++x) {
      const double dy = y - middle_y;
      if (std::hypot(x - middle_x, dy) < plate_radius) {
        grey(image, x, y, zone_plate(x - middle_x, dy, plate_radius));
      } else if (std::hypot(x - star_x, dy) < star_radius) {
        grey(image, x, y, siemens_star(x - star_x, dy));
      } else {
        grey(image, x, y, kPaper);
      }
    }
  }
  const auto left = static_cast<std::uint32_t>(middle_x + plate_radius) + 16;
  line_groups(image, left, width > 16 ? width - 16 : 0, height / 20, height - height / 20);
  return image;
}

LinearImage paint_steps(std::uint32_t width, std::uint32_t height) {
  constexpr float kBrightest = 16;
  LinearImage image(width, height);
  for (std::uint32_t y = 0; y < height; ++y) {
    for (std::uint32_t x = 0; x < width; ++x) {
      grey(image, x, y, std::ldexp(kBrightest, -static_cast<int>(x * kSteps / width)));
    }
  }
  return image;
}

LinearImage paint_moving_pattern(std::uint32_t height) {
  constexpr std::uint32_t kPeriod = 480;
  LinearImage image(kPeriod, height);
  for (std::uint32_t y = 0; y < height; ++y) {
    for (std::uint32_t x = 0; x < kPeriod; ++x) {
      const double u = kTurn * x / kPeriod;
      const double v = kTurn * y / kPeriod;
      const auto soft = [](double phase) {
        return static_cast<float>(0.18 + 0.12 * std::cos(phase));
      };
      image.set(x, y, {soft(u + v), soft(2 * u - v + 2), soft(u - 2 * v + 4)});
      // A hard-edged disc and bar in every period show smear and ghosts.
      const double dy = std::fmod(y, kPeriod) - kPeriod / 2.0;
      if (std::hypot(x - 160.0, dy) < 60) {
        grey(image, x, y, kPaper);
      } else if (x >= 320 && x < 332) {
        grey(image, x, y, kInk);
      }
    }
  }
  return image;
}

}  // namespace t31::model

// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/lens_distortion.hpp"

#include <cmath>

#include "model/pixel/arithmetic.hpp"
#include "model/pixel/bypass.hpp"

namespace t31::model::pixel {
namespace {

constexpr std::uint32_t kHorizontalFirst = 0x901c;  // 15:0 signed
constexpr std::uint32_t kHorizontalSecond = 0x9024;
constexpr std::uint32_t kVertical = 0x9020;  // 15:0 first, 31:16 second
constexpr double kUnity = 2048;

// Positions in a plane.
struct Warp {
  const LensDistortion& block;
  double width, height;

  double source_x(double x, double y) const { return source(x, y, block.horizontal, x, width); }
  double source_y(double x, double y) const { return source(x, y, block.vertical, y, height); }

 private:
  double source(double x, double y, const LensDistortion::Axis& axis, double position,
                double size) const {
    const double dx = x - (width - 1) / 2, dy = y - (height - 1) / 2;
    const double r2 = (dx * dx + dy * dy) * 4 / (width * width + height * height);
    const double centre = (size - 1) / 2;
    return centre + (position - centre) * (1 + axis.first * r2 + axis.second * r2 * r2);
  }
};

// Component `first` of pixels of `components` bytes, linearly interpolated; edges are repeated.
std::uint8_t sample(const Plane<std::uint8_t>& plane, double x, double y, std::int32_t components,
                    std::int32_t first) {
  const std::int32_t columns = plane.width / components;
  x = std::min(std::max(x, 0.0), columns - 1.0);
  y = std::min(std::max(y, 0.0), plane.height - 1.0);
  const auto x0 = static_cast<std::int32_t>(x), y0 = static_cast<std::int32_t>(y);
  const std::int32_t x1 = std::min(x0 + 1, columns - 1), y1 = std::min(y0 + 1, plane.height - 1);
  const auto at = [&](std::int32_t i, std::int32_t j) {
    return static_cast<double>(plane.at(i * components + first, j));
  };
  const double above = at(x0, y0) + (at(x1, y0) - at(x0, y0)) * (x - x0);
  const double below = at(x0, y1) + (at(x1, y1) - at(x0, y1)) * (x - x0);
  return static_cast<std::uint8_t>(std::lround(above + (below - above) * (y - y0)));
}

Plane<std::uint8_t> warped(const LensDistortion& block, const Plane<std::uint8_t>& plane,
                           std::int32_t components) {
  Plane<std::uint8_t> out(plane.width, plane.height);
  const std::int32_t columns = plane.width / components;
  const Warp warp{block, static_cast<double>(columns), static_cast<double>(plane.height)};
  for (std::int32_t y = 0; y < plane.height; ++y) {
    for (std::int32_t x = 0; x < columns; ++x) {
      const double from_x = warp.source_x(x, y), from_y = warp.source_y(x, y);
      for (std::int32_t i = 0; i < components; ++i) {
        out.at(x * components + i, y) = sample(plane, from_x, from_y, components, i);
      }
    }
  }
  return out;
}

}  // namespace

LensDistortion decode_lens_distortion(const IspRegisters& registers) {
  LensDistortion block;
  block.active = !bypassed(registers, Block::kLensDistortion);
  block.horizontal = {signed_field(registers[kHorizontalFirst], 0, 16) / kUnity,
                      signed_field(registers[kHorizontalSecond], 0, 16) / kUnity};
  block.vertical = {signed_field(registers[kVertical], 0, 16) / kUnity,
                    signed_field(registers[kVertical], 16, 16) / kUnity};
  return block;
}

Nv12Frame straightened(const LensDistortion& block, const Nv12Frame& image) {
  if (!block.changes()) return image;
  Nv12Frame out;
  out.luma = warped(block, image.luma, 1);
  out.chroma = warped(block, image.chroma, 2);
  return out;
}

}  // namespace t31::model::pixel

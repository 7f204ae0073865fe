// SPDX-License-Identifier: GPL-2.0-or-later
#include "plot/canvas.hpp"

#include <algorithm>
#include <cmath>

#include "plot/font.hpp"

namespace t31::plot {
namespace {

constexpr int kAdvance = kGlyphWidth + 1;

}  // namespace

Canvas::Canvas(int width, int height, Colour background) {
  image_.width = static_cast<std::uint32_t>(std::max(width, 1));
  image_.height = static_cast<std::uint32_t>(std::max(height, 1));
  image_.pixels.resize(std::size_t{image_.width} * image_.height * 3);
  fill(0, 0, width, height, background);
}

void Canvas::dot(int x, int y, Colour colour) {
  if (x < 0 || y < 0 || x >= width() || y >= height()) return;
  std::uint8_t* pixel = image_.pixels.data() + (std::size_t(y) * image_.width + std::size_t(x)) * 3;
  pixel[0] = colour.r;
  pixel[1] = colour.g;
  pixel[2] = colour.b;
}

void Canvas::line(double x0, double y0, double x1, double y1, Colour colour) {
  if (!std::isfinite(x0 + y0 + x1 + y1)) return;
  // No line is longer than what can be seen of it, and a picture more on either side.
  const auto near = [](double at, int length) {
    return std::clamp(at, -1.0 * length, 2.0 * length);
  };
  x0 = near(x0, width()), x1 = near(x1, width());
  y0 = near(y0, height()), y1 = near(y1, height());
  const int steps =
      std::max(1, static_cast<int>(std::ceil(std::max(std::abs(x1 - x0), std::abs(y1 - y0)))));
  for (int i = 0; i <= steps; ++i) {
    const double way = static_cast<double>(i) / steps;
    dot(static_cast<int>(std::lround(x0 + (x1 - x0) * way)),
        static_cast<int>(std::lround(y0 + (y1 - y0) * way)), colour);
  }
}

void Canvas::fill(int x, int y, int width, int height, Colour colour) {
  for (int row = std::max(y, 0); row < std::min(y + height, this->height()); ++row) {
    for (int column = std::max(x, 0); column < std::min(x + width, this->width()); ++column) {
      dot(column, row, colour);
    }
  }
}

void Canvas::frame(int x, int y, int width, int height, Colour colour) {
  fill(x, y, width, 1, colour);
  fill(x, y + height - 1, width, 1, colour);
  fill(x, y, 1, height, colour);
  fill(x + width - 1, y, 1, height, colour);
}

void Canvas::text(int x, int y, std::string_view text, Colour colour, int scale) {
  for (const char character : text) {
    const auto& columns = glyph(character);
    for (int column = 0; column < kGlyphWidth; ++column) {
      for (int row = 0; row < kGlyphHeight; ++row) {
        if ((columns[static_cast<std::size_t>(column)] >> row & 1) == 0) continue;
        fill(x + column * scale, y + row * scale, scale, scale, colour);
      }
    }
    x += kAdvance * scale;
  }
}

int Canvas::text_width(std::string_view text, int scale) {
  return text.empty() ? 0 : (static_cast<int>(text.size()) * kAdvance - 1) * scale;
}

}  // namespace t31::plot

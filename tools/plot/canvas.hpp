// SPDX-License-Identifier: GPL-2.0-or-later
// canvas.hpp - drawing in a picture: lines, boxes, captions. What lies outside isn't drawn.
#pragma once

#include <cstdint>
#include <string_view>

#include "image/image.hpp"

namespace t31::plot {

struct Colour {
  std::uint8_t r = 0, g = 0, b = 0;
};
inline constexpr Colour kBlack{0, 0, 0};
inline constexpr Colour kGrey{150, 150, 150};
inline constexpr Colour kLightGrey{225, 225, 225};
inline constexpr Colour kWhite{255, 255, 255};
inline constexpr Colour kRed{200, 40, 40};
inline constexpr Colour kGreen{20, 140, 60};
inline constexpr Colour kBlue{40, 80, 200};
inline constexpr Colour kOrange{225, 130, 20};
inline constexpr Colour kViolet{140, 60, 170};

class Canvas {
 public:
  Canvas(int width, int height, Colour background = kWhite);

  int width() const { return static_cast<int>(image_.width); }
  int height() const { return static_cast<int>(image_.height); }
  const image::RgbImage& image() const { return image_; }

  void dot(int x, int y, Colour colour);
  void line(double x0, double y0, double x1, double y1, Colour colour);
  void fill(int x, int y, int width, int height, Colour colour);
  void frame(int x, int y, int width, int height, Colour colour);
  // From the upper left corner; `scale` times 5x7 dots a letter.
  void text(int x, int y, std::string_view text, Colour colour, int scale = 1);
  static int text_width(std::string_view text, int scale = 1);

 private:
  image::RgbImage image_;
};

}  // namespace t31::plot

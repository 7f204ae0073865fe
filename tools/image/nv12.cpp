// SPDX-License-Identifier: GPL-2.0-or-later
// Y'CbCr 4:2:0 to R'G'B' in fixed point with 16 fraction bits.
#include <algorithm>
#include <cmath>

#include "image/image.hpp"

namespace t31::image {
namespace {

constexpr int kFraction = 16;

// R = luma (Y - offset) + red_v V; G = ... - green_u U - green_v V; B = ... + blue_u U.
struct Coefficients {
  int offset;
  int luma, red_v, green_u, green_v, blue_u;
};

Coefficients coefficients(ColourSpace space) {
  const bool bt601 = space == ColourSpace::kBt601Full || space == ColourSpace::kBt601Limited;
  const bool limited = space == ColourSpace::kBt601Limited || space == ColourSpace::kBt709Limited;
  // Weights of red and blue in luma (BT.601-7 2.5.1, BT.709-6 3.2).
  const double red = bt601 ? 0.299 : 0.2126;
  const double blue = bt601 ? 0.114 : 0.0722;
  const double green = 1 - red - blue;
  const double luma_scale = limited ? 255.0 / 219 : 1;
  const double chroma_scale = limited ? 255.0 / 224 : 1;
  const auto fixed = [](double value) {
    return static_cast<int>(std::lround(value * (1 << kFraction)));
  };
  return {limited ? 16 : 0,
          fixed(luma_scale),
          fixed(chroma_scale * 2 * (1 - red)),
          fixed(chroma_scale * 2 * (1 - blue) * blue / green),
          fixed(chroma_scale * 2 * (1 - red) * red / green),
          fixed(chroma_scale * 2 * (1 - blue))};
}

// `value` has `kFraction` + 4 fraction bits: chroma comes from the interpolation in sixteenths.
std::uint8_t to_byte(std::int64_t value) {
  constexpr int kShift = kFraction + 4;
  return static_cast<std::uint8_t>(
      std::clamp<std::int64_t>((value + (1 << (kShift - 1))) >> kShift, 0, 255));
}

// One row of U and V at chroma resolution, interpolated vertically: quarters around 4 * 128.
void chroma_row(const Nv12View& view, std::uint32_t y, std::vector<int>& row) {
  const std::uint32_t last = view.height / 2 - 1;
  const std::uint32_t near = y / 2;
  const std::uint32_t far = y % 2 == 0 ? (near == 0 ? 0 : near - 1) : std::min(near + 1, last);
  const std::uint8_t* a = view.chroma + static_cast<std::size_t>(near) * view.stride;
  const std::uint8_t* b = view.chroma + static_cast<std::size_t>(far) * view.stride;
  for (std::uint32_t i = 0; i < view.width; ++i) row[i] = 3 * a[i] + b[i] - 4 * 128;
}

}  // namespace

RgbImage nv12_to_rgb(const Nv12View& view, ColourSpace space) {
  const Coefficients k = coefficients(space);
  RgbImage image{view.width, view.height, {}};
  image.pixels.resize(static_cast<std::size_t>(view.width) * view.height * 3);
  std::vector<int> chroma(view.width);
  const std::uint32_t last = view.width / 2 - 1;
  std::uint8_t* out = image.pixels.data();
  for (std::uint32_t y = 0; y < view.height; ++y) {
    chroma_row(view, y, chroma);
    const std::uint8_t* luma = view.luma + static_cast<std::size_t>(y) * view.stride;
    for (std::uint32_t x = 0; x < view.width; ++x, out += 3) {
      const std::uint32_t near = x / 2;
      const std::uint32_t far = x % 2 == 0 ? (near == 0 ? 0 : near - 1) : std::min(near + 1, last);
      const std::int64_t u = 3 * chroma[2 * near] + chroma[2 * far];
      const std::int64_t v = 3 * chroma[2 * near + 1] + chroma[2 * far + 1];
      const std::int64_t grey = std::int64_t{16} * k.luma * (luma[x] - k.offset);
      out[0] = to_byte(grey + k.red_v * v);
      out[1] = to_byte(grey - k.green_u * u - k.green_v * v);
      out[2] = to_byte(grey + k.blue_u * u);
    }
  }
  return image;
}

}  // namespace t31::image

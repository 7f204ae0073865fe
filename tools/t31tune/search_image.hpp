// SPDX-License-Identifier: GPL-2.0-or-later
// search_image.hpp - a raw frame as a small picture in linear light, to look for a chart in.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "colour/chart.hpp"
#include "t31tune/raw_frame.hpp"

namespace t31::tune {

struct SearchImage {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::vector<std::array<float, 3>> pixels;  // red, green, blue of the sensor; range 0..1
  std::uint32_t cells = 1;                   // Bayer cells to a pixel, each way

  const std::array<float, 3>& at(std::uint32_t x, std::uint32_t y) const {
    return pixels[std::size_t{y} * width + x];
  }
  // Where the middle of a pixel lies in the raw frame.
  colour::Point in_frame(const colour::Point& pixel) const;
};

// At most `most_columns` wide.
SearchImage search_image(const RawFrame& frame, const BlackLevel& black,
                         std::uint32_t most_columns);

}  // namespace t31::tune

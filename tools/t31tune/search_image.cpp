// SPDX-License-Identifier: GPL-2.0-or-later
#include "t31tune/search_image.hpp"

namespace t31::tune {

colour::Point SearchImage::in_frame(const colour::Point& pixel) const {
  // A pixel holds `cells` cells of two pixels; whole coordinates are middles.
  const auto place = [this](double at) { return 2.0 * cells * at + cells - 0.5; };
  return {place(pixel.x), place(pixel.y)};
}

SearchImage search_image(const RawFrame& frame, const BlackLevel& black,
                         std::uint32_t most_columns) {
  SearchImage image;
  image.cells = (frame.cells_across() + most_columns - 1) / most_columns;
  image.width = frame.cells_across() / image.cells;
  image.height = frame.cells_down() / image.cells;
  image.pixels.resize(std::size_t{image.width} * image.height);
  constexpr std::size_t kColour[kSites] = {0, 1, 1, 2};
  for (std::size_t site = 0; site < kSites; ++site) {
    const Plane& plane = frame.planes[site];
    const double range = frame.top_code() - black[site];
    const double share =
        (site == kGreenRed || site == kGreenBlue ? 0.5 : 1.0) / (range * image.cells * image.cells);
    for (std::uint32_t y = 0; y < image.height * image.cells; ++y) {
      for (std::uint32_t x = 0; x < image.width * image.cells; ++x) {
        auto& pixel = image.pixels[std::size_t{y / image.cells} * image.width + x / image.cells];
        pixel[kColour[site]] += static_cast<float>((plane.at(x, y) - black[site]) * share);
      }
    }
  }
  return image;
}

}  // namespace t31::tune

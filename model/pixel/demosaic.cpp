// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/demosaic.hpp"

#include <cstdlib>

#include "model/pixel/bypass.hpp"
#include "model/pixel/mirrored.hpp"

namespace t31::model::pixel {
namespace {

constexpr std::uint32_t kDetail = 0x4808;                // 31:16 threshold
constexpr std::uint32_t kDirection = 0x4814;             // 15:0 horizontal/vertical threshold
constexpr std::uint32_t kDirectionalSharpen = 0x4848;    // 31:16 white, 15:0 black strength
constexpr std::uint32_t kUndirectionalSharpen = 0x4860;  // likewise
constexpr std::int32_t kMaxStrength = 511;

SharpenStrength decode_strength(std::uint32_t value) {
  return {std::min(field(value, 16, 16), kMaxStrength),
          std::min(field(value, 0, 16), kMaxStrength)};
}

struct Gradients {
  std::int32_t horizontal, vertical;
};

// First difference of the neighbours plus second difference of the pixel's own colour.
Gradients gradients(const Mirrored& p, std::int32_t x, std::int32_t y) {
  const std::int32_t c = 2 * p(x, y);
  return {std::abs(p(x - 1, y) - p(x + 1, y)) + std::abs(c - p(x - 2, y) - p(x + 2, y)),
          std::abs(p(x, y - 1) - p(x, y + 1)) + std::abs(c - p(x, y - 2) - p(x, y + 2))};
}

bool is_directional(const Demosaic& block, const Gradients& g) {
  return std::abs(g.horizontal - g.vertical) >= block.direction_threshold;
}

// Green at a red or blue site: mean of the two neighbours, corrected by the site's own curvature.
std::int32_t interpolated_green(const Demosaic& block, const Mirrored& p, std::int32_t x,
                                std::int32_t y) {
  const std::int32_t c = 2 * p(x, y);
  const std::int32_t across =
      (2 * (p(x - 1, y) + p(x + 1, y)) + c - p(x - 2, y) - p(x + 2, y)) >> 2;
  const std::int32_t along = (2 * (p(x, y - 1) + p(x, y + 1)) + c - p(x, y - 2) - p(x, y + 2)) >> 2;
  const Gradients g = gradients(p, x, y);
  if (!is_directional(block, g)) return clip12((across + along) >> 1);
  return clip12(g.horizontal < g.vertical ? across : along);
}

// Difference of a colour to green at the sites of that colour, and its interpolations.
struct Difference {
  const Plane<std::uint16_t>& bayer;
  const Plane<std::uint16_t>& green;
  std::int32_t at(std::int32_t x, std::int32_t y) const {
    x = mirrored(x, bayer.width);
    y = mirrored(y, bayer.height);
    return bayer.at(x, y) - green.at(x, y);
  }
  std::int32_t across(std::int32_t x, std::int32_t y) const {
    return (at(x - 1, y) + at(x + 1, y) + 1) >> 1;
  }
  std::int32_t along(std::int32_t x, std::int32_t y) const {
    return (at(x, y - 1) + at(x, y + 1) + 1) >> 1;
  }
  std::int32_t diagonal(std::int32_t x, std::int32_t y) const {
    return (at(x - 1, y - 1) + at(x + 1, y - 1) + at(x - 1, y + 1) + at(x + 1, y + 1) + 2) >> 2;
  }
};

Plane<std::uint16_t> green_plane(const Demosaic& block, const FilterArray& filter,
                                 const Plane<std::uint16_t>& bayer) {
  Plane<std::uint16_t> green(bayer.width, bayer.height);
  const Mirrored p{bayer};
  for (std::int32_t y = 0; y < bayer.height; ++y) {
    for (std::int32_t x = 0; x < bayer.width; ++x) {
      green.at(x, y) = filter.green(x, y)
                           ? bayer.at(x, y)
                           : static_cast<std::uint16_t>(interpolated_green(block, p, x, y));
    }
  }
  return green;
}

// Green minus its 3x3 binomial mean.
std::int32_t detail(const Mirrored& green, std::int32_t x, std::int32_t y) {
  std::int32_t sum = 8;
  constexpr std::int32_t kWeight[3] = {1, 2, 1};
  for (std::int32_t dy = -1; dy <= 1; ++dy) {
    for (std::int32_t dx = -1; dx <= 1; ++dx) {
      sum += kWeight[dy + 1] * kWeight[dx + 1] * green(x + dx, y + dy);
    }
  }
  return green(x, y) - (sum >> 4);
}

RgbPlanes grey(const Plane<std::uint16_t>& bayer) {
  return {bayer, bayer, bayer};
}

}  // namespace

Demosaic decode_demosaic(const IspRegisters& registers) {
  Demosaic block;
  block.active = !bypassed(registers, Block::kDemosaic);
  // Equal gradients have no direction, whatever the threshold.
  block.direction_threshold = std::max(field(registers[kDirection], 0, 16), 1);
  block.detail_threshold = field(registers[kDetail], 16, 16);
  block.directional = decode_strength(registers[kDirectionalSharpen]);
  block.undirectional = decode_strength(registers[kUndirectionalSharpen]);
  return block;
}

RgbPlanes demosaic_frame(const Demosaic& block, const FilterArray& filter,
                         const Plane<std::uint16_t>& bayer) {
  if (!block.active) return grey(bayer);
  const Plane<std::uint16_t> green = green_plane(block, filter, bayer);
  RgbPlanes rgb{green, green, green};
  const Difference difference{bayer, green};
  for (std::int32_t y = 0; y < bayer.height; ++y) {
    for (std::int32_t x = 0; x < bayer.width; ++x) {
      const bool red_row = filter.red_row(y);
      std::int32_t own_row, other_row;  // the row's colour, and that of the rows above and below
      if (filter.green(x, y)) {
        own_row = difference.across(x, y);
        other_row = difference.along(x, y);
      } else {
        own_row = difference.at(x, y);
        other_row = difference.diagonal(x, y);
      }
      const std::int32_t g = green.at(x, y);
      const std::int32_t red = clip12(g + (red_row ? own_row : other_row));
      const std::int32_t blue = clip12(g + (red_row ? other_row : own_row));
      const std::int32_t added =
          block.sharpening(detail({green}, x, y), is_directional(block, gradients({bayer}, x, y)));
      rgb.red.at(x, y) = static_cast<std::uint16_t>(clip12(red + added));
      rgb.green.at(x, y) = static_cast<std::uint16_t>(clip12(g + added));
      rgb.blue.at(x, y) = static_cast<std::uint16_t>(clip12(blue + added));
    }
  }
  return rgb;
}

}  // namespace t31::model::pixel

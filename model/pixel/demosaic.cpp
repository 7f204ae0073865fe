// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/demosaic.hpp"

#include <cstdlib>

#include "model/pixel/bypass.hpp"
#include "model/pixel/mirrored.hpp"

namespace t31::model::pixel {
namespace {

constexpr std::uint32_t kDetail = 0x4808;     // 31:16 threshold
constexpr std::uint32_t kDirection = 0x4814;  // 15:0 horizontal/vertical threshold
// Sharpening: 31:16 white, 15:0 black.
constexpr std::uint32_t kDirectionalStrength = 0x4848, kDirectionalLimit = 0x484c;
constexpr std::uint32_t kUndirectionalStrength = 0x4860, kUndirectionalLimit = 0x4864;
// 22 nodes of 6 bits, five to a word: white, then black.
constexpr std::uint32_t kDirectionalWeights = 0x48f4, kUndirectionalWeights = 0x491c;
constexpr std::uint32_t kWeightBytes = 0x14;
constexpr std::uint32_t kFalseColour = 0x4880;        // 20:14, 13:7 strength of the first two bands
constexpr std::uint32_t kFalseColourStep = 0x4884;    // 15:0 first step of activity
constexpr std::uint32_t kFalseColourStrong = 0x4894;  // 6:0 strength of the last band
constexpr std::uint32_t kFalseColourSteps = 0x489c;   // 15:0 second, 31:16 third
constexpr std::uint32_t kFalseColourLast = 0x48a0;    // 15:0 fourth

constexpr std::uint32_t kColourAlias = 0x4878;          // 31:16 activity
constexpr std::uint32_t kColourAliasStrength = 0x487c;  // 9:5
constexpr std::uint32_t kDarkColour = 0x4980;           // 15:0 strength, 31:16 green

DetailWeights decode_weights(const IspRegisters& registers, std::uint32_t first) {
  DetailWeights weights;
  for (unsigned i = 0; i < DetailWeights::kNodes; ++i) {
    weights.nodes[i] =
        static_cast<std::uint8_t>(field(registers[first + 4 * (i / 5)], 6 * (i % 5), 6));
  }
  return weights;
}

Sharpening decode_sharpening(const IspRegisters& r, std::uint32_t strength, std::uint32_t limit,
                             std::uint32_t weights) {
  constexpr std::int32_t kMost = SharpenSide::kMaxStrength;
  return {{std::min(field(r[strength], 16, 16), kMost), field(r[limit], 16, 12),
           decode_weights(r, weights)},
          {std::min(field(r[strength], 0, 16), kMost), field(r[limit], 0, 12),
           decode_weights(r, weights + kWeightBytes)}};
}

FalseColour decode_false_colour(const IspRegisters& r) {
  return {{field(r[kFalseColourStep], 0, 16), field(r[kFalseColourSteps], 0, 16),
           field(r[kFalseColourSteps], 16, 16), field(r[kFalseColourLast], 0, 16)},
          {field(r[kFalseColour], 14, 7), field(r[kFalseColour], 7, 7),
           field(r[kFalseColourStrong], 0, 7)},
          field(r[kColourAlias], 16, 16),
          4 * field(r[kColourAliasStrength], 5, 5),
          field(r[kDarkColour], 16, 16),
          std::min(field(r[kDarkColour], 0, 16), FalseColour::kMaxStrength)};
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
  block.directional =
      decode_sharpening(registers, kDirectionalStrength, kDirectionalLimit, kDirectionalWeights);
  block.undirectional = decode_sharpening(registers, kUndirectionalStrength, kUndirectionalLimit,
                                          kUndirectionalWeights);
  block.false_colour = decode_false_colour(registers);
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
      const Gradients slopes = gradients({bayer}, x, y);
      const std::int32_t activity = std::max(slopes.horizontal, slopes.vertical);
      const bool directional = is_directional(block, slopes);
      const std::int32_t g = green.at(x, y);
      const std::int32_t strength = block.false_colour.strength_at(activity, directional, g);
      own_row = FalseColour::suppressed(own_row, strength);
      other_row = FalseColour::suppressed(other_row, strength);
      const std::int32_t red = clip12(g + (red_row ? own_row : other_row));
      const std::int32_t blue = clip12(g + (red_row ? other_row : own_row));
      const std::int32_t added = block.sharpening(detail({green}, x, y), directional);
      rgb.red.at(x, y) = static_cast<std::uint16_t>(clip12(red + added));
      rgb.green.at(x, y) = static_cast<std::uint16_t>(clip12(g + added));
      rgb.blue.at(x, y) = static_cast<std::uint16_t>(clip12(blue + added));
    }
  }
  return rgb;
}

}  // namespace t31::model::pixel

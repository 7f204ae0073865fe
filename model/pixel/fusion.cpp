// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/fusion.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace t31::model::pixel {
namespace {

constexpr std::int32_t kWhole = 256;  // of a weight
constexpr std::int32_t kFullGhost = 32;

// Code at which a map node stands: every 16, every 32, every 64.
struct MapPlace {
  unsigned node;
  std::int32_t rest;
  unsigned shift;
};
MapPlace map_place(std::int32_t code) {
  if (code < 256) return {static_cast<unsigned>(code >> 4), code & 15, 4};
  if (code < 512) return {16 + static_cast<unsigned>((code - 256) >> 5), code & 31, 5};
  return {24 + static_cast<unsigned>((code - 512) >> 6), code & 63, 6};
}

// 33 nodes over 12 bits.
template <std::size_t kNodes>
std::int32_t on_curve(const std::array<std::int32_t, kNodes>& nodes, std::int32_t x) {
  const auto k = static_cast<std::size_t>(x >> 7);
  return nodes[k] + (((nodes[k + 1] - nodes[k]) * (x & 127)) >> 7);
}

std::int32_t cell_luma(const Plane<std::uint16_t>& plane, std::int32_t x, std::int32_t y) {
  const std::int32_t right = std::min(x + 1, plane.width - 1);
  const std::int32_t below = std::min(y + 1, plane.height - 1);
  return (plane.at(x, y) + plane.at(right, y) + plane.at(x, below) + plane.at(right, below)) >> 2;
}

}  // namespace

void delay_long_exposure(const DelayBuffer& buffer, std::int32_t delay, PixelMemory* memory,
                         Plane<std::uint16_t>& longer) {
  const auto bytes = std::uint64_t{buffer.stride} * buffer.lines;
  const bool usable = buffer.usable(static_cast<std::uint32_t>(longer.width));
  const auto store = memory == nullptr || !usable ? std::span<std::uint8_t>()
                                                  : memory->memory(buffer.address, bytes);
  if (store.empty()) {
    std::fill(longer.samples.begin(), longer.samples.end(), std::uint16_t{0});
    return;
  }
  const auto width = static_cast<std::size_t>(longer.width);
  const std::size_t line_bytes = 2 * width;
  const auto place = [&](std::int32_t y) {
    return store.data() + static_cast<std::size_t>(y) % buffer.lines * buffer.stride;
  };
  // Lines are written in order; each is read back when the short exposure's line arrives.
  std::int32_t written = 0;
  for (std::int32_t y = 0; y < longer.height; ++y) {
    for (; written <= std::min(y + delay, longer.height - 1); ++written) {
      std::memcpy(place(written), longer.row(written), line_bytes);
    }
    std::memcpy(longer.row(y), place(y), line_bytes);
  }
}

std::int32_t Fusion::mapped(unsigned colour, std::int32_t code) const {
  const MapPlace at = map_place(code);
  const auto& nodes = map[colour];
  return nodes[at.node] + (((nodes[at.node + 1] - nodes[at.node]) * at.rest) >> at.shift);
}

std::int32_t Fusion::mean_luma(std::int32_t long_luma, std::int32_t short_luma) const {
  const std::int32_t sum = long_luma + short_luma;
  return luma_reciprocal == 0 ? sum >> 1 : std::min((sum * luma_reciprocal) >> 12, kMax12);
}

std::int32_t Fusion::curve_weight(std::int32_t luma) const {
  unsigned k = 0;
  while (k < 3 && luma >= point_x[k + 1]) ++k;
  std::int32_t factor = point_y[k];
  if (k < 3 && luma > point_x[k]) {
    factor += ((point_y[k + 1] - point_y[k]) * (luma - point_x[k])) >> point_shift[k];
  }
  // With a small shift the factor of a wrong register is large: the product needs the width.
  const std::int64_t weight = std::int64_t{on_curve(curve, luma)} * factor >> 14;
  return static_cast<std::int32_t>(std::clamp<std::int64_t>(weight, 0, kWhole));
}

Fusion::Motion Fusion::motion_limit(std::int32_t luma) const {
  unsigned k = 0;
  while (k + 1 < kThresholds && luma >= label[k + 1]) ++k;
  std::int32_t from = threshold[k];
  if (k + 1 < kThresholds && luma > label[k]) {
    from += ((threshold[k + 1] - threshold[k]) * (luma - label[k])) >> label_shift[k];
  }
  return {from, range[k]};
}

std::int32_t Fusion::motion(std::int32_t luma, std::int32_t difference) const {
  const Motion at = motion_limit(luma);
  const std::int32_t over = difference - std::max(at.threshold, 0);
  if (over <= 0) return 0;
  const std::int64_t share = std::int64_t{over} * at.range >> 10;
  return static_cast<std::int32_t>(std::min<std::int64_t>(share, kFullGhost));
}

std::int32_t Fusion::weight(std::int32_t long_luma, std::int32_t short_luma) const {
  const std::int32_t w = curve_weight(mean_luma(long_luma, short_luma));
  if (output == Output::kShort) return w;
  if (output == Output::kLong) return kWhole - w;
  // A pixel that moved between the exposures shows the short one alone: no double contour.
  const std::int32_t ghost =
      (motion(long_luma, std::abs(long_luma - short_luma)) * ghost_weight) >> 5;
  return w + (((kWhole - w) * ghost) >> 5);
}

std::int32_t Fusion::encoded(std::int32_t x) const {
  return std::min(on_curve(gamma, std::min(x, ceiling)), ceiling);
}

std::int32_t Fusion::mixed(std::int32_t longer, std::int32_t shorter, std::int32_t map_gain,
                           std::int32_t w) const {
  const auto mix = [&](std::int32_t a, std::int32_t b) {
    return ((kWhole - w) * a + w * b + kWhole / 2) >> 8;
  };
  if (output != Output::kFused) return mix(longer, shorter);
  // Both ends of the range keep their own steps: what the long exposure resolves and what the short
  // one does, one above the other.
  const std::int32_t low = mix(longer, std::min((shorter * map_gain) >> 12, kMax12));
  const std::int32_t high = mix((longer * inverse) >> 12, shorter);
  const std::int32_t sum = low + high;
  const std::int32_t code = output_reciprocal == 0 ? sum >> 1 : (sum * output_reciprocal) >> 12;
  return std::min(code, kMax12);
}

ExposurePlanes prepare_exposures(const Fusion& fusion, const BayerFrame& frame) {
  const auto width = static_cast<std::int32_t>(frame.width);
  const auto height = static_cast<std::int32_t>(frame.height);
  ExposurePlanes planes;
  planes.longer = planes.shorter = planes.metered[0] = planes.metered[1] =
      Plane<std::uint16_t>(width, height);
  for (std::int32_t y = 0; y < height; ++y) {
    for (std::int32_t x = 0; x < width; ++x) {
      const unsigned slot = FilterArray::slot(static_cast<unsigned>(x), static_cast<unsigned>(y));
      const auto i = static_cast<std::size_t>(y) * frame.width + static_cast<std::size_t>(x);
      for (unsigned e = 0; e < 2; ++e) {
        const std::uint16_t code = e == 0 ? frame.codes[i] : frame.short_codes[i];
        const ExposurePath& path = fusion.exposure[e];
        const std::int32_t level = path.levelled(slot, aligned_to_12(code, frame.bits));
        planes.metered[e].at(x, y) = static_cast<std::uint16_t>(level);
        (e == 0 ? planes.longer : planes.shorter).at(x, y) =
            static_cast<std::uint16_t>(path.balance.apply(slot, level));
      }
    }
  }
  return planes;
}

Plane<std::uint16_t> fuse_frame(const Fusion& fusion, const ExposurePlanes& planes) {
  const Plane<std::uint16_t>& longer = planes.longer;
  Plane<std::uint16_t> mapped(longer.width, longer.height), out(longer.width, longer.height);
  const auto colour_at = [&](std::int32_t x, std::int32_t y) {
    return fusion.map_of[FilterArray::slot(static_cast<unsigned>(x), static_cast<unsigned>(y))];
  };
  for (std::int32_t y = 0; y < longer.height; ++y) {
    for (std::int32_t x = 0; x < longer.width; ++x) {
      mapped.at(x, y) = static_cast<std::uint16_t>(
          limit(fusion.mapped(colour_at(x, y), planes.shorter.at(x, y)), 0, kMax12));
    }
  }
  for (std::int32_t y = 0; y < longer.height; ++y) {
    for (std::int32_t x = 0; x < longer.width; ++x) {
      const std::int32_t cell_x = x & ~1, cell_y = y & ~1;
      const std::int32_t mapped_luma = cell_luma(mapped, cell_x, cell_y);
      const std::int32_t w = fusion.weight(cell_luma(longer, cell_x, cell_y), mapped_luma);
      const std::int32_t gain =
          Fusion::map_gain(mapped_luma, cell_luma(planes.shorter, cell_x, cell_y));
      out.at(x, y) = static_cast<std::uint16_t>(
          fusion.fuse(longer.at(x, y), planes.shorter.at(x, y), gain, w));
    }
  }
  return out;
}

}  // namespace t31::model::pixel

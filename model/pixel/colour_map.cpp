// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/colour_map.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "model/pixel/bypass.hpp"

namespace t31::model::pixel {
namespace {

constexpr std::uint32_t kShift = 0x6804;
constexpr std::uint32_t kHueRam = 0x60000;         // five nodes of 7 bits to two words
constexpr std::uint32_t kSaturationRam = 0x70000;  // five nodes of 9 bits to two words
constexpr unsigned kGroup = 5;
constexpr unsigned kHueBits = 7, kSaturationBits = 9;

// Node `i` of a table whose groups of five lie in two words, one behind the other.
std::int32_t packed_node(const IspRegisters& registers, std::uint32_t ram, unsigned i,
                         unsigned bits) {
  const std::uint32_t group = ram + 8 * (i / kGroup);
  const std::uint64_t both = std::uint64_t{registers[group + 4]} << 32 | registers[group];
  return signed_field(static_cast<std::uint32_t>(both >> (bits * (i % kGroup))), 0, bits);
}

// A position between two nodes of an axis.
struct Between {
  unsigned low = 0, high = 0;
  double fraction = 0;
};

Between hue_of(double u, double v) {
  const double sector = std::atan2(v, u) * ColourMap::kHues / (2 * std::numbers::pi);
  const double whole = std::floor(sector);
  const auto low =
      static_cast<unsigned>(static_cast<int>(whole) + static_cast<int>(ColourMap::kHues)) %
      ColourMap::kHues;
  return {low, (low + 1) % ColourMap::kHues, sector - whole};
}

// Levels are 32 units of 8 bits apart.
Between saturation_of(double u, double v) {
  constexpr double kLast = ColourMap::kSaturations - 1;
  const double level = std::min(std::hypot(u, v) / 32, kLast);
  const auto low = std::min(static_cast<unsigned>(level), ColourMap::kSaturations - 2);
  return {low, low + 1, level - low};
}

template <typename Table>
double interpolated(const Table& table, unsigned luma, const Between& hue, const Between& sat) {
  const auto node = [&](unsigned h, unsigned s) {
    return static_cast<double>(table[(h * ColourMap::kLumas + luma) * ColourMap::kSaturations + s]);
  };
  const auto along = [&](unsigned h) {
    return node(h, sat.low) + (node(h, sat.high) - node(h, sat.low)) * sat.fraction;
  };
  return along(hue.low) + (along(hue.high) - along(hue.low)) * hue.fraction;
}

}  // namespace

ColourMap decode_colour_map(const IspRegisters& registers) {
  ColourMap map;
  if (bypassed(registers, Block::kColourMap)) return map;
  map.shift = std::min(registers[kShift], 3u);
  for (unsigned i = 0; i < ColourMap::kNodes; ++i) {
    map.hue[i] = static_cast<std::int8_t>(packed_node(registers, kHueRam, i, kHueBits));
    map.saturation[i] =
        static_cast<std::int16_t>(packed_node(registers, kSaturationRam, i, kSaturationBits));
    map.active = map.active || map.hue[i] != 0 || map.saturation[i] != 0;
  }
  return map;
}

ChromaTurn ColourMap::turn(unsigned luma, std::int32_t u, std::int32_t v) const {
  // A hue step is 1/64 of a sector of 12 degrees, a saturation step 1/256 of it.
  constexpr double kHueStep = 2 * std::numbers::pi / kHues / 64;
  const Between h = hue_of(u, v), s = saturation_of(u, v);
  const double larger = 1 << shift;
  const double angle = interpolated(hue, luma, h, s) * larger * kHueStep;
  const double change = interpolated(saturation, luma, h, s) * larger / 256;
  const double factor = 2048 * std::clamp(1 + change, 0.0, 4.0);
  return {static_cast<std::int16_t>(std::lround(factor * std::cos(angle))),
          static_cast<std::int16_t>(std::lround(factor * std::sin(angle)))};
}

Triple ColourMap::apply(const Triple& yuv) const {
  if (!active) return yuv;
  const unsigned level = luma_level(yuv[0]);
  const std::int32_t u = (yuv[1] >> 2) - 128, v = (yuv[2] >> 2) - 128;
  return turned(yuv, turn(level, u, v), turn(level + 1, u, v));
}

void ColourMapTable::update(const ColourMap& map) {
  if (map == map_) return;
  map_ = map;
  if (!map.active) return;
  turns_.resize(ColourMap::kLumas * kChroma);
  for (std::size_t i = 0; i < kChroma; ++i) {
    const auto u = static_cast<std::int32_t>(i % 256) - 128,
               v = static_cast<std::int32_t>(i / 256) - 128;
    for (unsigned luma = 0; luma < ColourMap::kLumas; ++luma) {
      turns_[luma * kChroma + i] = map.turn(luma, u, v);
    }
  }
}

void ColourMapTable::correct_row(const std::int16_t* above, const std::int16_t* below,
                                 std::size_t pairs, std::int16_t* u, std::int16_t* v) const {
  for (std::size_t i = 0; i < pairs; ++i) {
    const std::int32_t mean =
        (above[2 * i] + above[2 * i + 1] + below[2 * i] + below[2 * i + 1]) >> 2;
    const auto chroma = static_cast<std::size_t>((v[i] >> 2) * 256 + (u[i] >> 2));
    const ChromaTurn* turns = &turns_[luma_level(mean) * kChroma + chroma];
    const Triple out = turned({mean, u[i], v[i]}, turns[0], turns[kChroma]);
    u[i] = static_cast<std::int16_t>(out[1]);
    v[i] = static_cast<std::int16_t>(out[2]);
  }
}

}  // namespace t31::model::pixel

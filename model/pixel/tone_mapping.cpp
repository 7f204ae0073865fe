// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/tone_mapping.hpp"

#include <cstdlib>

#include "model/pixel/bypass.hpp"

namespace t31::model::pixel {
namespace {

constexpr std::uint32_t kLevels = 0x4004;  // 15:4 least detail, 31:16 most detail
constexpr std::uint32_t kRowEdges = 0x4010, kColumnEdges = 0x401c;
constexpr std::uint32_t kDistances = 0x402c;  // 31, two per word
constexpr std::uint32_t kCurveX = 0x406c, kCurveWidths = 0x4334;
constexpr std::uint32_t kCurves = 0x4084;  // 24 x 11 nodes, two per word
constexpr std::uint32_t kWeights20 = 0x4294, kWeights02 = 0x42b4, kWeights12 = 0x42d4;
constexpr std::uint32_t kWeights21 = 0x42f4, kWeights22 = 0x4314;
constexpr std::uint32_t kContrastX = 0x4340, kContrast = 0x4354, kContrastWidths = 0x4368;
constexpr std::uint32_t kMinimumX = 0x4378, kMinimum = 0x4390, kMinimumWidths = 0x43a8;
constexpr std::uint32_t kCompensation = 0x43b4;  // five tables of twelve, two nodes per word
constexpr std::uint32_t kAdjust = 0x442c;        // five gains, then five exponents, Q10
constexpr std::uint32_t kExponents = 0x4448;     // of the five tables, Q10

constexpr std::int32_t kMaxDetailGain = 4095;
constexpr unsigned kContrastNodes = 9, kTables = 5, kTableNodes = 12;
constexpr std::int32_t kMaxShift = 2047;
constexpr unsigned kWeightBits = 5;

// Ratios (Q8) at which the tables of colour compensation have their nodes.
constexpr std::array<std::int32_t, kTableNodes> kRatios{0,   32,  64,  96,  128,  160,
                                                        192, 224, 256, 512, 1024, 2048};

std::int32_t half_word(const IspRegisters& registers, std::uint32_t offset, unsigned i) {
  return field(registers[offset + 4 * (i / 2)], 16 * (i % 2), 16);
}
std::int32_t byte(const IspRegisters& registers, std::uint32_t offset, unsigned i) {
  return field(registers[offset + 4 * (i / 4)], 8 * (i % 4), 8);
}

// Edges of blocks, made ascending.
std::vector<std::int32_t> decode_edges(const IspRegisters& registers, std::uint32_t offset,
                                       unsigned blocks) {
  std::vector<std::int32_t> edges;
  for (unsigned i = 0; i <= blocks; ++i) {
    const std::int32_t edge = half_word(registers, offset, i);
    edges.push_back(i == 0 ? edge : std::max(edge, edges.back()));
  }
  return edges;
}

OuterWeights::Table decode_weights(const IspRegisters& registers, std::uint32_t offset) {
  OuterWeights::Table table{};
  constexpr std::int32_t kMost = (1 << kWeightBits) - 1;
  for (unsigned i = 0; i < table.size(); ++i) {
    table[i] = static_cast<std::uint8_t>(std::min(byte(registers, offset, i), kMost));
  }
  return table;
}

WeightRules decode_rules(const IspRegisters& registers) {
  constexpr unsigned kClasses = 31;
  WeightRules rules;
  rules.grid.x = decode_edges(registers, kColumnEdges, ToneMapping::kColumns);
  rules.grid.y = decode_edges(registers, kRowEdges, ToneMapping::kRows);
  for (unsigned i = 0; i < kClasses; ++i) {
    rules.classes.limits.push_back(half_word(registers, kDistances, i));
  }
  rules.outer.by20 = decode_weights(registers, kWeights20);
  rules.outer.by02 = decode_weights(registers, kWeights02);
  rules.outer.by12 = decode_weights(registers, kWeights12);
  rules.outer.by21 = decode_weights(registers, kWeights21);
  rules.outer.by22 = decode_weights(registers, kWeights22);
  return rules;
}

ToneMapping::Knees decode_knees(const IspRegisters& registers, std::uint32_t x,
                                std::uint32_t widths) {
  ToneMapping::Knees knees;
  std::int32_t before = 0;
  for (unsigned i = 0; i < knees.x.size(); ++i) {
    before = knees.x[i] = limit(half_word(registers, x, i), before, kMax12 + 1);
  }
  for (unsigned i = 0; i < knees.width_bits.size(); ++i) {
    knees.width_bits[i] = std::min(byte(registers, widths, i), 12);
  }
  return knees;
}

ToneMapping::Curve decode_curve(const IspRegisters& registers, std::uint32_t offset,
                                unsigned first) {
  ToneMapping::Curve curve{};
  for (unsigned i = 0; i < curve.size(); ++i) {
    curve[i] = std::min(half_word(registers, offset, first + i), kMax12);
  }
  return curve;
}

void decode_contrast(const IspRegisters& registers, ToneMapping& block) {
  Segments& s = block.contrast;
  s.count = kContrastNodes + 1;
  const auto gain = [&](unsigned i) {
    return std::min(half_word(registers, kContrast, i), kMaxDetailGain);
  };
  s.value[0] = gain(0);
  std::int32_t before = 0;
  for (unsigned i = 0; i < kContrastNodes; ++i) {
    before = s.start[i + 1] = limit(half_word(registers, kContrastX, i), before, kMax12 + 1);
    s.value[i + 1] = gain(i);
    block.changes_contrast = block.changes_contrast || gain(i) != kUnityQ10;
  }
  for (unsigned i = 1; i < kContrastNodes; ++i) {
    s.slope[i] = slope_of(gain(i) - gain(i - 1), half_word(registers, kContrastWidths, i - 1),
                          s.start[i + 1] - s.start[i], kMaxDetailGain);
  }
  block.least_detail = field(registers[kLevels], 4, 12);
  block.most_detail = std::min(field(registers[kLevels], 16, 16), kMax12);
}

// The exponent for a gain (both Q10).
std::int32_t decode_exponent(const IspRegisters& registers, std::int32_t gain) {
  constexpr unsigned kNodes = 5;
  // Gains in the first three words, exponents in the next three; the last of each alone.
  const auto x = [&](unsigned i) { return half_word(registers, kAdjust, i); };
  const auto y = [&](unsigned i) { return half_word(registers, kAdjust + 12, i); };
  if (gain <= x(0)) return y(0);
  for (unsigned i = 1; i < kNodes; ++i) {
    if (gain >= x(i)) continue;
    return y(i - 1) + (y(i) - y(i - 1)) * (gain - x(i - 1)) / (x(i) - x(i - 1));
  }
  return y(kNodes - 1);
}

// How far the table of an exponent moves each node's ratio, between the two nearest tables.
std::array<std::int32_t, kTableNodes> decode_shifts(const IspRegisters& registers,
                                                    std::int32_t exponent) {
  const auto level = [&](unsigned i) { return half_word(registers, kExponents, i); };
  const auto shift = [&](unsigned table, unsigned node) {
    const std::int32_t to = half_word(registers, kCompensation + 24 * table, node);
    return limit(to - kRatios[node], -kMaxShift, kMaxShift);
  };
  unsigned above = 0;
  while (above < kTables && exponent > level(above)) ++above;
  std::array<std::int32_t, kTableNodes> shifts{};
  for (unsigned i = 0; i < kTableNodes; ++i) {
    const std::int32_t next = shift(std::min(above, kTables - 1), i);
    shifts[i] = next;
    if (above == 0 || above == kTables) continue;
    const std::int32_t low = level(above - 1), high = level(above), last = shift(above - 1, i);
    shifts[i] = last + (next - last) * (exponent - low) / (high - low);
  }
  return shifts;
}

ColourCompensation decode_compensation(const IspRegisters& registers) {
  ColourCompensation block;
  for (unsigned step = 0; step < ColourCompensation::kSteps; ++step) {
    const std::int32_t gain = kUnityQ10 + 64 * static_cast<std::int32_t>(step);
    const auto shifts = decode_shifts(registers, decode_exponent(registers, gain));
    Segments& s = block.shifts[step];
    s.count = kTableNodes;
    for (unsigned i = 0; i < kTableNodes; ++i) {
      s.start[i] = kRatios[i];
      s.value[i] = shifts[i];
      if (i + 1 < kTableNodes) {
        s.slope[i] = ((shifts[i + 1] - shifts[i]) << 8) / (kRatios[i + 1] - kRatios[i]);
      }
      block.active = block.active || shifts[i] != 0;
    }
    block.constant = block.constant && s.value == block.shifts[0].value;
  }
  return block;
}

Plane<std::uint16_t> smoothed(const Plane<std::uint16_t>& bayer, bool wide) {
  constexpr std::array<std::int32_t, 5> kNear{0, 1, 2, 1, 0}, kWide{1, 4, 6, 4, 1};
  const auto& taps = wide ? kWide : kNear;
  const unsigned bits = wide ? 4 : 0;  // dropped between the two directions
  Plane<std::int32_t> columns(bayer.width, bayer.height);
  Plane<std::uint16_t> out(bayer.width, bayer.height);
  for (std::int32_t y = 0; y < bayer.height; ++y) {
    for (std::int32_t x = 0; x < bayer.width; ++x) {
      std::int32_t sum = 0;
      for (std::int32_t i = -2; i <= 2; ++i) {
        sum += taps[static_cast<unsigned>(i + 2)] * bayer.at(x, mirrored(y + i, bayer.height));
      }
      columns.at(x, y) = sum >> bits;
    }
  }
  for (std::int32_t y = 0; y < bayer.height; ++y) {
    for (std::int32_t x = 0; x < bayer.width; ++x) {
      std::int32_t sum = 0;
      for (std::int32_t i = -2; i <= 2; ++i) {
        sum += taps[static_cast<unsigned>(i + 2)] * columns.at(mirrored(x + i, bayer.width), y);
      }
      out.at(x, y) = static_cast<std::uint16_t>(sum >> 4);
    }
  }
  return out;
}

}  // namespace

Segments ToneMapping::curve_through(const Knees& knees, const Curve& nodes) {
  constexpr std::int32_t kSteepest = 0xffff;
  Segments s;
  s.count = kNodes + 1;
  std::int32_t before = 0;
  for (unsigned i = 0; i < s.count; ++i) {
    const std::int32_t end = i < kNodes ? nodes[i] : kMax12 + 1;
    s.start[i] = i == 0 ? 0 : knees.x[i - 1];
    s.value[i] = before << 4;
    s.slope[i] = limit(((end - before) << 12) >> knees.width_bits[i], 0, kSteepest);
    before = end;
  }
  return s;
}

Segments ToneMapping::blended(const TileWeights::Tile& tile) const {
  Curve nodes{};
  for (unsigned i = 0; i < kNodes; ++i) {
    const std::int32_t sum = TileWeights::blend(
        tile, [&](std::int32_t row, std::int32_t column) { return curve(row, column)[i]; });
    nodes[i] = (sum + tile.sum / 2) / tile.sum;
  }
  return curve_through(knees, nodes);
}

std::int32_t ToneMapping::detail(const ToneLuma& luma) const {
  const std::int32_t difference = luma.near - luma.wide;
  const std::int32_t size = limit(std::abs(difference) - least_detail, 0, most_detail);
  return ((difference < 0 ? -size : size) * (contrast(luma.near) - kUnityQ10)) >> 10;
}

std::int32_t ToneMapping::apply(const Segments& tone, std::int32_t sample,
                                const ToneLuma& luma) const {
  const std::int32_t y = std::max(luma.near, 1);
  const std::int32_t toned = std::min(std::max(tone(y), minimum(y)), kMostToned);
  const std::int32_t gain = std::min((toned << 8) / y, 0xffff);  // Q12
  const std::int32_t detailed = changes_contrast ? clip12(sample + detail(luma)) : sample;
  const std::int32_t scaled = apply_gain(detailed, gain, 12);
  if (!compensation.active) return scaled;
  const std::int32_t ratio = std::min((sample << 8) / y, kRatios.back());
  return clip12(scaled + (((toned >> 4) * compensation.at(gain)(ratio)) >> 8));
}

ToneMapping decode_tone_mapping(const IspRegisters& registers) {
  ToneMapping block;
  block.active = !bypassed(registers, Block::kToneMapping);
  if (!block.active) return block;
  block.weights = decode_rules(registers);
  block.knees = decode_knees(registers, kCurveX, kCurveWidths);
  for (unsigned i = 0; i < block.curves.size(); ++i) {
    block.curves[i] = decode_curve(registers, kCurves, ToneMapping::kNodes * i);
  }
  block.minimum = ToneMapping::curve_through(decode_knees(registers, kMinimumX, kMinimumWidths),
                                             decode_curve(registers, kMinimum, 0));
  decode_contrast(registers, block);
  block.compensation = decode_compensation(registers);
  return block;
}

Plane<std::uint16_t> map_tones(const ToneMapping& block, Plane<std::uint16_t> bayer) {
  if (!block.active) return bayer;
  const auto near = smoothed(bayer, false), wide = smoothed(bayer, true);
  TileWeights weights;
  weights.update(block.weights, bayer.width, bayer.height);
  constexpr std::int32_t kTile = TileWeights::kTile;
  for (std::int32_t top = 0; top < bayer.height; top += kTile) {
    for (std::int32_t left = 0; left < bayer.width; left += kTile) {
      const Segments tone = block.blended(weights.at(left / kTile, top / kTile));
      for (std::int32_t y = top; y < std::min(top + kTile, bayer.height); ++y) {
        for (std::int32_t x = left; x < std::min(left + kTile, bayer.width); ++x) {
          const ToneLuma luma{near.at(x, y), wide.at(x, y)};
          std::uint16_t& sample = bayer.at(x, y);
          sample = static_cast<std::uint16_t>(block.apply(tone, sample, luma));
        }
      }
    }
  }
  return bayer;
}

}  // namespace t31::model::pixel

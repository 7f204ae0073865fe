// SPDX-License-Identifier: GPL-2.0-or-later
// fusion_registers.cpp - what the fusion block's registers say.
#include <algorithm>

#include "model/pixel/bypass.hpp"
#include "model/pixel/fusion.hpp"

namespace t31::model::pixel {
namespace {

constexpr std::uint32_t kDelayAddress = 0x2004, kDelayStride = 0x2008, kDelayLines = 0x200c;
constexpr std::uint32_t kGhostWeight = 0x2040;  // 29:24
constexpr std::uint32_t kMaps[Fusion::kColours] = {0x2050, 0x20f4, 0x2198};
constexpr std::uint32_t kLabels = 0x223c, kLabelShifts = 0x2274, kThresholdNodes = 0x22a8;
constexpr std::uint32_t kRanges = 0x22e0;  // one a word, 16:0
constexpr std::uint32_t kGamma = 0x244c;
constexpr std::uint32_t kPointX = 0x2490, kPointY = 0x2498;
constexpr std::uint32_t kPointShifts = 0x24a0;  // 3:0, 11:8, 19:16
constexpr std::uint32_t kCurve = 0x24a4;
constexpr std::uint32_t kControl = 0x2600;           // 5:4 output, 27:16 ceiling
constexpr std::uint32_t kRangeReciprocals = 0x2608;  // 13:0 luma, 29:16 output
constexpr std::uint32_t kStatisticsLevels = 0x2650;  // 11:0, 27:16; 0x2654 11:0
constexpr unsigned kOutputShort = 2, kOutputLong = 3;

// Two values a word, at bits 0 and 16.
template <std::size_t kCount>
void read_pairs(const IspRegisters& registers, std::uint32_t first, unsigned bits,
                std::array<std::int32_t, kCount>& out) {
  for (std::uint32_t i = 0; i < kCount; ++i) {
    out[i] = field(registers[first + i / 2 * 4], i % 2 * 16, bits);
  }
}

// Short code by long code, Q12. Light of any colour gives the same, but matched histograms are
// stairs where a scene has few levels: the median over the densest nodes of all maps.
std::int32_t inverse_of(
    const std::array<std::array<std::int32_t, Fusion::kMapNodes>, Fusion::kColours>& maps) {
  constexpr std::int32_t kClear = 3800;  // of the long exposure's saturation
  constexpr std::int32_t kUnity = 4096;
  constexpr unsigned kNodes = 16, kCodes = 16;  // a node every 16 codes
  std::array<std::int32_t, Fusion::kColours * kNodes> shares{};
  std::size_t count = 0;
  for (const auto& map : maps) {
    for (unsigned i = 1; i <= kNodes; ++i) {
      if (map[i] > 0 && map[i] < kClear) {
        shares[count++] = static_cast<std::int32_t>(kCodes * i) * kUnity / map[i];
      }
    }
  }
  if (count == 0) return kUnity;
  const auto middle = shares.begin() + static_cast<std::ptrdiff_t>(count / 2);
  std::nth_element(shares.begin(), middle, shares.begin() + static_cast<std::ptrdiff_t>(count));
  return std::min(*middle, kUnity);
}

unsigned map_index(Colour colour) {
  return colour == Colour::kRed ? 0 : colour == Colour::kBlue ? 2 : 1;
}

}  // namespace

DelayBuffer decode_delay_buffer(const IspRegisters& registers) {
  return {registers[kDelayAddress], registers[kDelayStride], registers[kDelayLines]};
}

Fusion decode_fusion(const IspRegisters& registers, const FilterArray& filter) {
  Fusion f;
  f.active = !bypassed(registers, Block::kFusion);
  const auto output = static_cast<unsigned>(field(registers[kControl], 4, 2));
  f.output = output == kOutputShort  ? Fusion::Output::kShort
             : output == kOutputLong ? Fusion::Output::kLong
                                     : Fusion::Output::kFused;
  f.ceiling = field(registers[kControl], 16, 12);
  f.exposure = {decode_exposure(registers, filter, Exposure::kLong),
                decode_exposure(registers, filter, Exposure::kShort)};
  for (unsigned slot = 0; slot < 4; ++slot) f.map_of[slot] = map_index(filter.visible(slot));
  for (unsigned i = 0; i < Fusion::kColours; ++i) read_pairs(registers, kMaps[i], 12, f.map[i]);
  f.inverse = inverse_of(f.map);
  read_pairs(registers, kLabels, 12, f.label);
  read_pairs(registers, kThresholdNodes, 11, f.threshold);
  read_pairs(registers, kLabelShifts, 4, f.label_shift);
  for (std::uint32_t i = 0; i < Fusion::kThresholds; ++i) {
    f.range[i] = field(registers[kRanges + 4 * i], 0, 17);
  }
  f.ghost_weight = std::min(field(registers[kGhostWeight], 24, 6), 32);
  read_pairs(registers, kCurve, 9, f.curve);
  read_pairs(registers, kGamma, 12, f.gamma);
  read_pairs(registers, kPointX, 13, f.point_x);
  read_pairs(registers, kPointY, 15, f.point_y);
  for (unsigned i = 0; i < 3; ++i) f.point_shift[i] = field(registers[kPointShifts], 8 * i, 4);
  f.luma_reciprocal = field(registers[kRangeReciprocals], 0, 14);
  f.output_reciprocal = field(registers[kRangeReciprocals], 16, 14);
  f.statistics = {field(registers[kStatisticsLevels], 0, 12),
                  field(registers[kStatisticsLevels], 16, 12),
                  field(registers[kStatisticsLevels + 4], 0, 12)};
  return f;
}

}  // namespace t31::model::pixel

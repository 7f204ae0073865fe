// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/raw_denoise.hpp"

#include <cstdlib>

#include "model/pixel/bypass.hpp"
#include "model/pixel/mirrored.hpp"

namespace t31::model::pixel {
namespace {

constexpr std::uint32_t kOptions = 0x3008;  // 31:16 most overexposed samples
constexpr std::uint32_t kTexture = 0x3018;
constexpr std::uint32_t kLimits = 0x301c;  // 15:0 saturation, 31:16 overexposure
constexpr std::uint32_t kGreen = 0x3020;   // 15:0 flat, 31:16 textured
constexpr std::uint32_t kOther = 0x3024;

RawDenoise::Thresholds decode_thresholds(std::uint32_t value) {
  return {field(value, 0, 12), field(value, 16, 12)};
}

std::array<std::int32_t, 8> neighbours_of(const Mirrored& p, std::int32_t x, std::int32_t y) {
  return {p(x - 2, y - 2), p(x, y - 2),     p(x + 2, y - 2), p(x - 2, y),
          p(x + 2, y),     p(x - 2, y + 2), p(x, y + 2),     p(x + 2, y + 2)};
}

std::int32_t overexposed_around(const RawDenoise& block, const Mirrored& p, std::int32_t x,
                                std::int32_t y) {
  std::int32_t count = 0;
  for (std::int32_t dy = -2; dy <= 2; ++dy) {
    for (std::int32_t dx = -2; dx <= 2; ++dx) count += p(x + dx, y + dy) > block.overexposed;
  }
  return count;
}

}  // namespace

RawDenoise decode_raw_denoise(const IspRegisters& registers) {
  RawDenoise block;
  block.active = !bypassed(registers, Block::kRawDenoise);
  block.green = decode_thresholds(registers[kGreen]);
  block.other = decode_thresholds(registers[kOther]);
  block.texture = field(registers[kTexture], 0, 16);
  block.saturation = field(registers[kLimits], 0, 16);
  block.overexposed = field(registers[kLimits], 16, 16);
  block.most_overexposed = field(registers[kOptions], 16, 16);
  return block;
}

std::int32_t RawDenoise::apply(std::int32_t x, const std::array<std::int32_t, 8>& neighbours,
                               const Thresholds& thresholds) const {
  std::int32_t activity = 0;
  for (const std::int32_t n : neighbours) activity += std::abs(n - x);
  const std::int32_t threshold = (activity >> 3) < texture ? thresholds.flat : thresholds.textured;
  std::int32_t sum = 0;
  unsigned count = 1;
  for (const std::int32_t n : neighbours) {
    if (std::abs(n - x) > threshold) continue;
    sum += n - x;
    ++count;
  }
  return x + ((sum * kReciprocal[count] + 0x4000) >> 15);
}

Plane<std::uint16_t> denoise_frame(const RawDenoise& block, const FilterArray& filter,
                                   const Plane<std::uint16_t>& bayer) {
  if (!block.changes()) return bayer;
  Plane<std::uint16_t> out = bayer;
  const Mirrored p{bayer};
  for (std::int32_t y = 0; y < bayer.height; ++y) {
    for (std::int32_t x = 0; x < bayer.width; ++x) {
      const std::int32_t sample = p(x, y);
      if (sample > block.saturation) continue;
      if (block.guards() && overexposed_around(block, p, x, y) > block.most_overexposed) continue;
      const auto& thresholds = filter.green(x, y) ? block.green : block.other;
      out.at(x, y) =
          static_cast<std::uint16_t>(block.apply(sample, neighbours_of(p, x, y), thresholds));
    }
  }
  return out;
}

}  // namespace t31::model::pixel

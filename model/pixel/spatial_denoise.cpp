// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/spatial_denoise.hpp"

#include "model/pixel/bypass.hpp"
#include "model/pixel/yuv.hpp"

namespace t31::model::pixel {
namespace {

constexpr std::uint32_t kBlend = 0x880c;        // 4 bits each, eighths
constexpr std::uint32_t kMovingCount = 0x8814;  // bytes, windows 5x5 ... 11x11
constexpr std::uint32_t kRestLimits = 0x881c;   // 15 half words
constexpr std::uint32_t kMovingLimits = 0x883c;
constexpr std::uint32_t kRestStrength = 0x885c;  // 16 bytes
constexpr std::uint32_t kMovingStrength = 0x886c;
constexpr std::uint32_t kMostStrength = 0x887c;  // 7:0 dark, 15:8 light, 23:16
constexpr std::uint32_t kFirstLimits = 0x8880;   // 15 half words
constexpr std::uint32_t kFirstWeights = 0x88a0;  // 8 words, 7:0 and 31:8
constexpr std::uint32_t kOrdinates = 0x88c4;     // three words, Q16
constexpr std::uint32_t kBreaks = 0x88d0;        // two words of half words for each h
constexpr std::uint32_t kSlopes = 0x8950;        // four words for each h, Q16

constexpr std::int32_t kWidest = 16;  // largest h
constexpr std::int64_t kOneQ16 = 65536;
constexpr std::int64_t kUnit = 63;         // weight of a neighbour per 1.0 of the registers' curve
constexpr std::int64_t kDistanceUnit = 8;  // squared differences per unit of the breaks
constexpr std::int32_t kFirstUnit = 64;    // and per unit of the first stage's limits
constexpr std::int32_t kWholeWeight = 32;

std::int32_t half_word(const IspRegisters& registers, std::uint32_t offset, unsigned i) {
  return field(registers[offset + 4 * (i / 2)], 16 * (i % 2), 16);
}

StrengthByActivity decode_strength(const IspRegisters& registers, std::uint32_t limits,
                                   std::uint32_t strength) {
  const std::int32_t most = std::min(field(registers[kMostStrength], 16, 8), kWidest);
  StrengthByActivity s;
  for (unsigned i = 0; i < 15; ++i) s.limits[i] = half_word(registers, limits, i);
  for (unsigned i = 0; i < 16; ++i) {
    const std::int32_t h = field(registers[strength + 4 * (i / 4)], 8 * (i % 4), 8);
    s.strength[i] = static_cast<std::uint8_t>(std::min(h, most));
  }
  return s;
}

// The widest curve's pieces: from `start` on, `height` falls by `slope` per unit of distance.
struct Curve {
  std::array<std::int64_t, 4> end{}, height{}, slope{};
  explicit Curve(const IspRegisters& registers) {
    height[0] = 4 * kOneQ16;
    for (unsigned i = 1; i < 4; ++i) height[i] = registers[kOrdinates + 4 * (i - 1)];
    for (unsigned i = 0; i < 4; ++i) {
      end[i] = half_word(registers, kBreaks + 8 * (kWidest - 1), i);
      slope[i] = registers[kSlopes + 16 * (kWidest - 1) + 4 * i];
    }
  }
  std::int64_t at(std::int64_t distance) const {
    std::int64_t start = 0;
    for (unsigned i = 0; i < 4; start = end[i++]) {
      if (distance < end[i])
        return std::max<std::int64_t>(height[i] - (distance - start) * slope[i], 0);
    }
    return 0;
  }
};

WeightCurve decode_curve(const IspRegisters& registers) {
  const Curve curve(registers);
  WeightCurve w;
  for (unsigned i = 0; i < 16; ++i) {
    const std::int64_t value = curve.at(i * curve.end[3] / 16) * kUnit / kOneQ16;
    w.value[i] = static_cast<std::uint8_t>(std::min<std::int64_t>(value, 255));
  }
  for (unsigned i = 0; i < 15; ++i) {
    w.drop[i] = static_cast<std::uint8_t>(std::max(w.value[i] - w.value[i + 1], 0));
  }
  w.drop[15] = static_cast<std::uint8_t>(std::min((w.value[15] * 16 + 14) / 15, 255));
  return w;
}

std::int32_t decode_scale(const IspRegisters& registers, std::int32_t h) {
  const auto breaks = kBreaks + 8 * static_cast<std::uint32_t>(h - 1);
  const std::int64_t end = std::max(half_word(registers, breaks, 3), 1);
  return static_cast<std::int32_t>(
      std::min<std::int64_t>(kOneQ16 * 256 / kDistanceUnit / end, 65535));
}

}  // namespace

SpatialDenoise decode_spatial_denoise(const IspRegisters& registers) {
  SpatialDenoise block;
  block.active = !bypassed(registers, Block::kSpatialDenoise);
  block.rest = decode_strength(registers, kRestLimits, kRestStrength);
  block.moving = decode_strength(registers, kMovingLimits, kMovingStrength);
  block.dark = field(registers[kMostStrength], 0, 8);
  // Never written: no limit.
  if (const std::int32_t light = field(registers[kMostStrength], 8, 8); light != 0) {
    block.light = light;
  }
  for (unsigned i = 0; i < 4; ++i) {
    block.moving_limit[i] = field(registers[kMovingCount], 8 * i, 8);
    block.blend[i + 1] = std::min(field(registers[kBlend], 4 * i, 4), 8);
  }
  block.curve = decode_curve(registers);
  for (std::int32_t h = 1; h <= kWidest; ++h) {
    block.scale[static_cast<unsigned>(h)] = decode_scale(registers, h);
  }
  for (unsigned i = 0; i < 15; ++i) block.first_limit[i] = half_word(registers, kFirstLimits, i);
  for (unsigned i = 0; i < 16; ++i) {
    const std::uint32_t word = registers[kFirstWeights + 4 * (i / 2)];
    block.first_weight[i] = std::min(field(word, 8 * (i % 2), 8), kWholeWeight);
  }
  return block;
}

bool SpatialDenoise::plain() const {
  const auto whole = [](std::int32_t w) { return w == kWholeWeight; };
  const auto none = [](std::int32_t w) { return w == 0; };
  const auto first = std::find_if_not(first_weight.begin(), first_weight.end(), whole);
  return std::all_of(first, first_weight.end(), none) &&
         std::is_sorted(first_limit.begin(), first_limit.end());
}

std::int32_t SpatialDenoise::cut() const {
  const auto none = std::find(first_weight.begin(), first_weight.end(), 0);
  if (none == first_weight.begin()) return 0;
  if (none == first_weight.end()) return kMaxDistance + 1;
  const auto limit = first_limit[static_cast<std::size_t>(none - first_weight.begin()) - 1];
  return std::min(limit * kFirstUnit, kMaxDistance + 1);
}

std::int32_t SpatialDenoise::weight(std::int32_t strength, std::int32_t distance) const {
  unsigned first_class = 0;
  for (const std::int32_t limit : first_limit) {
    first_class += distance >= std::min(limit * kFirstUnit, kMaxDistance + 1) ? 1u : 0u;
  }
  const std::int64_t steps =
      (std::int64_t{distance} * scale[static_cast<unsigned>(strength)]) >> 16;
  const std::int32_t whole =
      curve.weight(static_cast<std::int32_t>(std::min<std::int64_t>(steps, 255)));
  return whole * first_weight[first_class] / kWholeWeight;
}

namespace {

std::int32_t distance(const Plane<std::uint8_t>& luma, std::int32_t ax, std::int32_t ay,
                      std::int32_t bx, std::int32_t by) {
  constexpr std::int32_t kPatch = SpatialDenoise::kPatch;
  std::int32_t sum = 0;
  for (std::int32_t dy = -kPatch; dy <= kPatch; ++dy) {
    for (std::int32_t dx = -kPatch; dx <= kPatch; ++dx) {
      const std::int32_t d = edged(luma, ax + dx, ay + dy) - edged(luma, bx + dx, by + dy);
      sum += d * d;
    }
  }
  return std::min(sum, SpatialDenoise::kMaxDistance);
}

std::int32_t range_around(const Plane<std::uint8_t>& luma, std::int32_t x, std::int32_t y) {
  std::int32_t least = 255, most = 0;
  for (std::int32_t dy = -1; dy <= 1; ++dy) {
    for (std::int32_t dx = -1; dx <= 1; ++dx) {
      least = std::min(least, edged(luma, x + dx, y + dy));
      most = std::max(most, edged(luma, x + dx, y + dy));
    }
  }
  return most - least;
}

// Windows around a pixel in which enough moves.
unsigned moving_windows(const SpatialDenoise& block, const Plane<std::uint8_t>& weights,
                        std::int32_t x, std::int32_t y) {
  unsigned windows = 0;
  for (unsigned i = 0; i < block.kWindows.size(); ++i) {
    const std::int32_t reach = block.kWindows[i];
    std::int32_t moving = 0;
    for (std::int32_t dy = -reach; dy <= reach; ++dy) {
      for (std::int32_t dx = -reach; dx <= reach; ++dx) {
        moving += edged(weights, x + dx, y + dy) < SpatialDenoise::kMovingWeight ? 1 : 0;
      }
    }
    windows += moving >= std::max(block.moving_limit[i], 1) ? 1u : 0u;
  }
  return windows;
}

std::uint8_t denoised(const SpatialDenoise& block, std::int32_t strength,
                      const Plane<std::uint8_t>& luma, std::int32_t x, std::int32_t y) {
  constexpr std::int32_t kSearch = SpatialDenoise::kSearch;
  std::int32_t total = block.curve.own(), sum = total * luma.at(x, y);
  for (std::int32_t dy = -kSearch; dy <= kSearch; ++dy) {
    for (std::int32_t dx = -kSearch; dx <= kSearch; ++dx) {
      if (dx == 0 && dy == 0) continue;
      const std::int32_t weight = block.weight(strength, distance(luma, x, y, x + dx, y + dy));
      total += weight;
      sum += weight * edged(luma, x + dx, y + dy);
    }
  }
  return static_cast<std::uint8_t>((sum + total / 2) / total);
}

}  // namespace

Plane<std::uint8_t> denoise_spatially(const SpatialDenoise& block,
                                      const Plane<std::uint8_t>& weights,
                                      const Plane<std::uint8_t>& luma) {
  if (!block.active) return luma;
  Plane<std::uint8_t> out(luma.width, luma.height);
  for (std::int32_t y = 0; y < luma.height; ++y) {
    for (std::int32_t x = 0; x < luma.width; ++x) {
      const unsigned windows = block.looks_at_motion() ? moving_windows(block, weights, x, y) : 0;
      const std::int32_t activity = block.activity(range_around(luma, x, y), luma.at(x, y));
      const std::int32_t strength = block.strength(activity, windows);
      out.at(x, y) = strength == 0 ? luma.at(x, y) : denoised(block, strength, luma, x, y);
    }
  }
  return out;
}

}  // namespace t31::model::pixel

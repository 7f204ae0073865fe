// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/sharpen.hpp"

#include <cstdlib>

#include "model/pixel/bypass.hpp"
#include "model/pixel/yuv.hpp"

namespace t31::model::pixel {
namespace {

constexpr std::uint32_t kThresholds = 0x700c;       // 15:8 core
constexpr std::uint32_t kTextureStrength = 0x7010;  // 23:8
constexpr std::uint32_t kFlatRange = 0x7014;        // 7:0
constexpr std::uint32_t kFlatCore = 0x7018;         // 23:16
constexpr std::uint32_t kOvershootShift = 0x7030;   // 31:16
constexpr std::uint32_t kOvershoot = 0x7034;        // 15:0 white, 31:16 black
constexpr std::uint32_t kTextureWeights = 0x7038;   // 16 bytes each
constexpr std::uint32_t kWhiteWeights = 0x7048;
constexpr std::uint32_t kBlackWeights = 0x7058;
constexpr std::uint32_t kWhiteStrength = 0x7068;  // 4 half words each
constexpr std::uint32_t kBlackStrength = 0x7070;

std::array<std::uint8_t, 16> decode_weights(const IspRegisters& registers, std::uint32_t offset) {
  std::array<std::uint8_t, 16> weights{};
  for (unsigned i = 0; i < 16; ++i) {
    weights[i] = static_cast<std::uint8_t>(registers[offset + 4 * (i / 4)] >> (8 * (i % 4)));
  }
  return weights;
}

std::array<std::uint8_t, 4> decode_strengths(const IspRegisters& registers, std::uint32_t offset) {
  std::array<std::uint8_t, 4> strengths{};
  for (unsigned i = 0; i < 4; ++i) {
    const std::int32_t value = field(registers[offset + 4 * (i / 2)], 16 * (i % 2), 16);
    strengths[i] = static_cast<std::uint8_t>(std::min(value, 255));
  }
  return strengths;
}

template <typename Array>
bool any(const Array& values) {
  return values != Array{};
}

// 1 4 6 4 1 both ways, 2 bits more in between.
std::int32_t low_pass(const Plane<std::uint16_t>& luma, std::int32_t x, std::int32_t y) {
  constexpr std::int32_t kWeights[5] = {1, 4, 6, 4, 1};
  std::int32_t sum = 32;
  for (std::int32_t dx = -2; dx <= 2; ++dx) {
    std::int32_t column = 2;
    for (std::int32_t dy = -2; dy <= 2; ++dy) {
      column += kWeights[dy + 2] * edged(luma, x + dx, y + dy);
    }
    sum += kWeights[dx + 2] * (column >> 2);
  }
  return sum >> 6;
}

Sharpen::Surroundings around(const Plane<std::uint16_t>& luma, std::int32_t x, std::int32_t y) {
  Sharpen::Surroundings s{low_pass(luma, x, y), kMax10, 0};
  for (std::int32_t dy = -1; dy <= 1; ++dy) {
    for (std::int32_t dx = -1; dx <= 1; ++dx) {
      s.least = std::min(s.least, edged(luma, x + dx, y + dy));
      s.most = std::max(s.most, edged(luma, x + dx, y + dy));
    }
  }
  return s;
}

}  // namespace

Sharpen decode_sharpen(const IspRegisters& registers) {
  Sharpen block;
  block.active = !bypassed(registers, Block::kSharpen);
  block.core = field(registers[kThresholds], 8, 8);
  block.texture_strength = std::min(field(registers[kTextureStrength], 8, 16), 255);
  block.flat_range = field(registers[kFlatRange], 0, 8);
  block.flat_core = 4 * field(registers[kFlatCore], 16, 8);
  block.overshoot_shift = std::min(field(registers[kOvershootShift], 16, 16) + 1, 15);
  block.white_overshoot = std::min(4 * field(registers[kOvershoot], 0, 16), kMax10);
  block.black_overshoot = std::min(4 * field(registers[kOvershoot], 16, 16), kMax10);
  block.texture_weight = decode_weights(registers, kTextureWeights);
  block.white_weight = decode_weights(registers, kWhiteWeights);
  block.black_weight = decode_weights(registers, kBlackWeights);
  block.white_strength = decode_strengths(registers, kWhiteStrength);
  block.black_strength = decode_strengths(registers, kBlackStrength);
  return block;
}

bool Sharpen::changes() const {
  return active && ((any(white_weight) && any(white_strength)) ||
                    (any(black_weight) && any(black_strength)) ||
                    (any(texture_weight) && texture_strength > 0));
}

std::int32_t Sharpen::gain(std::int32_t y, std::int32_t range, bool white) const {
  const auto activity = static_cast<unsigned>(range >> 6), quarter = static_cast<unsigned>(y >> 8);
  const std::int32_t own = white ? white_weight[activity] * white_strength[quarter]
                                 : black_weight[activity] * black_strength[quarter];
  return std::min(own + texture_weight[activity] * texture_strength, 65535);
}

std::int32_t Sharpen::apply(std::int32_t y, const Surroundings& s) const {
  const std::int32_t range = s.most - s.least, detail = y - s.low_pass;
  const std::int32_t lost = core + ((range >> 2) < flat_range ? flat_core : 0);
  const std::int32_t size = std::max(std::abs(detail) - lost, 0);
  const auto change = static_cast<std::int32_t>(
      (static_cast<std::int64_t>(size) * gain(y, range, detail > 0)) >> 11);
  const std::int32_t beyond = range >> overshoot_shift;
  const std::int32_t low = std::max(s.least - std::min(beyond, black_overshoot), 0);
  const std::int32_t high = std::min(s.most + std::min(beyond, white_overshoot), kMax10);
  return limit(detail > 0 ? y + change : y - change, low, high);
}

void sharpen_frame(const Sharpen& block, Plane<std::uint16_t>& luma) {
  if (!block.changes()) return;
  const Plane<std::uint16_t> before = luma;
  for (std::int32_t y = 0; y < luma.height; ++y) {
    for (std::int32_t x = 0; x < luma.width; ++x) {
      luma.at(x, y) =
          static_cast<std::uint16_t>(block.apply(before.at(x, y), around(before, x, y)));
    }
  }
}

}  // namespace t31::model::pixel

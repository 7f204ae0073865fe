// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/luma_denoise.hpp"

#include "model/pixel/bypass.hpp"

namespace t31::model::pixel {
namespace {

constexpr std::uint32_t kMotion = 0x7af0;  // 7:0, 15:8, 31:16 weights of the stored picture
constexpr std::uint32_t kLimits = 0x7af4;  // 7:0 least, 15:8 most change
constexpr std::uint32_t kShares = 0x7af8;  // 4 bits: rest smooth, edge, moving smooth, edge, chroma
constexpr std::uint32_t kEdge = 0x7afc;    // 7:4 shift, 15:8 limit

// 1 2 1 both ways.
std::int32_t smooth_at(const Plane<std::uint16_t>& plane, std::int32_t x, std::int32_t y) {
  std::int32_t sum = 8;
  for (std::int32_t dy = -1; dy <= 1; ++dy) {
    for (std::int32_t dx = -1; dx <= 1; ++dx) {
      sum += (2 - std::abs(dx)) * (2 - std::abs(dy)) * edged(plane, x + dx, y + dy);
    }
  }
  return sum >> 4;
}

std::int32_t range_at(const Plane<std::uint16_t>& plane, std::int32_t x, std::int32_t y) {
  std::int32_t least = kMax10, most = 0;
  for (std::int32_t dy = -1; dy <= 1; ++dy) {
    for (std::int32_t dx = -1; dx <= 1; ++dx) {
      least = std::min(least, edged(plane, x + dx, y + dy));
      most = std::max(most, edged(plane, x + dx, y + dy));
    }
  }
  return most - least;
}

// `weights` of luma; null without any.
void fuse_chroma(const LumaDenoise& block, const Plane<std::uint8_t>* weights,
                 Plane<std::uint16_t>& plane) {
  const Plane<std::uint16_t> before = plane;
  for (std::int32_t y = 0; y < plane.height; ++y) {
    for (std::int32_t x = 0; x < plane.width; ++x) {
      const std::int32_t smooth = smooth_at(before, x, y);
      std::int32_t fused = block.fuse_chroma(before.at(x, y), smooth);
      if (weights != nullptr) {
        fused = block.final_chroma.apply(fused, smooth, weights->at(2 * x, 2 * y));
      }
      plane.at(x, y) = static_cast<std::uint16_t>(fused);
    }
  }
}

}  // namespace

LumaDenoise decode_luma_denoise(const IspRegisters& registers) {
  LumaDenoise block;
  block.active = !bypassed(registers, Block::kLumaDenoise);
  const std::uint32_t motion = registers[kMotion], limits = registers[kLimits];
  const std::uint32_t shares = registers[kShares], edge = registers[kEdge];
  block.rest_from = {field(motion, 0, 8), field(motion, 8, 8), field(motion, 16, 16)};
  block.whole_up_to = field(limits, 0, 8), block.half_up_to = field(limits, 8, 8);
  if (block.active) {
    block.rest = {field(shares, 0, 4), field(shares, 4, 4)};
    block.moving = {field(shares, 8, 4), field(shares, 12, 4)};
  }
  if (block.active) block.chroma = field(shares, 16, 4);
  block.edge_shift = field(edge, 4, 4), block.edge_range = field(edge, 8, 8);
  return block;
}

void fuse_frame(const LumaDenoise& block, const Plane<std::uint8_t>& weights, bool weighed,
                YuvFrame& yuv) {
  if (block.changes_luma(weighed)) {
    const Plane<std::uint16_t> before = yuv.luma;
    for (std::int32_t y = 0; y < before.height; ++y) {
      for (std::int32_t x = 0; x < before.width; ++x) {
        const std::int32_t share = block.share(weights.at(x, y), range_at(before, x, y));
        const std::int32_t smooth = smooth_at(before, x, y);
        std::int32_t fused = block.fuse_luma(before.at(x, y), smooth, share);
        if (weighed) fused = block.finish_luma(fused, smooth, weights.at(x, y));
        yuv.luma.at(x, y) = static_cast<std::uint16_t>(fused);
      }
    }
  }
  if (block.changes_chroma(weighed)) {
    fuse_chroma(block, weighed ? &weights : nullptr, yuv.u);
    fuse_chroma(block, weighed ? &weights : nullptr, yuv.v);
  }
}

}  // namespace t31::model::pixel

// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/lens_shading.hpp"

#include "model/pixel/bypass.hpp"

namespace t31::model::pixel {
namespace {

constexpr std::uint32_t kCellSize = 0x3800;  // 31:16 height, 15:0 width, pixels
constexpr std::uint32_t kLayout = 0x3804;    // 31:16 stride, 15 mean enable, 14:0 scale
constexpr std::uint32_t kMesh = 0x28000;     // groups of 16 bytes: words for red, green, blue
constexpr std::uint32_t kMeshEnd = 0x40000;
constexpr std::uint32_t kGroupBytes = 16;

}  // namespace

std::int32_t LensShading::node(unsigned plane, std::int32_t row, std::int32_t column) const {
  const std::uint64_t group =
      static_cast<std::uint64_t>(row) * stride + static_cast<std::uint32_t>(column) / 2;
  const std::uint64_t offset = kMesh + group * kGroupBytes + 4 * plane;
  if (offset >= kMeshEnd) return 0;
  return field((*registers)[static_cast<std::uint32_t>(offset)], column % 2 ? 12 : 0, 12);
}

LensShading decode_lens_shading(const IspRegisters& registers) {
  LensShading block;
  block.registers = &registers;
  block.cell_width = field(registers[kCellSize], 0, 16);
  block.cell_height = field(registers[kCellSize], 16, 16);
  block.stride = registers[kLayout] >> 16;
  block.fraction_bits = 11u - std::min(registers[kLayout] & 0x7fffu, 3u);
  // Without a cell size there is no mesh to interpolate.
  block.active =
      !bypassed(registers, Block::kLensShading) && block.cell_width > 0 && block.cell_height > 0;
  return block;
}

}  // namespace t31::model::pixel

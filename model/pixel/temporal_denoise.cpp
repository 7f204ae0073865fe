// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/temporal_denoise.hpp"

namespace t31::model::pixel {
namespace {

constexpr std::uint32_t kTopFunction = 0x7810;  // 12 luma filter, 28 chroma filter
constexpr std::uint32_t kGroups = 0x7814;       // 15:12 grids in use
constexpr std::uint32_t kLumaStore = 0x7820;    // address; stride in the next word
constexpr std::uint32_t kChromaStore = 0x7828;
constexpr std::uint32_t kStateStore[] = {0x7830, 0x7840, 0x7848, 0x7850};
constexpr std::uint32_t kStoresSet = 0x783c;                             // 0 buffers are programmed
constexpr std::uint32_t kGridSize[] = {0x7874, 0x788c, 0x78a4, 0x78bc};  // columns, rows, edges
constexpr std::uint32_t kGridOffset[] = {0, 0x7880, 0x7898, 0x78b0};     // 31:16 y, 15:0 x
constexpr std::uint32_t kBlockCount = 0x7878;   // 3:0 over frames, 7:4 longest, 31:8 pixels
constexpr std::uint32_t kBlockLimits = 0x787c;  // 15:4 absolute, 23:16 net
constexpr std::uint32_t kLumaMotion = 0x7944;   // 2:0 window, 11:3 absolute, 15:12 slope, 23:16 net
constexpr std::uint32_t kCountWeights = 0x7948;  // 16 bytes
constexpr std::uint32_t kLumaMoving = 0x7998;    // 31:16 weight
constexpr std::uint32_t kLumaLimits = 0x799c;    // 23:16 most, 31:24 least
constexpr std::uint32_t kChromaMotion = 0x7a64;
constexpr std::uint32_t kChromaMoving = 0x7a68;
constexpr std::uint32_t kChromaLimits = 0x7a6c;

constexpr std::int32_t kMaxSum = 65535;

MotionMeasure decode_motion(std::uint32_t value, std::int32_t samples_per_place) {
  MotionMeasure m;
  m.reach = std::min(field(value, 0, 3), MotionMeasure::kMaxReach);
  const std::int32_t edge = 2 * m.reach + 1, places = edge * edge * samples_per_place;
  m.absolute_limit = std::min(field(value, 3, 9) * places, kMaxSum);
  m.net_limit = std::min(field(value, 16, 8) * places, kMaxSum);
  m.steepness = static_cast<std::int32_t>(
      std::min((std::int64_t{65536} << field(value, 12, 4)) / places, std::int64_t{65535}));
  return m;
}

ReferenceWeight decode_weight(std::uint32_t limits, std::uint32_t moving) {
  return {field(limits, 24, 8), field(limits, 16, 8), std::min(field(moving, 16, 16), 255)};
}

void decode_grids(const IspRegisters& registers, TemporalDenoise& block) {
  const std::int32_t edge = field(registers[kGridSize[0]], 0, 8);
  if (edge >= 8 && edge % 4 == 0) block.half_block = edge / 2;
  block.grids =
      std::min(static_cast<unsigned>(field(registers[kGroups], 12, 4)), TemporalDenoise::kGrids);
  if (block.grids == 0) block.half_block = 0;
  for (unsigned i = 0; i < TemporalDenoise::kGrids; ++i) {
    BlockGrid& grid = block.grid[i];
    const std::uint32_t size = registers[kGridSize[i]];
    const std::uint32_t offset = i == 0 ? 0 : registers[kGridOffset[i]];
    grid.columns = field(size, 24, 8), grid.rows = field(size, 16, 8);
    grid.shifted_x = field(offset, 0, 16) != 0, grid.shifted_y = field(offset, 16, 16) != 0;
    grid.state = {registers[kStateStore[i]], registers[kStateStore[i] + 4]};
  }
}

// Bytes of `rows` rows of `row` bytes each.
std::uint64_t bytes_of(const StoredPlane& plane, std::int32_t row, std::int32_t rows) {
  if (rows <= 0 || row <= 0) return 0;
  return std::uint64_t{plane.stride} * static_cast<unsigned>(rows - 1) + static_cast<unsigned>(row);
}

}  // namespace

TemporalDenoise decode_temporal_denoise(const IspRegisters& registers) {
  TemporalDenoise block;
  block.active = field(registers[kTopFunction], 12, 1) != 0 && field(registers[kStoresSet], 0, 1);
  block.chroma_active = field(registers[kTopFunction], 28, 1) != 0;
  block.luma = {registers[kLumaStore], registers[kLumaStore + 4]};
  block.chroma = {registers[kChromaStore], registers[kChromaStore + 4]};
  decode_grids(registers, block);
  const std::uint32_t count = registers[kBlockCount], limits = registers[kBlockLimits];
  block.remembers = field(count, 0, 4) != 0;
  block.longest = field(count, 4, 4);
  block.moving_pixels = field(count, 8, 24);
  block.luma_motion = decode_motion(registers[kLumaMotion], 1);
  block.chroma_motion = decode_motion(registers[kChromaMotion], 2);
  const std::int32_t edge = 2 * block.luma_motion.reach + 1;
  block.block_absolute_limit = std::min(field(limits, 4, 12) * edge * edge, kMaxSum);
  block.block_net_limit = std::min(field(limits, 16, 8) * edge * edge, kMaxSum);
  for (unsigned i = 0; i < 16; ++i) {
    block.weight_of_count[i] =
        static_cast<std::uint8_t>(registers[kCountWeights + 4 * (i / 4)] >> (8 * (i % 4)));
  }
  block.luma_weight = decode_weight(registers[kLumaLimits], registers[kLumaMoving]);
  block.chroma_weight = decode_weight(registers[kChromaLimits], registers[kChromaMoving]);
  block.adjust = decode_temporal_adjustments(registers);
  return block;
}

TemporalMemory::TemporalMemory(const TemporalDenoise& block, std::int32_t width,
                               std::int32_t height, PixelMemory* memory)
    : block_(&block) {
  if (!block.active || memory == nullptr) return;
  const auto reach = [&](const StoredPlane& plane, std::int32_t row, std::int32_t rows,
                         std::span<std::uint8_t>& out) {
    const std::uint64_t bytes = bytes_of(plane, row, rows);
    out = bytes > 0 ? memory->memory(plane.address, bytes) : std::span<std::uint8_t>();
    return out.size() == bytes;
  };
  const std::int32_t chroma_row = 2 * ((width + 1) / 2), chroma_rows = (height + 1) / 2;
  if (block.luma.stride < static_cast<unsigned>(width)) return;
  if (block.chroma_active && block.chroma.stride < static_cast<unsigned>(chroma_row)) return;
  usable_ = reach(block.luma, width, height, luma_) &&
            (!block.chroma_active || reach(block.chroma, chroma_row, chroma_rows, chroma_));
  for (unsigned i = 0; usable_ && block.half_block > 0 && i < block.grids; ++i) {
    const BlockGrid& grid = block.grid[i];
    usable_ = reach(grid.state, (grid.columns + 1) / 2, grid.rows, state_[i]);
  }
}

void RestMap::resize(const TemporalDenoise& block, std::int32_t width, std::int32_t height) {
  // Without block statistics one cell covers everything.
  const std::int32_t edge = block.half_block > 0 ? block.half_block : std::max(width, height);
  columns_ = (width + edge - 1) / edge;
  rows_ = (height + edge - 1) / edge;
  moving_.assign(index(rows_), 0);
  counts_.assign(index(rows_), static_cast<std::uint8_t>(block.longest));
}

void RestMap::count(const TemporalDenoise& block, const TemporalMemory& memory) {
  if (block.half_block == 0) return;
  for (unsigned i = 0; i < block.grids; ++i) count_grid(block, block.grid[i], memory.state(i));
}

std::int32_t RestMap::moving_in(Cells cells) const {
  std::int32_t moving = 0;
  for (std::int32_t y = cells.y; y < std::min(cells.y + 2, rows_); ++y) {
    for (std::int32_t x = cells.x; x < std::min(cells.x + 2, columns_); ++x) {
      moving += moving_[index(y) + static_cast<std::size_t>(x)];
    }
  }
  return moving;
}

void RestMap::limit_counts(Cells cells, std::int32_t count) {
  for (std::int32_t y = cells.y; y < std::min(cells.y + 2, rows_); ++y) {
    for (std::int32_t x = cells.x; x < std::min(cells.x + 2, columns_); ++x) {
      std::uint8_t& cell = counts_[index(y) + static_cast<std::size_t>(x)];
      cell = static_cast<std::uint8_t>(std::min<std::int32_t>(cell, count));
    }
  }
}

// A block's count is four bits, the left one of two neighbours in the lower half of their byte.
void RestMap::count_grid(const TemporalDenoise& block, const BlockGrid& grid,
                         std::span<std::uint8_t> state) {
  for (std::int32_t row = 0; row < grid.rows; ++row) {
    const std::int32_t y = 2 * row + (grid.shifted_y ? 1 : 0);
    for (std::int32_t column = 0; y < rows_ && column < grid.columns; ++column) {
      const std::int32_t x = 2 * column + (grid.shifted_x ? 1 : 0);
      if (x >= columns_) break;
      std::uint8_t& byte = state[static_cast<std::size_t>(row) * grid.state.stride +
                                 static_cast<std::size_t>(column / 2)];
      const unsigned shift = column % 2 == 0 ? 0 : 4;
      const std::int32_t before = block.remembers ? (byte >> shift) & 15 : 0;
      const bool moves = moving_in({x, y}) > block.moving_pixels;
      const std::int32_t now = moves ? 0 : std::min(before + 1, block.longest);
      byte = static_cast<std::uint8_t>((byte & (0xf0u >> shift)) |
                                       (static_cast<unsigned>(now) << shift));
      limit_counts({x, y}, now);
    }
  }
}

}  // namespace t31::model::pixel

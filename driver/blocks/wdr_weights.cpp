// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/wdr_weights.hpp"

#include "driver/base/math.hpp"

namespace t31::blocks {
namespace {

// Class bounds for radius 1 in Q18: where a bell curve falls by equal steps.
constexpr u16 kUnitBounds[kWdrClasses] = {33809, 24810, 20625, 17869, 15810, 14166, 12797, 11625,
                                          10600, 9689,  8869,  8124,  7440,  6810,  6225,  5678,
                                          5166,  4684,  4229,  3798,  3388,  2998,  2625,  2269,
                                          1928,  1600,  1285,  981,   689,   406,   133};

u32 radius(u32 width, u32 height) {
  const u32 w = ((width + 8) >> 4) & ~1u;
  const u32 h = ((height + 5) / 10) & ~1u;
  return (3 * min((w + 1) >> 1, (h + 1) >> 1) + 1) >> 1;
}

// The class of points on one line, walked from left to right: 31 at a block's centre, 0 far away.
class ClassWalk {
 public:
  ClassWalk(const u16 (&bounds)[kWdrClasses], u32 centre) : bounds_(bounds), centre_(centre) {}
  void begin_line(u32 dy) { dy_ = dy / 4 * (dy / 4); }
  u32 at(u32 x) {
    const u32 dx = absolute_difference(x, centre_) / 4;
    const u32 distance = dx * dx + dy_;
    while (class_ > 0 && bounds_[class_ - 1] < distance) --class_;
    while (class_ < kWdrClasses && bounds_[class_] >= distance) ++class_;
    return class_;
  }

 private:
  const u16 (&bounds_)[kWdrClasses];
  u32 centre_;
  u32 dy_ = 0;
  u32 class_ = 0;
};

// Centres of three blocks along each axis, and the pixels of the third.
struct Grid {
  u32 block_height, block_width;
  u32 row(u32 k) const { return ((block_height + 1) >> 1) + k * block_height; }
  u32 column(u32 k) const { return ((block_width + 1) >> 1) + k * block_width; }
};

struct Centre {
  u32 row, column;
};

// One table: mean class of a farther centre for each class of a nearer one.
void mean_classes(const u16 (&bounds)[kWdrClasses], const Grid& grid, Centre nearer, Centre farther,
                  u8 (&out)[kWdrWeights]) {
  u32 count[kWdrWeights] = {};
  u32 sum[kWdrWeights] = {};
  ClassWalk index{bounds, grid.column(nearer.column)};
  ClassWalk value{bounds, grid.column(farther.column)};
  for (u32 y = 2 * grid.block_height; y <= 3 * grid.block_height; ++y) {
    index.begin_line(absolute_difference(y, grid.row(nearer.row)));
    value.begin_line(absolute_difference(y, grid.row(farther.row)));
    for (u32 x = 2 * grid.block_width; x <= 3 * grid.block_width; ++x) {
      const u32 i = index.at(x);
      ++count[i];
      sum[i] += value.at(x);
    }
  }
  u8 previous = 0;
  for (u32 i = 0; i < kWdrWeights; ++i) {
    if (count[i] != 0) previous = static_cast<u8>((count[i] / 2 + sum[i]) / count[i]);
    out[i] = previous;
  }
}

}  // namespace

void generate_wdr_weights(u32 width, u32 height, WdrWeights& out) {
  const u32 r = radius(width, height);
  for (u32 i = 0; i < kWdrClasses; ++i) {
    out.centre[i] = static_cast<u16>((kUnitBounds[i] * r * r + 0x8000) >> 16);
  }
  const Grid grid{(height + 5) / kWdrRows, (width + 8) >> 4};
  mean_classes(out.centre, grid, {1, 1}, {0, 0}, out.lut22);
  mean_classes(out.centre, grid, {1, 1}, {1, 0}, out.lut12);
  mean_classes(out.centre, grid, {1, 1}, {0, 1}, out.lut21);
  mean_classes(out.centre, grid, {2, 1}, {2, 0}, out.lut02);
  mean_classes(out.centre, grid, {1, 2}, {0, 2}, out.lut20);
}

WdrGeometry wdr_geometry(u32 width, u32 height) {
  WdrGeometry g{};
  g.column_step = ((width + 8) >> 4) & ~1u;
  g.row_step = ((height + 5) / 10) & ~1u;
  const u32 last_row = height - 9 * g.row_step;
  const u32 last_column = width - 15 * g.column_step;
  const u32 areas[4] = {g.column_step * g.row_step, g.column_step * last_row,
                        g.row_step * last_column, last_row * last_column};
  const u32 quarter = (areas[0] >> 2) + 1;
  u32 scale = 0;
  for (u32 n = 0; n <= 9 && g.area_shift == 0; ++n) {
    if ((1u << n) << 8 < quarter) continue;
    g.area_shift = n + 18;
    scale = (1u << n) << 18;
  }
  for (u32 i = 0; i < 4; ++i) {
    const u32 cells = (areas[i] + 2) >> 2;
    if (cells != 0) g.area[i] = (((areas[i] + 2) >> 3) + scale) / cells;
  }
  return g;
}

}  // namespace t31::blocks

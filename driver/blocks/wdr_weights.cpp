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

// Collects one table: mean class of a farther centre for each class of a nearer one.
struct Means {
  u32 sum[kWdrWeights] = {};

  void finish(const u32 (&count)[kWdrWeights], u8 (&out)[kWdrWeights]) const {
    u8 previous = 0;
    for (u32 i = 0; i < kWdrWeights; ++i) {
      if (count[i] != 0) previous = static_cast<u8>((count[i] / 2 + sum[i]) / count[i]);
      out[i] = previous;
    }
  }
};

// Counts of the nearer centre's classes with the sums that share them.
struct Collected {
  u32 near_count[kWdrWeights] = {};   // of the block to the upper left
  u32 below_count[kWdrWeights] = {};  // to the lower left
  u32 right_count[kWdrWeights] = {};  // to the upper right
  Means s22, s12, s21, s02, s20;
};

}  // namespace

void generate_wdr_weights(u32 width, u32 height, WdrWeights& out) {
  const u32 r = radius(width, height);
  for (u32 i = 0; i < kWdrClasses; ++i) {
    out.centre[i] = static_cast<u16>((kUnitBounds[i] * r * r + 0x8000) >> 16);
  }
  const u32 h = (height + 5) / kWdrRows, w = (width + 8) >> 4;
  const u32 cy[3] = {(h + 1) >> 1, ((h + 1) >> 1) + h, ((h + 1) >> 1) + 2 * h};
  const u32 cx[3] = {(w + 1) >> 1, ((w + 1) >> 1) + w, ((w + 1) >> 1) + 2 * w};
  Collected all;
  for (u32 y = 2 * h; y <= 3 * h; ++y) {
    ClassWalk walk[3][3] = {{{out.centre, cx[0]}, {out.centre, cx[1]}, {out.centre, cx[2]}},
                            {{out.centre, cx[0]}, {out.centre, cx[1]}, {out.centre, cx[2]}},
                            {{out.centre, cx[0]}, {out.centre, cx[1]}, {out.centre, cx[2]}}};
    for (u32 row = 0; row < 3; ++row) {
      for (ClassWalk& line : walk[row]) line.begin_line(absolute_difference(y, cy[row]));
    }
    for (u32 x = 2 * w; x <= 3 * w; ++x) {
      const u32 near = walk[1][1].at(x);
      ++all.near_count[near];
      all.s22.sum[near] += walk[0][0].at(x);
      all.s12.sum[near] += walk[1][0].at(x);
      all.s21.sum[near] += walk[0][1].at(x);
      const u32 below = walk[2][1].at(x);
      ++all.below_count[below];
      all.s02.sum[below] += walk[2][0].at(x);
      const u32 right = walk[1][2].at(x);
      ++all.right_count[right];
      all.s20.sum[right] += walk[0][2].at(x);
    }
  }
  all.s22.finish(all.near_count, out.lut22);
  all.s12.finish(all.near_count, out.lut12);
  all.s21.finish(all.near_count, out.lut21);
  all.s02.finish(all.below_count, out.lut02);
  all.s20.finish(all.right_count, out.lut20);
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

// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/defog_weights.hpp"

#include "driver/base/math.hpp"

namespace t31::blocks {
namespace {

constexpr u32 kEntries = DefogWeights::kEntries;
constexpr u32 kFineClasses = 63;
constexpr u32 kUsualRadius = 100;

// Rise like the reverse of a bell; times the area of a block they bound the classes.
constexpr u32 kBounds3[DefogWeights::kClasses3] = {
    255,  521,  799,  1090, 1395, 1717, 2057, 2417,  2799,  3207,  3643,  4114,
    4624, 5180, 5792, 6471, 7237, 8111, 9133, 10359, 11896, 13953, 17075, 23792};
constexpr u32 kBounds5[kFineClasses] = {
    133,   269,   407,   547,   689,   834,   982,   1132,  1285,  1440,  1599,  1761,  1926,
    2094,  2266,  2442,  2621,  2804,  2991,  3183,  3379,  3580,  3785,  3996,  4213,  4435,
    4663,  4898,  5140,  5389,  5645,  5910,  6183,  6465,  6758,  7061,  7375,  7702,  8042,
    8397,  8767,  9155,  9562,  9989,  10440, 10916, 11421, 11959, 12534, 13152, 13819, 14544,
    15338, 16216, 17197, 18130, 19595, 21114, 22974, 25371, 28750, 34526, 40368};

// Steps of two half pixels through one block.
struct Axis {
  u32 length;  // pixels
  // Distance of pixel `at`, in half pixels, to the centre of block `k` of three in a row, of which
  // the last is its own.
  constexpr u32 distance(u32 at, u32 k) const {
    return absolute_difference(5 * length, 2 * k * length + 1 + 2 * at);
  }
};

// Classes distances; quick when they change little from one to the next.
class Classifier {
 public:
  constexpr explicit Classifier(const u32 (&bounds)[kFineClasses]) : bounds_(bounds) {}
  // 63 at the centre, 0 beyond all bounds.
  constexpr u32 of(u32 rows, u32 columns) {
    const u32 square = (rows * rows + columns * columns + 32) >> 6;
    while (first_ < kFineClasses && bounds_[first_] <= square) ++first_;
    while (first_ > 0 && bounds_[first_ - 1] > square) --first_;
    return kFineClasses - first_;
  }

 private:
  const u32 (&bounds_)[kFineClasses];
  u32 first_ = 0;
};

// A block, counted as in Axis: {2, 2} is the pixel's own.
struct Centre {
  u32 rows, columns;
};

// Mean class of `neighbour` over the pixels, sorted by the mean class of `first` and `second`.
constexpr void count(const Axis& rows, const Axis& columns, Centre first, Centre second,
                     Centre neighbour, const u32 (&bounds)[kFineClasses], u8 (&mean)[kEntries]) {
  u32 pixels[kEntries] = {};
  u32 sums[kEntries] = {};
  Classifier near(bounds), beside(bounds), value(bounds);
  for (u32 y = 0; y < rows.length; ++y) {
    for (u32 x = 0; x < columns.length; ++x) {
      const u32 sum = near.of(rows.distance(y, first.rows), columns.distance(x, first.columns)) +
                      beside.of(rows.distance(y, second.rows), columns.distance(x, second.columns));
      const u32 i = sum / 4;
      ++pixels[i];
      sums[i] += value.of(rows.distance(y, neighbour.rows), columns.distance(x, neighbour.columns));
    }
  }
  for (u32 i = 0; i < kEntries; ++i) {
    const u32 rounded = pixels[i] == 0 ? 0 : (pixels[i] / 2 + sums[i]) / pixels[i];
    mean[i] = static_cast<u8>(min(31u, rounded));
    if (i > 0) mean[i] = max(mean[i], mean[i - 1]);
  }
}

constexpr void make(u32 width, u32 height, u32 radius, DefogWeights& weights) {
  const u32 area = ((width * height + 1012) / 2025 * radius + 50) / 100;
  const auto bound = [&](u32 factor, u32 shift) {
    const u64 product = static_cast<u64>(area) * factor;
    return static_cast<u32>((product + (1u << (shift - 1))) >> shift);
  };
  for (u32 i = 0; i < DefogWeights::kClasses3; ++i) {
    weights.distance3[i] = static_cast<u16>(bound(kBounds3[i], 14));
  }
  u32 bounds[kFineClasses] = {};
  for (u32 i = 0; i < kFineClasses; ++i) bounds[i] = bound(kBounds5[i], 13);
  for (u32 i = 0; i < DefogWeights::kClasses5; ++i) {
    weights.distance5[i] = static_cast<u16>(bounds[2 * i + 1]);
  }
  const Axis columns{(width + 9) / 18};
  const Axis rows{(height + 5) / 10};
  const auto fill = [&](DefogWeights::Neighbour which, Centre first, Centre second,
                        Centre neighbour) {
    count(rows, columns, first, second, neighbour, bounds, weights.weight[which]);
  };
  fill(DefogWeights::k22, {1, 1}, {1, 1}, {0, 0});
  fill(DefogWeights::k21, {1, 1}, {1, 2}, {0, 1});
  fill(DefogWeights::k12, {1, 1}, {2, 1}, {1, 0});
  fill(DefogWeights::k20, {1, 2}, {1, 2}, {0, 2});
  fill(DefogWeights::k02, {2, 1}, {2, 1}, {2, 0});
}

struct Size {
  u16 width, height;
};
constexpr Size kKnownSizes[] = {{1920, 1080}, {1280, 720}};

constexpr DefogWeights made(const Size& size) {
  DefogWeights weights{};
  make(size.width, size.height, kUsualRadius, weights);
  // The vendor's table for this size has 11 where counting gives 10.
  if (size.width == 1920) weights.weight[DefogWeights::k02][23] = 11;
  return weights;
}

constexpr DefogWeights kKnownWeights[] = {made(kKnownSizes[0]), made(kKnownSizes[1])};

}  // namespace

void make_defog_weights(u32 width, u32 height, u32 radius, DefogWeights& weights) {
  u32 i = 0;
  for (const Size& known : kKnownSizes) {
    if (radius == kUsualRadius && known.width == width && known.height == height) {
      weights = kKnownWeights[i];
      return;
    }
    ++i;
  }
  count_defog_weights(width, height, radius, weights);
}

void count_defog_weights(u32 width, u32 height, u32 radius, DefogWeights& weights) {
  make(width, height, radius, weights);
}

}  // namespace t31::blocks

// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/adr_weights.hpp"

#include "driver/base/math.hpp"

namespace t31::blocks {
namespace {

constexpr u32 kClasses = AdrWeights::kClasses;

// Falls off like a bell; times radius^2 / 2^18 it bounds the classes.
constexpr u32 kBounds[kClasses - 1] = {33809, 24810, 20625, 17869, 15810, 14166, 12797, 11625,
                                       10600, 9689,  8869,  8124,  7440,  6810,  6225,  5678,
                                       5166,  4684,  4229,  3798,  3388,  2998,  2625,  2269,
                                       1928,  1600,  1285,  981,   689,   406,   133};

// Sizes for which the radius isn't the formula's; its square, because it isn't a whole number.
// 1920x1080 and 1280x720 are exact; the others are the nearest whole radius, with which at most
// four words differ by one from the vendor's tables.
struct KnownRadius {
  u16 width, height;
  u32 square;
};
constexpr KnownRadius kKnownRadii[] = {
    {1920, 1080, 203 * 203}, {1728, 972, 188 * 188},  {2304, 1296, 251 * 251},
    {2592, 1944, 325 * 325}, {2560, 1440, 279 * 279}, {2560, 1920, 321 * 321},
    {1280, 720, 19324},      {1080, 1440, 201 * 201}, {1072, 1440, 201 * 201}};

constexpr u32 squared_radius(u32 width, u32 height) {
  for (const KnownRadius& known : kKnownRadii) {
    if (known.width == width && known.height == height) return known.square;
  }
  const u32 block_width = (width / 6) & ~1u;
  const u32 block_height = (height / 4) & ~1u;
  const u32 radius = (3 * min((block_width + 1) / 2, (block_height + 1) / 2) + 1) / 2;
  return radius * radius;
}

// Pixels of one block along an axis, and the centres of the blocks two, one and none before it.
struct Axis {
  u32 centre[3];
  u32 begin, end;

  constexpr explicit Axis(u32 block) : centre{}, begin(2 * block), end(3 * block + 1) {
    centre[0] = (block + 1) / 2;
    centre[1] = centre[0] + block;
    centre[2] = centre[1] + block;
  }
  // Distance in units of 8 pixels.
  constexpr u32 distance(u32 at, u32 k) const { return absolute_difference(at, centre[k]) / 8; }
  // How many pixels from `at` on are as far as this one.
  constexpr u32 equal(u32 at, u32 k) const {
    const u32 way = absolute_difference(at, centre[k]);
    return at < centre[k] ? way % 8 + 1 : 8 - way % 8;
  }
};

// Classes distances; quick when they change little from one to the next.
class Classifier {
 public:
  constexpr explicit Classifier(const u16 (&bounds)[kClasses - 1]) : bounds_(bounds) {}
  constexpr u32 of(u32 rows, u32 columns) {
    const u32 square = rows * rows + columns * columns;
    while (last_ < kClasses - 1 && bounds_[last_] >= square) ++last_;
    while (last_ > 0 && bounds_[last_ - 1] < square) --last_;
    return last_;
  }

 private:
  const u16 (&bounds_)[kClasses - 1];
  u32 last_ = 0;
};

// A pair of centres, along rows and along columns.
struct Centre {
  u32 row, column;
};

// Mean class of `neighbour` over the pixels of each class of `nearest`.
constexpr void count(const Axis& rows, const Axis& columns, Centre nearest, Centre neighbour,
                     const u16 (&bounds)[kClasses - 1], u8 (&mean)[kClasses]) {
  u32 pixels[kClasses] = {};
  u32 sums[kClasses] = {};
  Classifier index(bounds), value(bounds);
  for (u32 y = rows.begin; y < rows.end;) {
    const u32 high =
        min(min(rows.equal(y, nearest.row), rows.equal(y, neighbour.row)), rows.end - y);
    const u32 index_row = rows.distance(y, nearest.row);
    const u32 value_row = rows.distance(y, neighbour.row);
    for (u32 x = columns.begin; x < columns.end;) {
      const u32 wide =
          min(min(columns.equal(x, nearest.column), columns.equal(x, neighbour.column)),
              columns.end - x);
      const u32 i = index.of(index_row, columns.distance(x, nearest.column));
      pixels[i] += wide * high;
      sums[i] += wide * high * value.of(value_row, columns.distance(x, neighbour.column));
      x += wide;
    }
    y += high;
  }
  for (u32 i = 0; i < kClasses; ++i) {
    const u32 previous = i == 0 ? 0 : mean[i - 1];
    mean[i] = static_cast<u8>(pixels[i] == 0 ? previous : (pixels[i] / 2 + sums[i]) / pixels[i]);
  }
}

constexpr void make(u32 width, u32 height, AdrWeights& weights) {
  const u32 square = squared_radius(width, height);
  for (u32 i = 0; i < kClasses - 1; ++i) {
    const u64 bound = static_cast<u64>(kBounds[i]) * square;
    weights.distance[i] = static_cast<u16>((bound + 0x20000) >> 18);
  }
  const Axis rows((height + 2) / 4);
  const Axis columns((width + 3) / 6);
  const auto fill = [&](AdrWeights::Neighbour which, Centre nearest, Centre neighbour) {
    count(rows, columns, nearest, neighbour, weights.distance, weights.weight[which]);
  };
  fill(AdrWeights::k22, {1, 1}, {0, 0});
  fill(AdrWeights::k12, {1, 1}, {1, 0});
  fill(AdrWeights::k21, {1, 1}, {0, 1});
  fill(AdrWeights::k02, {2, 1}, {2, 0});
  fill(AdrWeights::k20, {1, 2}, {0, 2});
}

constexpr AdrWeights made(const KnownRadius& size) {
  AdrWeights weights{};
  make(size.width, size.height, weights);
  // The vendor's table for this size has 2 where the mean is less than 1.5.
  if (size.width == 1280) weights.weight[AdrWeights::k12][17] = 2;
  return weights;
}

// By the compiler: some hundred thousand steps each.
constexpr AdrWeights kKnownWeights[] = {
    made(kKnownRadii[0]), made(kKnownRadii[1]), made(kKnownRadii[2]),
    made(kKnownRadii[3]), made(kKnownRadii[4]), made(kKnownRadii[5]),
    made(kKnownRadii[6]), made(kKnownRadii[7]), made(kKnownRadii[8])};

}  // namespace

void make_adr_weights(u32 width, u32 height, AdrWeights& weights) {
  u32 i = 0;
  for (const KnownRadius& known : kKnownRadii) {
    if (known.width == width && known.height == height) {
      weights = kKnownWeights[i];
      return;
    }
    ++i;
  }
  count_adr_weights(width, height, weights);
}

void count_adr_weights(u32 width, u32 height, AdrWeights& weights) {
  make(width, height, weights);
}

}  // namespace t31::blocks

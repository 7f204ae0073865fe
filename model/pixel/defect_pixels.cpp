// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/defect_pixels.hpp"

#include <cstdlib>

#include "model/pixel/bypass.hpp"
#include "model/pixel/mirrored.hpp"

namespace t31::model::pixel {
namespace {

constexpr std::uint32_t kMedianShare = 0x2804;  // 15:8 (with the mean's share: which one replaces)
constexpr std::uint32_t kEnables = 0x2808;      // 0, 8, 16: detectors 1, 2, 3
constexpr std::uint32_t kPairs = 0x280c;        // 15:0 bright, 31:16 dark
constexpr std::uint32_t kReplacement = 0x2810;  // 7:0 strength, 31:24 share of the mean
constexpr std::uint32_t kRangedSoft = 0x281c;   // thresholds less the width of the soft zone
constexpr std::uint32_t kRankedSoft = 0x2820;   // five words
constexpr std::uint32_t kAveragedSoft = 0x2834;
constexpr std::uint32_t kRanged = 0x2838;  // 15:0 flatness, 31:16 distance
constexpr std::uint32_t kRanked = 0x283c;  // 15:0 dark, 31:16 bright; near, near, far, far
constexpr std::uint32_t kAveraged = 0x2850;
constexpr std::uint32_t kBalance = 0x2854;       // 31:16 strength
constexpr std::uint32_t kBalanceLimit = 0x2858;  // 31:16 largest difference
constexpr std::uint32_t kBalanceRange = 0x2860;  // 15:0 darkest, 31:16 brightest

// Half `half` of the word at `hard`, softened by that at `soft`.
SoftThreshold decode_threshold(const IspRegisters& registers, std::uint32_t hard,
                               std::uint32_t soft, unsigned half) {
  return {field(registers[soft], 16 * half, 16), field(registers[hard], 16 * half, 16)};
}

FlatDetector decode_flat(const IspRegisters& r, unsigned bit, std::uint32_t hard,
                         std::uint32_t soft) {
  return {field(r[kEnables], bit, 1) != 0, decode_threshold(r, hard, soft, 0),
          decode_threshold(r, hard, soft, 1)};
}

RankDetector decode_ranked(const IspRegisters& r) {
  RankDetector d;
  d.enabled = field(r[kEnables], 8, 1) != 0;
  d.bright_pairs = r[kPairs] & 0xffff;
  d.dark_pairs = r[kPairs] >> 16;
  d.dark = decode_threshold(r, kRanked, kRankedSoft, 0);
  d.bright = decode_threshold(r, kRanked, kRankedSoft, 1);
  for (unsigned rank = 0; rank < 4; ++rank) {
    const std::uint32_t word = 4 + 4 * (rank / 2);
    d.near[rank] = decode_threshold(r, kRanked + word, kRankedSoft + word, rank % 2);
    d.far[rank] = decode_threshold(r, kRanked + word + 8, kRankedSoft + word + 8, rank % 2);
  }
  return d;
}

// The eight neighbours from the least to the greatest, and those of each ring.
struct Sorted {
  std::array<std::int32_t, 4> near, far;
  std::array<std::int32_t, 8> all;

  explicit Sorted(const SameColour& n) : near(n.near), far(n.far) {
    std::copy(near.begin(), near.end(), all.begin());
    std::copy(far.begin(), far.end(), all.begin() + 4);
    std::sort(near.begin(), near.end());
    std::sort(far.begin(), far.end());
    std::sort(all.begin(), all.end());
  }
  std::int32_t median() const { return (all[3] + all[4] + 1) >> 1; }
  std::int32_t mean() const { return (all[2] + all[3] + all[4] + all[5] + 2) >> 2; }
  // Without the extremes: range, and six times the mean distance to the median.
  std::int32_t range() const { return all[6] - all[1]; }
  std::int32_t deviation() const { return all[4] + all[5] + all[6] - all[1] - all[2] - all[3]; }
};

// Distance of x to the nearest of the lines that a pair of opposite neighbours may be part of.
std::int32_t distance_to_lines(std::int32_t x, const SameColour& n) {
  std::int32_t brightest = 0, darkest = kMax12;
  for (const auto& ring : {n.near, n.far}) {
    for (unsigned i = 0; i < 4; i += 2) {
      brightest = std::max(brightest, std::min(ring[i], ring[i + 1]));
      darkest = std::min(darkest, std::max(ring[i], ring[i + 1]));
    }
  }
  return std::max(x - brightest, darkest - x);
}

// How many of the most extreme neighbours of each ring are set aside; 4: the ring is not asked.
struct Aside {
  unsigned near, far;
};

// How far x stands out of the rest.
std::int32_t weight_above(const RankDetector& d, unsigned rank_near, unsigned rank_far,
                          const Aside& aside, std::int32_t x, const Sorted& s) {
  std::int32_t weight = d.bright.above(x - s.median());
  if (aside.near < 4)
    weight = std::min(weight, d.near[rank_near].above(x - s.near[3 - aside.near]));
  if (aside.far < 4) weight = std::min(weight, d.far[rank_far].above(x - s.far[3 - aside.far]));
  return weight;
}

std::int32_t weight_below(const RankDetector& d, unsigned rank_near, unsigned rank_far,
                          const Aside& aside, std::int32_t x, const Sorted& s) {
  std::int32_t weight = d.dark.above(s.median() - x);
  if (aside.near < 4) weight = std::min(weight, d.near[rank_near].above(s.near[aside.near] - x));
  if (aside.far < 4) weight = std::min(weight, d.far[rank_far].above(s.far[aside.far] - x));
  return weight;
}

std::int32_t weight_of(const RankDetector& d, std::int32_t x, const Sorted& s) {
  std::int32_t weight = 0;
  for (unsigned i = 0; i < 4; ++i) {
    for (unsigned j = 0; j < 4; ++j) {
      const std::uint32_t pair = 1u << (4 * i + j);
      for (const Aside& aside : {Aside{i + 1, j}, Aside{i, j + 1}}) {
        if (d.bright_pairs & pair) weight = std::max(weight, weight_above(d, i, j, aside, x, s));
        if (d.dark_pairs & pair) weight = std::max(weight, weight_below(d, i, j, aside, x, s));
      }
    }
  }
  return weight;
}

// The whole cell's greens around a green pixel: difference of the other rows' to its own.
std::int32_t green_step(const Mirrored& p, std::int32_t x, std::int32_t y) {
  const std::int32_t own = 4 * p(x, y) + p(x - 2, y) + p(x + 2, y) + p(x, y - 2) + p(x, y + 2);
  const std::int32_t other = p(x - 1, y - 1) + p(x + 1, y - 1) + p(x - 1, y + 1) + p(x + 1, y + 1);
  return (2 * other - own) >> 3;
}

std::int32_t balanced(const GreenBalance& b, const Mirrored& p, std::int32_t x, std::int32_t y) {
  const std::int32_t sample = p(x, y), step = green_step(p, x, y);
  if (sample < b.dark || sample > b.bright || std::abs(step) >= b.threshold) return sample;
  return clip12(sample + ((step * b.strength) >> 9));
}

}  // namespace

DefectPixels decode_defect_pixels(const IspRegisters& registers) {
  DefectPixels block;
  block.active = !bypassed(registers, Block::kDefectPixels);
  block.ranged = decode_flat(registers, 0, kRanged, kRangedSoft);
  block.ranked = decode_ranked(registers);
  block.averaged = decode_flat(registers, 16, kAveraged, kAveragedSoft);
  block.strength = std::min(field(registers[kReplacement], 0, 8), 16);
  block.mean_share = std::min(field(registers[kReplacement], 24, 8), 16);
  block.balance = {std::min(field(registers[kBalance], 16, 16), 256),
                   field(registers[kBalanceLimit], 16, 16), field(registers[kBalanceRange], 0, 16),
                   field(registers[kBalanceRange], 16, 16)};
  return block;
}

bool DefectPixels::plain() const {
  bool hard = ranged.flat.hard() && ranged.distance.hard() && averaged.flat.hard() &&
              averaged.distance.hard() && ranked.bright.hard() && ranked.dark.hard();
  for (unsigned i = 0; i < 4; ++i) hard = hard && ranked.near[i].hard() && ranked.far[i].hard();
  return hard && strength == 16 && mean_share % 16 == 0 && !balance.active();
}

std::int32_t DefectPixels::apply(std::int32_t x, const SameColour& neighbours) const {
  const Sorted s(neighbours);
  const std::int32_t distance = std::abs(x - s.median());
  std::int32_t weight = 0;
  if (ranged.enabled) {
    weight = std::min(ranged.distance.above(distance), ranged.flat.below(s.range()));
  }
  if (averaged.enabled) {
    const std::int32_t off = std::min(distance, distance_to_lines(x, neighbours));
    weight = std::max(
        weight, std::min(averaged.distance.above(off), averaged.flat.below(s.deviation() / 6)));
  }
  if (ranked.enabled) weight = std::max(weight, weight_of(ranked, x, s));
  const std::int32_t target = s.median() + (((s.mean() - s.median()) * mean_share) >> 4);
  return x + (((target - x) * strength * weight) >> 12);
}

namespace {

SameColour neighbours_of(const Mirrored& p, std::int32_t x, std::int32_t y) {
  return {{p(x - 2, y), p(x + 2, y), p(x, y - 2), p(x, y + 2)},
          {p(x - 2, y - 2), p(x + 2, y + 2), p(x + 2, y - 2), p(x - 2, y + 2)}};
}

}  // namespace

Plane<std::uint16_t> correct_frame(const DefectPixels& block, const FilterArray& filter,
                                   const Plane<std::uint16_t>& bayer) {
  if (!block.changes()) return bayer;
  Plane<std::uint16_t> corrected = bayer;
  const Mirrored p{bayer};
  for (std::int32_t y = 0; y < bayer.height; ++y) {
    for (std::int32_t x = 0; x < bayer.width; ++x) {
      corrected.at(x, y) = static_cast<std::uint16_t>(block.apply(p(x, y), neighbours_of(p, x, y)));
    }
  }
  if (!block.balance.active()) return corrected;
  Plane<std::uint16_t> even = corrected;
  for (std::int32_t y = 0; y < bayer.height; ++y) {
    for (std::int32_t x = 0; x < bayer.width; ++x) {
      if (!filter.green(x, y)) continue;
      even.at(x, y) = static_cast<std::uint16_t>(balanced(block.balance, {corrected}, x, y));
    }
  }
  return even;
}

}  // namespace t31::model::pixel

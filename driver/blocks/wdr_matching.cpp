// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/wdr_matching.hpp"

#include "driver/base/math.hpp"
#include "driver/base/wrapping.hpp"
#include "driver/blocks/wdr_thresholds.hpp"

namespace t31::blocks {
namespace {

using P = tuning::Parameter;

constexpr u32 kRows = 8;
constexpr u32 kRowStride = 1024;
constexpr u32 kRowBytes = 516;
constexpr u32 kRecordBytes = 16;
constexpr u32 kCountMask = (1u << 21) - 1;

// Elements of xyPixLow.
enum : u32 {
  kVarianceLow = 4,
  kVarianceHigh = 5,
  kSmoothingLow = 6,
  kSmoothingHigh = 7,
  kGhostVarianceLow = 8,
  kGhostVarianceHigh = 9,
  kGhostWeightLow = 10,
  kGhostWeightHigh = 11,
  kSmoothingEnable = 12,
  kGhostEnable = 13,
  kGhostWeight = 14,
  kDeviationCode = 15,
};

// Codes beyond this are too close to saturation for the variance.
constexpr u32 kVarianceCodes = 200;
constexpr s32 kFullSmoothing = 16;
constexpr s32 kStrongSmoothing = 9;

// The byte stream without the gaps between rows; whole words, a row holds 129 of them.
u32 compact_word(const u8* dma, u32 word) {
  constexpr u32 kRowWords = kRowBytes / 4;
  const u32 row = word / kRowWords;
  const u8* at = dma + row * kRowStride + (word - row * kRowWords) * 4;
  return static_cast<u32>(at[0]) | static_cast<u32>(at[1]) << 8 | static_cast<u32>(at[2]) << 16 |
         static_cast<u32>(at[3]) << 24;
}

// Eight-bit short code behind node a + 1: every code up to 16, then every second, every fourth.
constexpr u32 code_of_node(u32 a) {
  return a < 16 ? a : a < 24 ? 2 * a - 15 : 4 * a - 61;
}
static_assert(code_of_node(15) == 15 && code_of_node(16) == 17 && code_of_node(24) == 35 &&
              code_of_node(79) == 255);

// Start content of the maps up to saturation; the rest is the saturation value (7.10).
constexpr u32 kStartNodes = 30;
constexpr u16 kStartMap[kWdrColours][kStartNodes] = {
    {21,   96,   176,  256,  352,  432,  512,  576,  656,  736,  800,  880,  960,  1056, 1152,
     1248, 1328, 1488, 1664, 1824, 2000, 2176, 2352, 2528, 2688, 3024, 3344, 3616, 3824, 4000},
    {21,   96,   176,  256,  352,  432,  512,  592,  672,  752,  832,  912,  992,  1072, 1168,
     1248, 1344, 1504, 1664, 1840, 2000, 2176, 2352, 2528, 2672, 3008, 3312, 3552, 3792, 3952},
    {0,    80,   176,  240,  320,  416,  496,  560,  640,  736,  816,  896,  992,  1072, 1152,
     1248, 1328, 1504, 1664, 1824, 2000, 2176, 2368, 2528, 2704, 3056, 3344, 3616, 3872, 4048}};
constexpr u16 kStartTop[kWdrColours] = {4080, 4016, 4080};
constexpr u16 kStartReciprocals[14] = {650, 599, 546, 410, 378, 264, 263,
                                       121, 87,  66,  51,  40,  33,  27};
constexpr u16 kStartReciprocalTop = 24;

// Between `from` and `to` as `x` goes from `low` to `high`, rounded half up.
Wrapping between(Wrapping from, Wrapping to, Wrapping x, Wrapping low, Wrapping high) {
  return (from * (high - low) + (to - from) * (x - low) + (high - low) / 2) / (high - low);
}

}  // namespace

void WdrHistograms::unpack(const u8* dma) {
  u32 sum[2 * kWdrColours] = {};
  for (u32 bin = 0; bin < kWdrBins; ++bin) {
    u32 w[4];
    for (u32 i = 0; i < 4; ++i) w[i] = compact_word(dma, bin * (kRecordBytes / 4) + i);
    const u32 counts[2 * kWdrColours] = {
        w[0] & kCountMask, (w[0] >> 21) | (w[1] & 0x3ff) << 11, (w[1] >> 10) & kCountMask,
        w[2] & kCountMask, (w[2] >> 21) | (w[3] & 0x3ff) << 11, (w[3] >> 10) & kCountMask};
    for (u32 i = 0; i < 2 * kWdrColours; ++i) {
      sum[i] += counts[i];
      cumulative[i][bin] = sum[i];
    }
  }
}

void start_wdr_maps(WdrMaps& maps) {
  for (u32 colour = 0; colour < kWdrColours; ++colour) {
    for (u32 i = 0; i < kWdrNodes; ++i) {
      maps.node[colour][i] = i < kStartNodes ? kStartMap[colour][i] : kStartTop[colour];
    }
  }
  for (u32 i = 0; i < kWdrThresholds; ++i) {
    maps.range_reciprocal[i] = i < 14 ? kStartReciprocals[i] : kStartReciprocalTop;
  }
  for (u32 i = 0; i < kWdrThresholds - 1; ++i) maps.label_shift[i] = i < 4 ? 5 : i < 6 ? 6 : 7;
}

// Both running sums rise, so each search goes on where the last one ended.
void WdrMatching::match(u32 colour, const WdrHistograms& histograms, bool nearest) {
  const u32(&longer)[kWdrBins] = histograms.cumulative[colour];
  const u32(&shorter)[kWdrBins] = histograms.cumulative[colour + kWdrColours];
  u32 above = 1;      // first bin, not below 1, whose long sum reaches the short one
  u32 run_start = 1;  // first bin of those that hold the same sum as the bin before `above`
  for (u32 i = 0; i < kWdrBins; ++i) {
    const u32 target = shorter[i];
    while (above < kWdrBins && longer[above] < target) {
      if (above == 1 || longer[above] != longer[above - 1]) run_start = above;
      ++above;
    }
    u32 found = 0;
    if (!nearest) {
      if (above < kWdrBins && (above > 1 || longer[0] < target)) found = above;
    } else {
      u32 best = absolute_difference(target, longer[i]);
      if (above > 1 && target - longer[above - 1] < best) {
        best = target - longer[above - 1];
        found = run_start + 1;
      }
      if (above < kWdrBins && longer[above] - target < best) found = above + 1;
    }
    code_[colour][i] = static_cast<u16>(max(found, i + 1));
  }
}

s32 WdrMatching::variance(u32 colour) const {
  const u16(&code)[kWdrBins] = code_[colour];
  const auto slope = [&](u32 i) { return (s32{code[i + 1]} - s32{code[i - 1]} + 1) / 2; };
  u32 count = 0;
  s32 sum = 0;
  for (u32 i = 1; i <= 254; ++i) {
    if (code[i] >= kVarianceCodes || code[i + 1] >= kVarianceCodes) continue;
    ++count;
    sum += slope(i);
  }
  if (count == 0) return 0;
  const s32 n = static_cast<s32>(count);
  const s32 mean = (10 * sum + n / 2) / n;
  s32 squares = 0;
  for (u32 k = 1; k <= count; ++k) {
    const s32 off = slope(k) * 10 - mean;
    squares += off * off;
  }
  return (squares + n / 2) / n;
}

void WdrMatching::smooth(s32 spread, WdrParameters& p, WdrMaps& maps) {
  const auto x = p.array<P::kXyPixLowSoftwareInArray>();
  const auto at = [&](u32 index) { return Wrapping(x[index]); };
  Wrapping old_share = 0;
  if (x[kSmoothingEnable] == 1 && spread >= at(kVarianceLow)) {
    // The blend starts from the upper variance bound, not from the lower smoothing: vendor's.
    const Wrapping span = at(kVarianceHigh) - at(kVarianceLow);
    old_share =
        spread >= at(kVarianceHigh)
            ? at(kSmoothingHigh)
            : (at(kVarianceHigh) * span +
               (at(kSmoothingHigh) - at(kSmoothingLow)) * (spread - at(kVarianceLow)) + span / 2) /
                  span;
  }
  smoothing_ = old_share.value();
  for (u32 colour = 0; colour < kWdrColours; ++colour) {
    for (u32 a = 0; a + 1 < kWdrNodes; ++a) {
      u16& node = maps.node[colour][a + 1];
      const Wrapping fresh = 16 * s32{code_[colour][code_of_node(a)]} - 1;
      const Wrapping mixed =
          ((Wrapping(kFullSmoothing) - old_share) * fresh + old_share * s32{node} + 8) / 16;
      node = static_cast<u16>(mixed.bits());
    }
  }
  if (x[kGhostEnable] == 1 && spread >= at(kGhostVarianceLow)) {
    const Wrapping weight = spread >= at(kGhostVarianceHigh)
                                ? at(kGhostWeightHigh)
                                : between(at(kGhostWeightLow), at(kGhostWeightHigh), spread,
                                          at(kGhostVarianceLow), at(kGhostVarianceHigh));
    x[kGhostWeight] = weight.bits();
  }
}

void WdrMatching::first_nodes(WdrMaps& maps) const {
  for (u32 colour = 0; colour < kWdrColours; ++colour) {
    const s32 node1 = maps.node[colour][1], node2 = maps.node[colour][2];
    const s32 node0 = (16 * node1 - 15 * (node2 - node1) + 8) / 16;
    maps.node[colour][0] = static_cast<u16>(max(0, node0));
  }
}

// How far the maps are from the straight line through their neighbourhood.
WdrMatching::Deviation WdrMatching::deviation(const WdrParameters& p) const {
  const auto settings = p.array<P::kDeviationparaSoftwareInArray>();
  const u32 limit = p.array<P::kXyPixLowSoftwareInArray>()[kDeviationCode];
  const auto beyond = [&](u32 t) {
    return code_[0][t] > limit || code_[1][t] > limit || code_[2][t] > limit;
  };
  const s32 reach = static_cast<s32>(min(settings[1], kWdrBins));
  Deviation result{static_cast<s32>(settings[0]), false};
  const u32 end = min(settings[2], kWdrBins);
  for (u32 t = 1; t < end && !beyond(t); ++t) {
    const s32 s = static_cast<s32>(t);
    s32 a = min(s + reach, s32{kWdrBins} - 1);
    const s32 b = max(0, s - reach);
    while (beyond(static_cast<u32>(a))) --a;  // ends at t
    if (a == b) continue;
    for (const u16(&code)[kWdrBins] : code_) {
      const s32 line = (code[b] * (a - b) + (code[a] - code[b]) * (s - b) + (a - b) / 2) / (a - b);
      const s32 off = static_cast<s32>(magnitude(line - code[t]));
      result.largest = max(result.largest, off);
      result.exceeded = result.exceeded || off > static_cast<s32>(settings[3]);
    }
  }
  return result;
}

void WdrMatching::run(const WdrHistograms& histograms, WdrParameters& p, WdrMaps& maps) {
  const bool nearest = p.array<P::kComputermodleSoftwareInArray>()[0] != 0;
  s32 sum = 0;
  for (u32 colour = 0; colour < kWdrColours; ++colour) {
    match(colour, histograms, nearest);
    sum += variance(colour);
  }
  smooth(sum / 3, p, maps);
  first_nodes(maps);
  const Deviation found = deviation(p);
  const bool smoothing_on = p.array<P::kXyPixLowSoftwareInArray>()[kSmoothingEnable] == 1;
  const u32(&green)[kWdrBins] = histograms.cumulative[kWdrColours + 1];
  u32 dark = 0;
  for (u32 i = 0; i < 4; ++i) dark += green[i];
  const WdrNoise noise{found.exceeded, found.largest,
                       smoothing_on && smoothing_ >= kStrongSmoothing, dark};
  compute_wdr_thresholds(noise, p, maps);
}

}  // namespace t31::blocks

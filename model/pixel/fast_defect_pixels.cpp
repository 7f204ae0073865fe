// SPDX-License-Identifier: GPL-2.0-or-later
// fast_defect_pixels.cpp - vector kernel of DPC: one row, sorting networks in place of decisions.
#include "model/pixel/fast_rows.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "model/pixel/fast_defect_pixels.cpp"
#include "hwy/foreach_target.h"
// After foreach_target.
#include "hwy/highway.h"
#include "model/pixel/fast_arithmetic-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace t31::model::pixel {
namespace HWY_NAMESPACE {

HWY_INLINE void order(Word& a, Word& b) {
  const Word least = hn::Min(a, b);
  b = hn::Max(a, b);
  a = least;
}

// A ring of four neighbours: two pairs of opposite ones, then in order.
struct Ring {
  Word sorted[4];
  Word brightest_pair, darkest_pair;  // the brighter of the pairs' darker samples, and so on

  HWY_INLINE Ring(Word a, Word b, Word c, Word d) : sorted{a, b, c, d} {
    order(sorted[0], sorted[1]);
    order(sorted[2], sorted[3]);
    brightest_pair = hn::Max(sorted[0], sorted[2]);
    darkest_pair = hn::Min(sorted[1], sorted[3]);
    order(sorted[0], sorted[2]);
    order(sorted[1], sorted[3]);
    order(sorted[1], sorted[2]);
  }
};

// All eight from the least to the greatest; only 1 to 6 are complete.
struct Ranks {
  Word at[8];

  // Odd-even merge.
  HWY_INLINE Ranks(const Ring& a, const Ring& b)
      : at{a.sorted[0], a.sorted[1], a.sorted[2], a.sorted[3],
           b.sorted[0], b.sorted[1], b.sorted[2], b.sorted[3]} {
    for (unsigned i = 0; i < 4; ++i) order(at[i], at[i + 4]);
    order(at[2], at[4]);
    order(at[3], at[5]);
    for (unsigned i = 1; i < 7; i += 2) order(at[i], at[i + 1]);
  }
  HWY_INLINE Word median() const {
    return hn::ShiftRight<1>(hn::Add(hn::Add(at[3], at[4]), set(1)));
  }
  HWY_INLINE Word mean() const {
    return hn::ShiftRight<2>(
        hn::Add(hn::Add(hn::Add(at[2], at[3]), hn::Add(at[4], at[5])), set(2)));
  }
};

// Differences of samples never exceed 4095, so that larger thresholds are as good as 4095.
HWY_INLINE std::int32_t reachable(const SoftThreshold& threshold) {
  return std::min(threshold.high, 4095);
}

struct VectorFlat {
  bool enabled;
  Word below_flat, distance;
  HWY_INLINE VectorFlat(const FlatDetector& d, std::int32_t scale)
      : enabled(d.enabled),
        below_flat(set(std::min(d.flat.high, 4096) * scale)),
        distance(set(reachable(d.distance))) {}
};

// Limits for x when `i` near and `j` far neighbours (and one more of either ring) are set aside.
struct VectorRanked {
  const RankDetector& d;
  Word bright, dark;
  HWY_INLINE explicit VectorRanked(const RankDetector& ranked)
      : d(ranked), bright(set(reachable(ranked.bright))), dark(set(reachable(ranked.dark))) {}

  template <unsigned kNear, unsigned kFar>
  HWY_INLINE void tighten(const Ring& near, const Ring& far, Word near_step, Word far_step,
                          Word& upper, Word& lower) const {
    Word above = hn::Zero(Words()), below = set(4095);
    if constexpr (kNear < 4) {
      above = hn::Add(near.sorted[3 - kNear], near_step);
      below = hn::Sub(near.sorted[kNear], near_step);
    }
    if constexpr (kFar < 4) {
      above = hn::Max(above, hn::Add(far.sorted[3 - kFar], far_step));
      below = hn::Min(below, hn::Sub(far.sorted[kFar], far_step));
    }
    upper = hn::Min(upper, above);
    lower = hn::Max(lower, below);
  }

  template <unsigned kI, unsigned kJ>
  HWY_INLINE void pair(const Ring& near, const Ring& far, Word& upper, Word& lower) const {
    constexpr std::uint32_t kPair = 1u << (4 * kI + kJ);
    if (((d.bright_pairs | d.dark_pairs) & kPair) == 0) return;
    const Word near_step = set(reachable(d.near[kI])), far_step = set(reachable(d.far[kJ]));
    Word above = set(8191), below = set(-4096);
    tighten<kI + 1, kJ>(near, far, near_step, far_step, above, below);
    tighten<kI, kJ + 1>(near, far, near_step, far_step, above, below);
    if (d.bright_pairs & kPair) upper = hn::Min(upper, above);
    if (d.dark_pairs & kPair) lower = hn::Max(lower, below);
  }

  template <unsigned kI>
  HWY_INLINE void pairs(const Ring& near, const Ring& far, Word& upper, Word& lower) const {
    pair<kI, 0>(near, far, upper, lower);
    pair<kI, 1>(near, far, upper, lower);
    pair<kI, 2>(near, far, upper, lower);
    pair<kI, 3>(near, far, upper, lower);
  }
};

struct VectorDefects {
  VectorFlat ranged, averaged;
  VectorRanked ranked;
  bool rank_enabled, mean;

  HWY_INLINE explicit VectorDefects(const DefectPixels& block)
      : ranged(block.ranged, 1),
        averaged(block.averaged, 6),
        ranked(block.ranked),
        rank_enabled(block.ranked.enabled),
        mean(block.mean_share == 16) {}

  // `kDeep`: neighbours beyond the first level are set aside.
  template <bool kDeep>
  HWY_INLINE Word corrected(Word x, const Ring& near, const Ring& far) const {
    const Ranks ranks(near, far);
    const Word median = ranks.median(), distance = hn::Abs(hn::Sub(x, median));
    auto defect = hn::MaskFromVec(hn::Zero(Words()));
    if (ranged.enabled) {
      const Word range = hn::Sub(ranks.at[6], ranks.at[1]);
      defect = hn::And(hn::Gt(distance, ranged.distance), hn::Lt(range, ranged.below_flat));
    }
    if (averaged.enabled) {
      const Word deviation = hn::Sub(hn::Add(hn::Add(ranks.at[4], ranks.at[5]), ranks.at[6]),
                                     hn::Add(hn::Add(ranks.at[1], ranks.at[2]), ranks.at[3]));
      const Word above = hn::Sub(x, hn::Max(near.brightest_pair, far.brightest_pair));
      const Word below = hn::Sub(hn::Min(near.darkest_pair, far.darkest_pair), x);
      const Word off = hn::Min(distance, hn::Max(above, below));
      defect = hn::Or(
          defect, hn::And(hn::Gt(off, averaged.distance), hn::Lt(deviation, averaged.below_flat)));
    }
    if (rank_enabled) {
      Word upper = set(8191), lower = set(-4096);
      ranked.pair<0, 0>(near, far, upper, lower);
      if constexpr (kDeep) {
        ranked.pairs<0>(near, far, upper, lower);
        ranked.pairs<1>(near, far, upper, lower);
        ranked.pairs<2>(near, far, upper, lower);
        ranked.pairs<3>(near, far, upper, lower);
      }
      upper = hn::Max(upper, hn::Add(median, ranked.bright));
      lower = hn::Min(lower, hn::Sub(median, ranked.dark));
      defect = hn::Or(defect, hn::Or(hn::Gt(x, upper), hn::Lt(x, lower)));
    }
    return hn::IfThenElse(defect, mean ? ranks.mean() : median, x);
  }
};

template <bool kDeep>
HWY_INLINE void correct_side(const VectorDefects& block, const Sample* above, const Sample* own,
                             const Sample* below, std::size_t samples, Sample* out) {
  const Words d;
  for (std::size_t i = 0; i < samples; i += hn::Lanes(d)) {
    const auto at = [&](const Sample* row, std::ptrdiff_t step) HWY_ATTR {
      return hn::LoadU(d, row + static_cast<std::ptrdiff_t>(i) + step);
    };
    const Ring near(at(own, -1), at(own, 1), at(above, 0), at(below, 0));
    const Ring far(at(above, -1), at(below, 1), at(above, 1), at(below, -1));
    hn::StoreU(block.corrected<kDeep>(at(own, 0), near, far), d, out + i);
  }
}

void DefectRowKernel(const DefectRow& row, std::size_t pairs, Split out) {
  const VectorDefects block(*row.block);
  const RankDetector& ranked = row.block->ranked;
  const bool deep = ((ranked.bright_pairs | ranked.dark_pairs) & ~1u) != 0;
  for (unsigned parity = 0; parity < 2; ++parity) {
    const Sample* above = row.bayer[0][parity];
    const Sample* own = row.bayer[1][parity];
    const Sample* below = row.bayer[2][parity];
    if (deep) {
      correct_side<true>(block, above, own, below, pairs, out[parity]);
    } else {
      correct_side<false>(block, above, own, below, pairs, out[parity]);
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace t31::model::pixel
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace t31::model::pixel {
HWY_EXPORT(DefectRowKernel);
void defect_row(const DefectRow& row, std::size_t pairs, Split out) {
  HWY_DYNAMIC_DISPATCH(DefectRowKernel)(row, pairs, out);
}
}  // namespace t31::model::pixel
#endif

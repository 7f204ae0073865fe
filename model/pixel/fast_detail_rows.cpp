// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/fast_detail_rows.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "model/pixel/fast_detail_rows.cpp"
#include "hwy/foreach_target.h"
// After foreach_target.
#include "hwy/highway.h"
#include "model/pixel/fast_segments-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace t31::model::pixel {
namespace HWY_NAMESPACE {

using Bytes = hn::Repartition<std::uint8_t, Words>;

// A table of 16 bytes, looked up by 16-bit lanes of 0 ... 15.
class ByteTable {
 public:
  HWY_INLINE explicit ByteTable(const std::uint8_t* bytes)
      : bytes_(hn::LoadDup128(Bytes(), bytes)) {}
  HWY_INLINE UnsignedWord operator[](Word index) const {
    const Word upper_byte_off = hn::Or(index, set(-32768));
    return hn::BitCast(UnsignedWords(),
                       hn::TableLookupBytesOr0(bytes_, hn::BitCast(Bytes(), upper_byte_off)));
  }

 private:
  hn::Vec<Bytes> bytes_;
};

struct Extremes {
  Word least, most;
};

// Of three rows, by column.
HWY_INLINE Extremes extremes_at(Word above, Word own, Word below) {
  return {hn::Min(hn::Min(above, own), below), hn::Max(hn::Max(above, own), below)};
}
HWY_INLINE Extremes extremes_across(const ColumnRows& columns, std::size_t i) {
  const Words d;
  return {hn::Min(hn::Min(hn::LoadU(d, columns.least + i - 1), hn::LoadU(d, columns.least + i)),
                  hn::LoadU(d, columns.least + i + 1)),
          hn::Max(hn::Max(hn::LoadU(d, columns.most + i - 1), hn::LoadU(d, columns.most + i)),
                  hn::LoadU(d, columns.most + i + 1))};
}

void sharpen_columns(const std::array<const Sample*, 5>& luma, const ColumnRows& columns,
                     std::size_t samples) {
  const Words d;
  const auto end = static_cast<std::ptrdiff_t>(samples) + 2;
  for (std::ptrdiff_t i = -2; i < end; i += static_cast<std::ptrdiff_t>(hn::Lanes(d))) {
    const Word far = hn::Add(hn::LoadU(d, luma[0] + i), hn::LoadU(d, luma[4] + i));
    const Word above = hn::LoadU(d, luma[1] + i), below = hn::LoadU(d, luma[3] + i);
    const Word own = hn::LoadU(d, luma[2] + i);
    const Word near = hn::Add(hn::Add(above, below), own);
    const Word sum = hn::Add(hn::Add(far, hn::ShiftLeft<2>(near)), hn::Add(own, own));
    hn::StoreU(hn::ShiftRight<2>(hn::Add(sum, set(2))), d, columns.low_pass + i);
    const Extremes e = extremes_at(above, own, below);
    hn::StoreU(e.least, d, columns.least + i);
    hn::StoreU(e.most, d, columns.most + i);
  }
}

// 1 4 6 4 1 of columns with 12 bits; the sum has 16.
HWY_INLINE Word low_pass_across(const Sample* columns) {
  const UnsignedWords d;
  const auto* from = reinterpret_cast<const std::uint16_t*>(columns);
  const UnsignedWord far = hn::Add(hn::LoadU(d, from - 2), hn::LoadU(d, from + 2));
  const UnsignedWord own = hn::LoadU(d, from);
  const UnsignedWord near = hn::Add(hn::Add(hn::LoadU(d, from - 1), hn::LoadU(d, from + 1)), own);
  const UnsignedWord sum = hn::Add(hn::Add(far, hn::ShiftLeft<2>(near)), hn::Add(own, own));
  return as_signed(hn::ShiftRight<6>(hn::Add(sum, set_unsigned(32))));
}

struct VectorSharpen {
  ByteTable white_weight, black_weight, texture_weight, white_strength, black_strength;
  UnsignedWord texture_strength;
  bool texture;

  // Strengths are padded to tables of 16.
  struct Strengths {
    alignas(16) std::uint8_t white[16] = {}, black[16] = {};
    explicit Strengths(const Sharpen& block) {
      for (unsigned i = 0; i < 4; ++i) {
        white[i] = block.white_strength[i], black[i] = block.black_strength[i];
      }
    }
  };
  HWY_INLINE VectorSharpen(const Sharpen& block, const Strengths& strengths)
      : white_weight(block.white_weight.data()),
        black_weight(block.black_weight.data()),
        texture_weight(block.texture_weight.data()),
        white_strength(strengths.white),
        black_strength(strengths.black),
        texture_strength(set_unsigned(block.texture_strength)),
        texture(block.texture_strength > 0 &&
                block.texture_weight != std::array<std::uint8_t, 16>{}) {}

  HWY_INLINE UnsignedWord gain(Word y, Word range, hn::Mask<UnsignedWords> white) const {
    const Word activity = hn::ShiftRight<6>(range), quarter = hn::ShiftRight<8>(y);
    const UnsignedWord weight =
        hn::IfThenElse(white, white_weight[activity], black_weight[activity]);
    const UnsignedWord strength =
        hn::IfThenElse(white, white_strength[quarter], black_strength[quarter]);
    const UnsignedWord own = hn::Mul(weight, strength);
    if (!texture) return own;
    return hn::SaturatedAdd(own, hn::Mul(texture_weight[activity], texture_strength));
  }
};

void SharpenRowKernel(const Sharpen& block, const std::array<const Sample*, 5>& luma,
                      const ColumnRows& columns, std::size_t samples, Sample* out) {
  const Words d;
  const UnsignedWords du;
  sharpen_columns(luma, columns, samples);
  const VectorSharpen::Strengths strengths(block);
  const VectorSharpen vector(block, strengths);
  const Word core = set(block.core), flat_core = set(block.flat_core), zero = hn::Zero(d);
  const Word flat_range = set(block.flat_range);
  const Word white_overshoot = set(block.white_overshoot);
  const Word black_overshoot = set(block.black_overshoot);
  for (std::size_t i = 0; i < samples; i += hn::Lanes(d)) {
    const Word y = hn::LoadU(d, luma[2] + i);
    const Extremes e = extremes_across(columns, i);
    const Word range = hn::Sub(e.most, e.least);
    const Word detail = hn::Sub(y, low_pass_across(columns.low_pass + i));
    const auto flat = hn::Lt(hn::ShiftRight<2>(range), flat_range);
    const Word lost = hn::Add(core, hn::IfThenElseZero(flat, flat_core));
    const Word size = hn::Max(hn::Sub(hn::Abs(detail), lost), zero);
    const auto white = hn::Gt(detail, zero);
    const UnsignedWord gain = vector.gain(y, range, hn::RebindMask(du, white));
    const Word change = as_signed(hn::MulHigh(as_unsigned(hn::ShiftLeft<5>(size)), gain));
    const Word beyond = hn::ShiftRightSame(range, block.overshoot_shift);
    const Word low = hn::Max(hn::Sub(e.least, hn::Min(beyond, black_overshoot)), zero);
    const Word high = hn::Min(hn::Add(e.most, hn::Min(beyond, white_overshoot)), set(kMax10));
    const Word sharp = hn::IfThenElse(white, hn::Add(y, change), hn::Sub(y, change));
    hn::StoreU(clamp(sharp, low, high), d, out + i);
  }
}

// 1 2 1 and, if `extremes`, least and most of each column.
HWY_INLINE void smooth_columns(const std::array<const Sample*, 3>& rows, const ColumnRows& columns,
                               bool extremes, std::size_t samples) {
  const Words d;
  const auto end = static_cast<std::ptrdiff_t>(samples) + 1;
  for (std::ptrdiff_t i = -1; i < end; i += static_cast<std::ptrdiff_t>(hn::Lanes(d))) {
    const Word above = hn::LoadU(d, rows[0] + i), own = hn::LoadU(d, rows[1] + i);
    const Word below = hn::LoadU(d, rows[2] + i);
    hn::StoreU(hn::Add(hn::Add(above, below), hn::Add(own, own)), d, columns.low_pass + i);
    if (extremes) {
      const Extremes e = extremes_at(above, own, below);
      hn::StoreU(e.least, d, columns.least + i);
      hn::StoreU(e.most, d, columns.most + i);
    }
  }
}

HWY_INLINE Word smooth_across(const Sample* columns) {
  const Words d;
  const Word own = hn::LoadU(d, columns);
  const Word sides = hn::Add(hn::LoadU(d, columns - 1), hn::LoadU(d, columns + 1));
  return hn::ShiftRight<4>(hn::Add(hn::Add(sides, hn::Add(own, own)), set(8)));
}

HWY_INLINE Word mix(Word x, Word smooth, Word fraction) {
  return hn::Add(x, hn::MulFixedPoint15(hn::Sub(smooth, x), fraction));
}

struct VectorFinal {
  WordTable share;
  Word below_limit[3], weight[4], contrast, contrast_below;
  bool restores;
  HWY_INLINE explicit VectorFinal(const FinalStage& f)
      : share(word_table(f.share)),
        below_limit{set(f.limit[0] - 1), set(f.limit[1] - 1), set(std::min(f.limit[2], 32767) - 1)},
        weight{set(f.weight[0]), set(f.weight[1]), set(f.weight[2]), set(f.weight[3])},
        contrast(set((f.contrast - FinalStage::kNeutralContrast) * 128)),
        contrast_below(set(f.contrast_from - 1)),
        restores(f.contrast != FinalStage::kNeutralContrast) {}

  HWY_INLINE static Word size_of(Word distance) { return hn::ShiftRight<2>(hn::Abs(distance)); }
  // Limits that do not rise: the first one not reached decides.
  HWY_INLINE Word apply(Word x, Word smooth, Word stored_weight) const {
    const Word size = size_of(hn::Sub(smooth, x));
    Word by = hn::IfThenElse(hn::Gt(size, below_limit[2]), weight[3], weight[2]);
    by = hn::IfThenElse(hn::Gt(size, below_limit[1]), by, weight[1]);
    by = hn::IfThenElse(hn::Gt(size, below_limit[0]), by, weight[0]);
    const UnsignedWord part = as_unsigned(hn::Mul(share[hn::ShiftRight<4>(stored_weight)], by));
    return mix(x, smooth, hn::ShiftLeft<7>(as_signed(hn::ShiftRight<8>(part))));
  }
  HWY_INLINE Word restored(Word x, Word smooth) const {
    const Word d = hn::Sub(x, smooth);
    const Word more = hn::MulFixedPoint15(hn::ShiftLeft<2>(d), contrast);
    const Word sharper = clamp(hn::Add(x, more), hn::Zero(Words()), set(kMax10));
    return hn::IfThenElse(hn::Gt(size_of(d), contrast_below), sharper, x);
  }
};

void FuseLumaRowKernel(const LumaDenoise& block, const std::array<const Sample*, 3>& luma,
                       const std::uint8_t* weights, const ColumnRows& columns, std::size_t samples,
                       Sample* out) {
  const Words d;
  const hn::Rebind<std::uint8_t, Words> d8;
  smooth_columns(luma, columns, true, samples);
  const Word all = set(LumaDenoise::kClasses), one = set(1);
  const Word below_edge = set(std::max(block.edge_range, 1) - 1);
  const VectorFinal final_stage(block.final_luma);
  for (std::size_t i = 0; i < samples; i += hn::Lanes(d)) {
    const Word y = hn::LoadU(d, luma[1] + i), smooth = smooth_across(columns.low_pass + i);
    const Extremes e = extremes_across(columns, i);
    const Word range =
        hn::ShiftRightSame(hn::ShiftRight<2>(hn::Sub(e.most, e.least)), block.edge_shift);
    const auto edge = hn::Gt(range, below_edge);
    const Word weight =
        weights != nullptr ? hn::PromoteTo(d, hn::LoadU(d8, weights + i)) : set(255);
    Word still = hn::Zero(d);
    for (const std::int32_t from : block.rest_from) {
      still = hn::Add(still, hn::IfThenElseZero(hn::Gt(weight, set(std::min(from, 256) - 1)), one));
    }
    const Word rest = hn::IfThenElse(edge, set(block.rest.edge), set(block.rest.smooth));
    const Word moving = hn::IfThenElse(edge, set(block.moving.edge), set(block.moving.smooth));
    const Word share = hn::Add(hn::Mul(rest, still), hn::Mul(moving, hn::Sub(all, still)));
    const Word size = hn::ShiftRight<2>(hn::Abs(hn::Sub(smooth, y)));
    const Word part =
        hn::IfThenElse(hn::Gt(size, set(block.whole_up_to)), hn::ShiftRight<1>(share), share);
    const Word fused = mix(y, smooth, hn::Mul(part, set(683)));
    Word result = hn::IfThenElse(hn::Gt(size, set(block.half_up_to)), y, fused);
    if (weights != nullptr) {
      result = final_stage.apply(result, smooth, weight);
      if (final_stage.restores) result = final_stage.restored(result, smooth);
    }
    hn::StoreU(result, d, out + i);
  }
}

void FuseChromaRowKernel(const LumaDenoise& block, const std::array<const Sample*, 3>& chroma,
                         const std::uint8_t* weights, const ColumnRows& columns,
                         std::size_t samples, Sample* out) {
  const Words d;
  const hn::Rebind<std::uint8_t, Words> d8;
  smooth_columns(chroma, columns, false, samples);
  const Word fraction = set(block.chroma * 2048);
  const VectorFinal final_stage(block.final_chroma);
  for (std::size_t i = 0; i < samples; i += hn::Lanes(d)) {
    const Word x = hn::LoadU(d, chroma[1] + i), smooth = smooth_across(columns.low_pass + i);
    Word fused = mix(x, smooth, fraction);
    if (weights != nullptr) {
      hn::Vec<decltype(d8)> even, odd;
      hn::LoadInterleaved2(d8, weights + 2 * i, even, odd);
      fused = final_stage.apply(fused, smooth, hn::PromoteTo(d, even));
    }
    hn::StoreU(fused, d, out + i);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace t31::model::pixel
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace t31::model::pixel {
HWY_EXPORT(SharpenRowKernel);
HWY_EXPORT(FuseLumaRowKernel);
HWY_EXPORT(FuseChromaRowKernel);
void sharpen_row(const Sharpen& block, const std::array<const Sample*, 5>& luma,
                 const ColumnRows& scratch, std::size_t samples, Sample* out) {
  HWY_DYNAMIC_DISPATCH(SharpenRowKernel)(block, luma, scratch, samples, out);
}
void fuse_luma_row(const LumaDenoise& block, const std::array<const Sample*, 3>& luma,
                   const std::uint8_t* weights, const ColumnRows& scratch, std::size_t samples,
                   Sample* out) {
  HWY_DYNAMIC_DISPATCH(FuseLumaRowKernel)(block, luma, weights, scratch, samples, out);
}
void fuse_chroma_row(const LumaDenoise& block, const std::array<const Sample*, 3>& chroma,
                     const std::uint8_t* weights, const ColumnRows& scratch, std::size_t samples,
                     Sample* out) {
  HWY_DYNAMIC_DISPATCH(FuseChromaRowKernel)(block, chroma, weights, scratch, samples, out);
}
}  // namespace t31::model::pixel
#endif

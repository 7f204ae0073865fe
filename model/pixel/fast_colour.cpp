// SPDX-License-Identifier: GPL-2.0-or-later
// fast_colour.cpp - vector kernels on RGB and YUV: colour matrix, conversion, colour controls,
// chroma.
#include <bit>
#include <cstring>

#include "model/pixel/fast_rows.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "model/pixel/fast_colour.cpp"
#include "hwy/foreach_target.h"
// After foreach_target.
#include "hwy/highway.h"
#include "model/pixel/fast_arithmetic-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace t31::model::pixel {
namespace HWY_NAMESPACE {

using HalfBytes = hn::Rebind<std::uint8_t, Words>;  // as many bytes as a vector has words

void MatrixRowKernel(const ColourMatrix& block, std::size_t samples, Sample* red, Sample* green,
                     Sample* blue) {
  const Words d;
  const VectorMatrix matrix(block.matrix);
  for (std::size_t i = 0; i < samples; i += hn::Lanes(d)) {
    const Triplet out =
        matrix * Triplet{hn::LoadU(d, red + i), hn::LoadU(d, green + i), hn::LoadU(d, blue + i)};
    hn::StoreU(clamp12(out.a), d, red + i);
    hn::StoreU(clamp12(out.b), d, green + i);
    hn::StoreU(clamp12(out.c), d, blue + i);
  }
}

struct VectorSpace {
  bool active;
  VectorMatrix matrix;
  Word luma_offset, chroma_offset;
  VectorRange luma, chroma;

  HWY_INLINE explicit VectorSpace(const ColourSpace& s)
      : active(s.active),
        matrix(s.matrix),
        luma_offset(set(s.offset[0])),
        chroma_offset(set(s.offset[1])),
        luma(s.range[0]),
        chroma(s.range[1]) {}

  HWY_INLINE Triplet apply(const Triplet& rgb) const {
    if (!active) return rgb;
    const Triplet v = matrix * rgb;
    return {luma.clip(hn::Add(v.a, luma_offset)), chroma.clip(hn::Add(v.b, chroma_offset)),
            chroma.clip(hn::Add(v.c, chroma_offset))};
  }
};

struct VectorRamp {
  bool enabled;
  Word low, high;
  UnsignedWord slope;

  HWY_INLINE explicit VectorRamp(const Ramp& r)
      : enabled(r.enabled), low(set(r.low)), high(set(r.high)), slope(set_unsigned(r.slope)) {}

  HWY_INLINE Word weight(Word x) const {
    const UnsignedWord above = as_unsigned(hn::Max(hn::Sub(x, low), hn::Zero(Words())));
    const Word rising = hn::Min(saturated_product(above, slope), set(kUnityQ10));
    return hn::IfThenElse(hn::Lt(x, high), rising, set(kUnityQ10));
  }
};

struct VectorContrast {
  bool enabled;
  Word x1, x2, y1, y2;
  UnsignedWord slope[3];

  HWY_INLINE explicit VectorContrast(const Contrast& c)
      : enabled(c.enabled),
        x1(set(c.x1)),
        x2(set(c.x2)),
        y1(set(c.y1)),
        y2(set(c.y2)),
        slope{set_unsigned(c.slope[0]), set_unsigned(c.slope[1]), set_unsigned(c.slope[2])} {}

  HWY_INLINE Word apply(Word y) const {
    if (!enabled) return y;
    const auto behind_first = hn::Gt(y, x1), behind_second = hn::Gt(y, x2);
    const Word x = hn::IfThenElseZero(behind_first, hn::IfThenElse(behind_second, x2, x1));
    const Word base = hn::IfThenElseZero(behind_first, hn::IfThenElse(behind_second, y2, y1));
    const Word gain = hn::IfThenElse(
        behind_first, hn::IfThenElse(behind_second, as_signed(slope[2]), as_signed(slope[1])),
        as_signed(slope[0]));
    const UnsignedWord rise = gain_q10(as_unsigned(hn::Sub(y, x)), as_unsigned(gain));
    return hn::Add(base, as_signed(rise));
  }
};

struct VectorSaturation {
  bool enabled, rising;
  Word low, high, weak, strong;
  UnsignedWord step;

  HWY_INLINE explicit VectorSaturation(const Saturation& s)
      : enabled(s.enabled),
        rising(s.weak < s.strong),
        low(set(s.low)),
        high(set(s.high)),
        weak(set(s.weak)),
        strong(set(s.strong)),
        step(set_unsigned(s.step)) {}

  HWY_INLINE Word gain(Word magnitude) const {
    const UnsignedWord above = as_unsigned(hn::Max(hn::Sub(magnitude, low), hn::Zero(Words())));
    const Word change = saturated_product(above, step);
    const Word between = rising ? hn::Min(hn::SaturatedAdd(weak, change), strong)
                                : hn::Max(hn::SaturatedSub(weak, change), strong);
    const Word upper = hn::IfThenElse(hn::Lt(magnitude, high), between, strong);
    return hn::IfThenElse(hn::Gt(magnitude, low), upper, weak);
  }
};

HWY_INLINE Word magnitude_of(Word u, Word v) {
  return hn::Max(hn::Abs(u), hn::Abs(v));
}

HWY_INLINE bool changes_nothing(const Triple& offset, const std::array<Range, 3>& clip) {
  for (unsigned i = 0; i < 3; ++i) {
    if (offset[i] != 0 || clip[i].low != 0 || clip[i].high != kMax10) return false;
  }
  return true;
}

struct VectorControl {
  bool active, entry, ramps;
  VectorRange luma_in, chroma_in, luma_matrix, chroma_matrix, luma_out, chroma_out;
  Word offset_in[3], offset_out[3];
  VectorMatrix matrix;
  VectorRamp dark, bright, colourful;
  VectorContrast contrast;
  VectorSaturation saturation;

  HWY_INLINE explicit VectorControl(const ColourControl& c)
      : active(c.active),
        entry(!changes_nothing(c.offset_in, c.clip_in)),
        ramps(c.dark.enabled || c.bright.enabled || c.colourful.enabled),
        luma_in(c.clip_in[0]),
        chroma_in(c.clip_in[1]),
        luma_matrix(c.clip_matrix[0]),
        chroma_matrix(c.clip_matrix[1]),
        luma_out(c.clip_out[0]),
        chroma_out(c.clip_out[1]),
        offset_in{set(c.offset_in[0]), set(c.offset_in[1]), set(c.offset_in[2])},
        offset_out{set(c.offset_out[0]), set(c.offset_out[1]), set(c.offset_out[2])},
        matrix(c.matrix),
        dark(c.dark),
        bright(c.bright),
        colourful(c.colourful),
        contrast(c.contrast),
        saturation(c.saturation) {}

  HWY_INLINE Word matrix_weight(const Triplet& v) const {
    const Word one = set(kUnityQ10);
    Word weight = one;
    if (dark.enabled) weight = hn::Min(weight, dark.weight(v.a));
    if (bright.enabled) weight = hn::Min(weight, hn::Sub(one, bright.weight(v.a)));
    if (colourful.enabled) {
      weight = hn::Min(weight, colourful.weight(magnitude_of(v.b, v.c)));
    }
    return weight;
  }

  // Chroma around 0 on both sides.
  HWY_INLINE Triplet through_matrix(const Triplet& v) const {
    Triplet out = matrix * v;
    if (ramps) {
      const Word weight = matrix_weight(v);
      out.a = hn::Add(v.a, scale_q10(hn::Sub(out.a, v.a), weight));
      out.b = hn::Add(v.b, scale_q10(hn::Sub(out.b, v.b), weight));
      out.c = hn::Add(v.c, scale_q10(hn::Sub(out.c, v.c), weight));
    }
    const Word mid = set(kMidChroma);
    return {luma_matrix.clip(out.a), hn::Sub(chroma_matrix.clip(hn::Add(out.b, mid)), mid),
            hn::Sub(chroma_matrix.clip(hn::Add(out.c, mid)), mid)};
  }

  // Inlined: what a caller does not use is not computed.
  HWY_INLINE Triplet apply(const Triplet& yuv) const {
    if (!active) return yuv;
    const Word mid = set(kMidChroma);
    Triplet v = yuv;
    if (entry) {
      v = {luma_in.clip(hn::Add(v.a, offset_in[0])), chroma_in.clip(hn::Add(v.b, offset_in[1])),
           chroma_in.clip(hn::Add(v.c, offset_in[2]))};
    }
    v = through_matrix({v.a, hn::Sub(v.b, mid), hn::Sub(v.c, mid)});
    if (saturation.enabled) {
      const Word gain = saturation.gain(magnitude_of(v.b, v.c));
      v.b = scale_q10(v.b, gain);
      v.c = scale_q10(v.c, gain);
    }
    return {luma_out.clip(hn::Add(contrast.apply(v.a), offset_out[0])),
            chroma_out.clip(hn::Add(hn::Add(v.b, mid), offset_out[1])),
            chroma_out.clip(hn::Add(hn::Add(v.c, mid), offset_out[2]))};
  }
};

void ColourRowKernel(const ColourRow& row, std::size_t pairs, Sample* luma, Sample* u_sum,
                     Sample* v_sum) {
  const Words d;
  const VectorSpace space(*row.space);
  for (std::size_t i = 0; i < pairs; i += hn::Lanes(d)) {
    Triplet side[2];
    for (unsigned p = 0; p < 2; ++p) {
      side[p] = space.apply({hn::LoadU(d, row.red[p] + i), hn::LoadU(d, row.green[p] + i),
                             hn::LoadU(d, row.blue[p] + i)});
    }
    hn::StoreInterleaved2(side[0].a, side[1].a, d, luma + 2 * i);
    hn::StoreU(hn::Add(side[0].b, side[1].b), d, u_sum + i);
    hn::StoreU(hn::Add(side[0].c, side[1].c), d, v_sum + i);
  }
}

void HalveRowsKernel(const Sample* above, const Sample* below, std::size_t pairs, Sample* out) {
  const Words d;
  for (std::size_t i = 0; i < pairs; i += hn::Lanes(d)) {
    const Word sum = hn::Add(hn::LoadU(d, above + i), hn::LoadU(d, below + i));
    hn::StoreU(hn::ShiftRight<2>(sum), d, out + i);
  }
}

HWY_INLINE hn::Vec<HalfBytes> eight_bits(Word x) {
  return hn::DemoteTo(HalfBytes(), hn::ShiftRight<2>(x));
}

void ControlRowsKernel(const ControlRows& rows, std::size_t pairs, std::uint8_t* above,
                       std::uint8_t* below, std::uint8_t* chroma) {
  const Words d;
  const HalfBytes d8;
  const VectorControl control(*rows.control);
  std::uint8_t* const out[2] = {above, below};
  for (std::size_t i = 0; i < pairs; i += hn::Lanes(d)) {
    const Word u = hn::LoadU(d, rows.u + i), v = hn::LoadU(d, rows.v + i);
    Word sum = hn::Zero(d);
    for (unsigned r = 0; r < 2; ++r) {
      Word even, odd;
      hn::LoadInterleaved2(d, rows.luma[r] + 2 * i, even, odd);
      sum = hn::Add(sum, hn::Add(even, odd));
      hn::StoreInterleaved2(eight_bits(control.apply({even, u, v}).a),
                            eight_bits(control.apply({odd, u, v}).a), d8, out[r] + 2 * i);
    }
    const Triplet block = control.apply({hn::ShiftRight<2>(sum), u, v});
    hn::StoreInterleaved2(eight_bits(block.b), eight_bits(block.c), d8, chroma + 2 * i);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace t31::model::pixel
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace t31::model::pixel {
HWY_EXPORT(MatrixRowKernel);
HWY_EXPORT(ColourRowKernel);
HWY_EXPORT(HalveRowsKernel);
HWY_EXPORT(ControlRowsKernel);
void matrix_row(const ColourMatrix& block, std::size_t samples, Sample* red, Sample* green,
                Sample* blue) {
  HWY_DYNAMIC_DISPATCH(MatrixRowKernel)(block, samples, red, green, blue);
}
void colour_row(const ColourRow& row, std::size_t pairs, Sample* luma, Sample* u_sum,
                Sample* v_sum) {
  HWY_DYNAMIC_DISPATCH(ColourRowKernel)(row, pairs, luma, u_sum, v_sum);
}
// Gathers of 16-bit values are slower than single loads, four to a load of indices.
void look_up_row(const std::uint16_t* table, Sample* row, std::size_t samples) {
  constexpr unsigned kFirst = std::endian::native == std::endian::little ? 0 : 3;
  std::size_t i = 0;
  for (; i + 4 <= samples; i += 4) {
    std::uint64_t indices;
    std::memcpy(&indices, row + i, sizeof(indices));
    for (unsigned k = 0; k < 4; ++k) {
      row[i + (k ^ kFirst)] = static_cast<Sample>(table[(indices >> (16 * k)) & 0xffff]);
    }
  }
  for (; i < samples; ++i) row[i] = static_cast<Sample>(table[static_cast<std::uint16_t>(row[i])]);
}
void halve_rows(const Sample* above, const Sample* below, std::size_t pairs, Sample* out) {
  HWY_DYNAMIC_DISPATCH(HalveRowsKernel)(above, below, pairs, out);
}
void control_rows(const ControlRows& rows, std::size_t pairs, std::uint8_t* above,
                  std::uint8_t* below, std::uint8_t* chroma) {
  HWY_DYNAMIC_DISPATCH(ControlRowsKernel)(rows, pairs, above, below, chroma);
}
}  // namespace t31::model::pixel
#endif

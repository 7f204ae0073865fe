// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/temporal_adjust.hpp"

namespace t31::model::pixel {
namespace {

constexpr std::uint32_t kTopFunction = 0x7810;      // 4, 20 spatial filter of new luma, chroma
constexpr std::uint32_t kCornerLengths = 0x78e0;    // bytes top, bottom, left, right
constexpr std::uint32_t kCornerFactors = 0x78e4;    // 7:0 weight, 15:8 threshold
constexpr std::uint32_t kLumaSegment = 0x7938;      // 1:0
constexpr std::uint32_t kLumaFactors = 0x793c;      // eight bytes
constexpr std::uint32_t kLumaMotion = 0x7944;       // 11:3 threshold, 15:12 slope
constexpr std::uint32_t kSmoothing = 0x79a4;        // 7:0 threshold
constexpr std::uint32_t kSmoothingKept = 0x79a8;    // 3:0 sixteenths of the sample itself
constexpr std::uint32_t kSmoothingWindow = 0x79b4;  // 0 larger window
constexpr std::uint32_t kSmoothingShares = 0x79b8;  // 16 bytes
// 7:0, 15:8, 31:16 limits; four weights in the next word.
constexpr std::uint32_t kFinalLuma = 0x79e4, kFinalChroma = 0x7abc;
constexpr std::uint32_t kFinalShares = 0x79f0, kFinalChromaShares = 0x7ac8;  // 16 bytes
constexpr std::uint32_t kContrastFrom = 0x7814;                              // 3:0
constexpr std::uint32_t kContrast = 0x7a00;                                  // 31:8
constexpr std::uint32_t kChromaSegment = 0x7a58;
constexpr std::uint32_t kChromaFactors = 0x7a5c;
constexpr std::uint32_t kChromaEdges = 0x7a74;     // 15:8 threshold
constexpr std::uint32_t kChromaShares = 0x7a90;    // 16 bytes
constexpr std::uint32_t kChromaStrength = 0x7aec;  // 7:0 normal, 15:8 weak colours, 31:16 theirs

constexpr std::int32_t kNeutralFactor = 128, kNeutralStrength = 64;
constexpr std::int32_t kCornerUnit = 16;  // pixels, as blocks

std::int32_t byte_at(const IspRegisters& registers, std::uint32_t first, unsigned i) {
  return field(registers[first + 4 * (i / 4)], 8 * (i % 4), 8);
}

template <std::size_t N>
bool all(const std::array<std::int32_t, N>& values, std::size_t count, std::int32_t value) {
  return std::all_of(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(count),
                     [value](std::int32_t v) { return v == value; });
}

// `enable`: bit of the top function. `kept`: sixteenths.
PictureSmoothing smoothing_of(const IspRegisters& registers, unsigned enable, std::int32_t kept,
                              std::uint32_t shares, PictureSmoothing s) {
  const std::int32_t edge = 2 * s.reach + 1;
  s.part = (16 - kept) * 2048 / (edge * edge);
  for (unsigned i = 0; i < s.share.size(); ++i) s.share[i] = byte_at(registers, shares, i);
  s.active = field(registers[kTopFunction], enable, 1) != 0 && s.threshold > 0 &&
             !all(s.share, s.share.size(), 0);
  return s;
}

PictureSmoothing decode_smoothing(const IspRegisters& registers) {
  PictureSmoothing s;
  s.reach = field(registers[kSmoothingWindow], 0, 1) == 0 ? 1 : PictureSmoothing::kMaxReach;
  s.threshold = 4 * field(registers[kSmoothing], 0, 8);
  return smoothing_of(registers, 4, field(registers[kSmoothingKept], 0, 4), kSmoothingShares, s);
}

PictureSmoothing decode_chroma_smoothing(const IspRegisters& registers) {
  PictureSmoothing s;
  s.threshold = 4 * field(registers[kChromaEdges], 8, 8);
  return smoothing_of(registers, 20, 0, kChromaShares, s);
}

// A table never written changes nothing.
WeightFactors decode_factors(const IspRegisters& registers, std::uint32_t segment,
                             std::uint32_t first) {
  WeightFactors w;
  w.shift = 4 + static_cast<unsigned>(field(registers[segment], 0, 2));
  for (unsigned i = 0; i < WeightFactors::kSteps; ++i) w.factor[i] = byte_at(registers, first, i);
  w.active = !all(w.factor, WeightFactors::kSteps, 0) &&
             !all(w.factor, WeightFactors::kSteps, kNeutralFactor);
  return w;
}

PictureCorners decode_corners(const IspRegisters& registers) {
  PictureCorners c;
  const std::uint32_t lengths = registers[kCornerLengths], factors = registers[kCornerFactors];
  c.top = kCornerUnit * field(lengths, 0, 8), c.bottom = kCornerUnit * field(lengths, 8, 8);
  c.left = kCornerUnit * field(lengths, 16, 8), c.right = kCornerUnit * field(lengths, 24, 8);
  if (const std::int32_t factor = field(factors, 0, 8); factor != 0) c.factor = factor;
  // A raised threshold takes less of the weight: by its rise, at the slope beyond it.
  const std::int32_t raised = std::max(field(factors, 8, 8) - kNeutralFactor, 0);
  const std::uint32_t motion = registers[kLumaMotion];
  c.eased = std::min(((field(motion, 3, 9) * raised) >> 7) << field(motion, 12, 4), 255);
  c.active = c.factor != kNeutralFactor || c.eased != 0;
  return c;
}

ChromaStrength decode_strength(const IspRegisters& registers) {
  ChromaStrength s;
  const std::uint32_t value = registers[kChromaStrength];
  if (field(value, 0, 8) == 0) return s;
  s.normal = field(value, 0, 8);
  s.weak_below = field(value, 8, 8);
  s.weak = std::min(field(value, 16, 16), 255);
  s.active = s.normal != kNeutralStrength || (s.weak_below > 0 && s.weak != kNeutralStrength);
  return s;
}

// Weights never written do not count.
FinalStage decode_final(const IspRegisters& registers, std::uint32_t limits, std::uint32_t shares) {
  FinalStage f;
  const std::uint32_t value = registers[limits];
  f.limit = {field(value, 0, 8), field(value, 8, 8), field(value, 16, 16)};
  for (unsigned i = 0; i < f.weight.size(); ++i) {
    const std::int32_t weight = field(registers[limits + 4], 8 * i, 8);
    f.weight[i] = registers[limits + 4] == 0 ? 256 : weight + (weight >> 7);
  }
  for (unsigned i = 0; i < f.share.size(); ++i) f.share[i] = byte_at(registers, shares, i);
  return f;
}

}  // namespace

TemporalAdjustments decode_temporal_adjustments(const IspRegisters& registers) {
  TemporalAdjustments a;
  a.smoothing = decode_smoothing(registers);
  a.chroma_smoothing = decode_chroma_smoothing(registers);
  a.luma = decode_factors(registers, kLumaSegment, kLumaFactors);
  a.chroma = decode_factors(registers, kChromaSegment, kChromaFactors);
  a.corners = decode_corners(registers);
  a.strength = decode_strength(registers);
  a.final_luma = decode_final(registers, kFinalLuma, kFinalShares);
  a.final_chroma = decode_final(registers, kFinalChroma, kFinalChromaShares);
  if (const std::int32_t contrast = field(registers[kContrast], 8, 24); contrast != 0) {
    a.final_luma.contrast = std::min(contrast, 2 * FinalStage::kNeutralContrast - 1);
  }
  a.final_luma.contrast_from = field(registers[kContrastFrom], 0, 4);
  return a;
}

}  // namespace t31::model::pixel

// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/colour_control.hpp"

#include <cstdlib>

#include "model/pixel/bypass.hpp"

namespace t31::model::pixel {
namespace {

constexpr std::uint32_t kLumaClips = 0x8000;    // three words, 15:0 maximum, 31:16 minimum
constexpr std::uint32_t kChromaClips = 0x800c;  // likewise
constexpr std::uint32_t kOffsets = 0x8018;  // three words, 15:0 before, 31:16 after; 1024 = none
constexpr std::uint32_t kMatrix = 0x8024;   // rows of two words: elements 0 and 1; element 2
constexpr std::uint32_t kDark = 0x803c;     // 0 enable, 31:16 slope; next 15:0 low, 31:16 high
constexpr std::uint32_t kBright = 0x8044;
constexpr std::uint32_t kColourful = 0x804c;
constexpr std::uint32_t kContrast = 0x8054;        // 0 enable, 31:16 first slope
constexpr std::uint32_t kContrastSlopes = 0x8058;  // 15:0 second, 31:16 third slope
constexpr std::uint32_t kContrastX = 0x805c;
constexpr std::uint32_t kContrastY = 0x8060;
constexpr std::uint32_t kSaturation = 0x8064;        // 0 enable, 15:3 step of the first pair
constexpr std::uint32_t kSaturationLimits = 0x8068;  // 15:0 low, 31:16 high
constexpr std::uint32_t kSaturationGains = 0x806c;   // 15:0 strong, 31:16 weak

constexpr unsigned kElementBits = 14;
constexpr unsigned kSampleBits = 10;
constexpr std::int32_t kMaxGain = 8191;  // a saturation gain beyond 8.0 acts as 8.0

Range decode_range(std::uint32_t value) {
  return {field(value, 16, kSampleBits), field(value, 0, kSampleBits)};
}

std::array<Range, 3> decode_clips(const IspRegisters& registers, unsigned stage) {
  const Range chroma = decode_range(registers[kChromaClips + 4 * stage]);
  return {decode_range(registers[kLumaClips + 4 * stage]), chroma, chroma};
}

// Samples span 10 bits, so an offset beyond 12 bits acts as one of 12 bits.
std::int32_t decode_offset(std::uint32_t value, unsigned first) {
  return limit(signed_field(value, first, 16) - 1024, -4096, 4095);
}

Ramp decode_ramp(const IspRegisters& registers, std::uint32_t offset) {
  const std::uint32_t first = registers[offset], second = registers[offset + 4];
  return {field(first, 0, 1) != 0, field(second, 0, kSampleBits + 1),
          field(second, 16, kSampleBits + 1), field(first, 16, 16)};
}

Contrast decode_contrast(const IspRegisters& registers) {
  Contrast c;
  const std::uint32_t slopes = registers[kContrastSlopes];
  const std::uint32_t x = registers[kContrastX], y = registers[kContrastY];
  c.enabled = field(registers[kContrast], 0, 1) != 0;
  c.slope = {field(registers[kContrast], 16, 16), field(slopes, 0, 16), field(slopes, 16, 16)};
  c.x1 = field(x, 0, kSampleBits), c.x2 = field(x, 16, kSampleBits);
  c.y1 = field(y, 0, kSampleBits), c.y2 = field(y, 16, kSampleBits);
  return c;
}

Saturation decode_saturation(const IspRegisters& registers) {
  Saturation s;
  s.enabled = field(registers[kSaturation], 0, 1) != 0;
  s.step = field(registers[kSaturation], 3, 13);
  s.low = field(registers[kSaturationLimits], 0, kSampleBits);
  s.high = field(registers[kSaturationLimits], 16, kSampleBits);
  s.strong = std::min(field(registers[kSaturationGains], 0, 16), kMaxGain);
  s.weak = std::min(field(registers[kSaturationGains], 16, 16), kMaxGain);
  return s;
}

std::int32_t magnitude(std::int32_t u, std::int32_t v) {
  return std::max(std::abs(u), std::abs(v));
}

std::int32_t scale(std::int32_t chroma, std::int32_t gain) {
  return (chroma * gain) >> 10;
}

}  // namespace

ColourControl decode_colour_control(const IspRegisters& registers) {
  ColourControl block;
  block.active = !bypassed(registers, Block::kColourControl);
  block.clip_in = decode_clips(registers, 0);
  block.clip_matrix = decode_clips(registers, 1);
  block.clip_out = decode_clips(registers, 2);
  for (unsigned i = 0; i < 3; ++i) {
    const std::uint32_t offsets = registers[kOffsets + 4 * i];
    block.offset_in[i] = decode_offset(offsets, 0);
    block.offset_out[i] = decode_offset(offsets, 16);
    const std::uint32_t left = registers[kMatrix + 8 * i], right = registers[kMatrix + 8 * i + 4];
    block.matrix.rows[i] = {signed_field(left, 0, kElementBits),
                            signed_field(left, 16, kElementBits),
                            signed_field(right, 0, kElementBits)};
  }
  block.dark = decode_ramp(registers, kDark);
  block.bright = decode_ramp(registers, kBright);
  block.colourful = decode_ramp(registers, kColourful);
  block.contrast = decode_contrast(registers);
  block.saturation = decode_saturation(registers);
  return block;
}

std::int32_t Saturation::gain(std::int32_t magnitude) const {
  if (!enabled) return kUnityQ10;
  if (magnitude <= low) return weak;
  if (magnitude >= high) return strong;
  const std::int32_t change = (magnitude - low) * step;
  return weak < strong ? std::min(weak + change, strong) : std::max(weak - change, strong);
}

std::int32_t ColourControl::matrix_weight(const Triple& yuv) const {
  std::int32_t weight = kUnityQ10;
  if (dark.enabled) weight = std::min(weight, dark.weight(yuv[0]));
  if (bright.enabled) weight = std::min(weight, kUnityQ10 - bright.weight(yuv[0]));
  if (colourful.enabled) {
    weight =
        std::min(weight, colourful.weight(magnitude(yuv[1] - kMidChroma, yuv[2] - kMidChroma)));
  }
  return weight;
}

Triple ColourControl::through_matrix(const Triple& yuv) const {
  const Triple full = matrix * Triple{yuv[0], yuv[1] - kMidChroma, yuv[2] - kMidChroma};
  const Triple target{full[0], full[1] + kMidChroma, full[2] + kMidChroma};
  const std::int32_t weight = matrix_weight(yuv);
  Triple out{};
  for (unsigned i = 0; i < 3; ++i) {
    out[i] = clip_matrix[i].clip(yuv[i] + (((target[i] - yuv[i]) * weight) >> 10));
  }
  return out;
}

Triple ColourControl::apply(const Triple& yuv) const {
  if (!active) return yuv;
  Triple v = yuv;
  for (unsigned i = 0; i < 3; ++i) v[i] = clip_in[i].clip(v[i] + offset_in[i]);
  v = through_matrix(v);
  const std::int32_t u = v[1] - kMidChroma, w = v[2] - kMidChroma;
  const std::int32_t gain = saturation.gain(magnitude(u, w));
  v = {contrast.apply(v[0]), kMidChroma + scale(u, gain), kMidChroma + scale(w, gain)};
  for (unsigned i = 0; i < 3; ++i) v[i] = clip_out[i].clip(v[i] + offset_out[i]);
  return v;
}

}  // namespace t31::model::pixel

// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/lens_shading.hpp"

#include "driver/base/math.hpp"
#include "driver/regs/lens_shading.hpp"

namespace t31::blocks {
namespace {

namespace reg = t31::reg::lens_shading;
using tuning::Parameter;

// Start values (hw-blocks-raw-color 8.3).
constexpr u32 kStartKelvin = 5000;
constexpr u32 kNoZone = 5;
constexpr u32 kKelvinThreshold = 30;
constexpr s32 kGainMaximum = 0xfff;
constexpr u32 kColours = 3;

// Zones of colour temperature: warm mesh, blend, middle mesh, blend, daylight mesh.
enum Zone : u32 { kWarm, kWarmToMiddle, kMiddle, kMiddleToDaylight, kDaylight };

constexpr bool blends(u32 zone) {
  return zone == kWarmToMiddle || zone == kMiddleToDaylight;
}

// What becomes of a mesh word, both nodes at once: blended towards another mesh (Q12), then its
// distance from 1.0 scaled (Q12).
struct NodeMath {
  s32 one;
  s32 strength;
  s32 way;

  // Between two gains there is nothing to clamp.
  bool stays_in_range() const { return strength <= kUnit && way <= kUnit; }

  template <bool kClamped>
  s32 node(s32 from, s32 to) const {
    const s32 blended = from + (((to - from) * way) >> kUnitBits);
    if constexpr (!kClamped) return one + (((blended - one) * strength) >> kUnitBits);
    const s32 limited = clamp(blended, 0, kGainMaximum);
    return clamp(one + (((limited - one) * strength) >> kUnitBits), 0, kGainMaximum);
  }
  template <bool kClamped>
  u32 word(u32 from, u32 to) const {
    constexpr u32 kNode = 0xfff;
    const s32 even = node<kClamped>(static_cast<s32>(from & kNode), static_cast<s32>(to & kNode));
    const s32 odd =
        node<kClamped>(static_cast<s32>(from >> 12 & kNode), static_cast<s32>(to >> 12 & kNode));
    return static_cast<u32>(odd) << 12 | static_cast<u32>(even);
  }

 private:
  static constexpr u32 kUnitBits = 12;
  static constexpr s32 kUnit = 1 << kUnitBits;
};
static_assert(reg::kOddNode(1) == 1u << 12 && reg::kEvenNode(0xfff) == 0xfff);

// Words lie in groups of 16 bytes, three of four used.
constexpr u32 kWordStep = reg::kGreen.at(0) - reg::kRed.at(0);
constexpr u32 kGroupStep = reg::kRed.at(1) - reg::kRed.at(0);
static_assert(reg::kBlue.at(0) - reg::kGreen.at(0) == kWordStep && kGroupStep == 4 * kWordStep);

// 1.0 is 2048, 1024, 512, 256 for scale 0, 1, 2 and above.
s32 unity(u32 scale) {
  return 2048 >> min(scale, 3u);
}

}  // namespace

bool LensShading::light_changed(const BlockInputs& inputs) {
  u32 points[4];
  inputs.bank.read(Parameter::kLscCtPoints, points);
  u32 zone = 0;
  while (zone < 4 && kelvin_ > points[zone]) ++zone;
  const bool moved = absolute_difference(kelvin_, zone_kelvin_) >= kKelvinThreshold;
  if (!forced_ && zone == zone_ && !(blends(zone) && moved)) return false;
  zone_ = zone;
  zone_kelvin_ = kelvin_;
  // Past the point before and not past this one: their distance is positive.
  way_ =
      blends(zone) ? divide_q(12, kelvin_ - points[zone - 1], points[zone] - points[zone - 1]) : 0;
  return true;
}

LensShading::Blend LensShading::blend() const {
  if (zone_ <= kWarmToMiddle) return {Parameter::kLscALinear, Parameter::kLscTLinear, way_};
  if (zone_ < kDaylight) return {Parameter::kLscTLinear, Parameter::kLscDLinear, way_};
  return {Parameter::kLscDLinear, Parameter::kLscDLinear, 0};
}

void LensShading::write_geometry(RegisterCache& registers, const BlockInputs& inputs) const {
  const auto word = [&](Parameter parameter, u32 index = 0) {
    return inputs.bank.get(parameter, index);
  };
  registers.put(reg::kCell.offset, reg::kCellWidth(word(Parameter::kLscMeshSize, 0)) |
                                       reg::kCellHeight(word(Parameter::kLscMeshSize, 1)));
  registers.put(reg::kMesh.offset, reg::kScale(word(Parameter::kLscMeshScale)) |
                                       reg::kMean((word(Parameter::kLscMeanEn) & 1) != 0) |
                                       reg::kStride(word(Parameter::kLscLutStride)));
}

void LensShading::write_table(RegisterCache& registers, const BlockInputs& inputs) {
  const Blend mesh = blend();
  const NodeMath math{unity(inputs.bank.get(Parameter::kLscMeshScale)), static_cast<s32>(strength_),
                      static_cast<s32>(mesh.way)};
  const std::span<const u32> from = inputs.bank.words(mesh.from);
  const std::span<const u32> to = inputs.bank.words(mesh.to);
  const u32 words = min(min(inputs.bank.get(Parameter::kLscLutNum), kWords),
                        static_cast<u32>(min(from.size(), to.size())));
  const bool in_range = math.stays_in_range();
  u32 offset = reg::kRed.at(0);
  for (u32 i = 0, colour = 0; i < words; ++i) {
    const u32 word = in_range ? math.word<false>(from[i], to[i]) : math.word<true>(from[i], to[i]);
    if (i >= known_words_ || written_[i] != word) {
      registers.write(offset, word);
      written_[i] = word;
    }
    offset += kWordStep;
    if (++colour == kColours) {
      colour = 0;
      offset += kGroupStep - kColours * kWordStep;
    }
  }
  known_words_ = max(known_words_, words);
  registers.strobe(reg::kLatch.offset, 0);
}

void LensShading::init(RegisterCache& registers, const BlockInputs& inputs) {
  gain_ = 0;
  kelvin_ = kStartKelvin;
  zone_ = kNoZone;
  forced_ = true;
  done(registers, inputs);
}

void LensShading::done(RegisterCache& registers, const BlockInputs& inputs) {
  const u32 strength = min(
      tuning::at_gain(inputs.bank,
                      inputs.mode.wdr ? Parameter::kLscMeshStrWdr : Parameter::kLscMeshStr, gain_),
      0xffffu);
  const bool light = light_changed(inputs);
  if (!light && strength == strength_) return;
  strength_ = strength;
  forced_ = false;
  write_geometry(registers, inputs);
  write_table(registers, inputs);
}

}  // namespace t31::blocks

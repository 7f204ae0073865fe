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

s32 blend_gain(s32 from, s32 to, u32 way) {
  return clamp(from + (((to - from) * static_cast<s32>(way)) >> 12), 0, kGainMaximum);
}

s32 scale_gain(s32 gain, s32 one, u32 strength) {
  return clamp(one + (((gain - one) * static_cast<s32>(strength)) >> 12), 0, kGainMaximum);
}

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
  const s32 one = unity(inputs.bank.get(Parameter::kLscMeshScale));
  const u32 words = min(inputs.bank.get(Parameter::kLscLutNum), kWords);
  const auto gain = [&](s32 from, s32 to) {
    return static_cast<u32>(scale_gain(blend_gain(from, to, mesh.way), one, strength_));
  };
  constexpr t31::reg::Register kPlanes[kColours] = {reg::kRed, reg::kGreen, reg::kBlue};
  u32 group = 0;
  for (u32 i = 0, colour = 0; i < words; ++i) {
    const u32 from = inputs.bank.get(mesh.from, i);
    const u32 to = mesh.way == 0 ? from : inputs.bank.get(mesh.to, i);
    const auto even = [](u32 word) { return static_cast<s32>(reg::kEvenNode.get(word)); };
    const auto odd = [](u32 word) { return static_cast<s32>(reg::kOddNode.get(word)); };
    const u32 word =
        reg::kEvenNode(gain(even(from), even(to))) | reg::kOddNode(gain(odd(from), odd(to)));
    if (i >= known_words_ || written_[i] != word) registers.write(kPlanes[colour].at(group), word);
    written_[i] = word;
    if (++colour == kColours) {
      colour = 0;
      ++group;
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

// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/exposure_black_level.hpp"

#include "driver/base/math.hpp"
#include "driver/blocks/bayer_slots.hpp"
#include "driver/regs/black_level.hpp"
#include "driver/tuning/engine.hpp"

namespace t31::blocks {
namespace {

namespace reg = t31::reg::black_level;
using tuning::Parameter;

// Bank values are only read in WDR mode; without them all colours follow this list
// (hw-blocks-raw-color 5.2).
constexpr u32 kIdleLevels[tuning::kGainPoints] = {65, 63, 67, 66, 63, 63, 63, 63, 63};

u32 idle_level(tuning::GainCode gain) {
  const tuning::GainPosition position(gain);
  const u32 level = kIdleLevels[position.index];
  if (position.fraction == 0) return level;
  return tuning::interpolate(level, kIdleLevels[position.index + 1], position.fraction);
}

}  // namespace

void ExposureBlackLevel::set_gain(tuning::GainCode gain) {
  gain_ = gain;
  levels_dirty_ = true;
}

void ExposureBlackLevel::set_short_digital_gain(u32 q10) {
  short_digital_gain_ = min(q10, 0xffffu);
  gain_dirty_ = true;
}

void ExposureBlackLevel::set_digital_gain(u32 q10) {
  digital_gain_ = min(q10, 0xffffu);
  gain_dirty_ = true;
}

void ExposureBlackLevel::levels(u32 out[5]) const {
  for (u32 i = 0; i < kSlots; ++i) out[i] = levels_[i] & 0xfff;
}

void ExposureBlackLevel::write_gains(RegisterCache& registers, u32 offset,
                                     const u32 (&gain)[4]) const {
  registers.put_latched(reg::kLatch.offset, offset,
                        reg::kGbSlotLow(gain[0]) | reg::kGbSlotHigh(gain[1]));
  registers.put_latched(reg::kLatch.offset, offset + 4,
                        reg::kGbSlotLow(gain[2]) | reg::kGbSlotHigh(gain[3]));
}

void ExposureBlackLevel::write_levels(RegisterCache& registers, const BlockInputs& inputs,
                                      tuning::GainCode gain, u32 first) {
  u32 minimum_enables = 0;
  u32 minimum = 0;
  if (inputs.mode.wdr) {
    const tuning::GainReader at_gain(inputs.bank, gain);
    levels_[kRed] = at_gain(Parameter::kGbBlcR);
    levels_[kGreenRed] = at_gain(Parameter::kGbBlcGr);
    levels_[kGreenBlue] = at_gain(Parameter::kGbBlcGb);
    levels_[kBlue] = at_gain(Parameter::kGbBlcB);
    levels_[kInfrared] = at_gain(Parameter::kGbBlcIr);
    minimum = at_gain(Parameter::kGbBlcMin);
    minimum_enables = reg::kGbSlotLow(inputs.bank.get(Parameter::kGbBlcMinEn, 0)) |
                      reg::kGbSlotHigh(inputs.bank.get(Parameter::kGbBlcMinEn, 1));
  } else {
    const u32 level = idle_level(gain);
    for (u32& colour : levels_) colour = level;
  }
  const SlotValues slot = to_slots(inputs.mode.bayer, levels_);
  registers.put(reg::kGbLevelsMinimum.offset, minimum_enables);
  registers.put(first, reg::kGbSlotLow(slot.at[0]) | reg::kGbSlotHigh(slot.at[1]));
  registers.put(first + 4, reg::kGbSlotLow(slot.at[2]) | reg::kGbSlotHigh(slot.at[3]));
  registers.put(first + 8, reg::kGbSlotLow(slot.at[4]) | reg::kGbSlotHigh(minimum));
}

void ExposureBlackLevel::write_all(RegisterCache& registers, const BlockInputs& inputs) {
  registers.put_latched(reg::kLatch.offset, reg::kGbShift.offset,
                        reg::kShiftLong(inputs.bank.get(Parameter::kGbDgainShift, 0)) |
                            reg::kShiftShort(inputs.bank.get(Parameter::kGbDgainShift, 1)));
  u32 gain[4];
  inputs.bank.read(Parameter::kGbDgainRgbirL, gain);
  write_gains(registers, reg::kGbGainLong.offset, gain);
  inputs.bank.read(Parameter::kGbDgainRgbirS, gain);
  write_gains(registers, reg::kGbGainShort.offset, gain);
  write_levels(registers, inputs, gain_, reg::kGbLevels0.offset);
  // The short exposure's stay at gain 1: the vendor's driver never moves them.
  u32 levels[kSlots];
  for (u32 i = 0; i < kSlots; ++i) levels[i] = levels_[i];
  write_levels(registers, inputs, 0, reg::kGbLevelsShort0.offset);
  for (u32 i = 0; i < kSlots; ++i) levels_[i] = levels[i];
}

void ExposureBlackLevel::init(RegisterCache& registers, const BlockInputs& inputs) {
  start_idle();
  write_all(registers, inputs);
}

void ExposureBlackLevel::start_idle() {
  gain_ = 0;
  digital_gain_ = short_digital_gain_ = 1024;
  levels_dirty_ = gain_dirty_ = parameters_dirty_ = false;
}

void ExposureBlackLevel::commit(RegisterCache& registers, const BlockInputs& inputs) {
  if (parameters_dirty_ && inputs.mode.wdr) {
    write_all(registers, inputs);
    gain_dirty_ = true;
  }
  parameters_dirty_ = false;
  if (gain_dirty_ && inputs.mode.wdr) {
    const auto all = [](u32 gain, u32(&out)[4]) {
      for (u32& value : out) value = gain;
    };
    u32 gain[4];
    all(digital_gain_, gain);
    write_gains(registers, reg::kGbGainLong.offset, gain);
    all(short_digital_gain_, gain);
    write_gains(registers, reg::kGbGainShort.offset, gain);
  }
  gain_dirty_ = false;
  if (levels_dirty_) write_levels(registers, inputs, gain_, reg::kGbLevels0.offset);
  levels_dirty_ = false;
}

}  // namespace t31::blocks

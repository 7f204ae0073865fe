// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/black_level.hpp"

#include "driver/base/math.hpp"
#include "driver/blocks/bayer_slots.hpp"
#include "driver/regs/black_level.hpp"
#include "driver/tuning/engine.hpp"

namespace t31::blocks {
namespace {

namespace reg = t31::reg::black_level;
using tuning::Parameter;

}  // namespace

void BlackLevel::set_gain(tuning::GainCode gain) {
  gain_ = gain;
  levels_dirty_ = true;
}

void BlackLevel::set_digital_gain(u32 q10) {
  digital_gain_ = min(q10, 0xffffu);
  gain_dirty_ = true;
}

void BlackLevel::levels(u32 out[5]) const {
  for (u32 i = 0; i < 5; ++i) out[i] = levels_[i] & 0xfff;
}

void BlackLevel::write_setup(RegisterCache& registers, const BlockInputs& inputs) {
  u32 config[12];
  inputs.bank.read(Parameter::kGibConfigLine, config);
  // Infrared removal only for sensors that have such pixels, and by day.
  config[3] = inputs.mode.infrared && !inputs.night ? 1 : 0;
  registers.put(reg::kLimits.offset, reg::kLimit0(config[10]) | reg::kLimit1(config[11]));
  registers.put(reg::kEnables.offset, reg::kEnable8(config[8]) | reg::kEnable9(config[9]) |
                                          reg::kEnable6(config[6]) | reg::kEnable1(config[1]) |
                                          reg::kEnable0(config[0]) | reg::kEnable4(config[4]) |
                                          reg::kEnable7(config[7]));
  registers.put_latched(reg::kLatch.offset, reg::kInfrared.offset,
                        reg::kInfraredMode(config[5]) | reg::kInfraredOption(config[2]) |
                            reg::kInfraredEnable(config[3]));
}

void BlackLevel::write_levels(RegisterCache& registers, const BlockInputs& inputs) {
  const tuning::GainReader at_gain(inputs.bank, gain_);
  levels_[kRed] = at_gain(Parameter::kGibDeirmBlcRLinear);
  levels_[kGreenRed] = at_gain(Parameter::kGibDeirmBlcGrLinear);
  levels_[kGreenBlue] = at_gain(Parameter::kGibDeirmBlcGbLinear);
  levels_[kBlue] = at_gain(Parameter::kGibDeirmBlcBLinear);
  levels_[kInfrared] = at_gain(Parameter::kGibDeirmBlcIrLinear);
  const SlotValues slot = to_slots(inputs.mode.bayer, levels_);
  registers.put_latched(reg::kLatch.offset, reg::kLevels0.offset, reg::kSlotLow(slot.at[0]));
  registers.put_latched(reg::kLatch.offset, reg::kLevels1.offset,
                        reg::kSlotLow(slot.at[1]) | reg::kSlotHigh(slot.at[2]));
  registers.put_latched(reg::kLatch.offset, reg::kLevels2.offset,
                        reg::kSlotLow(slot.at[3]) | reg::kSlotHigh(slot.at[4]));
}

void BlackLevel::init(RegisterCache& registers, const BlockInputs& inputs) {
  gain_ = 0;
  digital_gain_ = 1024;
  levels_dirty_ = gain_dirty_ = parameters_dirty_ = false;
  write_setup(registers, inputs);
  write_levels(registers, inputs);
  registers.put_latched(reg::kLatch.offset, reg::kGain0.offset,
                        reg::kGainRed(inputs.bank.get(Parameter::kGibRGLinear, 0)) |
                            reg::kGainGreen(inputs.bank.get(Parameter::kGibRGLinear, 1)));
  registers.put_latched(reg::kLatch.offset, reg::kGain1.offset,
                        reg::kGainBlue(inputs.bank.get(Parameter::kGibBIrLinear, 0)) |
                            reg::kGainInfrared(inputs.bank.get(Parameter::kGibBIrLinear, 1)));
}

void BlackLevel::reload(RegisterCache& registers, const BlockInputs& inputs) {
  parameters_dirty_ = false;
  write_setup(registers, inputs);
  write_levels(registers, inputs);
}

void BlackLevel::commit(RegisterCache& registers, const BlockInputs& inputs) {
  const bool gain = gain_dirty_ && !inputs.mode.wdr;
  gain_dirty_ = false;
  if (gain) {
    registers.put_latched(reg::kLatch.offset, reg::kGain0.offset,
                          reg::kGainRed(digital_gain_) | reg::kGainGreen(digital_gain_));
    registers.put_latched(reg::kLatch.offset, reg::kGain1.offset,
                          reg::kGainBlue(digital_gain_) | reg::kGainInfrared(digital_gain_));
  }
  if (parameters_dirty_) reload(registers, inputs);
  if (levels_dirty_) {
    levels_dirty_ = false;
    write_levels(registers, inputs);
  }
}

}  // namespace t31::blocks

// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/black_level.hpp"

#include "driver/base/math.hpp"
#include "driver/regs/black_level.hpp"

namespace t31::blocks {
namespace {

namespace reg = t31::reg::black_level;
using tuning::Parameter;

enum Colour : u8 { kRed, kGreenRed, kGreenBlue, kBlue, kInfrared };

constexpr Parameter kLists[5] = {Parameter::kGibDeirmBlcRLinear, Parameter::kGibDeirmBlcGrLinear,
                                 Parameter::kGibDeirmBlcGbLinear, Parameter::kGibDeirmBlcBLinear,
                                 Parameter::kGibDeirmBlcIrLinear};

// Colours of the slots row 0 column 0, row 0 column 1, row 1 column 0, row 1 column 1, and the
// colour that the cell lacks (hw-blocks-raw-color 5.1.2).
struct Slots {
  Colour colour[5];
};
constexpr Slots kBayer[4] = {{{kRed, kGreenRed, kGreenBlue, kBlue, kInfrared}},
                             {{kBlue, kGreenBlue, kGreenRed, kRed, kInfrared}},
                             {{kGreenRed, kRed, kBlue, kGreenBlue, kInfrared}},
                             {{kGreenBlue, kBlue, kRed, kGreenRed, kInfrared}}};
constexpr u32 kFirstInfrared = 8;
constexpr Slots kBayerInfrared[16] = {{{kRed, kGreenRed, kInfrared, kBlue, kGreenBlue}},
                                      {{kBlue, kGreenBlue, kInfrared, kRed, kGreenRed}},
                                      {{kRed, kInfrared, kGreenBlue, kBlue, kGreenRed}},
                                      {{kBlue, kInfrared, kGreenRed, kRed, kGreenBlue}},
                                      {{kGreenRed, kRed, kBlue, kInfrared, kGreenBlue}},
                                      {{kGreenBlue, kBlue, kRed, kInfrared, kGreenRed}},
                                      {{kInfrared, kRed, kBlue, kGreenBlue, kGreenRed}},
                                      {{kInfrared, kBlue, kRed, kGreenRed, kGreenBlue}},
                                      {{kRed, kGreenRed, kGreenBlue, kInfrared, kBlue}},
                                      {{kBlue, kGreenBlue, kGreenRed, kInfrared, kRed}},
                                      {{kGreenRed, kRed, kInfrared, kGreenBlue, kBlue}},
                                      {{kGreenBlue, kBlue, kInfrared, kGreenRed, kRed}},
                                      {{kGreenBlue, kInfrared, kRed, kGreenRed, kBlue}},
                                      {{kGreenRed, kInfrared, kBlue, kGreenBlue, kRed}},
                                      {{kInfrared, kGreenBlue, kGreenRed, kRed, kBlue}},
                                      {{kInfrared, kGreenRed, kGreenBlue, kBlue, kRed}}};

const Slots* slots_of(u32 bayer) {
  if (bayer < 4) return &kBayer[bayer];
  if (bayer >= kFirstInfrared && bayer < kFirstInfrared + 16) {
    return &kBayerInfrared[bayer - kFirstInfrared];
  }
  return nullptr;
}

// GB is bypassed in linear mode but still gets these levels with every gain; bank values of it are
// only read in WDR mode (hw-blocks-raw-color 5.2).
constexpr u32 kIdleLevels[tuning::kGainPoints] = {65, 63, 67, 66, 63, 63, 63, 63, 63};

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
  for (u32 i = 0; i < 5; ++i) levels_[i] = tuning::at_gain(inputs.bank, kLists[i], gain_);
  u32 slot[5] = {};
  if (const Slots* slots = slots_of(inputs.mode.bayer)) {
    for (u32 i = 0; i < 5; ++i) slot[i] = levels_[slots->colour[i]];
  }
  registers.put_latched(reg::kLatch.offset, reg::kLevels0.offset, reg::kSlotLow(slot[0]));
  registers.put_latched(reg::kLatch.offset, reg::kLevels1.offset,
                        reg::kSlotLow(slot[1]) | reg::kSlotHigh(slot[2]));
  registers.put_latched(reg::kLatch.offset, reg::kLevels2.offset,
                        reg::kSlotLow(slot[3]) | reg::kSlotHigh(slot[4]));
}

void BlackLevel::write_idle_levels(RegisterCache& registers) {
  const tuning::GainPosition position(gain_);
  u32 level = kIdleLevels[position.index];
  if (position.fraction != 0) {
    level = tuning::interpolate(level, kIdleLevels[position.index + 1], position.fraction);
  }
  registers.put(reg::kGbLevelsMinimum.offset, 0);
  registers.put(reg::kGbLevels0.offset, reg::kGbSlotLow(level) | reg::kGbSlotHigh(level));
  registers.put(reg::kGbLevels1.offset, reg::kGbSlotLow(level) | reg::kGbSlotHigh(level));
  registers.put(reg::kGbLevels2.offset, reg::kGbSlotLow(level));
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
  const auto node_pair = [&](Parameter curve, u32 i) {
    return reg::kNode(inputs.bank.get(curve, i)) | reg::kNextNode(inputs.bank.get(curve, i + 1));
  };
  for (u32 i = 0; i < reg::kInfraredSteps; ++i) {
    registers.write(reg::kInfraredRed.at(i), node_pair(Parameter::kGibDeirRM, i));
    registers.write(reg::kInfraredGreen.at(i), node_pair(Parameter::kGibDeirGM, i));
    registers.write(reg::kInfraredBlue.at(i), node_pair(Parameter::kGibDeirBM, i));
  }
}

void BlackLevel::reload(RegisterCache& registers, const BlockInputs& inputs) {
  parameters_dirty_ = false;
  write_setup(registers, inputs);
  write_levels(registers, inputs);
}

void BlackLevel::commit(RegisterCache& registers, const BlockInputs& inputs) {
  if (gain_dirty_) {
    gain_dirty_ = false;
    registers.put_latched(reg::kLatch.offset, reg::kGain0.offset,
                          reg::kGainRed(digital_gain_) | reg::kGainGreen(digital_gain_));
    registers.put_latched(reg::kLatch.offset, reg::kGain1.offset,
                          reg::kGainBlue(digital_gain_) | reg::kGainInfrared(digital_gain_));
  }
  if (parameters_dirty_) reload(registers, inputs);
  if (levels_dirty_) {
    levels_dirty_ = false;
    write_levels(registers, inputs);
    if (!inputs.mode.wdr) write_idle_levels(registers);
  }
}

}  // namespace t31::blocks

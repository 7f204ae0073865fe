// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/table_block.hpp"

namespace t31::blocks {

void TableBlock::refresh(GroupWriter& writer, const BlockInputs& inputs, tuning::GainCode gain) {
  const tuning::EngineInputs values{inputs.bank, gain, inputs.mode.wdr};
  const auto put = [&](u32 offset, u32 value) { writer.put(offset, value); };
  tuning::refresh(info_.first, values, put);
  for (const ConstantRegister& constant : info_.constants) put(constant.offset, constant.value);
  tuning::refresh(info_.second, values, put);
  moving_[0].find(info_.first, inputs.bank);
  moving_[1].find(info_.second, inputs.bank);
}

void TableBlock::latch(RegisterCache& registers) const {
  if (info_.latch != 0) registers.strobe(info_.latch, info_.latch_value);
}

void TableBlock::init(RegisterCache& registers, const BlockInputs& inputs) {
  gain_.start();
  parameters_dirty_ = false;
  GroupWriter writer(registers, info_.base);
  refresh(writer, inputs, gain_.settled());
  for (u32 i = 0; i < info_.initial_latches; ++i) latch(registers);
}

void TableBlock::reload(RegisterCache& registers, const BlockInputs& inputs) {
  gain_.shift(info_.reload_shift);
  parameters_dirty_ = false;
  GroupWriter writer(registers, info_.base);
  refresh(writer, inputs, gain_.settled());
  if (writer.written()) latch(registers);
}

void TableBlock::repeat(RegisterCache& registers, const BlockInputs& inputs) {
  GroupWriter writer(registers, info_.base);
  refresh(writer, inputs, gain_.settled() + info_.parameter_shift);
  latch(registers);
}

void TableBlock::commit(RegisterCache& registers, const BlockInputs& inputs) {
  GroupWriter writer(registers, info_.base);
  if (parameters_dirty_) {
    parameters_dirty_ = false;
    refresh(writer, inputs, gain_.settled() + info_.parameter_shift);
  }
  if (gain_.moved()) {
    const tuning::EngineInputs values{inputs.bank, gain_.settle(), inputs.mode.wdr};
    tuning::follow_gain(info_.first, moving_[0], values, writer);
    tuning::follow_gain(info_.second, moving_[1], values, writer);
  }
  if (writer.written()) latch(registers);
}

}  // namespace t31::blocks

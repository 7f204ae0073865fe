// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/demosaic.hpp"

#include "driver/base/math.hpp"
#include "driver/regs/demosaic.hpp"
#include "driver/tuning/engine.hpp"

namespace t31::blocks {
namespace {

using tuning::Combine;
using tuning::Follows;
using tuning::Parameter;

constexpr tuning::Entry kTable[] = {
#include "driver/blocks/demosaic_table.inc"
};

constexpr tuning::GainCode kStartGain = 0x10000;
// A change of gain below 1/256 stop doesn't count.
constexpr u32 kGainThreshold = 0x100;
// A bank switch computes at a gain this much higher, so that the next report of the gain counts as
// changed.
constexpr u32 kReloadShift = 0x200;

}  // namespace

void Demosaic::set_gain(tuning::GainCode gain) {
  wanted_gain_ = gain;
  gain_dirty_ = absolute_difference(gain, gain_) >= kGainThreshold;
}

void Demosaic::refresh(RegisterCache& registers, const BlockInputs& inputs, bool only_following) {
  const tuning::EngineInputs values{inputs.bank, gain_, inputs.mode.wdr};
  bool written = false;
  tuning::refresh(kTable, values, only_following,
                  [&](u32 offset, u32 value) { written |= registers.put(offset, value); });
  if (written) registers.strobe(reg::demosaic::kLatch.offset);
}

void Demosaic::init(RegisterCache& registers, const BlockInputs& inputs) {
  gain_ = wanted_gain_ = kStartGain;
  gain_dirty_ = parameters_dirty_ = false;
  refresh(registers, inputs, false);
  registers.strobe(reg::demosaic::kLatch.offset);  // once more, as recorded
}

void Demosaic::reload(RegisterCache& registers, const BlockInputs& inputs) {
  gain_ += kReloadShift;
  parameters_dirty_ = false;
  refresh(registers, inputs, false);
}

void Demosaic::commit(RegisterCache& registers, const BlockInputs& inputs) {
  if (!dirty()) return;
  if (gain_dirty_) gain_ = wanted_gain_;
  const bool only_following = !parameters_dirty_;
  gain_dirty_ = parameters_dirty_ = false;
  refresh(registers, inputs, only_following);
}

}  // namespace t31::blocks

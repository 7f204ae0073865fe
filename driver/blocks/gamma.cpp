// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/gamma.hpp"

#include "driver/regs/gamma.hpp"

namespace t31::blocks {
namespace {

namespace reg = t31::reg::gamma;
using tuning::Parameter;

constexpr u16 kMaximum = 4095;

}  // namespace

void Gamma::load(RegisterCache& registers, const BlockInputs& inputs) {
  const Parameter curve =
      inputs.mode.wdr ? Parameter::kGammaRgbLutWdrSaddr : Parameter::kGammaRgbLutSaddr;
  for (u32 i = 0; i < kNodes; ++i) {
    nodes_[i] = static_cast<u16>(inputs.bank.get(curve, i) & kMaximum);
  }
  dirty_ = false;
  for (u32 i = 0; i < reg::kSteps; ++i) {
    if (known_ && nodes_[i] == written_[i] && nodes_[i + 1] == written_[i + 1]) continue;
    const u32 word = reg::kNode(nodes_[i]) | reg::kNextNode(nodes_[i + 1]);
    registers.write(reg::kRed.at(i), word);
    registers.write(reg::kGreen.at(i), word);
    registers.write(reg::kBlue.at(i), word);
  }
  for (u32 i = 0; i < kNodes; ++i) written_[i] = nodes_[i];
  known_ = true;
}

}  // namespace t31::blocks

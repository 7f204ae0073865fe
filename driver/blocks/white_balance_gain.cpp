// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/white_balance_gain.hpp"

#include "driver/base/math.hpp"
#include "driver/regs/white_balance.hpp"

namespace t31::blocks {
namespace {

namespace reg = t31::reg::white_balance;
using tuning::Parameter;

constexpr u32 kMaximum = 0x3fff;
constexpr u32 kGreenOne = 1024;

// Start gain Q10 of red (0) or blue (1): the saved gain (Q8) on the sensor's own (Q10)
// (ae-awb-af 4.5).
u32 start_gain(const BlockInputs& inputs, u32 colour) {
  constexpr u32 kGainsInUse = 4;
  const u32 saved_q8 = inputs.bank.get(Parameter::kAwbMfPara, kGainsInUse + colour);
  const u32 sensor_q10 = inputs.bank.get(Parameter::kAwbStatic, colour);
  const u64 product = static_cast<u64>(saved_q8) * sensor_q10;
  const u64 gain_q8 = (product + 512) >> 10;
  return gain_q8 > kMaximum >> 2 ? kMaximum : static_cast<u32>(gain_q8) << 2;
}

}  // namespace

void WhiteBalanceGain::set(u32 red_q10, u32 blue_q10) {
  red_ = min(red_q10, kMaximum);
  blue_ = min(blue_q10, kMaximum);
  dirty_ = red_ != written_red_ || blue_ != written_blue_;
}

void WhiteBalanceGain::init(RegisterCache& registers, const BlockInputs& inputs) {
  set(start_gain(inputs, 0), start_gain(inputs, 1));
  commit(registers);
}

void WhiteBalanceGain::commit(RegisterCache& registers) {
  dirty_ = false;
  written_red_ = red_;
  written_blue_ = blue_;
  const u32 red = reg::kGreen(kGreenOne) | reg::kGain(red_);
  const u32 blue = reg::kGreen(kGreenOne) | reg::kGain(blue_);
  registers.put_latched(reg::kLatch.offset, reg::kRed.offset, red);
  registers.put_latched(reg::kLatch.offset, reg::kBlue.offset, blue);
  registers.put_latched(reg::kLatch.offset, reg::kRedShort.offset, red);
  registers.put_latched(reg::kLatch.offset, reg::kBlueShort.offset, blue);
}

}  // namespace t31::blocks

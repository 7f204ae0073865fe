// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/colour_matrix.hpp"

#include "driver/base/math.hpp"
#include "driver/regs/colour_matrix.hpp"
#include "driver/tuning/interpolate.hpp"

namespace t31::blocks {
namespace {

namespace reg = t31::reg::colour_matrix;
using tuning::Parameter;

constexpr MatrixSet kLinear{
    Parameter::kCcmALinear, Parameter::kCcmTLinear, Parameter::kCcmDLinear, 2900, 3700, 3900, 4900};
constexpr MatrixSet kWdr{
    Parameter::kCcmAWdr, Parameter::kCcmTWdr, Parameter::kCcmDWdr, 2900, 3700, 3900, 4900};

// Luma of red, green, blue and their complements to 1, Q16.
constexpr u32 kLuma[3] = {19595, 38470, 7471};
constexpr u32 kSaturationOne = 256;
constexpr u32 kSaturationMaximum = 0xffff;

u32 saturation_at(const BlockInputs& inputs, u32 ev) {
  u32 knots[tuning::kGainPoints];
  u32 values[tuning::kGainPoints];
  inputs.bank.read(inputs.mode.wdr ? Parameter::kCcmEvListWdr : Parameter::kCcmEvList, knots);
  inputs.bank.read(inputs.mode.wdr ? Parameter::kCcmSatListWdr : Parameter::kCcmSatList, values);
  return min(tuning::at_exposure(knots, values, ev), kSaturationMaximum);
}

// Grey keeps its value, colour is scaled; saturation Q8, result Q16.
Matrix saturation_matrix(u32 saturation) {
  Matrix result;
  for (u32 row = 0; row < 3; ++row) {
    for (u32 column = 0; column < 3; ++column) {
      const u32 luma = kLuma[column];
      const u32 value = row == column ? luma + multiply_q(8, 0x10000 - luma, saturation)
                                      : luma - multiply_q(8, luma, saturation);
      result.at[3 * row + column] = static_cast<s32>(value);
    }
  }
  return result;
}

}  // namespace

void ColourMatrix::set_override(const ColourOverride& wanted) {
  override_ = wanted;
  follower_.force();
}

void ColourMatrix::write_matrix(RegisterCache& registers) const {
  const Matrix matrix =
      q16_to_q10(multiply_q16(q10_to_q16(blended_), saturation_matrix(saturation_)));
  for (u32 i = 0; i < reg::kMatrix.count; ++i) {
    const u32 even = reg::kEven(matrix.at[2 * i]);
    const u32 odd = 2 * i + 1 < 9 ? reg::kOdd(matrix.at[2 * i + 1]) : 0;
    registers.put_latched(reg::kLatch.offset, reg::kMatrix.at(i), even | odd);
  }
}

void ColourMatrix::write_dark_protection(RegisterCache& registers,
                                         const BlockInputs& inputs) const {
  u32 config[5];  // enable, low, high, strengths
  inputs.bank.read(Parameter::kCcmDpCfg, config);
  const u32 range = absolute_difference(config[1], config[2]);
  registers.put(reg::kDark.offset,
                reg::kDarkHigh(config[2]) | reg::kDarkEnable(config[0]) | reg::kDarkLow(config[1]));
  registers.put(reg::kDarkSlope.offset, range == 0 ? 1 : 32 / range);
  registers.put(reg::kDarkStrength.offset,
                reg::kStrengthLow(config[3]) | reg::kStrengthHigh(config[4]));
}

void ColourMatrix::init(RegisterCache& registers, const BlockInputs& inputs) {
  follower_.start();
  commit(registers, inputs);
}

void ColourMatrix::reload(RegisterCache& registers, const BlockInputs& inputs) {
  follower_.force();
  commit(registers, inputs);
}

void ColourMatrix::commit(RegisterCache& registers, const BlockInputs& inputs) {
  if (!follower_.moved()) return;
  if (follower_.exposure_moved()) {
    const bool bank_saturation = !override_.manual || override_.saturation;
    saturation_ = bank_saturation ? saturation_at(inputs, follower_.exposure()) : kSaturationOne;
  }
  if (follower_.kelvin_moved()) {
    blended_ = override_.manual
                   ? override_.matrix
                   : blend_by_temperature(inputs.bank, inputs.mode.wdr ? kWdr : kLinear,
                                          follower_.kelvin());
  }
  write_matrix(registers);
  if (follower_.forced()) write_dark_protection(registers, inputs);
  follower_.settle();
}

}  // namespace t31::blocks

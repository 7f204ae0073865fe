// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/bcsh.hpp"

#include "driver/base/math.hpp"
#include "driver/blocks/bcsh_curves.hpp"
#include "driver/regs/bcsh.hpp"
#include "driver/tuning/interpolate.hpp"

namespace t31::blocks {
namespace {

namespace reg = t31::reg::bcsh;
using tuning::Parameter;

// Arrays that exist for linear and WDR mode.
struct ModeArrays {
  MatrixSet matrices;
  Parameter ramps[3];  // dark, bright, low saturation
  Parameter saturation, ev_knots;
  Parameter gains[4];
  Parameter rgb_offset;
};
constexpr ModeArrays kLinear{{Parameter::kBcshCcmmatrixA, Parameter::kBcshCcmmatrixT,
                              Parameter::kBcshCcmmatrixD, 2850, 3750, 3850, 4950},
                             {Parameter::kBcshHdp, Parameter::kBcshHbp, Parameter::kBcshHlsp},
                             Parameter::kBcshSthres,
                             Parameter::kBcshEvlist,
                             {Parameter::kBcshSminlists, Parameter::kBcshSmaxlists,
                              Parameter::kBcshSminlistm, Parameter::kBcshSmaxlistm},
                             Parameter::kBcshOffsetrgb};
constexpr ModeArrays kWdr{{Parameter::kBcshCcmmatrixAWdr, Parameter::kBcshCcmmatrixTWdr,
                           Parameter::kBcshCcmmatrixDWdr, 2850, 3750, 3850, 4950},
                          {Parameter::kBcshHdpWdr, Parameter::kBcshHbpWdr, Parameter::kBcshHlspWdr},
                          Parameter::kBcshSthresWdr,
                          Parameter::kBcshEvlistWdr,
                          {Parameter::kBcshSminlistsWdr, Parameter::kBcshSmaxlistsWdr,
                           Parameter::kBcshSminlistmWdr, Parameter::kBcshSmaxlistmWdr},
                          Parameter::kBcshOffsetrgbWdr};
constexpr Parameter kContrastLists[4] = {Parameter::kBcshCxl, Parameter::kBcshCxh,
                                         Parameter::kBcshCyl, Parameter::kBcshCyh};

constexpr u32 kBias = 1024;  // of offsets
constexpr u32 kBrightest = 1900;

const ModeArrays& arrays(const BlockInputs& inputs) {
  return inputs.mode.wdr ? kWdr : kLinear;
}

Matrix read_q16(const BlockInputs& inputs, Parameter parameter) {
  Matrix result;
  for (u32 i = 0; i < 9; ++i) result.at[i] = inputs.bank.get_signed(parameter, i);
  return result;
}

// Level control in the bank and values like {enable, low, high}.
struct Ramp {
  u32 enable, low, high;
};
Ramp read_ramp(const BlockInputs& inputs, Parameter parameter) {
  return {inputs.bank.get(parameter, 0), inputs.bank.get(parameter, 1),
          inputs.bank.get(parameter, 2)};
}

// Moves the low-saturation ramp with exposure when the bytes that the bank keeps in its first clip
// ask for it: {enable, knot} for bright scenes, {enable, knot} for dark ones
// (hw-blocks-raw-color 7.6, step 9).
void follow_exposure_with_ramp(const BlockInputs& inputs, u32 ev, Ramp& ramp) {
  u32 knots[tuning::kGainPoints];
  inputs.bank.read(arrays(inputs).ev_knots, knots);
  const auto byte = [&](u32 index) { return inputs.bank.get(Parameter::kBcshClip0, index) & 0xff; };
  const auto knot = [&](u32 index) { return knots[clamp(byte(index), 1u, 9u) - 1]; };
  const u32 bright = knot(1);
  const u32 dark = knot(3);
  const u32 last = knots[tuning::kGainPoints - 1];
  if (byte(0) == 1 && ev < bright) {
    const u32 whole = max(bright - 1, 1u);
    const u32 way = absolute_difference(ev, 1);
    ramp.low = multiply_divide(way, ramp.low, whole);
    ramp.high = multiply_divide(way, ramp.high, whole);
  } else if (byte(2) == 1 && ev >= last) {
    ramp.low = ramp.high = 0;
  } else if (byte(2) == 1 && ev > dark) {
    const u32 whole = max(absolute_difference(last, dark), 1u);
    ramp.low -= multiply_divide(ev - dark, ramp.low, whole);
    ramp.high -= multiply_divide(ev - dark, ramp.high, whole);
  }
}

}  // namespace

void Bcsh::set_override(const ColourOverride& wanted) {
  override_ = wanted;
  follower_.force();
}

void Bcsh::follow_exposure(const BlockInputs& inputs) {
  u32 knots[tuning::kGainPoints];
  u32 values[tuning::kGainPoints];
  inputs.bank.read(arrays(inputs).ev_knots, knots);
  for (u32 i = 0; i < kGains; ++i) {
    inputs.bank.read(arrays(inputs).gains[i], values);
    gains_[i] = tuning::at_exposure(knots, values, follower_.exposure());
  }
  for (u32 i = 0; i < kPoints; ++i) {
    inputs.bank.read(kContrastLists[i], values);
    points_[i] = min(tuning::at_exposure(knots, values, follower_.exposure()), 0xffffu);
  }
}

void Bcsh::write_clips(RegisterCache& registers, const BlockInputs& inputs) const {
  u32 clips[3][4] = {{0, 1023, 0, 1023}};  // luma minimum, maximum, chroma minimum, maximum
  inputs.bank.read(Parameter::kBcshClip1, clips[1]);
  inputs.bank.read(Parameter::kBcshClip2, clips[2]);
  for (u32 i = 0; i < 3; ++i) {
    registers.put(reg::kLumaClip.at(i), reg::kMaximum(clips[i][1]) | reg::kMinimum(clips[i][0]));
  }
  for (u32 i = 0; i < 3; ++i) {
    registers.put(reg::kChromaClip.at(i), reg::kMaximum(clips[i][3]) | reg::kMinimum(clips[i][2]));
  }
}

void Bcsh::write_offsets(RegisterCache& registers, const BlockInputs& inputs) const {
  const Matrix to_yuv = read_q16(inputs, Parameter::kBcshMmatrix);
  u32 after[3];
  for (u32 row = 0; row < 3; ++row) {
    s32 sum = 0;
    for (u32 k = 0; k < 3; ++k) {
      const u32 offset = inputs.bank.get(arrays(inputs).rgb_offset, k) - kBias;
      sum = wrapping_add(sum,
                         signed_product_q16(to_yuv.at[3 * row + k], static_cast<s32>(offset << 6)));
    }
    after[row] = static_cast<u32>(sum / 64) + kBias;
  }
  const u32 brightness = inputs.levels.get(Level::kBrightness);
  const u32 lift = min((brightness * inputs.bank.get(Parameter::kBcshB)) >> 7, kBrightest);
  after[0] += inputs.bank.get(Parameter::kBcshOffsetyuvy, 1) - 2 * kBias + lift;
  const u32 before[3] = {inputs.bank.get(Parameter::kBcshOffsetyuvy, 0), kBias, kBias};
  for (u32 i = 0; i < 3; ++i) {
    registers.put(reg::kOffset.at(i), reg::kOffsetBefore(before[i]) | reg::kOffsetAfter(after[i]));
  }
}

void Bcsh::write_matrix(RegisterCache& registers, const BlockInputs& inputs) const {
  const Matrix to_yuv = read_q16(inputs, Parameter::kBcshMmatrix);
  const Matrix to_rgb = read_q16(inputs, Parameter::kBcshMinvmatrix);
  const Matrix yuv = multiply_q16(multiply_q16(to_yuv, q10_to_q16(blended_)), to_rgb);
  const Matrix matrix = q16_to_q10(rotate_hue(yuv, inputs.levels.get(Level::kHue)));
  for (u32 row = 0; row < 3; ++row) {
    const s32* element = &matrix.at[3 * row];
    registers.put(reg::kMatrix.at(row), reg::kElement0(element[0]) | reg::kElement1(element[1]));
    registers.put(reg::kMatrix2.at(row), reg::kElement2(element[2]));
  }
}

void Bcsh::write_ramps(RegisterCache& registers, const BlockInputs& inputs) const {
  constexpr u32 kLowSaturation = 2;
  for (u32 i = 0; i < 3; ++i) {
    Ramp ramp = read_ramp(inputs, arrays(inputs).ramps[i]);
    u32 slope = 0;
    if (ramp.low < ramp.high) {
      slope = 1024 / (ramp.high - ramp.low);
    } else {
      ramp.low = ramp.high;
    }
    if (i == kLowSaturation) follow_exposure_with_ramp(inputs, follower_.exposure(), ramp);
    registers.put(reg::kRamp.at(i), reg::kRampEnable(ramp.enable) | reg::kRampSlope(slope));
    registers.put(reg::kRampRange.at(i), reg::kLow(ramp.low) | reg::kHigh(ramp.high));
  }
}

void Bcsh::write_contrast(RegisterCache& registers, const BlockInputs& inputs) const {
  const bool fixed = fixed_.mode == 1;
  const u32 enable = fixed ? 1 : inputs.bank.get(Parameter::kBcshC, 0);
  ContrastKnots knots{points_[0], points_[1], points_[2], points_[3]};
  if (fixed) {
    knots = {4u * fixed_.low, 4u * fixed_.high + 3, 0, 1023};
  } else if (enable != 0) {
    knots = apply_contrast(knots, inputs.levels.get(Level::kContrast));
  }
  const ContrastCurve curve = contrast_curve(knots, inputs.bank.get(Parameter::kBcshClip1, 1));
  registers.put(reg::kContrast.offset, reg::kContrastEnable(enable) | reg::kSlope0(curve.slope0));
  registers.put(reg::kContrastSlopes.offset,
                reg::kSlope1(curve.slope1) | reg::kSlope2(curve.slope2));
  registers.put(reg::kContrastX.offset, reg::kKnot1(curve.knots.x1) | reg::kKnot2(curve.knots.x2));
  registers.put(reg::kContrastY.offset, reg::kKnot1(curve.knots.y1) | reg::kKnot2(curve.knots.y2));
}

void Bcsh::write_saturation(RegisterCache& registers, const BlockInputs& inputs) const {
  const bool contrast = inputs.bank.get(Parameter::kBcshC, 0) != 0;
  u32 gains[kGains];
  for (u32 i = 0; i < kGains; ++i) {
    gains[i] = apply_saturation(gains_[i], inputs.levels.get(Level::kSaturation),
                                inputs.levels.get(Level::kBrightness),
                                inputs.levels.get(Level::kContrast), contrast);
  }
  Ramp ramp = read_ramp(inputs, arrays(inputs).saturation);
  if (override_.manual && !override_.saturation) ramp.enable = 0;
  u32 steps[2] = {};
  if (ramp.low < ramp.high) {
    for (u32 i = 0; i < 2; ++i) {
      steps[i] = absolute_difference(gains[2 * i], gains[2 * i + 1]) / (ramp.high - ramp.low);
    }
  } else {
    ramp.low = ramp.high;
  }
  registers.put(reg::kSaturation.offset, reg::kSaturationEnable(ramp.enable) |
                                             reg::kSaturationStep0(steps[0]) |
                                             reg::kSaturationStep1(steps[1]));
  registers.put(reg::kSaturationRange.offset, reg::kLow(ramp.low) | reg::kHigh(ramp.high));
  for (u32 i = 0; i < 2; ++i) {
    registers.put(reg::kSaturationGains.at(i),
                  reg::kGainMinimum(gains[2 * i]) | reg::kGainMaximum(gains[2 * i + 1]));
  }
}

void Bcsh::init(RegisterCache& registers, const BlockInputs& inputs) {
  follower_.start();
  commit(registers, inputs);
}

void Bcsh::reload(RegisterCache& registers, const BlockInputs& inputs) {
  follower_.force();
  commit(registers, inputs);
}

void Bcsh::commit(RegisterCache& registers, const BlockInputs& inputs) {
  if (!dirty()) return;
  if (follower_.exposure_moved()) follow_exposure(inputs);
  if (follower_.kelvin_moved()) {
    blended_ = override_.manual
                   ? override_.matrix
                   : blend_by_temperature(inputs.bank, arrays(inputs).matrices, follower_.kelvin());
  }
  write_clips(registers, inputs);
  write_offsets(registers, inputs);
  write_matrix(registers, inputs);
  write_ramps(registers, inputs);
  write_contrast(registers, inputs);
  write_saturation(registers, inputs);
  follower_.settle();
  levels_dirty_ = false;
}

}  // namespace t31::blocks

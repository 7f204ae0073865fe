// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/statistics_setup.hpp"

#include "driver/base/math.hpp"
#include "driver/regs/metering.hpp"

namespace t31::blocks {
namespace {

namespace reg = t31::reg::metering;
using t31::reg::Register;
using tuning::Parameter;

// Elements of the statistics parameter arrays (ae-awb-af 1.1, 1.4, 1.5).
enum : u32 { kVerticalStart = 0, kRowCount = 1, kHorizontalStart = 2, kColumnCount = 3 };
enum : u32 { kDark = 34, kBright = 35, kHistogram0 = 36, kHistogram1 = 37 };
enum : u32 { kRatios = 34, kLumaHigh = 43, kDecimation = 44 };

struct Engine {
  Parameter parameter;
  Register grid, widths, heights;
};
constexpr Engine kAe0{Parameter::kAeParameter, reg::kAe0Grid, reg::kAe0Widths, reg::kAe0Heights};
constexpr Engine kAe1{Parameter::kAeParameter, reg::kAe1Grid, reg::kAe1Widths, reg::kAe1Heights};
constexpr Engine kAwb{Parameter::kAwbAwbParameter, reg::kAwbGrid, reg::kAwbWidths,
                      reg::kAwbHeights};

constexpr u32 kMaxZones = 15;

constexpr Register kBalanceBounds[5] = {reg::kAwbRedRatio, reg::kAwbBlueRatio, reg::kAwbCombinedLow,
                                        reg::kAwbCombinedHigh, reg::kAwbLuma};

// Fifteen equal zone sizes, four a register.
void write_sizes(RegisterCache& registers, const Register& first, u32 size) {
  const u32 full = reg::kZone0(size) | reg::kZone1(size) | reg::kZone2(size);
  for (u32 i = 0; i < first.count; ++i) {
    const bool last = i + 1 == first.count;
    registers.put(first.at(i), last ? full : full | reg::kZone3(size));
  }
}

void write_grid(RegisterCache& registers, const BlockInputs& inputs, const Engine& engine) {
  const auto element = [&](u32 index) { return inputs.bank.get(engine.parameter, index); };
  const u32 rows = clamp(element(kRowCount), 1u, kMaxZones);
  const u32 columns = clamp(element(kColumnCount), 1u, kMaxZones);
  registers.put(engine.grid.offset,
                reg::kColumns(columns) | reg::kFirstColumn(element(kHorizontalStart)) |
                    reg::kRows(rows) | reg::kFirstLine(element(kVerticalStart)));
  write_sizes(registers, engine.widths, inputs.mode.width / 2 / columns);
  write_sizes(registers, engine.heights, inputs.mode.height / 2 / rows);
}

u32 exposure_thresholds(const BlockInputs& inputs) {
  const auto element = [&](u32 index) { return inputs.bank.get(Parameter::kAeParameter, index); };
  const u32 bright = element(kBright);
  const u32 scaled = bright < 255 ? 2 * bright / 3 : bright;
  return reg::kDark(element(kDark)) | reg::kBright(scaled) |
         reg::kHistogram0(element(kHistogram0)) | reg::kHistogram1(element(kHistogram1));
}

void write_exposure_thresholds(RegisterCache& registers, const BlockInputs& inputs,
                               const Register& latch, const Register& thresholds) {
  registers.put_latched(latch.offset, thresholds.offset, exposure_thresholds(inputs));
}

void write_white_balance_thresholds(RegisterCache& registers, const BlockInputs& inputs) {
  const auto element = [&](u32 index) {
    return inputs.bank.get(Parameter::kAwbAwbParameter, index);
  };
  for (u32 i = 0; i < 4; ++i) {
    const u32 first = kRatios + 2 * i;
    registers.put_latched(reg::kAwbLatch.offset, kBalanceBounds[i].offset,
                          reg::kLower(element(first)) | reg::kUpper(element(first + 1)));
  }
  // The lower luma bound follows exposure; 1 until there are statistics.
  registers.put_latched(reg::kAwbLatch.offset, reg::kAwbLuma.offset,
                        reg::kLumaLow(1) | reg::kLumaHigh(element(kLumaHigh)) |
                            reg::kDecimation(element(kDecimation)));
}

}  // namespace

void StatisticsSetup::init(RegisterCache& registers, const BlockInputs& inputs) {
  dirty_ = false;
  write_grid(registers, inputs, kAe0);
  write_exposure_thresholds(registers, inputs, reg::kAe0Latch, reg::kAe0Thresholds);
  write_grid(registers, inputs, kAe1);
  write_exposure_thresholds(registers, inputs, reg::kAe1Latch, reg::kAe1Thresholds);
  write_grid(registers, inputs, kAwb);
  write_white_balance_thresholds(registers, inputs);
}

void StatisticsSetup::restate(RegisterCache& registers, const BlockInputs& inputs) {
  const u32 thresholds = exposure_thresholds(inputs);
  registers.strobe(reg::kAe0Latch.offset);
  registers.write(reg::kAe0Thresholds.offset, thresholds);
  registers.strobe(reg::kAe1Latch.offset);
  registers.write(reg::kAe1Thresholds.offset, thresholds);
}

void StatisticsSetup::commit(RegisterCache& registers) {
  dirty_ = false;
  for (u32 i = 0; i < 5; ++i) {
    registers.put_latched(reg::kAwbLatch.offset, kBalanceBounds[i].offset, window_.words[i]);
  }
}

void StatisticsSetup::reload(RegisterCache& registers, const BlockInputs& inputs) {
  write_exposure_thresholds(registers, inputs, reg::kAe0Latch, reg::kAe0Thresholds);
  write_exposure_thresholds(registers, inputs, reg::kAe1Latch, reg::kAe1Thresholds);
  write_white_balance_thresholds(registers, inputs);
}

}  // namespace t31::blocks

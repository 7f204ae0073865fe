// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/focus_setup.hpp"

#include "driver/base/math.hpp"
#include "driver/regs/focus.hpp"

namespace t31::blocks {
namespace {

namespace reg = t31::reg::focus;
using t31::reg::Register;
using tuning::Parameter;

// Elements of the zone array.
enum : u32 {
  kVerticalStart = 0,
  kRowCount = 1,
  kHorizontalStart = 2,
  kColumnCount = 3,
  kWidths = 4,
  kHeights = 19,
  kSetupLow = 34,
  kSetupHigh = 35
};
constexpr u32 kMaxZones = 15;
// Lines and columns that no zone has.
constexpr u32 kLostColumns = 15;
constexpr u32 kLostLines = 3;

u32 zone(const BlockInputs& inputs, u32 index) {
  return inputs.bank.get(Parameter::kAfZone, index);
}

// Of the zones in use as large as fit, an even number; of the others as the bank has them.
void write_sizes(RegisterCache& registers, const BlockInputs& inputs, const Register& first,
                 u32 element, u32 used, u32 size) {
  for (u32 i = 0; i < first.count; ++i) {
    u32 word = 0;
    for (u32 k = 0; k < 4 && 4 * i + k < kMaxZones; ++k) {
      const u32 index = 4 * i + k;
      word |= reg::kZone0(index < used ? size : zone(inputs, element + index)) << (8 * k);
    }
    registers.put(first.at(i), word);
  }
}

void write_grid(RegisterCache& registers, const BlockInputs& inputs) {
  const u32 rows = clamp(zone(inputs, kRowCount), 1u, kMaxZones);
  const u32 columns = clamp(zone(inputs, kColumnCount), 1u, kMaxZones);
  const u32 width = max(inputs.mode.width, kLostColumns) - kLostColumns;
  const u32 height = max(inputs.mode.height, kLostLines) - kLostLines;
  registers.put(reg::kGrid.offset, reg::kColumns(columns) | reg::kRows(rows) |
                                       reg::kFirstColumn(zone(inputs, kHorizontalStart)) |
                                       reg::kFirstLine(zone(inputs, kVerticalStart)));
  write_sizes(registers, inputs, reg::kWidths, kWidths, columns, width / columns & ~1u);
  write_sizes(registers, inputs, reg::kHeights, kHeights, rows, height / rows & ~1u);
}

void write_setup(RegisterCache& registers, const BlockInputs& inputs) {
  u32 config[13];
  inputs.bank.read(Parameter::kAfThEn, config);
  registers.put_latched(reg::kLatch.offset, reg::kSetup.offset,
                        reg::kZone35(zone(inputs, kSetupHigh)) | reg::kHighlight(config[4]) |
                            reg::kEnable3(config[3]) | reg::kEnable2(config[2]) |
                            reg::kEnable1(config[1]) | reg::kEnable0(config[0]) |
                            reg::kZone34(zone(inputs, kSetupLow)));
  u32 filters = 0;
  for (u32 i = 0; i < 8; ++i) filters |= (config[5 + i] & 0xf) << (4 * i);
  registers.put(reg::kFilters.offset, filters);
}

constexpr u8 kNone = 0xff;

// Elements of a filter, two a register.
void write_halves(RegisterCache& registers, const BlockInputs& inputs, Parameter parameter,
                  u32 offset, std::span<const u8> order) {
  for (u32 i = 0; i < order.size(); i += 2) {
    const u32 high = order[i + 1] == kNone ? 0 : inputs.bank.get(parameter, order[i + 1]);
    registers.put(offset + 2 * i,
                  reg::kLow(inputs.bank.get(parameter, order[i])) | reg::kHigh(high));
  }
}

struct Filter {
  Parameter coefficients, gain, coring;
};
constexpr Filter kFilters[4] = {
    {Parameter::kAfFir0V, Parameter::kAfFir0Ldg, Parameter::kAfFir0Coring},
    {Parameter::kAfFir1V, Parameter::kAfFir1Ldg, Parameter::kAfFir1Coring},
    {Parameter::kAfIir0H, Parameter::kAfIir0Ldg, Parameter::kAfIir0Coring},
    {Parameter::kAfIir1H, Parameter::kAfIir1Ldg, Parameter::kAfIir1Coring}};

void write_filters(RegisterCache& registers, const BlockInputs& inputs) {
  constexpr u8 kVertical[] = {0, 1, 2, 3, 4, kNone};
  constexpr u8 kHorizontal[] = {0, 2, 3, 4, 5, 7, 8, 9};  // words 1 and 6 are not written
  write_halves(registers, inputs, kFilters[0].coefficients, reg::kFir0.offset, kVertical);
  write_halves(registers, inputs, kFilters[1].coefficients, reg::kFir1.offset, kVertical);
  write_halves(registers, inputs, kFilters[2].coefficients, reg::kIir0.offset, kHorizontal);
  write_halves(registers, inputs, kFilters[3].coefficients, reg::kIir1.offset, kHorizontal);
  for (u32 i = 0; i < 8; ++i) {
    u32 word = 0;
    for (u32 k = 0; k < 4; ++k) {
      word |= reg::kZone0(inputs.bank.get(kFilters[i / 2].gain, i % 2 * 4 + k)) << (8 * k);
    }
    registers.put(reg::kGains.at(i), word);
  }
  constexpr u8 kCoringOrder[] = {0, 1, 2, 3};
  for (u32 i = 0; i < 4; ++i) {
    write_halves(registers, inputs, kFilters[i].coring, reg::kCoring.at(2 * i), kCoringOrder);
  }
}

}  // namespace

void FocusSetup::write(RegisterCache& registers, const BlockInputs& inputs) {
  write_grid(registers, inputs);
  write_setup(registers, inputs);
  write_filters(registers, inputs);
}

}  // namespace t31::blocks

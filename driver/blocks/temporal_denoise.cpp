// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/temporal_denoise.hpp"

#include "driver/regs/temporal_control.hpp"
#include "driver/regs/temporal_denoise.hpp"

namespace t31::blocks {
namespace {

namespace reg = t31::reg::temporal_control;
using tuning::Combine;
using tuning::Follows;
using tuning::Parameter;

constexpr u32 kBase = 0x7800;

constexpr tuning::Entry kEntries[] = {
#include "driver/blocks/temporal_denoise_table.inc"
};
// The chroma geometry stands between them.
constexpr u32 kSplit = tuning::first_row(kEntries, 0x7a8c);
constexpr auto kFirstEntries = tuning::part<0, kSplit>(kEntries);
constexpr auto kSecondEntries = tuning::part<kSplit, std::size(kEntries)>(kEntries);
constexpr tuning::TableView kFirst = tuning::table_view<kFirstEntries>();
constexpr tuning::TableView kSecond = tuning::table_view<kSecondEntries>();

GroupWriter open_writer(RegisterCache& registers) {
  return GroupWriter(registers, kBase, reg::kUpdate.offset, reg::kUpdateOpen);
}

void take_over(RegisterCache& registers) {
  registers.strobe(reg::kUpdate.offset, reg::kUpdateTakeOver);
}

// Edge of the square blocks: a multiple of 4, at least 16, at most what the field holds.
u32 block_edge(const BlockInputs& inputs, tuning::GainCode gain) {
  constexpr u32 kSmallest = 16;
  constexpr u32 kLargest = 252;
  const u32 wanted = tuning::GainReader(inputs.bank, gain)(Parameter::kMdnsYStaBlkSizeArray);
  return clamp((min(wanted, kLargest) + 3) & ~3u, kSmallest, kLargest);
}

struct GridRegisters {
  const t31::reg::Register& cut;
  const t31::reg::Register& blocks;
};
constexpr GridRegisters kGrids[4] = {{reg::kGrid0Cut, reg::kGrid0Blocks},
                                     {reg::kGrid1Cut, reg::kGrid1Blocks},
                                     {reg::kGrid2Cut, reg::kGrid2Blocks},
                                     {reg::kGrid3Cut, reg::kGrid3Blocks}};

}  // namespace

// Grid 1 and 3 begin half a block lower, 2 and 3 half a block further right.
void TemporalDenoise::write_grids(GroupWriter& writer, const BlockInputs& inputs,
                                  tuning::GainCode gain) {
  const u32 edge = block_edge(inputs, gain);
  edge_ = edge;
  const u32 half = edge / 2;
  const u32 width[4] = {inputs.mode.width, inputs.mode.width, inputs.mode.width - half,
                        inputs.mode.width - half};
  const u32 height[4] = {inputs.mode.height, inputs.mode.height - half, inputs.mode.height,
                         inputs.mode.height - half};
  for (u32 i = 0; i < 4; ++i) {
    writer.put(kGrids[i].cut.offset,
               reg::kCutRow(height[i] % edge != 0) | reg::kCutColumn(width[i] % edge != 0));
  }
  for (u32 i = 0; i < 4; ++i) {
    writer.put(kGrids[i].blocks.offset, reg::kColumns((width[i] + edge - 1) / edge) |
                                            reg::kRows((height[i] + edge - 1) / edge) |
                                            reg::kBlockHeight(edge) | reg::kBlockWidth(edge));
  }
  writer.put(reg::kGrid1Origin.offset, reg::kY(half));
  writer.put(reg::kGrid2Origin.offset, reg::kX(half));
  writer.put(reg::kGrid3Origin.offset, reg::kY(half) | reg::kX(half));
  const t31::reg::Register* const sizes[] = {&reg::kGrid1Size, &reg::kGrid2Size, &reg::kGrid3Size};
  for (u32 i = 0; i < 3; ++i) {
    writer.put(sizes[i]->offset, reg::kY(height[i + 1]) | reg::kX(width[i + 1]));
  }
}

bool TemporalDenoise::write_top(GroupWriter& writer, const BlockInputs& inputs,
                                tuning::GainCode gain) {
  const auto value = [&](Parameter parameter) { return inputs.bank.get(parameter); };
  bool written = writer.put(
      reg::kEnables.offset,
      reg::kLumaOn(true) | reg::kLumaCurrent(value(Parameter::kMdnsYSfCurEnArray)) |
          reg::kLumaReference(value(Parameter::kMdnsYSfRefEnArray)) |
          reg::kLumaFilter(value(Parameter::kMdnsYFilterEnArray)) | reg::kChromaOn(true) |
          reg::kChromaCurrent(value(Parameter::kMdnsUvSfCurEnArray)) |
          reg::kChromaReference(value(Parameter::kMdnsUvSfRefEnArray)) |
          reg::kChromaFilter(value(Parameter::kMdnsUvFilterEnArray)));
  written |= writer.put(
      reg::kMode.offset,
      reg::kContrastThreshold(tuning::at_gain(inputs.bank, Parameter::kMdnsYConThresArray, gain)) |
          reg::kBackground(value(Parameter::kMdnsBgmEnableArray)) |
          reg::kWeightBypass(value(Parameter::kMdnsRefWeiBypsArray)) |
          reg::kGroups(value(Parameter::kMdnsStaGroupNumArray)) |
          reg::kPerPixel(value(Parameter::kMdnsPsnEnableArray)) |
          reg::kPerPixelMost(value(Parameter::kMdnsPsnMaxNumArray)));
  written |=
      writer.put(reg::kDebug.offset, reg::kLumaDebug(value(Parameter::kMdnsYDebugArray)) |
                                         reg::kChromaDebug(value(Parameter::kMdnsUvDebugArray)));
  return written;
}

bool TemporalDenoise::refresh(GroupWriter& writer, const BlockInputs& inputs,
                              tuning::GainCode gain) {
  const tuning::EngineInputs values{inputs.bank, gain, inputs.mode.wdr};
  const auto put = [&](u32 offset, u32 value) { writer.put(offset, value); };
  write_grids(writer, inputs, gain);
  tuning::refresh(kFirst, values, put);
  // Chroma has half the size; what doesn't fill 16 pixels lies on both sides.
  const u32 width = inputs.mode.width / 2;
  const u32 height = inputs.mode.height / 2;
  const u32 x = width % 16 / 2;
  const u32 y = height % 16 / 2;
  writer.put(reg::kChromaOrigin.offset, reg::kY(y) | reg::kX(x));
  writer.put(reg::kChromaSize.offset, reg::kY(height - 2 * y) | reg::kX(width - 2 * x));
  tuning::refresh(kSecond, values, put);
  moving_[0].find(kFirst, inputs.bank);
  moving_[1].find(kSecond, inputs.bank);
  return write_top(writer, inputs, gain);
}

void TemporalDenoise::init(RegisterCache& registers, const BlockInputs& inputs) {
  gain_.start();
  parameters_dirty_ = false;
  GroupWriter writer = open_writer(registers);
  refresh(writer, inputs, gain_.settled());
  registers.strobe(reg::kTopLatch.offset);
  take_over(registers);
  write_top(writer, inputs, gain_.settled());
  registers.strobe(reg::kTopLatch.offset);
  take_over(registers);
}

void TemporalDenoise::reload(RegisterCache& registers, const BlockInputs& inputs) {
  gain_.shift(GainFollower::kShift);
  parameters_dirty_ = false;
  GroupWriter writer = open_writer(registers);
  const bool top = refresh(writer, inputs, gain_.settled());
  if (!writer.written()) return;
  if (top) registers.strobe(reg::kTopLatch.offset);
  take_over(registers);
}

void TemporalDenoise::repeat(RegisterCache& registers, const BlockInputs& inputs) {
  GroupWriter writer = open_writer(registers);
  refresh(writer, inputs, gain_.settled());
  take_over(registers);
}

void TemporalDenoise::commit(RegisterCache& registers, const BlockInputs& inputs) {
  GroupWriter writer = open_writer(registers);
  bool top = false;
  if (parameters_dirty_) {
    parameters_dirty_ = false;
    top = refresh(writer, inputs, gain_.settled());
  }
  if (gain_.moved()) {
    const tuning::EngineInputs values{inputs.bank, gain_.settle(), inputs.mode.wdr};
    if (block_edge(inputs, values.gain) != edge_) write_grids(writer, inputs, values.gain);
    tuning::follow_gain(kFirst, moving_[0], values, writer);
    tuning::follow_gain(kSecond, moving_[1], values, writer);
  }
  if (!writer.written()) return;
  if (top) registers.strobe(reg::kTopLatch.offset);
  take_over(registers);
}

}  // namespace t31::blocks

// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/adr.hpp"

#include "driver/blocks/array_registers.hpp"
#include "driver/regs/adr.hpp"
#include "driver/tuning/interpolate.hpp"

namespace t31::blocks {
namespace {

namespace reg = t31::reg::adr;
using tuning::Parameter;

constexpr ArrayRow pairs(Parameter parameter, u8 first, u8 count, u32 offset) {
  return {parameter, first, count, static_cast<u16>(offset), 0, 16, 16};
}
constexpr ArrayRow bytes(Parameter parameter, u8 first, u8 count, u32 offset) {
  return {parameter, first, count, static_cast<u16>(offset), 0, 8, 8};
}
constexpr ArrayRow field(Parameter parameter, u8 element, u32 offset,
                         const t31::reg::Field<u32>& at) {
  return {parameter, element, 1, static_cast<u16>(offset), at.lsb, at.width, at.width};
}

// Elements of an array of knees from which the segments' widths stand.
constexpr u8 kWidths = kAdrKnees;

// Which array goes where, in the order of writing.
constexpr ArrayRow kTable[] = {
    field(Parameter::kAdrParaArray, 1, reg::kMode.offset, reg::kModePara1),
    field(Parameter::kAdrParaArray, 0, reg::kMode.offset, reg::kModePara0),
    field(Parameter::kAdrParaArray, 7, reg::kMode.offset, reg::kModePara7),
    pairs(Parameter::kAdrParaArray, 2, 5, reg::kColourLevels.offset),
    pairs(Parameter::kAdrCentreWDisArray, 0, 31, reg::kDistance.offset),
    pairs(Parameter::kAdrCtcKneepointArray, 0, 9, reg::kContrastKnees.offset),
    pairs(Parameter::kAdrCtcKneepointArray, 9, 8, reg::kContrastWidths.offset),
    pairs(Parameter::kAdrMapKneepointArray, 0, kAdrKnees, reg::kMapKnees.offset),
    bytes(Parameter::kAdrMapKneepointArray, kWidths, 12, reg::kMapWidths.offset),
    bytes(Parameter::kAdrWeight20LutArray, 0, 32, reg::kWeight20.offset),
    bytes(Parameter::kAdrWeight02LutArray, 0, 32, reg::kWeight02.offset),
    bytes(Parameter::kAdrWeight12LutArray, 0, 32, reg::kWeight12.offset),
    bytes(Parameter::kAdrWeight22LutArray, 0, 32, reg::kWeight22.offset),
    bytes(Parameter::kAdrWeight21LutArray, 0, 32, reg::kWeight21.offset),
    pairs(Parameter::kAdrMinKneepointArray, 0, kAdrKnees, reg::kLimitKnees.offset),
    bytes(Parameter::kAdrMinKneepointArray, kWidths, 12, reg::kLimitWidths.offset),
    pairs(Parameter::kAdrCocKneepointY1Array, 0, 12, reg::kColour1.offset),
    pairs(Parameter::kAdrCocKneepointY2Array, 0, 12, reg::kColour2.offset),
    pairs(Parameter::kAdrCocKneepointY3Array, 0, 12, reg::kColour3.offset),
    pairs(Parameter::kAdrCocKneepointY4Array, 0, 12, reg::kColour4.offset),
    pairs(Parameter::kAdrCocKneepointY5Array, 0, 12, reg::kColour5.offset),
    pairs(Parameter::kAdrCocAdjustArray, 0, 5, reg::kColourAdjust.offset),
    pairs(Parameter::kAdrCocAdjustArray, 5, 5, reg::kColourAdjust.at(3)),
    bytes(Parameter::kAdrCocAdjustArray, 10, 4, reg::kColourShifts.offset),
    pairs(Parameter::kAdrStatBlockHistDiffArray, 0, 4, reg::kHistogramBounds.offset),
};

// The lower limit has these knees whatever the bank says: its array of that name holds what follows
// exposure.
constexpr u32 kLimitKnees[] = {32, 64, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048, 5,
                               5,  6,  6,   6,   7,   7,   8,   8,   9,    9,    11};

// Tables of the neighbours' weights in the order of AdrWeights::Neighbour.
constexpr Parameter weight_table(u32 neighbour) {
  return static_cast<Parameter>(static_cast<u32>(Parameter::kAdrWeight20LutArray) + neighbour);
}

}  // namespace

void Adr::init(RegisterCache& registers, const BlockInputs& inputs, tuning::LiveBank live,
               GammaNodes gamma) {
  samples_ = adr_samples(inputs.mode.width, inputs.mode.height);
  make_adr_weights(inputs.mode.width, inputs.mode.height, weights_);
  curves_.reset();
  write_geometry(registers, inputs.mode);
  load(inputs, live, gamma);
  write_curves(registers);
  write_parameters(registers, inputs);
  restart_ = false;
}

void Adr::reload(RegisterCache& registers, const BlockInputs& inputs, tuning::LiveBank live,
                 GammaNodes gamma) {
  load(inputs, live, gamma);
  write_parameters(registers, inputs);
}

void Adr::set_exposure(u32 ev) {
  if (ev == ev_) return;
  ev_ = ev;
  follow_ = true;
}

void Adr::load(const BlockInputs& inputs, tuning::LiveBank live, GammaNodes gamma) {
  const tuning::Bank bank = inputs.bank;
  const bool wdr = inputs.mode.wdr;
  const auto read = [&](Parameter linear, Parameter in_wdr, std::span<s32> out) {
    const std::span<const u32> array = bank.words(wdr ? in_wdr : linear);
    u32 index = 0;
    for (s32& value : out) value = index < array.size() ? static_cast<s32>(array[index++]) : 0;
  };
  read(Parameter::kAdrSoftLightEndArray, Parameter::kAdrSoftLightEndWdrArray, tuning_.light_end);
  read(Parameter::kAdrSoftBlockLightArray, Parameter::kAdrSoftBlockLightWdrArray,
       tuning_.block_light);
  read(Parameter::kAdrSoftMapModeArray, Parameter::kAdrSoftMapModeWdrArray, tuning_.map_mode);
  read(Parameter::kAdrToolControlArray, Parameter::kAdrToolControlArray, tuning_.tool_control);
  read(Parameter::kAdrCtcMap2cutY, Parameter::kAdrCtcMap2cutYWdr, tuning_.contrast);
  bank.read(Parameter::kAdrMapKneepointArray, tuning_.map_knees);
  bank.read(Parameter::kAdrCtcKneepointArray, tuning_.contrast_knees);
  load_tone(inputs, gamma);
  provide_weights(live);
  follow_ = true;
  reload_ = false;
}

void Adr::load_tone(const BlockInputs& inputs, GammaNodes gamma) {
  u16 linear[ToneScale::kNodes];
  const std::span<const u8> bytes = inputs.bank.raw(Parameter::kAdrSoftGamXArray);
  for (u32 i = 0; i < ToneScale::kNodes; ++i) {
    linear[i] = bytes.empty() ? u16{0} : static_cast<u16>(bytes[2 * i] | bytes[2 * i + 1] << 8);
  }
  tone_.load(linear, gamma);
}

// Unless the bank's own tables are wanted, those made for the size of the picture take their place.
void Adr::provide_weights(tuning::LiveBank live) const {
  if (tuning_.tool_control[AdrTuning::kTablesFromBank] == 1) return;
  const auto provide = [&](Parameter parameter, const auto& table) {
    u32 index = 0;
    for (u32& element : live.words(parameter)) element = table[index++];
  };
  provide(Parameter::kAdrCentreWDisArray, weights_.distance);
  for (u32 neighbour = 0; neighbour < AdrWeights::kNeighbours; ++neighbour) {
    provide(weight_table(neighbour), weights_.weight[neighbour]);
  }
}

// The elements that are lists over exposure (hw-blocks-detail-tone 5.4).
void Adr::follow_exposure(const BlockInputs& inputs) {
  const tuning::Bank bank = inputs.bank;
  const bool wdr = inputs.mode.wdr;
  const auto in_mode = [&](Parameter linear, Parameter in_wdr) { return wdr ? in_wdr : linear; };
  u32 knots[tuning::kGainPoints];
  bank.read(in_mode(Parameter::kAdrEvList, Parameter::kAdrEvListWdr), knots);
  const tuning::ExposurePosition position(knots, ev_);
  const auto at = [&](Parameter list, u32 first = 0, u32 least = 0) {
    return static_cast<s32>(position.between(max(bank.get(list, first + position.lower()), least),
                                             max(bank.get(list, first + position.upper()), least)));
  };
  constexpr u32 kCentreList = 1, kSpreadList = 14;
  tuning_.map_mode[AdrTuning::kCentreByExposure] =
      at(Parameter::kAdrMinKneepointArray, kCentreList);
  tuning_.map_mode[AdrTuning::kDarkSpreadByExposure] =
      at(Parameter::kAdrMinKneepointArray, kSpreadList);
  tuning_.map_mode[AdrTuning::kBrightSpreadByExposure] =
      at(in_mode(Parameter::kAdrBlp2List, Parameter::kAdrBlp2ListWdr));
  tuning_.light_end[AdrTuning::kStrength] =
      at(in_mode(Parameter::kAdrLigbList, Parameter::kAdrLigbListWdr));
  // The user's strength never makes a step smaller than the unmapped curve has it.
  const bool scaled = inputs.levels.get(Level::kDrc) != kNeutralLevel;
  const Parameter first = in_mode(Parameter::kAdrMapb1List, Parameter::kAdrMapb1ListWdr);
  for (u32 i = 0; i < 4; ++i) {
    const Parameter list = static_cast<Parameter>(static_cast<u32>(first) + i);
    const u32 least = scaled ? static_cast<u32>(tone_.base_step(i)) : 0;
    tuning_.block_light[AdrTuning::kSteps + i] = at(list, 0, least);
  }
  if (tuning_.tool_control[AdrTuning::kContrastByExposure] != 1) return;
  // Rows of nine gains in an array that is named for something else.
  constexpr u8 kRows[tuning::kGainPoints] = {0, 10, 20, 32, 42, 52, 64, 74, 84};
  for (u32 i = 0; i < kAdrContrastKnees; ++i) {
    const u32 low = bank.get(Parameter::kAdrSoftGamYArray, kRows[position.lower()] + i);
    const u32 high = bank.get(Parameter::kAdrSoftGamYArray, kRows[position.upper()] + i);
    tuning_.contrast[i] = static_cast<s32>(position.between(low, high));
  }
}

void Adr::take_statistics(const u32* dma, const BlockInputs& inputs, tuning::LiveBank live) {
  if (follow_) follow_exposure(inputs);
  follow_ = false;
  scene_.unpack(dma, samples_, tuning_.block_light[AdrTuning::kIncludeRing] == 1);
  curves_.compute(scene_, tone_, tuning_);
  curves_due_ = true;
  write_report(live.words(inputs.mode.wdr ? Parameter::kAdrSoftLightEndWdrArray
                                          : Parameter::kAdrSoftLightEndArray));
}

void Adr::write_report(std::span<u32> report) const {
  if (report.empty()) return;
  report[AdrTuning::kMean] = static_cast<u32>(scene_.mean());
  report[AdrTuning::kBrightestBlock] = scene_.brightest_report();
  report[AdrTuning::kDarkestBlock] = scene_.darkest_report();
  const AdrCurves::Report& bell = curves_.report();
  u32* const part = report.data() + AdrTuning::kBellReport;
  part[0] = static_cast<u32>(bell.centre);
  part[1] = static_cast<u32>(bell.dark_spread);
  part[2] = static_cast<u32>(bell.bright_spread);
}

void Adr::commit(RegisterCache& registers, const BlockInputs& inputs, tuning::LiveBank live,
                 GammaNodes gamma) {
  if (restart_) {
    init(registers, inputs, live, gamma);
  } else if (reload_) {
    reload(registers, inputs, live, gamma);
  }
  if (curves_due_) write_curves(registers);
  curves_due_ = false;
}

void Adr::write_geometry(RegisterCache& registers, const SensorMode& mode) const {
  const u32 width = (mode.width / kAdrColumns) & ~1u;
  const u32 height = (mode.height / kAdrRows) & ~1u;
  const auto put = [&](u32 offset, u32 first, u32 second) {
    registers.put(offset, reg::kFirst(first) | reg::kSecond(second));
  };
  put(reg::kBlockSize.offset, width, height);
  put(reg::kRowBounds.at(0), 0, height);
  put(reg::kRowBounds.at(1), 2 * height, 3 * height);
  put(reg::kRowBounds.at(2), mode.height, 0);
  put(reg::kColumnBounds.at(0), 0, width);
  put(reg::kColumnBounds.at(1), 2 * width, 3 * width);
  put(reg::kColumnBounds.at(2), 4 * width, 5 * width);
  put(reg::kColumnBounds.at(3), mode.width, 0);
  constexpr u32 kNarrowestRing = 20;
  const u32 ring_rows = max(kNarrowestRing, (height / 4) & ~1u);
  const u32 ring_columns = max(kNarrowestRing, (width / 4) & ~1u);
  put(reg::kRingRows.offset, ring_rows, mode.height - ring_rows);
  put(reg::kRingColumns.offset, ring_columns, mode.width - ring_columns);
}

void Adr::write_parameters(RegisterCache& registers, const BlockInputs& inputs) const {
  const auto values = [&](Parameter parameter) -> std::span<const u32> {
    if (parameter == Parameter::kAdrMinKneepointArray) return kLimitKnees;
    return inputs.bank.words(parameter);
  };
  pack_arrays(kTable, values, [&](u32 offset, u32 word) { registers.put(offset, word); });
}

void Adr::write_curves(RegisterCache& registers) const {
  // Their contents are known since the first of them were written.
  const bool compare = registers.known(reg::kBlockCurves.offset) && !registers.repeats();
  u32* const unit = registers.unit(reg::kBlockSize.offset);
  const auto write = [&](const t31::reg::Register& first, const u16* values, u32 count) {
    u32 offset = first.offset;
    u32* shadow = unit + (offset - reg::kBlockSize.offset) / 4;
    for (u32 i = 0; i < count; i += 2, offset += 4, ++shadow) {
      const u32 second = i + 1 < count ? values[i + 1] : 0;
      const u32 word = reg::kFirst(values[i]) | reg::kSecond(second);
      if (!compare) {
        registers.put(offset, word);
      } else if (*shadow != word) {
        *shadow = word;
        registers.write(offset, word);
      }
    }
  };
  write(reg::kLimit, curves_.lower_limit(), kAdrKnees);
  write(reg::kContrast, curves_.contrast(), kAdrContrastKnees);
  write(reg::kBlockCurves, curves_.blocks(), kAdrBlocks * kAdrKnees);
}

}  // namespace t31::blocks

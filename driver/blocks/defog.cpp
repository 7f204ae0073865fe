// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/defog.hpp"

#include "driver/blocks/array_registers.hpp"
#include "driver/regs/defog.hpp"

namespace t31::blocks {
namespace {

namespace reg = t31::reg::defog;
using t31::reg::Field;
using t31::reg::Register;
using tuning::Parameter;

constexpr u8 kByte = 8;

// Elements of an array in fields like this one, side by side.
constexpr ArrayRow row(Parameter parameter, u32 first, u32 count, u32 offset, u8 bit, u8 width,
                       u8 spacing = kByte) {
  return {parameter,
          static_cast<u8>(first),
          static_cast<u8>(count),
          static_cast<u16>(offset),
          bit,
          spacing,
          width};
}
constexpr ArrayRow distances(Parameter parameter, u32 count, const Register& reg) {
  return row(parameter, 0, count, reg.offset, 0, reg::kDistanceEven.width, 16);
}
constexpr ArrayRow weights(Parameter parameter, const Register& reg) {
  return row(parameter, 0, DefogWeights::kEntries, reg.offset, 0, reg::kWeight0.width);
}
constexpr ArrayRow field(Parameter parameter, u32 element, u32 offset, const Field<u32>& at) {
  return row(parameter, element, 1, offset, at.lsb, at.width);
}

// Which array goes where, in the order of writing (hw-blocks-detail-tone 6.2, 6.7).
constexpr ArrayRow kTable[] = {
    distances(Parameter::kDefogCent3WDisArray, DefogWeights::kClasses3, reg::kDistance3),
    distances(Parameter::kDefogCent5WDisArray, DefogWeights::kClasses5, reg::kDistance5),
    weights(Parameter::kDefogWeightlut02, reg::kWeight02),
    weights(Parameter::kDefogWeightlut20, reg::kWeight20),
    weights(Parameter::kDefogWeightlut21, reg::kWeight21),
    weights(Parameter::kDefogWeightlut12, reg::kWeight12),
    weights(Parameter::kDefogWeightlut22, reg::kWeight22),
    row(Parameter::kDefogMainParaArray, 0, 2, reg::kMain0.offset, 0, 8),
    field(Parameter::kDefogMainParaArray, 2, reg::kMain1Word.offset, reg::kMain2),
    field(Parameter::kDefogMainParaArray, 3, reg::kMain1Word.offset, reg::kMain3),
    row(Parameter::kDefogMainParaArray, 4, 3, reg::kMain1Word.offset, 8, 5),
    row(Parameter::kDefogMainParaArray, 7, 4, reg::kMain2Word.offset, 0, 5),
    row(Parameter::kDefogColorControlArray, 0, 4, reg::kColour0.offset, 0, 8),
    row(Parameter::kDefogColorControlArray, 5, 4, reg::kColour1.offset, 0, 6),
    field(Parameter::kDefogColorControlArray, 4, reg::kColour2.offset, reg::kColour4),
    field(Parameter::kDefogColorControlArray, 9, reg::kColour2.offset, reg::kColour9),
    row(Parameter::kDefogColorControlArray, 10, 4, reg::kColour3.offset, 0, 3),
    row(Parameter::kDefogLcSArray, 0, 4, reg::kLowChromaS.at(0), 0, 3),
    row(Parameter::kDefogLcSArray, 4, 3, reg::kLowChromaS.at(1), 0, 5),
    row(Parameter::kDefogLcSArray, 7, 3, reg::kLowChromaS.at(2), 0, 6),
    row(Parameter::kDefogLcVArray, 0, 4, reg::kLowChromaV.at(0), 0, 3),
    row(Parameter::kDefogLcVArray, 4, 3, reg::kLowChromaV.at(1), 0, 8),
    row(Parameter::kDefogLcVArray, 7, 3, reg::kLowChromaV.at(2), 0, 6),
    row(Parameter::kDefogCcSArray, 0, 2, reg::kChromaS.at(0), 0, 3),
    row(Parameter::kDefogCcSArray, 2, 3, reg::kChromaS.at(1), 0, 5),
    row(Parameter::kDefogCcSArray, 5, 3, reg::kChromaS.at(2), 0, 6),
    row(Parameter::kDefogCcVArray, 0, 3, reg::kChromaV.at(0), 0, 3),
    row(Parameter::kDefogCcVArray, 3, 3, reg::kChromaV.at(1), 0, 8),
    row(Parameter::kDefogCcVArray, 6, 3, reg::kChromaV.at(2), 0, 6),
    row(Parameter::kDefogDarkL1Array, 0, 3, reg::kDark1.at(0), 0, 3),
    row(Parameter::kDefogDarkL1Array, 3, 3, reg::kDark1.at(1), 0, 8),
    row(Parameter::kDefogDarkL1Array, 6, 4, reg::kDark1.at(2), 0, 6),
    row(Parameter::kDefogDarkL2Array, 0, 3, reg::kDark2.at(0), 0, 3),
    row(Parameter::kDefogDarkL2Array, 3, 3, reg::kDark2.at(1), 0, 8),
    row(Parameter::kDefogDarkL2Array, 6, 4, reg::kDark2.at(2), 0, 6),
    field(Parameter::kDefogFpgaPara, DefogTuning::kDarkBelow, reg::kThresholds.offset,
          reg::kDarkBelow),
    field(Parameter::kDefogFpgaPara, DefogTuning::kBrightAbove, reg::kThresholds.offset,
          reg::kBrightAbove),
};

// The array that is in use in this mode instead.
Parameter in_mode(Parameter parameter, bool wdr) {
  if (!wdr) return parameter;
  switch (parameter) {
    case Parameter::kDefogEvList:
      return Parameter::kDefogEvListWdr;
    case Parameter::kDefogTrsy0List:
      return Parameter::kDefogTrsy0ListWdr;
    case Parameter::kDefogMainParaArray:
      return Parameter::kDefogMainParaWdrArray;
    case Parameter::kDefogBlockTx:
      return Parameter::kDefogBlockTxWdr;
    case Parameter::kDefogFpgaPara:
      return Parameter::kDefogFpgaParaWdr;
    default:
      return parameter;
  }
}

// Bounds of `parts` equal parts; the first are larger by one pixel where it doesn't come out even.
u32 bound(u32 size, u32 parts, u32 index) {
  return index * (size / parts) + min(index, size % parts);
}

}  // namespace

void Defog::init(RegisterCache& registers, const BlockInputs& inputs, tuning::LiveBank live) {
  const u32 width = inputs.mode.width;
  const u32 height = inputs.mode.height;
  const u32 radius = inputs.bank.get(Parameter::kDefogRgbraList, DefogTuning::kRadius);
  map_.start(width, height);
  make_defog_weights(width, height, radius, weights_);
  load(inputs, live);
  write_grid(registers, inputs.mode);
  write_parameters(registers, inputs);
  write_map(registers);
  restart_ = false;
}

void Defog::reload(RegisterCache& registers, const BlockInputs& inputs, tuning::LiveBank live) {
  load(inputs, live);
  write_parameters(registers, inputs);
  write_map(registers);
}

void Defog::load(const BlockInputs& inputs, tuning::LiveBank live) {
  const auto read = [&](Parameter parameter, std::span<s32> out) {
    const std::span<const u32> array = inputs.bank.words(in_mode(parameter, inputs.mode.wdr));
    u32 index = 0;
    for (s32& value : out) value = index < array.size() ? static_cast<s32>(array[index++]) : 0;
  };
  read(Parameter::kDefogFpgaPara, tuning_.thresholds);
  read(Parameter::kDefogRgbraList, tuning_.options);
  read(Parameter::kDefogTParList1, tuning_.colour_score);
  read(Parameter::kDefogTParList2, tuning_.window_score);
  read(Parameter::kDefogBlockTx, tuning_.luma);
  inputs.bank.read(Parameter::kDefogManualCtrl, tuning_.manual);
  map_.tuning_changed(tuning_);
  if (tuning_.options[DefogTuning::kTablesFromBank] != 1) provide_weights(live);
  reload_ = false;
}

// The tables made for the size of the picture take the place of the bank's own.
void Defog::provide_weights(tuning::LiveBank live) const {
  const auto provide = [&](Parameter parameter, const auto& table) {
    u32 index = 0;
    for (u32& element : live.words(parameter)) element = table[index++];
  };
  provide(Parameter::kDefogCent3WDisArray, weights_.distance3);
  provide(Parameter::kDefogCent5WDisArray, weights_.distance5);
  for (u32 neighbour = 0; neighbour < DefogWeights::kNeighbours; ++neighbour) {
    const u32 table = static_cast<u32>(Parameter::kDefogWeightlut20) + neighbour;
    provide(static_cast<Parameter>(table), weights_.weight[neighbour]);
  }
}

void Defog::take_statistics(const u32* dma, const BlockInputs& inputs, tuning::LiveBank live) {
  map_.take(dma, tuning_, ev_);
  s32 percent[kDefogPoints];
  read_curve(inputs, percent);
  map_.compute(tuning_, percent);
  map_due_ = true;
  const u32* value = tuning_.manual;
  for (u32& element : live.words(Parameter::kDefogManualCtrl)) element = *value++;
}

// The curve from luma to transmission at the frame's score: five lists over the score's knots.
void Defog::read_curve(const BlockInputs& inputs, s32 (&percent)[kDefogPoints]) const {
  const tuning::Bank bank = inputs.bank;
  const bool wdr = inputs.mode.wdr;
  const u32 score = tuning_.manual[DefogTuning::kScore];
  const Parameter knots = in_mode(Parameter::kDefogEvList, wdr);
  const u32 count = tuning::parameter_info(knots).count;
  u32 k = 0;
  u32 low = 0, high = 0;
  for (; k < count; ++k) {
    low = high;
    high = bank.get(knots, k);
    if (score < high) break;
  }
  const u32 first = static_cast<u32>(in_mode(Parameter::kDefogTrsy0List, wdr));
  for (u32 i = 0; i < kDefogPoints; ++i) {
    const Parameter list = static_cast<Parameter>(first + i);
    if (k == 0 || k == count) {
      percent[i] = bank.get_signed(list, k == 0 ? 0 : count - 1);
      continue;
    }
    const u32 span = max(high - low, 1u);
    const u32 sum = (score - low) * bank.get(list, k) + (high - score) * bank.get(list, k - 1);
    percent[i] = static_cast<s32>((sum + span / 2) / span);
  }
}

void Defog::commit(RegisterCache& registers, const BlockInputs& inputs, tuning::LiveBank live) {
  if (restart_) {
    init(registers, inputs, live);
  } else if (reload_) {
    reload(registers, inputs, live);
  }
  if (map_due_) write_map(registers);
}

void Defog::write_grid(RegisterCache& registers, const SensorMode& mode) const {
  registers.put(reg::kControl1.offset, 0);
  registers.put(reg::kControl3.offset, 0xffffffffu);
  registers.put(reg::kControl0.offset, 0);
  const auto write = [&](const Register& first, u32 size, u32 parts) {
    for (u32 i = 0; i <= parts; i += 2) {
      const u32 odd = i < parts ? bound(size, parts, i + 1) : 0;
      registers.put(first.at(i / 2), reg::kBoundEven(bound(size, parts, i)) | reg::kBoundOdd(odd));
    }
  };
  write(reg::kRowBounds, mode.height, kDefogRows);
  write(reg::kColumnBounds, mode.width, kDefogColumns);
}

void Defog::write_parameters(RegisterCache& registers, const BlockInputs& inputs) const {
  const auto values = [&](Parameter parameter) {
    return inputs.bank.words(in_mode(parameter, inputs.mode.wdr));
  };
  pack_arrays(kTable, values, [&](u32 offset, u32 word) { registers.put(offset, word); });
}

void Defog::write_map(RegisterCache& registers) {
  const u32* words = map_.words();
  for (u32 i = 0; i < kDefogBlocks; ++i) {
    if (known_ && written_[i] == words[i] && !registers.repeats()) continue;
    written_[i] = words[i];
    registers.write(reg::kMap.at(i), words[i]);
  }
  known_ = true;
  map_due_ = false;
}

}  // namespace t31::blocks

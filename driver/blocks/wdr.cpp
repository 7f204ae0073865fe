// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/wdr.hpp"

#include "driver/blocks/wdr_weights.hpp"
#include "driver/regs/wdr.hpp"

namespace t31::blocks {
namespace {

namespace reg = t31::reg::wdr;
using t31::reg::Register;
using P = tuning::Parameter;

constexpr u32 masked(u32 value, u32 width) {
  return value & ((1u << width) - 1);
}

// `per` values a register, 32 / `per` bits apart, each cut to `width`.
template <u32 kPer, typename Values>
void put_packed(RegisterCache& registers, const Register& first, const Values& values, u32 width) {
  const u32 count = static_cast<u32>(std::size(values));
  for (u32 i = 0; i < count; i += kPer) {
    u32 word = 0;
    for (u32 k = 0; k < kPer && i + k < count; ++k) {
      word |= masked(values[i + k], width) << (k * (32 / kPer));
    }
    registers.put(first.at(i / kPer), word);
  }
}

template <typename Values>
void put_pairs(RegisterCache& registers, const Register& first, const Values& values, u32 width) {
  put_packed<2>(registers, first, values, width);
}

}  // namespace

void Wdr::init(RegisterCache& registers, const BlockInputs& inputs) {
  fusion_.load(inputs.bank);
  fusion_.start();
  write_weights(registers, inputs);
  write_setup(registers);
  write_computed(registers);
  write_geometry(registers, inputs);
  setup_ = Setup::kWritten;
  computed_ = false;
}

void Wdr::reload(const BlockInputs& inputs) {
  fusion_.load(inputs.bank);
  setup_ = Setup::kWithStatistics;
}

void Wdr::set_output(WdrOutput output) {
  fusion_.choose_output(output);
  setup_ = Setup::kNow;
}

void Wdr::step(std::span<const u32, kWdrBlockMeans> short_block_means,
               const WdrExposures& exposures) {
  fusion_.step(histograms_, short_block_means, exposures);
  computed_ = true;
}

void Wdr::commit(RegisterCache& registers, const BlockInputs& inputs) {
  if (setup_ == Setup::kNow) fusion_.load(inputs.bank);
  if (setup_ == Setup::kNow || (computed_ && setup_ == Setup::kWithStatistics)) {
    write_setup(registers);
    setup_ = Setup::kWritten;
  }
  if (computed_) write_computed(registers);
  computed_ = false;
}

void Wdr::write_weights(RegisterCache& registers, const BlockInputs& inputs) const {
  WdrWeights weights;
  generate_wdr_weights(inputs.mode.width, inputs.mode.height, weights);
  put_packed<4>(registers, reg::kWeight20, weights.lut20, 5);
  put_packed<4>(registers, reg::kWeight02, weights.lut02, 5);
  put_packed<4>(registers, reg::kWeight12, weights.lut12, 5);
  put_packed<4>(registers, reg::kWeight22, weights.lut22, 5);
  put_packed<4>(registers, reg::kWeight21, weights.lut21, 5);
  put_pairs(registers, reg::kDistances, weights.centre, 16);
}

void Wdr::write_ghost_setup(RegisterCache& registers) const {
  const auto ghost = fusion_.parameters().array<P::kWdrDegostParaArray>();
  registers.put(reg::kGhost0.offset, masked(ghost[5], 12) | masked(ghost[6], 12) << 16);
  registers.put(reg::kGhost1.offset, masked(ghost[7], 12) | masked(ghost[8], 8) << 16);
  registers.put(reg::kGhost2.offset, masked(ghost[9], 9) | masked(ghost[10], 10) << 16);
  registers.put(reg::kGhost3.offset, masked(ghost[0], 6) | masked(ghost[4], 6) << 8);
  registers.put(reg::kGhost5.offset, masked(ghost[11], 8));
}

void Wdr::write_setup(RegisterCache& registers) const {
  const WdrParameters& p = fusion_.parameters();
  write_ghost_setup(registers);
  put_pairs(registers, reg::kLabels, p.array<P::kWdrThrlableArray>(), 12);
  put_pairs(registers, reg::kDarkLabels, p.array<P::kWdrDarklableArray>(), 8);
  put_pairs(registers, reg::kDarkShifts, p.array<P::kWdrDarklablenArray>(), 3);
  put_pairs(registers, reg::kDarkWeights, p.array<P::kWdrDarkweightArray>(), 5);
  put_pairs(registers, reg::kGamma, fusion_.gamma(), 12);
  put_pairs(registers, reg::kPointX, p.array<P::kWdrWPointWeightXArray>(), 13);
  put_pairs(registers, reg::kPointY, p.array<P::kWdrWPointWeightYArray>(), 15);
  put_packed<4>(registers, reg::kPointShifts, p.array<P::kWdrWPointWeightPowArray>(), 4);
  put_pairs(registers, reg::kContrast, p.array<P::kWdrContrastTYMuxArray>(), 16);
  put_pairs(registers, reg::kColourLimits, p.array<P::kWdrCtClParaArray>(), 12);
  const auto para = p.array<P::kWdrParaArray>();
  registers.put(reg::kControl.offset, reg::kControl0(para[0]) | reg::kOutput(para[1]) |
                                          reg::kControl3(para[3]) | reg::kControl8(para[8]) |
                                          reg::kCeiling(para[2]));
  registers.put(reg::kLevel.offset, masked(para[9], 12));
  const auto detail = p.array<P::kWdrDetailThWArray>();
  registers.put(reg::kDetailMode.offset,
                reg::kDetailEnable(detail[5]) | reg::kDetailLimit(detail[6]));
  const auto stat = p.array<P::kWdrStatParaArray>();
  put_pairs(registers, reg::kStatistics, stat.subspan<1, 3>(), 12);
  const Register second{reg::kStatistics.at(2), "", "", t31::reg::Access::kReadWrite, 0, 2};
  put_pairs(registers, second, stat.subspan<4, 3>(), 12);
  const auto debug = p.array<P::kWdrDbgOutArray>();
  registers.put(reg::kDebug.offset, masked(debug[0], 13) | masked(debug[1], 13) << 4);
}

void Wdr::write_computed(RegisterCache& registers) const {
  const WdrParameters& p = fusion_.parameters();
  const WdrMaps& maps = fusion_.maps();
  registers.put(reg::kRange.offset,
                reg::kRangeFirst(fusion_.range(0)) | reg::kRangeSecond(fusion_.range(1)));
  registers.put(reg::kRangeReciprocal.offset, reg::kReciprocalFirst(fusion_.reciprocal(0)) |
                                                  reg::kReciprocalSecond(fusion_.reciprocal(1)));
  put_pairs(registers, reg::kDetail, p.array<P::kWdrDetailThWArray>().first<5>(), 7);
  put_pairs(registers, reg::kFusion, p.array<P::kFusion1CureYArray>(), 9);
  const auto ghost = p.array<P::kWdrDegostParaArray>();
  registers.put(reg::kGhost4.offset, masked(ghost[1], 8) | masked(ghost[2], 5) << 8 |
                                         masked(ghost[3], 4) << 16 | reg::kGhostWeight(ghost[12]));
  put_pairs(registers, reg::kMapRed, maps.node[0], 12);
  put_pairs(registers, reg::kMapGreen, maps.node[1], 12);
  put_pairs(registers, reg::kMapBlue, maps.node[2], 12);
  put_pairs(registers, reg::kLabelShifts, maps.label_shift, 4);
  put_pairs(registers, reg::kThresholds, p.array<P::kWdrThrallSoftwareOut>(), 11);
  put_packed<1>(registers, reg::kRanges, maps.range_reciprocal, 17);
  for (u32 colour = 0; colour < kWdrColours; ++colour) {
    registers.put(reg::kOffsets.at(colour),
                  reg::kFirst(fusion_.detail(0)) | reg::kSecond(fusion_.detail(1)));
  }
  for (u32 colour = 0; colour < kWdrColours; ++colour) {
    registers.put(reg::kRatios.at(colour), reg::kRatio(fusion_.detail(2)));
  }
}

void Wdr::write_geometry(RegisterCache& registers, const BlockInputs& inputs) const {
  const WdrGeometry g = wdr_geometry(inputs.mode.width, inputs.mode.height);
  u32 ends[kWdrColumns + 1];
  for (u32 i = 0; i < kWdrRows; ++i) ends[i] = i * g.row_step;
  ends[kWdrRows] = inputs.mode.height;
  registers.put(reg::kRows.at(0), ends[1] << 16);
  for (u32 i = 1; i < 5; ++i) registers.put(reg::kRows.at(i), ends[2 * i + 1] << 16 | ends[2 * i]);
  registers.put(reg::kRows.at(5), ends[kWdrRows]);
  for (u32 i = 0; i < kWdrColumns; ++i) ends[i] = i * g.column_step;
  ends[kWdrColumns] = inputs.mode.width;
  registers.put(reg::kColumns.at(0), ends[1] << 16);
  for (u32 i = 1; i < 8; ++i) {
    registers.put(reg::kColumns.at(i), ends[2 * i + 1] << 16 | ends[2 * i]);
  }
  registers.put(reg::kColumns.at(8), ends[kWdrColumns]);
  registers.put(reg::kAreas.at(0), g.area[1] << 16 | g.area[0]);
  registers.put(reg::kAreas.at(1), g.area[3] << 16 | g.area[2]);
  registers.put(reg::kAreaShift.offset, g.area_shift);
}

}  // namespace t31::blocks

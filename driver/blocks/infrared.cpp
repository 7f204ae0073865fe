// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/infrared.hpp"

#include "driver/base/math.hpp"
#include "driver/regs/black_level.hpp"

namespace t31::blocks {
namespace {

namespace reg = t31::reg::black_level;
using tuning::Parameter;

// Zones of the infrared level: little, blend, middle, blend, much (hw-blocks-raw-color 5.1.3).
enum Zone : u32 { kLittle, kLittleToMiddle, kMiddle, kMiddleToMuch, kMuch };
constexpr u32 kPoints = 4;

constexpr Parameter kLow[] = {Parameter::kGibDeirRL, Parameter::kGibDeirGL, Parameter::kGibDeirBL};
constexpr Parameter kMid[] = {Parameter::kGibDeirRM, Parameter::kGibDeirGM, Parameter::kGibDeirBM};
constexpr Parameter kHigh[] = {Parameter::kGibDeirRH, Parameter::kGibDeirGH, Parameter::kGibDeirBH};

constexpr u32 kLargest = 0xffff;  // of a level: products stay within 32 bits

}  // namespace

// From one set of curves to another, `way` of `whole`.
struct Infrared::Curves {
  const Parameter* from;
  const Parameter* to;
  u32 way, whole;
};

void Infrared::set_level(u32 level) {
  level = min(level, kLargest);
  if (level == level_ && !forced_) return;
  level_ = level;
  dirty_ = true;
}

void Infrared::write(RegisterCache& registers, const Curves& curves, tuning::Bank bank) {
  const auto* const words = reinterpret_cast<const u32*>(bank.bytes());
  const auto node = [&](u32 curve, u32 i) {
    const auto at = [&](Parameter list) {
      return reg::kNode.get(words[tuning::parameter_info(list).offset / 4 + i]);
    };
    const u32 from = at(curves.from[curve]);
    if (curves.way == 0) return from;
    const u32 to = at(curves.to[curve]);
    return (from * (curves.whole - curves.way) + to * curves.way) / curves.whole;
  };
  constexpr t31::reg::Register kRam[kCurves] = {reg::kInfraredRed, reg::kInfraredGreen,
                                                reg::kInfraredBlue};
  u32 next[kCurves];
  for (u32 curve = 0; curve < kCurves; ++curve) next[curve] = node(curve, 0);
  for (u32 i = 0; i < kNodes; ++i) {
    for (u32 curve = 0; curve < kCurves; ++curve) {
      const u32 now = next[curve];
      const bool last = i + 1 == kNodes;
      if (!last) next[curve] = node(curve, i + 1);
      const bool same =
          known_ && nodes_[curve][i] == now && (last || nodes_[curve][i + 1] == next[curve]);
      if (!last && !same) {
        registers.write(kRam[curve].at(i), reg::kNode(now) | reg::kNextNode(next[curve]));
      }
      nodes_[curve][i] = static_cast<u16>(now);
    }
  }
  known_ = true;
}

void Infrared::init(RegisterCache& registers, const BlockInputs& inputs) {
  level_ = 0;
  zone_ = kMiddle;
  dirty_ = forced_ = false;
  write(registers, {kMid, kMid, 0, 1}, inputs.bank);
}

void Infrared::commit(RegisterCache& registers, const BlockInputs& inputs) {
  if (!dirty_) return;
  dirty_ = false;
  if (!inputs.mode.infrared || inputs.night) return;
  u32 point[kPoints];
  inputs.bank.read(Parameter::kGibIrPoint, point);
  for (u32& value : point) value = min(value, kLargest);
  u32 zone = 0;
  while (zone < kPoints && level_ > point[zone]) ++zone;
  const auto blend = [&](const Parameter* from, const Parameter* to, u32 first) {
    const u32 whole = point[first + 1] - point[first];
    write(registers, {from, to, level_ - point[first], whole}, inputs.bank);
  };
  const bool entered = forced_ || zone != zone_;
  forced_ = false;
  zone_ = zone;
  switch (zone) {
    case kLittleToMiddle:
      return blend(kLow, kMid, 0);
    case kMiddleToMuch:
      return blend(kMid, kHigh, 2);
    default:
      if (!entered) return;
      const Parameter* const curves = zone == kLittle ? kLow : zone == kMuch ? kHigh : kMid;
      return write(registers, {curves, curves, 0, 1}, inputs.bank);
  }
}

}  // namespace t31::blocks

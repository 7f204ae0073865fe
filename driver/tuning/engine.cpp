// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/tuning/engine.hpp"

#include "driver/base/math.hpp"

namespace t31::tuning {
namespace {

u32 element(const Entry& entry, const EngineInputs& inputs, u32 index) {
  const Parameter parameter = inputs.wdr ? entry.wdr_parameter : entry.parameter;
  return inputs.bank.get(parameter, index);
}

constexpr u32 mask_of(u32 width) {
  return width >= 32 ? 0xffffffffu : (1u << width) - 1;
}

}  // namespace

u32 entry_value(const Entry& entry, const EngineInputs& inputs) {
  if (entry.follows == Follows::kFixed) return element(entry, inputs, entry.element);
  const GainPosition position(inputs.gain);
  const u32 a = element(entry, inputs, position.index);
  if (position.fraction == 0) return a;
  return interpolate(a, element(entry, inputs, position.index + 1), position.fraction);
}

namespace detail {

PackedRegister pack(std::span<const Entry> table, u32 first, const EngineInputs& inputs,
                    bool only_following) {
  PackedRegister packed{0, first, false};
  const u32 reg = table[first].reg;
  for (u32 row = first; row < table.size() && table[row].reg == reg; ++row) {
    packed.next = row + 1;
    packed.follows |= table[row].follows != Follows::kFixed;
  }
  if (only_following && !packed.follows) return packed;

  u32 field = 0;
  for (u32 row = first; row < packed.next; ++row) {
    const Entry& entry = table[row];
    const u32 value = entry_value(entry, inputs);
    switch (entry.combine) {
      case Combine::kSet:
        field = value;
        break;
      case Combine::kLessEighth:
        field = value - (value >> 3);
        break;
      case Combine::kAdd:
        field += value;
        break;
      case Combine::kSubtract:
        field -= value;
        break;
      case Combine::kAddLimit4095:
        field = min(field + value, 4095u);
        break;
    }
    const bool complete = row + 1 == packed.next || table[row + 1].bit != entry.bit;
    if (complete) packed.value |= (field & mask_of(entry.width)) << entry.bit;
  }
  return packed;
}

}  // namespace detail
}  // namespace t31::tuning

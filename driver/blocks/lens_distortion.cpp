// SPDX-License-Identifier: GPL-2.0-or-later
// lens_distortion.cpp - HLDC: lens distortion correction; bypassed in almost all tuning files.
#include "driver/regs/lens_distortion.hpp"

#include "driver/blocks/table_block.hpp"

namespace t31::blocks {
namespace {

namespace reg = t31::reg::lens_distortion;
using t31::reg::Field;
using t31::reg::Register;

constexpr tuning::Entry element(u8 index, const Register& to, const Field<u32>& field) {
  constexpr auto kArray = tuning::Parameter::kHldcConParArray;
  return {kArray,
          kArray,
          index,
          tuning::Follows::kFixed,
          tuning::Combine::kSet,
          static_cast<u16>(to.offset),
          field.lsb,
          field.width};
}
constexpr Field<u32> kWhole{0, 32, ""};

constexpr tuning::Entry kEntries[] = {
    element(2, reg::kWord0, reg::kElement2),   element(3, reg::kWord0, reg::kElement3),
    element(4, reg::kWord1, reg::kElement4),   element(5, reg::kWord1, reg::kElement5),
    element(11, reg::kWord2, reg::kElement11), element(12, reg::kWord2, reg::kElement12),
    element(6, reg::kWord3, kWhole),           element(13, reg::kWord4, kWhole),
    element(7, reg::kWord5, kWhole),           element(15, reg::kWord6, kWhole),
    element(8, reg::kWord7, reg::kElement8),   element(9, reg::kWord7, reg::kElement9),
    element(14, reg::kWord8, reg::kElement14), element(16, reg::kWord8, reg::kElement16),
    element(10, reg::kWord9, kWhole),          element(17, reg::kWord10, kWhole),
};

}  // namespace

constexpr TableBlockInfo kLensDistortion{.base = 0x9000,
                                         .latch = reg::kLatch.offset,
                                         .latch_value = reg::kTakeOver,
                                         .first = tuning::table_view<kEntries>()};

}  // namespace t31::blocks

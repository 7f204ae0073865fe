// SPDX-License-Identifier: GPL-2.0-or-later
// luma_denoise.cpp - YDNS: luma between the temporal filter's input and output.
#include "driver/regs/luma_denoise.hpp"
#include "driver/blocks/table_block.hpp"

namespace t31::blocks {
namespace {

using tuning::Combine;
using tuning::Follows;
using tuning::Parameter;

constexpr tuning::Entry kEntries[] = {
#include "driver/blocks/luma_denoise_table.inc"
};

}  // namespace

constexpr TableBlockInfo kLumaDenoise{.base = 0x7800,
                                      .latch = 0,
                                      .reload_shift = GainFollower::kShift,
                                      .first = tuning::table_view<kEntries>()};

}  // namespace t31::blocks

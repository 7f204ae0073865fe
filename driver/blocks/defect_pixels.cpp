// SPDX-License-Identifier: GPL-2.0-or-later
// defect_pixels.cpp - DPC: defect pixels, with cross-talk between greens (CTR).
#include "driver/regs/defect_pixels.hpp"
#include "driver/blocks/table_block.hpp"

namespace t31::blocks {
namespace {

using tuning::Combine;
using tuning::Follows;
using tuning::Parameter;

constexpr tuning::Entry kEntries[] = {
#include "driver/blocks/defect_pixels_table.inc"
};

}  // namespace

constexpr TableBlockInfo kDefectPixels{.base = 0x2800,
                                       .latch = reg::defect_pixels::kLatch.offset,
                                       .initial_latches = 2,
                                       .reload_shift = GainFollower::kShift,
                                       .parameter_shift = GainFollower::kShift,
                                       .first = tuning::table_view<kEntries>()};

}  // namespace t31::blocks

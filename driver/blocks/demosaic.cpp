// SPDX-License-Identifier: GPL-2.0-or-later
// demosaic.cpp - DMSC: Bayer to RGB, with its sharpening.
#include "driver/regs/demosaic.hpp"
#include "driver/blocks/table_block.hpp"

namespace t31::blocks {
namespace {

using tuning::Combine;
using tuning::Follows;
using tuning::Parameter;

constexpr tuning::Entry kEntries[] = {
#include "driver/blocks/demosaic_table.inc"
};

}  // namespace

constexpr TableBlockInfo kDemosaic{.base = 0x4800,
                                   .latch = reg::demosaic::kLatch.offset,
                                   .initial_latches = 2,
                                   .reload_shift = GainFollower::kShift,
                                   .first = tuning::table_view<kEntries>()};

}  // namespace t31::blocks

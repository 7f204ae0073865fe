// SPDX-License-Identifier: GPL-2.0-or-later
// raw_denoise.cpp - RDNS: noise reduction on Bayer data.
#include "driver/regs/raw_denoise.hpp"
#include "driver/blocks/table_block.hpp"

namespace t31::blocks {
namespace {

using tuning::Combine;
using tuning::Follows;
using tuning::Parameter;

constexpr tuning::Entry kEntries[] = {
#include "driver/blocks/raw_denoise_table.inc"
};

}  // namespace

constexpr TableBlockInfo kRawDenoise{.base = 0x3000,
                                     .latch = reg::raw_denoise::kLatch.offset,
                                     .initial_latches = 2,
                                     .parameter_shift = GainFollower::kShift,
                                     .first = tuning::table_view<kEntries>()};

}  // namespace t31::blocks

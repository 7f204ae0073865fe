// SPDX-License-Identifier: GPL-2.0-or-later
// sharpen.cpp - SP: sharpening of luma.
#include "driver/regs/sharpen.hpp"
#include "driver/blocks/table_block.hpp"

namespace t31::blocks {
namespace {

using tuning::Combine;
using tuning::Follows;
using tuning::Parameter;

constexpr tuning::Entry kEntries[] = {
#include "driver/blocks/sharpen_table.inc"
};

}  // namespace

constexpr TableBlockInfo kSharpen{.base = 0x7000,
                                  .latch = reg::sharpen::kLatch.offset,
                                  .initial_latches = 2,
                                  .first = tuning::table_view<kEntries>()};

}  // namespace t31::blocks

// SPDX-License-Identifier: GPL-2.0-or-later
// lint_fields.cpp - values that don't fit the register fields they go to, from the driver's own
// tables of blocks.
#include "driver/tuning/table.hpp"
#include "t31tune/lint.hpp"

namespace t31::tune {
namespace {

using tuning::Combine;
using tuning::Follows;
using tuning::Parameter;

struct Block {
  unsigned bypass;  // kAlwaysOn: it has no such bit
  std::span<const tuning::Entry> entries;
};

constexpr unsigned kAlwaysOn = 32;

constexpr tuning::Entry kDefectPixels[] = {
#include "driver/blocks/defect_pixels_table.inc"
};
constexpr tuning::Entry kRawDenoise[] = {
#include "driver/blocks/raw_denoise_table.inc"
};
constexpr tuning::Entry kDemosaic[] = {
#include "driver/blocks/demosaic_table.inc"
};
constexpr tuning::Entry kSharpen[] = {
#include "driver/blocks/sharpen_table.inc"
};
constexpr tuning::Entry kLumaDenoise[] = {
#include "driver/blocks/luma_denoise_table.inc"
};
constexpr tuning::Entry kSpatialDenoise[] = {
#include "driver/blocks/spatial_denoise_table.inc"
};
constexpr tuning::Entry kTemporalDenoise[] = {
#include "driver/blocks/temporal_denoise_table.inc"
};

const Block kBlocks[] = {
    {4, kDefectPixels}, {5, kRawDenoise},      {kBypassDemosaic, kDemosaic}, {14, kSharpen},
    {15, kLumaDenoise}, {17, kSpatialDenoise}, {kAlwaysOn, kTemporalDenoise}};

void lint_entry(const tuning::Bank& bank, const tuning::Entry& entry, Parameter parameter,
                Findings& findings) {
  if (entry.combine != Combine::kSet || entry.width >= 32) return;
  const bool list = entry.follows != Follows::kFixed;
  const std::uint32_t first = list ? 0 : entry.element;
  const std::uint32_t last = list ? tuning::parameter_info(parameter).count : first + 1;
  for (std::uint32_t i = first; i < last; ++i) {
    if (check_width(bank, parameter, i, entry.width, findings)) return;
  }
}

}  // namespace

void lint_fields(const tuning::Bank& bank, Findings& findings) {
  for (const Block& block : kBlocks) {
    if (block.bypass != kAlwaysOn && bypassed(bank, block.bypass)) continue;
    Parameter last = Parameter::kTopBypass;
    for (const tuning::Entry& entry : block.entries) {
      // A parameter that goes to several fields of one width is named once.
      if (entry.parameter == last && entry.follows != Follows::kFixed) continue;
      lint_entry(bank, entry, entry.parameter, findings);
      if (entry.wdr_parameter != entry.parameter) {
        lint_entry(bank, entry, entry.wdr_parameter, findings);
      }
      last = entry.parameter;
    }
  }
}

}  // namespace t31::tune

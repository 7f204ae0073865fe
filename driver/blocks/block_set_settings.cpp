// SPDX-License-Identifier: GPL-2.0-or-later
// block_set_settings.cpp - what the user asks of the image blocks.
#include "driver/blocks/block_set.hpp"
#include "driver/blocks/bypass.hpp"
#include "driver/tuning/strength.hpp"

namespace t31::blocks {

using tuning::Parameter;

void BlockSet::set_level(Level level, u8 value) {
  if (levels_.get(level) == value) return;
  levels_.set(level, value);
  level_changed(level);
}

void BlockSet::level_changed(Level level) {
  apply_strength(level);
  switch (level) {
    case Level::kSharpness:
      demosaic_.parameters_changed();
      break;
    case Level::kSinter:
      spatial_denoise_.parameters_changed();
      break;
    case Level::kTemper:
      temporal_denoise_.parameters_changed();
      break;
    case Level::kDpc:
      defect_pixels_.parameters_changed();
      break;
    case Level::kDrc:
      adr_.strength_changed();
      break;
    case Level::kDefog:  // read with the next statistics
    case Level::kCount:
      break;
    default:
      bcsh_.levels_changed();
      break;
  }
}

void BlockSet::apply_strength(Level level) {
  if (!bank().present()) return;
  const tuning::StoredBank stored = store_->stored();
  const tuning::LiveBank live = store_->live();
  const u8 strength = levels_.get(level);
  switch (level) {
    case Level::kSharpness:
      return tuning::apply_sharpness(stored, live, strength);
    case Level::kSinter:
      return tuning::apply_sinter(stored, live, strength);
    case Level::kTemper:
      return tuning::apply_temper(stored, live, strength);
    case Level::kDpc:
      return tuning::apply_defect_strength(stored, live, strength);
    case Level::kDrc:
      return tuning::apply_local_tone(stored, live, strength);
    case Level::kDefog:
      return tuning::apply_defog(stored, live, strength);
    default:
      return;
  }
}

void BlockSet::apply_strengths() {
  for (u32 i = 0; i < static_cast<u32>(Level::kCount); ++i) {
    const Level level = static_cast<Level>(i);
    if (levels_.get(level) != kNeutralLevel) apply_strength(level);
  }
  apply_temporal_bypass();
}

// Ids are in the order of the bank's blocks. A strength in force is applied anew to what it scales.
void BlockSet::parameter_changed(Parameter parameter) {
  const auto below = [parameter](Parameter end) { return parameter < end; };
  if (below(Parameter::kAeParameter)) return;
  if (below(Parameter::kGammaRgbLutSaddr)) {
    statistics_dirty_ = true;
  } else if (below(Parameter::kGibConfigLine)) {
    gamma_.parameters_changed();
  } else if (below(Parameter::kLscLutNum)) {
    black_level_.parameters_changed();
    infrared_.parameters_changed();
  } else if (below(Parameter::kDmscUuNpArray)) {
    lens_shading_.reload();
  } else if (below(Parameter::kCcmDpCfg)) {
    level_changed(Level::kSharpness);
  } else if (below(Parameter::kYSpOutOptArray)) {
    colour_matrix_.parameters_changed();
  } else if (below(Parameter::kCtrMdNpArray)) {
    sharpen_.parameters_changed();
  } else if (below(Parameter::kSdnsAaMvDetOpt)) {
    level_changed(Level::kDpc);
  } else if (below(Parameter::kMdnsYFilterEnArray)) {
    level_changed(Level::kSinter);
  } else if (below(Parameter::kClmHLut)) {
    level_changed(Level::kTemper);
  } else if (below(Parameter::kDefogWeightlut20)) {
    colour_map_.parameters_changed();
  } else {
    late_parameter_changed(parameter);
  }
}

void BlockSet::late_parameter_changed(Parameter parameter) {
  const auto below = [parameter](Parameter end) { return parameter < end; };
  if (below(Parameter::kAdrParaArray)) {
    defog_.parameters_changed();
    if (levels_.get(Level::kDefog) != kNeutralLevel) apply_strength(Level::kDefog);
  } else if (below(Parameter::kHldcConParArray)) {
    adr_.parameters_changed();
    if (levels_.get(Level::kDrc) != kNeutralLevel) apply_strength(Level::kDrc);
  } else if (below(Parameter::kAfZone)) {
    lens_distortion_.parameters_changed();
  } else if (below(Parameter::kBcshCcmmatrixD)) {
    focus_dirty_ = true;
  } else if (below(Parameter::kYdnsEdgeOutArray)) {
    bcsh_.parameters_changed();
  } else if (below(Parameter::kGbDgainShift)) {
    luma_denoise_.parameters_changed();
  } else if (below(Parameter::kWdrParaArray)) {
    exposure_black_level_.parameters_changed();
  } else if (!below(Parameter::kRdnsOutOptArray)) {
    raw_denoise_.parameters_changed();
  } else if (mode_.wdr && bank().present()) {
    wdr_.reload(inputs());
  }
}

Status BlockSet::set_csc(const t31_csc& attributes) {
  return csc_.set(attributes);
}

Status BlockSet::set_colour_matrix(const t31_colour_matrix& attributes) {
  constexpr u32 kTinyNegative = 0x2000;
  matrix_.manual = attributes.manual == 1;
  matrix_.saturation = attributes.saturation != 0;
  for (u32 i = 0; i < 9; ++i) {
    const u32 code = attributes.matrix[i] & 0x3fff;
    matrix_.matrix.at[i] = code == kTinyNegative ? 0 : decode14(code);
  }
  route_colour_matrix();
  return kOk;
}

void BlockSet::route_colour_matrix() {
  const ColourOverride none;
  if (bypassed(kBcshBit)) {
    colour_matrix_.set_override(matrix_);
    bcsh_.set_override(none);
    return;
  }
  if (bypassed(kColourMatrixBit)) {
    colour_matrix_.set_override(none);
    bcsh_.set_override(matrix_);
    return;
  }
  // Both in use: the colour matrix works in linear light, BCSH keeps saturation.
  ColourOverride linear = matrix_;
  ColourOverride saturation = matrix_;
  linear.saturation = false;
  saturation.matrix = kIdentityMatrix;
  colour_matrix_.set_override(linear);
  bcsh_.set_override(saturation);
}

void BlockSet::colour_matrix(t31_colour_matrix& attributes) const {
  attributes = {};
  attributes.manual = matrix_.manual ? 1 : 0;
  attributes.saturation = matrix_.saturation ? 1 : 0;
  const bool in_bcsh = !bypassed(kBcshBit) && bypassed(kColourMatrixBit);
  const Matrix& followed = in_bcsh ? bcsh_.current() : colour_matrix_.current();
  // The user's is in force with the next commit.
  const Matrix& current = matrix_.manual ? matrix_.matrix : followed;
  for (u32 i = 0; i < 9; ++i) attributes.matrix[i] = static_cast<u32>(current.at[i]);
}

// As the vendor's driver: the long exposure's where there are two.
void BlockSet::black_level(u32 out[5]) const {
  const bool common = bypassed(kExposureBlackLevelBit) && bypassed(kWdrBit);
  return common ? black_level_.levels(out) : exposure_black_level_.levels(out);
}

void BlockSet::set_modules(u32 word) {
  bypass_request_.chosen = kModuleMask;
  bypass_request_.modules = word;
  bypass_request_.temporal_chosen = true;
  bypass_dirty_ = true;
  apply_temporal_bypass();
  temporal_denoise_.parameters_changed();
}

// Temporal denoise has no bypass bit: its luma filter is switched off.
void BlockSet::apply_temporal_bypass() {
  if (!bypass_request_.temporal_chosen || !bank().present()) return;
  const bool off = (bypass_request_.modules & kTemporalDenoiseModule) != 0;
  store_->live().words(Parameter::kMdnsYFilterEnArray)[0] = off ? 0 : 1;
}

void BlockSet::set_module(u32 bit, bool bypassed) {
  const u32 mask = 1u << bit;
  bypass_request_.chosen |= mask;
  bypass_request_.modules = (bypass_request_.modules & ~mask) | (bypassed ? mask : 0);
  bypass_dirty_ = true;
}

u32 BlockSet::modules() const {
  const u32 word = bypass_dirty_ ? compose_bypass(bank(), mode_.wdr, bypass_request_) : bypass_;
  const bool temporal = bank().present() ? bank().get(Parameter::kMdnsYFilterEnArray) != 0
                                         : (bypass_request_.modules & kTemporalDenoiseModule) == 0;
  return (word & kModuleMask) | (temporal ? 0 : kTemporalDenoiseModule);
}

}  // namespace t31::blocks

// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/block_set.hpp"

#include "driver/blocks/bypass.hpp"
#include "driver/regs/isp_top.hpp"
#include "driver/tuning/strength.hpp"

namespace t31::blocks {

using tuning::Parameter;

BlockInputs BlockSet::inputs() const {
  return {bank(), mode_, levels_, night_};
}

void BlockSet::forget() {
  registers_.forget();
  gamma_.forget();
  lens_shading_.forget();
}

void BlockSet::write_csc() {
  csc_.commit(registers_);
}

void BlockSet::write_bypass(const SensorMode& mode, tuning::TuningStore& store) {
  mode_ = mode;
  store_ = &store;
  bypass_request_.output_released = false;
  bypass_ = compose_bypass(bank(), mode_.wdr, bypass_request_);
  registers_.put(reg::isp::kBypass.offset, bypass_);
  bypass_dirty_ = false;
}

void BlockSet::init(const SensorMode& mode, tuning::TuningStore& store) {
  mode_ = mode;
  store_ = &store;
  apply_strengths();
  statistics_dirty_ = false;
  night_ = store.night();
  kelvin_ = 0;
  bypass_ = compose_bypass(bank(), mode_.wdr, bypass_request_);
  route_colour_matrix();
  const BlockInputs in = inputs();
  statistics_.init(registers_, in);
  white_balance_.init(registers_, in);
  gamma_.load(registers_, in);
  black_level_.init(registers_, in);
  lens_shading_.init(registers_, in);
  colour_matrix_.init(registers_, in);
  demosaic_.init(registers_, in);
  bcsh_.init(registers_, in);
  if (mode_.wdr) init_wdr(in);
}

void BlockSet::init_wdr(const BlockInputs& in) {
  wdr_.init(registers_, in);
  statistics_.restate(registers_, in);
}

void BlockSet::set_wdr(bool on) {
  mode_.wdr = on;
  if (store_ == nullptr) return;
  reload(*store_);
  if (on) init_wdr(inputs());
}

void BlockSet::step_wdr(std::span<const u32, kWdrBlockMeans> short_block_means,
                        const WdrExposures& exposures) {
  if (mode_.wdr && !bypassed(kWdrBit)) wdr_.step(short_block_means, exposures);
}

void BlockSet::reload(tuning::TuningStore& store) {
  store_ = &store;
  apply_strengths();
  statistics_dirty_ = false;
  night_ = store.night();
  bypass_ = compose_bypass(bank(), mode_.wdr, bypass_request_);
  route_colour_temperature();
  route_colour_matrix();
  registers_.put(reg::isp::kBypass.offset, bypass_);
  bypass_dirty_ = false;
  const BlockInputs in = inputs();
  statistics_.reload(registers_, in);
  demosaic_.reload(registers_, in);
  black_level_.reload(registers_, in);
  lens_shading_.reload();
  colour_matrix_.reload(registers_, in);
  gamma_.load(registers_, in);
  bcsh_.reload(registers_, in);
  if (mode_.wdr) wdr_.reload(in);
}

void BlockSet::release_output() {
  bypass_request_.output_released = true;
  bypass_dirty_ = true;
}

void BlockSet::set_total_gain(u32 log2_q16) {
  black_level_.set_gain(log2_q16);
  demosaic_.set_gain(log2_q16);
  lens_shading_.set_gain(log2_q16);
}

void BlockSet::set_exposure_value(u64 ev_q10) {
  const u64 ev = ev_q10 >> 10;
  const u32 bounded = ev > 0xffffffffu ? 0xffffffffu : static_cast<u32>(ev);
  colour_matrix_.set_exposure(bounded);
  bcsh_.set_exposure(bounded);
  if (!bypassed(kWdrBit)) wdr_.set_exposure(bounded);
}

void BlockSet::set_colour_temperature(u32 kelvin) {
  kelvin_ = kelvin;
  route_colour_temperature();
}

void BlockSet::route_colour_temperature() {
  if (kelvin_ == 0) return;
  if (!bypassed(kColourMatrixBit)) colour_matrix_.set_kelvin(kelvin_);
  if (bank().present() && !bypassed(kLensShadingBit)) lens_shading_.set_kelvin(kelvin_);
  if (!bypassed(kBcshBit)) bcsh_.set_kelvin(kelvin_);
}

void BlockSet::set_digital_gain(u32 q10) {
  black_level_.set_digital_gain(q10);
}

void BlockSet::set_white_balance(u32 red_q10, u32 blue_q10) {
  white_balance_.set(red_q10, blue_q10);
}

void BlockSet::set_level(Level level, u8 value) {
  levels_.set(level, value);
  apply_strength(level);
  switch (level) {
    case Level::kSharpness:
      demosaic_.parameters_changed();
      break;
    case Level::kSinter:
    case Level::kTemper:
    case Level::kDpc:
    case Level::kDrc:
    case Level::kDefog:
    case Level::kCount:
      break;
    default:
      bcsh_.levels_changed();
      break;
  }
}

void BlockSet::apply_strength(Level level) {
  if (!bank().present()) return;
  const tuning::Bank stored = store_->stored_in_force();
  const tuning::BankWriter live = store_->live();
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
    default:
      return;
  }
}

void BlockSet::apply_strengths() {
  for (u32 i = 0; i < static_cast<u32>(Level::kCount); ++i) {
    const Level level = static_cast<Level>(i);
    if (levels_.get(level) != kNeutralLevel) apply_strength(level);
  }
}

void BlockSet::parameter_changed(Parameter parameter) {
  // Ids are in the order of the bank's blocks.
  if (parameter < Parameter::kAeParameter) return;
  if (parameter < Parameter::kGammaRgbLutSaddr) {
    statistics_dirty_ = true;
  } else if (parameter < Parameter::kGibConfigLine) {
    gamma_.parameters_changed();
  } else if (parameter < Parameter::kLscLutNum) {
    black_level_.parameters_changed();
  } else if (parameter < Parameter::kDmscUuNpArray) {
    lens_shading_.reload();
  } else if (parameter < Parameter::kCcmDpCfg) {
    set_level(Level::kSharpness, levels_.get(Level::kSharpness));
  } else if (parameter < Parameter::kYSpOutOptArray) {
    colour_matrix_.parameters_changed();
  } else if (parameter >= Parameter::kBcshCcmmatrixD && parameter < Parameter::kYdnsEdgeOutArray) {
    bcsh_.parameters_changed();
  }
}

Status BlockSet::set_gamma(std::span<const u16, 129> nodes) {
  return gamma_.set(nodes);
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
  const Matrix& current = in_bcsh ? bcsh_.current() : colour_matrix_.current();
  for (u32 i = 0; i < 9; ++i) attributes.matrix[i] = static_cast<u32>(current.at[i]);
}

void BlockSet::set_modules(u32 word) {
  bypass_request_.chosen = kModuleMask;
  bypass_request_.modules = word;
  bypass_dirty_ = true;
}

void BlockSet::set_module(u32 bit, bool bypassed) {
  const u32 mask = 1u << bit;
  bypass_request_.chosen |= mask;
  bypass_request_.modules = (bypass_request_.modules & ~mask) | (bypassed ? mask : 0);
  bypass_dirty_ = true;
}

u32 BlockSet::modules() const {
  const u32 word = bypass_dirty_ ? compose_bypass(bank(), mode_.wdr, bypass_request_) : bypass_;
  return (word & kModuleMask) | kTemporalDenoiseModule;
}

void BlockSet::commit() {
  if (!bank().present()) return;
  if (bypass_dirty_) {
    bypass_ = compose_bypass(bank(), mode_.wdr, bypass_request_);
    route_colour_temperature();
    if (matrix_.manual) route_colour_matrix();
  }
  const BlockInputs in = inputs();
  if (statistics_dirty_) statistics_.reload(registers_, in);
  statistics_dirty_ = false;
  if (white_balance_.dirty()) white_balance_.commit(registers_);
  if (black_level_.dirty()) black_level_.commit(registers_, in);
  if (demosaic_.dirty()) demosaic_.commit(registers_, in);
  if (colour_matrix_.dirty()) colour_matrix_.commit(registers_, in);
  if (bcsh_.dirty()) bcsh_.commit(registers_, in);
  if (gamma_.dirty()) gamma_.commit(registers_, in);
  if (csc_.dirty()) csc_.commit(registers_);
  if (mode_.wdr && wdr_.dirty()) wdr_.commit(registers_, in);
  // Last, so that a block comes into use with its registers right.
  if (bypass_dirty_) registers_.put(reg::isp::kBypass.offset, bypass_);
  bypass_dirty_ = false;
}

bool BlockSet::dirty() const {
  return bypass_dirty_ || statistics_dirty_ || white_balance_.dirty() || black_level_.dirty() ||
         demosaic_.dirty() || colour_matrix_.dirty() || bcsh_.dirty() || gamma_.dirty() ||
         csc_.dirty() || (mode_.wdr && wdr_.dirty());
}

void BlockSet::lens_shading_done() {
  if (bank().present() && !bypassed(kLensShadingBit)) lens_shading_.done(registers_, inputs());
}

}  // namespace t31::blocks

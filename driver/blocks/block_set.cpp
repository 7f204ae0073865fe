// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/block_set.hpp"

#include "driver/blocks/bypass.hpp"
#include "driver/regs/isp_top.hpp"
#include "driver/regs/raw_denoise.hpp"

namespace t31::blocks {

BlockInputs BlockSet::inputs() const {
  return {bank(), mode_, levels_, night_};
}

void BlockSet::forget() {
  registers_.forget();
  gamma_.forget();
  lens_shading_.forget();
  colour_map_.forget();
  infrared_.forget();
  defog_.forget();
}

void BlockSet::write_csc() {
  csc_.commit(registers_);
}

void BlockSet::write_bypass(const SensorMode& mode, tuning::TuningStore& store) {
  mode_ = mode;
  store_ = &store;
  bypass_request_.output_released = false;
  bypass_request_.switched = false;
  bypass_ = compose_bypass(bank(), mode_.wdr, bypass_request_);
  registers_.put(reg::isp::kBypass.offset, bypass_);
  bypass_dirty_ = false;
}

void BlockSet::init(const SensorMode& mode, tuning::TuningStore& store) {
  mode_ = mode;
  store_ = &store;
  apply_strengths();
  statistics_dirty_ = focus_dirty_ = noise_balance_lost_ = noise_balance_due_ = false;
  night_ = store.night();
  kelvin_ = 0;
  bypass_ = compose_bypass(bank(), mode_.wdr, bypass_request_);
  route_colour_matrix();
  const BlockInputs in = inputs();
  // Two exposures come at the end: these begin as for one, and those of them that init_wdr()
  // doesn't write again wait for the next change of gain or light. Tuning files were made with
  // that.
  SensorMode one_exposure = mode_;
  one_exposure.wdr = false;
  const BlockInputs linear{in.bank, one_exposure, in.levels, in.night};
  // As the vendor's driver: what several steps write is written several times.
  registers_.set_repeat(true);
  statistics_.init(registers_, in);
  white_balance_.init(registers_, in);
  write_noise_balance();
  gamma_.load(registers_, linear);
  black_level_.init(registers_, in);
  infrared_.init(registers_, in);
  lens_shading_.init(registers_, linear);
  colour_matrix_.init(registers_, linear);
  demosaic_.init(registers_, linear);
  sharpen_.init(registers_, linear);
  spatial_denoise_.init(registers_, linear);
  temporal_denoise_.init(registers_, linear);
  colour_map_.init(registers_, in);
  defect_pixels_.init(registers_, linear);
  lens_distortion_.init(registers_, in);
  defog_.init(registers_, linear, store.live());
  adr_.init(registers_, linear, store.live(), gamma_.nodes());
  focus_.write(registers_, in);
  bcsh_.init(registers_, linear);
  luma_denoise_.init(registers_, linear);
  raw_denoise_.init(registers_, linear);
  exposure_black_level_.start_idle();
  if (mode_.wdr) init_wdr(in);
  registers_.set_repeat(false);
}

void BlockSet::init_wdr(const BlockInputs& in) {
  wdr_.init(registers_, in);
  exposure_black_level_.init(registers_, in);
  lens_shading_.reload();
  bcsh_.reload(registers_, in);
  adr_.reload(registers_, in, store_->live(), gamma_.nodes());
  defog_.reload(registers_, in, store_->live());
  temporal_denoise_.repeat(registers_, in);
  statistics_.restate(registers_, in);
  spatial_denoise_.repeat(registers_, in);
}

// White balance tells raw denoise its gains. The vendor's driver passes green's 1.0 for all and
// divides 1 by it, whatever the balance is: tuning files were made with that
// (hw-blocks-raw-color 6.2).
void BlockSet::write_noise_balance() {
  constexpr u32 kGains = 0x00400040;
  constexpr u32 kReciprocals = 0x00010001;
  namespace reg = t31::reg::raw_denoise;
  const bool gains = registers_.put(reg::kGains, kGains);
  const bool reciprocals = registers_.put(reg::kReciprocals, kReciprocals);
  if (gains || reciprocals) registers_.strobe(reg::kLatch.offset);
}

void BlockSet::set_wdr(bool on) {
  mode_.wdr = on;
  if (store_ == nullptr) return;
  load_bank(false);
  if (on) init_wdr(inputs());
}

void BlockSet::step_wdr(std::span<const u32, kWdrBlockMeans> short_block_means,
                        const WdrExposures& exposures) {
  if (mode_.wdr && !bypassed(kWdrBit)) wdr_.step(short_block_means, exposures);
}

void BlockSet::reload(tuning::TuningStore& store) {
  store_ = &store;
  load_bank(true);
}

void BlockSet::load_bank(bool switched) {
  apply_strengths();
  statistics_dirty_ = focus_dirty_ = false;
  night_ = store_->night();
  bypass_request_.switched = switched;
  bypass_ = compose_bypass(bank(), mode_.wdr, bypass_request_);
  route_colour_temperature();
  route_colour_matrix();
  registers_.put(reg::isp::kBypass.offset, bypass_);
  bypass_dirty_ = false;
  const BlockInputs in = inputs();
  defog_.reload(registers_, in, store_->live());
  statistics_.reload(registers_, in);
  demosaic_.reload(registers_, in);
  sharpen_.reload(registers_, in);
  temporal_denoise_.reload(registers_, in);
  spatial_denoise_.reload(registers_, in);
  black_level_.reload(registers_, in);
  infrared_.parameters_changed();
  lens_shading_.reload();
  colour_matrix_.reload(registers_, in);
  colour_map_.reload(registers_, in);
  gamma_.load(registers_, in);
  adr_.reload(registers_, in, store_->live(), gamma_.nodes());
  defect_pixels_.reload(registers_, in);
  focus_.write(registers_, in);
  bcsh_.reload(registers_, in);
  raw_denoise_.reload(registers_, in);
  noise_balance_lost_ = true;
  luma_denoise_.reload(registers_, in);
  if (mode_.wdr) wdr_.reload(in);
}

void BlockSet::release_output() {
  bypass_request_.output_released = true;
  bypass_dirty_ = true;
}

void BlockSet::set_total_gain(u32 log2_q16) {
  black_level_.set_gain(log2_q16);
  exposure_black_level_.set_gain(log2_q16);
  demosaic_.set_gain(log2_q16);
  sharpen_.set_gain(log2_q16);
  spatial_denoise_.set_gain(log2_q16);
  defect_pixels_.set_gain(log2_q16);
  lens_shading_.set_gain(log2_q16);
  luma_denoise_.set_gain(log2_q16);
  raw_denoise_.set_gain(log2_q16);
  temporal_denoise_.set_gain(log2_q16);
}

void BlockSet::set_exposure_value(u64 ev_q10) {
  const u64 ev = ev_q10 >> 10;
  const u32 bounded = ev > 0xffffffffu ? 0xffffffffu : static_cast<u32>(ev);
  colour_matrix_.set_exposure(bounded);
  bcsh_.set_exposure(bounded);
  adr_.set_exposure(bounded);
  defog_.set_exposure(bounded);
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
  exposure_black_level_.set_digital_gain(q10);
}

void BlockSet::set_white_balance(u32 red_q10, u32 blue_q10) {
  white_balance_.set(red_q10, blue_q10);
  noise_balance_due_ |= noise_balance_lost_;
  noise_balance_lost_ = false;
}

void BlockSet::commit() {
  if (!bank().present()) return;
  if (bypass_dirty_) {
    const u32 before = bypass_;
    bypass_ = compose_bypass(bank(), mode_.wdr, bypass_request_);
    const u32 opened = before & ~bypass_;
    if ((opened & 1u << kLocalToneBit) != 0) adr_.restart();
    if ((opened & 1u << kDefogBit) != 0) defog_.restart();
    route_colour_temperature();
    if (matrix_.manual) route_colour_matrix();
  }
  const BlockInputs in = inputs();
  if (statistics_dirty_) statistics_.reload(registers_, in);
  statistics_dirty_ = false;
  if (statistics_.dirty()) statistics_.commit(registers_);
  if (focus_dirty_) focus_.write(registers_, in);
  focus_dirty_ = false;
  // In the order of the vendor's gain event, then of its exposure event.
  if (black_level_.dirty()) black_level_.commit(registers_, in);
  if (infrared_.dirty()) infrared_.commit(registers_, in);
  if (exposure_black_level_.dirty()) exposure_black_level_.commit(registers_, in);
  if (demosaic_.dirty()) demosaic_.commit(registers_, in);
  if (sharpen_.dirty()) sharpen_.commit(registers_, in);
  if (spatial_denoise_.dirty()) spatial_denoise_.commit(registers_, in);
  if (defect_pixels_.dirty()) defect_pixels_.commit(registers_, in);
  if (luma_denoise_.dirty()) luma_denoise_.commit(registers_, in);
  if (raw_denoise_.dirty()) raw_denoise_.commit(registers_, in);
  if (temporal_denoise_.dirty()) temporal_denoise_.commit(registers_, in);
  if (lens_distortion_.dirty()) lens_distortion_.commit(registers_, in);
  if (colour_map_.dirty()) colour_map_.commit(registers_, in);
  if (white_balance_.dirty()) {
    white_balance_.commit(registers_);
    noise_balance_due_ = true;
  }
  if (noise_balance_due_) write_noise_balance();
  noise_balance_due_ = false;
  if (colour_matrix_.dirty()) colour_matrix_.commit(registers_, in);
  if (bcsh_.dirty()) bcsh_.commit(registers_, in);
  commit_tone(in);
  if (csc_.dirty()) csc_.commit(registers_);
  if (mode_.wdr && wdr_.dirty()) wdr_.commit(registers_, in);
  // Last, so that a block comes into use with its registers right.
  if (bypass_dirty_) registers_.put(reg::isp::kBypass.offset, bypass_);
  bypass_dirty_ = false;
}

// Local tone mapping works on the gamma curve in force.
void BlockSet::commit_tone(const BlockInputs& in) {
  if (gamma_.dirty()) {
    gamma_.load(registers_, in);
    adr_.parameters_changed();
  }
  if (adr_.dirty()) adr_.commit(registers_, in, store_->live(), gamma_.nodes());
  if (defog_.dirty()) defog_.commit(registers_, in, store_->live());
}

void BlockSet::take_tone_statistics(const u32* dma) {
  if (!bank().present() || bypassed(kLocalToneBit)) return;
  adr_.take_statistics(dma, inputs(), store_->live());
}

void BlockSet::take_defog_statistics(const u32* dma) {
  if (!bank().present() || bypassed(kDefogBit)) return;
  defog_.take_statistics(dma, inputs(), store_->live());
}

bool BlockSet::dirty() const {
  const bool raw = black_level_.dirty() || infrared_.dirty() || exposure_black_level_.dirty() ||
                   white_balance_.dirty() || defect_pixels_.dirty() || raw_denoise_.dirty() ||
                   (mode_.wdr && wdr_.dirty());
  const bool colour = demosaic_.dirty() || colour_matrix_.dirty() || gamma_.dirty() ||
                      csc_.dirty() || colour_map_.dirty() || bcsh_.dirty() || adr_.dirty() ||
                      defog_.dirty();
  const bool detail = sharpen_.dirty() || spatial_denoise_.dirty() || temporal_denoise_.dirty() ||
                      luma_denoise_.dirty() || lens_distortion_.dirty();
  return bypass_dirty_ || statistics_dirty_ || statistics_.dirty() || focus_dirty_ ||
         noise_balance_due_ || raw || colour || detail;
}

void BlockSet::lens_shading_done() {
  if (bank().present() && !bypassed(kLensShadingBit)) lens_shading_.done(registers_, inputs());
}

}  // namespace t31::blocks

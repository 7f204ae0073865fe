// SPDX-License-Identifier: GPL-2.0-or-later
// block_set.hpp - all image blocks of one ISP: what they follow, what the user asked for, what is
// written.
//
// Not locked: the caller's lock guards it; process context. Only init, reload, commit and the
// functions named write_* and lens_shading_done touch registers.
#pragma once

#include <span>

#include "driver/base/result.hpp"
#include "driver/blocks/adr.hpp"
#include "driver/blocks/bcsh.hpp"
#include "driver/blocks/black_level.hpp"
#include "driver/blocks/bypass.hpp"
#include "driver/blocks/colour_map.hpp"
#include "driver/blocks/colour_matrix.hpp"
#include "driver/blocks/csc.hpp"
#include "driver/blocks/defog.hpp"
#include "driver/blocks/exposure_black_level.hpp"
#include "driver/blocks/focus_setup.hpp"
#include "driver/blocks/gamma.hpp"
#include "driver/blocks/infrared.hpp"
#include "driver/blocks/lens_shading.hpp"
#include "driver/blocks/levels.hpp"
#include "driver/blocks/register_cache.hpp"
#include "driver/blocks/sensor_mode.hpp"
#include "driver/blocks/statistics_setup.hpp"
#include "driver/blocks/table_block.hpp"
#include "driver/blocks/temporal_denoise.hpp"
#include "driver/blocks/wdr.hpp"
#include "driver/blocks/white_balance_gain.hpp"
#include "driver/tuning/tuning_store.hpp"
#include "uapi/t31/isp_tuning.h"

namespace t31::blocks {

class BlockSet {
 public:
  explicit BlockSet(Window isp) : registers_(isp) {}

  // After a reset of the chip: every shadow is unknown.
  void forget();

  // The parts of the ISP's initialisation that belong to the blocks, in hw-pipeline 4.2's order.
  void write_csc();  // step 2
  // Step 3: the bypass word of the active bank, the user's module control above it.
  void write_bypass(const SensorMode& mode, tuning::TuningStore& store);
  // Step 12: all init registers of the blocks. What is followed starts anew: gain 1, the blocks'
  // own start values of exposure and colour temperature, digital gain 1, the bank's white balance.
  void init(const SensorMode& mode, tuning::TuningStore& store);

  // The active bank has changed: everything is read and written again (tuning-blob 5's order). Only
  // the lens-shading table waits for lens_shading_done().
  void reload(tuning::TuningStore& store);
  // This array has been written, in the stored bank in force too where it is to last: the block
  // that reads it is computed anew by the next commit, with the user's strengths on the stored
  // values.
  void parameter_changed(tuning::Parameter parameter);

  // One or two exposures, while frames may be stopped only for a moment: everything is computed
  // anew in the other mode, the fusion block initialised (hw-blocks-detail-tone 8.13).
  void set_wdr(bool on);
  // Statistics of a frame, as their DMA engines wrote them: the curves and the map that follow are
  // written by the next commit. Nothing happens while the block is bypassed.
  void take_tone_statistics(const u32* dma);
  void take_defog_statistics(const u32* dma);

  // Two exposures: statistics of a frame are unpacked to wdr_histograms(), then computed.
  WdrHistograms& wdr_histograms() { return wdr_.histograms(); }
  void step_wdr(std::span<const u32, kWdrBlockMeans> short_block_means,
                const WdrExposures& exposures);
  void set_wdr_output(WdrOutput output) { wdr_.set_output(output); }
  WdrOutput wdr_output() const { return wdr_.output(); }

  // The bypass word as last composed.
  u32 bypass() const { return bypass_; }
  // After the first picture of channel 0: opens the output (bit 31). Written by the next commit.
  void release_output();

  // Followed values; they only mark what depends on them.
  void set_total_gain(u32 log2_q16);
  void set_exposure_value(u64 ev_q10);
  void set_colour_temperature(u32 kelvin);
  void set_digital_gain(u32 q10);
  // Of the short exposure of two.
  void set_short_digital_gain(u32 q10) { exposure_black_level_.set_short_digital_gain(q10); }
  void set_white_balance(u32 red_q10, u32 blue_q10);
  // Until a commit after this one's finds the bank or an array of the statistics changed: then it
  // is the bank's again.
  void set_balance_window(const BalanceWindow& window) { statistics_.set_window(window); }
  u32 red_gain() const { return white_balance_.red(); }
  u32 blue_gain() const { return white_balance_.blue(); }
  u32 digital_gain() const { return black_level_.digital_gain(); }

  // User controls. They survive init and reload, and only mark what depends on them.
  void set_level(Level level, u8 value);
  u8 level(Level level) const { return levels_.get(level); }
  // -EINVAL: unknown mode, or a user value that doesn't fit its register field.
  Status set_csc(const t31_csc& attributes);
  void csc(t31_csc& attributes) const { csc_.get(attributes); }
  // Goes to BCSH, to the colour-matrix block or to both, by what is bypassed (hw-blocks-raw-color
  // 10).
  Status set_colour_matrix(const t31_colour_matrix& attributes);
  void colour_matrix(t31_colour_matrix& attributes) const;
  // Module control: bits 0..18 as in the bypass word, bit 31 temporal denoise.
  void set_modules(u32 word);
  u32 modules() const;
  // One of them; the others stay as they are.
  void set_module(u32 bit, bool bypassed);
  // Contrast between two levels of luma instead of the bank's curve.
  void set_fixed_contrast(const t31_fixed_contrast& contrast) {
    bcsh_.set_fixed_contrast(contrast);
  }
  void fixed_contrast(t31_fixed_contrast& contrast) const { contrast = bcsh_.fixed_contrast(); }
  // Night: chroma is clipped to its centre.
  void set_monochrome(bool monochrome) { csc_.set_monochrome(monochrome); }

  // Black level in force, 12 bit: red, green of red lines, green of blue lines, blue, infrared.
  void black_level(u32 out[5]) const;
  // Mean level of the infrared pixels, 0..255, by day; of sensors that have them.
  void set_infrared(u32 level) { infrared_.set_level(level); }
  bool sees_infrared() const { return mode_.infrared && !mode_.wdr && !night_; }

  // Recomputes what is marked and writes what changed. Nothing, and all stays marked, while no
  // tuning is loaded.
  void commit();
  bool dirty() const;
  // At each "IP done" interrupt's thread: writes the lens-shading table when it has to change.
  void lens_shading_done();

 private:
  // Reads as zeros once the store is unloaded.
  tuning::Bank bank() const { return store_ == nullptr ? tuning::Bank() : store_->active(); }
  BlockInputs inputs() const;
  void init_wdr(const BlockInputs& in);
  // Everything from the active bank; `switched`: to another bank, not to another mode.
  void load_bank(bool switched);
  void write_noise_balance();
  void commit_tone(const BlockInputs& in);
  bool bypassed(u32 bit) const { return ((bypass_ >> bit) & 1) != 0; }
  // Blocks learn the colour temperature only while they are in use.
  void route_colour_temperature();
  void route_colour_matrix();
  void level_changed(Level level);
  // Scales what a strength acts on in the active bank, from what is stored.
  void apply_strength(Level level);
  void apply_strengths();
  void apply_temporal_bypass();
  void late_parameter_changed(tuning::Parameter parameter);

  RegisterCache registers_;
  SensorMode mode_{};
  tuning::TuningStore* store_ = nullptr;
  bool night_ = false;
  Levels levels_{};
  u32 bypass_ = 0;
  BypassRequest bypass_request_{};
  bool bypass_dirty_ = false;
  bool statistics_dirty_ = false;
  bool focus_dirty_ = false;
  // Raw denoise has the bank's gains again: the next report of white balance brings its own.
  bool noise_balance_lost_ = false;
  bool noise_balance_due_ = false;
  u32 kelvin_ = 0;  // 0: none reported
  ColourOverride matrix_{};

  StatisticsSetup statistics_;
  FocusSetup focus_;
  ExposureBlackLevel exposure_black_level_;
  BlackLevel black_level_;
  Infrared infrared_;
  WhiteBalanceGain white_balance_;
  TableBlock defect_pixels_{kDefectPixels};
  TableBlock raw_denoise_{kRawDenoise};
  LensShading lens_shading_;
  TableBlock demosaic_{kDemosaic};
  ColourMatrix colour_matrix_;
  Gamma gamma_;
  Adr adr_;
  Defog defog_;
  Csc csc_;
  ColourMap colour_map_;
  TableBlock sharpen_{kSharpen};
  TemporalDenoise temporal_denoise_;
  TableBlock luma_denoise_{kLumaDenoise};
  Bcsh bcsh_;
  TableBlock spatial_denoise_{kSpatialDenoise};
  TableBlock lens_distortion_{kLensDistortion};
  Wdr wdr_;
};

}  // namespace t31::blocks

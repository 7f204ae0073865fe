// SPDX-License-Identifier: GPL-2.0-or-later
// wdr_fusion.hpp - what two-exposure fusion computes for each frame: exposure ratio, ghost
// suppression, detail weights, fusion curve. Source: hw-blocks-detail-tone 7.4, 7.6.
#pragma once

#include "driver/blocks/wdr_matching.hpp"

namespace t31::blocks {

inline constexpr u32 kWdrGammaNodes = 33;
inline constexpr u32 kWdrBlockMeans = 225;

// Exposures of the frame that the statistics belong to; gains are Q10.
struct WdrExposures {
  u32 long_lines = 1, long_gain = 1024;
  u32 short_lines = 1, short_gain = 1024;
};

// What the user sees of a scene with two exposures.
enum class WdrOutput : u8 { kFused = 0, kLong = 1, kShort = 2 };

class WdrFusion {
 public:
  // Reads the bank and applies `output`, or what the bank says when the user hasn't chosen.
  void load(tuning::Bank bank);
  void choose_output(WdrOutput output);
  WdrOutput output() const;
  // Initialisation: results as before the first statistics.
  void start();

  void set_exposure(u32 ev);

  // One frame. `block_means`: of the short exposure, row-major.
  void step(const WdrHistograms& histograms, std::span<const u32, kWdrBlockMeans> block_means,
            const WdrExposures& exposures);

  const WdrParameters& parameters() const { return p_; }
  const WdrMaps& maps() const { return maps_; }
  std::span<const u16, kWdrGammaNodes> gamma() const { return gamma_; }
  // Ranges and their reciprocals; 0 before the first step.
  u32 range(u32 index) const { return range_[index]; }
  u32 reciprocal(u32 index) const { return reciprocal_[index]; }
  // Offsets and ratio of a colour, [0..2].
  u32 detail(u32 index) const { return detail_[index]; }

 private:
  void apply_preset();
  void load_gamma(tuning::Bank bank);
  u32 ghost_weight(u32 short_lines);
  void follow_exposure();
  void follow_thresholds();
  void set_ratio();
  void follow_highlights(std::span<const u32, kWdrBlockMeans> block_means);
  void falling_curve();
  void curve_from_table(u32 key, std::span<const u32, 9> knots);
  void set_curve(u32 node, u32 value);

  WdrParameters p_;
  WdrMatching matching_;
  WdrMaps maps_{};
  bool chosen_ = false;
  WdrOutput output_ = WdrOutput::kFused;
  u16 gamma_[kWdrGammaNodes] = {};
  u32 range_[2] = {}, reciprocal_[2] = {};
  u32 detail_[3] = {};
  u32 ev_ = 0;
  u32 ev_step_ = 0;  // last change
  bool ev_changed_ = true;
  u32 highlights_ = 0;  // mean of the brightest blocks, smoothed
};

}  // namespace t31::blocks

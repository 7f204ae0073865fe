// SPDX-License-Identifier: GPL-2.0-or-later
// ae_meter.hpp - what automatic exposure reads from its statistics: the weighted mean luma, the
// shares of bright and dark cells, highlights (ae-awb-af 2.3).
#pragma once

#include "driver/control/statistics.hpp"
#include "driver/tuning/bank.hpp"

namespace t31::control {

// Of one frame. Means 1..255 and above (highlights raise them).
struct AeMeasurement {
  u32 mean = 0;               // as reported to users
  u32 mean_q8 = 0;            // the same with 8 fraction bits
  u32 plain_q8 = 0;           // before highlights were counted
  u32 bright_q10 = 0;         // share of the bright class, weighted
  u32 dark_q10 = 0;           // of the dark class
  u32 high_cells = 0;         // cells above the bank's bright bin
  u32 low_cells = 0;          // below its dark bin
  u32 clipped_q10 = 0;        // share of cells at the end of the scale
  u32 interest_mean = 0;      // of the region of interest; only where scene modes need it
  u32 surroundings_mean = 0;  // of the rest
};

// What a scene is, for banks that weight classes by it (ae-awb-af 2.4 step 13).
enum class AeScene : u8 { kEven, kUneven, kInterest };

class AeMeter {
 public:
  // Reads the bank's arrays; again whenever they or the picture size change.
  void configure(tuning::Bank bank, bool wdr, u32 width, u32 height);

  // Both buffers of a frame, 16-byte aligned. Fills the tables that users read.
  AeMeasurement measure(const u8* zones, const u8* histogram, AeStatistics& tables) const;

  // Scene of a measurement whose mean is to become `target`; `now` is kept when there is no reason.
  AeScene scene(const AeMeasurement& measured, u32 target, AeScene now) const;
  // For banks that choose class weights by scene.
  void set_scene(AeScene scene) { scene_ = scene; }

 private:
  struct Sums;
  struct Weights {
    u32 dark, bright;
  };
  Weights class_weights() const;
  Sums add_zones(const u32* words, AeStatistics& tables) const;
  void add_histogram(const u32* words, AeStatistics& tables, AeMeasurement& out) const;
  void add_regions(const AeStatistics& tables, AeMeasurement& out) const;
  void raise_for_highlights(const AeStatistics& tables, AeMeasurement& out) const;

  static constexpr u32 kScenes = 3;
  u32 zones_ = kZones;
  u32 cells_ = 1;  // of a zone
  u32 mode_ = 0;   // of scene weighting: 0 none, 1 by hand, else by scene
  u32 bright_bin_ = 255, dark_bin_ = 0;
  u32 bright_count_ = 0, dark_count_ = 0;
  Weights weights_[kScenes] = {};
  u32 scene_thresholds_[4] = {};
  u32 bright_from_ = 256;  // first bin that highlight weights act on
  AeScene scene_ = AeScene::kEven;
  u16 zone_weights_[kZones] = {};
  u8 interest_[kZones] = {}, surroundings_[kZones] = {};
  u16 highlight_[kBins] = {};  // weight of a bin above 1.0, Q5
};

}  // namespace t31::control

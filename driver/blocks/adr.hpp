// SPDX-License-Identifier: GPL-2.0-or-later
// adr.hpp - local tone mapping: a tone curve for each of 4 x 6 blocks of the picture, computed for
// every frame from its statistics.
#pragma once

#include "driver/blocks/adr_curves.hpp"
#include "driver/blocks/adr_scene.hpp"
#include "driver/blocks/adr_tone.hpp"
#include "driver/blocks/adr_weights.hpp"
#include "driver/blocks/levels.hpp"
#include "driver/blocks/register_cache.hpp"
#include "driver/tuning/live_bank.hpp"

namespace t31::blocks {

class Adr {
 public:
  using GammaNodes = std::span<const u16, ToneScale::kNodes>;

  // All registers, with curves that change nothing until statistics come.
  void init(RegisterCache& registers, const BlockInputs& inputs, tuning::LiveBank live,
            GammaNodes gamma);
  // The active bank has changed: its arrays and registers. Curves stay until the next statistics.
  void reload(RegisterCache& registers, const BlockInputs& inputs, tuning::LiveBank live,
              GammaNodes gamma);

  // Only mark what depends on them.
  void set_exposure(u32 ev);
  void strength_changed() { follow_ = true; }
  void parameters_changed() { reload_ = true; }
  // Everything anew, as after a reset of the chip.
  void restart() { restart_ = true; }

  // Takes the statistics of a frame and computes its curves. Reports go to `live`.
  void take_statistics(const u32* dma, const BlockInputs& inputs, tuning::LiveBank live);

  bool dirty() const { return reload_ || restart_ || curves_due_; }
  // Writes what is due.
  void commit(RegisterCache& registers, const BlockInputs& inputs, tuning::LiveBank live,
              GammaNodes gamma);

 private:
  void load(const BlockInputs& inputs, tuning::LiveBank live, GammaNodes gamma);
  void load_tone(const BlockInputs& inputs, GammaNodes gamma);
  void provide_weights(tuning::LiveBank live) const;
  void follow_exposure(const BlockInputs& inputs);
  void write_report(std::span<u32> report) const;
  void write_geometry(RegisterCache& registers, const SensorMode& mode) const;
  void write_parameters(RegisterCache& registers, const BlockInputs& inputs) const;
  void write_curves(RegisterCache& registers) const;

  u32 ev_ = 0;
  u32 samples_ = 0;
  bool follow_ = false;  // what follows exposure is computed with the next statistics
  bool reload_ = false;
  bool restart_ = false;
  bool curves_due_ = false;
  AdrTuning tuning_{};
  ToneScale tone_;
  AdrScene scene_;
  AdrCurves curves_;
  AdrWeights weights_{};
};

}  // namespace t31::blocks

// SPDX-License-Identifier: GPL-2.0-or-later
// wdr.hpp - two-exposure fusion: its registers. Source: hw-blocks-detail-tone 7.
#pragma once

#include "driver/blocks/levels.hpp"
#include "driver/blocks/register_cache.hpp"
#include "driver/blocks/sensor_mode.hpp"
#include "driver/blocks/wdr_fusion.hpp"

namespace t31::blocks {

// Only used in WDR mode. Statistics that come in are computed at once; commit writes.
class Wdr {
 public:
  void init(RegisterCache& registers, const BlockInputs& inputs);
  // The active bank has changed: registers follow with the next statistics.
  void reload(const BlockInputs& inputs);

  void set_exposure(u32 ev) { fusion_.set_exposure(ev); }
  void set_output(WdrOutput output);
  WdrOutput output() const { return fusion_.output(); }

  // Where a statistics buffer is unpacked to, for the next step().
  WdrHistograms& histograms() { return histograms_; }
  void step(std::span<const u32, kWdrBlockMeans> short_block_means, const WdrExposures& exposures);

  bool dirty() const { return setup_ == Setup::kNow || computed_; }
  void commit(RegisterCache& registers, const BlockInputs& inputs);

 private:
  // The settings that no statistics change.
  enum class Setup { kWritten, kWithStatistics, kNow };

  void write_weights(RegisterCache& registers, const BlockInputs& inputs) const;
  void write_setup(RegisterCache& registers) const;
  void write_ghost_setup(RegisterCache& registers) const;
  void write_computed(RegisterCache& registers) const;
  void write_geometry(RegisterCache& registers, const BlockInputs& inputs) const;

  WdrFusion fusion_;
  WdrHistograms histograms_;
  Setup setup_ = Setup::kWritten;
  bool computed_ = false;
};

}  // namespace t31::blocks

// SPDX-License-Identifier: GPL-2.0-or-later
// defog.hpp - haze removal: transmission and air light for each of 10 x 18 blocks of the picture,
// computed for every frame from its statistics.
#pragma once

#include "driver/blocks/defog_map.hpp"
#include "driver/blocks/defog_weights.hpp"
#include "driver/blocks/levels.hpp"
#include "driver/blocks/register_cache.hpp"
#include "driver/tuning/live_bank.hpp"

namespace t31::blocks {

class Defog {
 public:
  // After a reset of the chip: the map's contents are unknown.
  void forget() { known_ = false; }
  // All registers, with a light haze everywhere until statistics come.
  void init(RegisterCache& registers, const BlockInputs& inputs, tuning::LiveBank live);
  // The active bank has changed: its arrays and registers. The map stays until the next statistics.
  void reload(RegisterCache& registers, const BlockInputs& inputs, tuning::LiveBank live);

  // Only mark what depends on them; lists and exposure are read with the next statistics.
  void set_exposure(u32 ev) { ev_ = ev; }
  void parameters_changed() { reload_ = true; }
  // Everything anew, as after a reset of the chip.
  void restart() { restart_ = true; }

  // Takes the statistics of a frame and computes its map. Reports go to `live`.
  void take_statistics(const u32* dma, const BlockInputs& inputs, tuning::LiveBank live);

  bool dirty() const { return reload_ || restart_ || map_due_; }
  // Writes what is due.
  void commit(RegisterCache& registers, const BlockInputs& inputs, tuning::LiveBank live);

 private:
  void load(const BlockInputs& inputs, tuning::LiveBank live);
  void provide_weights(tuning::LiveBank live) const;
  void read_curve(const BlockInputs& inputs, s32 (&percent)[kDefogPoints]) const;
  void write_grid(RegisterCache& registers, const SensorMode& mode) const;
  void write_parameters(RegisterCache& registers, const BlockInputs& inputs) const;
  void write_map(RegisterCache& registers);

  u32 ev_ = 0;
  bool reload_ = false;
  bool restart_ = false;
  bool map_due_ = false;
  bool known_ = false;  // written_ is in the map's memory
  DefogTuning tuning_{};
  DefogMap map_;
  DefogWeights weights_{};
  u32 written_[kDefogBlocks] = {};
};

}  // namespace t31::blocks

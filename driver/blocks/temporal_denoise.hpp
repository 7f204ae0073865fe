// SPDX-License-Identifier: GPL-2.0-or-later
// temporal_denoise.hpp - MDNS: temporal noise reduction of luma and chroma. Its parameters are a
// table; block grids, enables and the update handshake are code.
#pragma once

#include "driver/blocks/gain_follower.hpp"
#include "driver/blocks/group_writer.hpp"
#include "driver/blocks/levels.hpp"
#include "driver/tuning/engine.hpp"

namespace t31::blocks {

class TemporalDenoise {
 public:
  void set_gain(tuning::GainCode gain) { gain_.set(gain); }
  // Arrays of the active bank have changed: everything is computed anew at the next commit.
  void parameters_changed() { parameters_dirty_ = true; }

  void init(RegisterCache& registers, const BlockInputs& inputs);
  void reload(RegisterCache& registers, const BlockInputs& inputs);
  // WDR mode comes last in the initialisation: everything once more.
  void repeat(RegisterCache& registers, const BlockInputs& inputs);
  void commit(RegisterCache& registers, const BlockInputs& inputs);
  bool dirty() const { return parameters_dirty_ || gain_.moved(); }

 private:
  void write_grids(GroupWriter& writer, const BlockInputs& inputs, tuning::GainCode gain);
  // True when something was written.
  static bool write_top(GroupWriter& writer, const BlockInputs& inputs, tuning::GainCode gain);
  // True when registers of the top function were written.
  bool refresh(GroupWriter& writer, const BlockInputs& inputs, tuning::GainCode gain);

  GainFollower gain_;
  tuning::MovingRegisters moving_[2];
  u32 edge_ = 0;  // of the blocks, as last written
  bool parameters_dirty_ = false;
};

}  // namespace t31::blocks

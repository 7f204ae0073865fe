// SPDX-License-Identifier: GPL-2.0-or-later
// demosaic.hpp - Bayer to RGB, with the user's sharpness. Described by the table
// demosaic_table.inc.
#pragma once

#include "driver/blocks/levels.hpp"
#include "driver/blocks/register_cache.hpp"
#include "driver/tuning/interpolate.hpp"

namespace t31::blocks {

class Demosaic {
 public:
  void set_gain(tuning::GainCode gain);
  void sharpness_changed() { sharpness_dirty_ = true; }

  void init(RegisterCache& registers, const BlockInputs& inputs);
  void reload(RegisterCache& registers, const BlockInputs& inputs);
  void commit(RegisterCache& registers, const BlockInputs& inputs);
  bool dirty() const { return gain_dirty_ || sharpness_dirty_; }

 private:
  void refresh(RegisterCache& registers, const BlockInputs& inputs, bool only_following);

  tuning::GainCode gain_ = 0;  // that the registers were computed for
  tuning::GainCode wanted_gain_ = 0;
  bool gain_dirty_ = false;
  bool sharpness_dirty_ = false;
};

}  // namespace t31::blocks

// SPDX-License-Identifier: GPL-2.0-or-later
// demosaic.hpp - Bayer to RGB, with its sharpening. Described by the table
// demosaic_table.inc.
#pragma once

#include "driver/blocks/levels.hpp"
#include "driver/blocks/register_cache.hpp"
#include "driver/tuning/interpolate.hpp"

namespace t31::blocks {

class Demosaic {
 public:
  void set_gain(tuning::GainCode gain);
  // Arrays of the active bank have changed: everything is computed anew at the next commit.
  void parameters_changed() { parameters_dirty_ = true; }

  void init(RegisterCache& registers, const BlockInputs& inputs);
  void reload(RegisterCache& registers, const BlockInputs& inputs);
  void commit(RegisterCache& registers, const BlockInputs& inputs);
  bool dirty() const { return gain_dirty_ || parameters_dirty_; }

 private:
  void refresh(RegisterCache& registers, const BlockInputs& inputs, bool only_following);

  tuning::GainCode gain_ = 0;  // that the registers were computed for
  tuning::GainCode wanted_gain_ = 0;
  bool gain_dirty_ = false;
  bool parameters_dirty_ = false;
};

}  // namespace t31::blocks

// SPDX-License-Identifier: GPL-2.0-or-later
// black_level.hpp - GIB: black level of the Bayer slots, digital gain.
#pragma once

#include "driver/blocks/levels.hpp"
#include "driver/blocks/register_cache.hpp"
#include "driver/tuning/interpolate.hpp"

namespace t31::blocks {

class BlackLevel {
 public:
  void set_gain(tuning::GainCode gain);
  // Digital gain Q10 of all colours, limited to 16 bits.
  // In WDR mode the exposures' own stage has it.
  void set_digital_gain(u32 q10);

  void init(RegisterCache& registers, const BlockInputs& inputs);
  void reload(RegisterCache& registers, const BlockInputs& inputs);
  void commit(RegisterCache& registers, const BlockInputs& inputs);
  // Arrays of the active bank have changed.
  void parameters_changed() { parameters_dirty_ = true; }
  bool dirty() const { return levels_dirty_ || gain_dirty_ || parameters_dirty_; }

  u32 digital_gain() const { return digital_gain_; }
  // In force: red, green of red lines, green of blue lines, blue, infrared; 12 bit.
  void levels(u32 out[5]) const;

 private:
  void write_setup(RegisterCache& registers, const BlockInputs& inputs);
  void write_levels(RegisterCache& registers, const BlockInputs& inputs);

  tuning::GainCode gain_ = 0;
  u32 digital_gain_ = 1024;
  u32 levels_[5] = {};
  bool levels_dirty_ = false;
  bool gain_dirty_ = false;
  bool parameters_dirty_ = false;
};

}  // namespace t31::blocks

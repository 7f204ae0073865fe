// SPDX-License-Identifier: GPL-2.0-or-later
// exposure_black_level.hpp - GB: black level and digital gain of each of two exposures. In use in
// WDR mode only; in linear mode it is bypassed but its levels still follow the gain.
#pragma once

#include "driver/blocks/levels.hpp"
#include "driver/blocks/register_cache.hpp"
#include "driver/tuning/interpolate.hpp"

namespace t31::blocks {

class ExposureBlackLevel {
 public:
  void set_gain(tuning::GainCode gain);
  // Digital gain Q10 of both exposures, limited to 16 bits.
  void set_digital_gain(u32 q10);
  // Of the short exposure.
  void set_short_digital_gain(u32 q10);
  // Arrays of the active bank have changed.
  void parameters_changed() { parameters_dirty_ = true; }

  // WDR mode only.
  void init(RegisterCache& registers, const BlockInputs& inputs);
  // Linear mode: nothing is written before the first gain.
  void start_idle();
  void commit(RegisterCache& registers, const BlockInputs& inputs);
  bool dirty() const { return levels_dirty_ || gain_dirty_ || parameters_dirty_; }

  // Of the long exposure, in force: red, green of red lines, green of blue lines, blue, infrared.
  void levels(u32 out[5]) const;

 private:
  void write_gains(RegisterCache& registers, u32 offset, const u32 (&gain)[4]) const;
  void write_levels(RegisterCache& registers, const BlockInputs& inputs, tuning::GainCode gain,
                    u32 first);
  void write_all(RegisterCache& registers, const BlockInputs& inputs);

  tuning::GainCode gain_ = 0;
  u32 digital_gain_ = 1024;
  u32 short_digital_gain_ = 1024;
  u32 levels_[5] = {};
  bool levels_dirty_ = false;
  bool gain_dirty_ = false;
  bool parameters_dirty_ = false;
};

}  // namespace t31::blocks

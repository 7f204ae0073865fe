// SPDX-License-Identifier: GPL-2.0-or-later
// white_balance_gain.hpp - red and blue gain over green on Bayer data.
#pragma once

#include "driver/blocks/levels.hpp"
#include "driver/blocks/register_cache.hpp"

namespace t31::blocks {

class WhiteBalanceGain {
 public:
  // Gains Q10, limited to the registers' 14 bits.
  void set(u32 red_q10, u32 blue_q10);
  // Writes the gains that the bank starts with.
  void init(RegisterCache& registers, const BlockInputs& inputs);
  void commit(RegisterCache& registers);
  bool dirty() const { return dirty_; }
  u32 red() const { return red_; }
  u32 blue() const { return blue_; }

 private:
  u32 written_red_ = 0;
  u32 written_blue_ = 0;
  u32 red_ = 1024;
  u32 blue_ = 1024;
  bool dirty_ = false;
};

}  // namespace t31::blocks

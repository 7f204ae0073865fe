// SPDX-License-Identifier: GPL-2.0-or-later
// infrared.hpp - removal of infrared light from the colours of RGB-IR sensors (de-IR of GIB): three
// curves over the local infrared value, chosen by how much infrared there is.
#pragma once

#include "driver/blocks/levels.hpp"
#include "driver/blocks/register_cache.hpp"

namespace t31::blocks {

class Infrared {
 public:
  void forget() { known_ = false; }
  // Share of infrared light as the exposure statistics tell it.
  void set_level(u32 level);
  // Arrays of the active bank have changed.
  void parameters_changed() { forced_ = true; }

  // The curves of the middle zone.
  void init(RegisterCache& registers, const BlockInputs& inputs);
  void commit(RegisterCache& registers, const BlockInputs& inputs);
  bool dirty() const { return dirty_; }

 private:
  static constexpr u32 kNodes = 33;
  static constexpr u32 kCurves = 3;
  struct Curves;
  void write(RegisterCache& registers, const Curves& curves, tuning::Bank bank);

  u32 level_ = 0;
  u32 zone_ = 0;
  bool dirty_ = false;
  bool forced_ = false;
  bool known_ = false;  // nodes_ is in the look-up RAM
  u16 nodes_[kCurves][kNodes] = {};
};

}  // namespace t31::blocks

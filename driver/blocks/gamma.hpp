// SPDX-License-Identifier: GPL-2.0-or-later
// gamma.hpp - gamma curve: 129 nodes, 12 bit in and out.
#pragma once

#include <span>

#include "driver/blocks/levels.hpp"
#include "driver/blocks/register_cache.hpp"

namespace t31::blocks {

class Gamma {
 public:
  static constexpr u32 kNodes = 129;

  void forget() { known_ = false; }
  // Those in force.
  std::span<const u16, kNodes> nodes() const { return nodes_; }

  // Takes the bank's curve and writes it.
  void load(RegisterCache& registers, const BlockInputs& inputs);
  // The bank's curve has changed.
  void parameters_changed() { dirty_ = true; }
  bool dirty() const { return dirty_; }

 private:
  u16 nodes_[kNodes] = {};
  u16 written_[kNodes] = {};
  bool known_ = false;  // written_ is in the look-up RAM
  bool dirty_ = false;
};

}  // namespace t31::blocks

// SPDX-License-Identifier: GPL-2.0-or-later
// colour_map.hpp - CLM: changes hue and saturation of chosen colours through a look-up map.
#pragma once

#include "driver/blocks/levels.hpp"
#include "driver/blocks/register_cache.hpp"

namespace t31::blocks {

class ColourMap {
 public:
  void forget() { blank_ = false; }
  void init(RegisterCache& registers, const BlockInputs& inputs) { write(registers, inputs); }
  void reload(RegisterCache& registers, const BlockInputs& inputs);
  // Arrays of the active bank have changed.
  void parameters_changed() { dirty_ = true; }
  void commit(RegisterCache& registers, const BlockInputs& inputs);
  bool dirty() const { return dirty_; }

 private:
  void write(RegisterCache& registers, const BlockInputs& inputs);

  // The look-up RAM holds zeros, as most files want it: 1680 words that need no writing.
  bool blank_ = false;
  bool dirty_ = false;
};

}  // namespace t31::blocks

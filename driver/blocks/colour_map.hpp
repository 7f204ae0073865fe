// SPDX-License-Identifier: GPL-2.0-or-later
// colour_map.hpp - CLM: changes hue and saturation of chosen colours through a look-up map.
#pragma once

#include "driver/blocks/levels.hpp"
#include "driver/blocks/register_cache.hpp"

namespace t31::blocks {

class ColourMap {
 public:
  void forget() { known_ = false; }
  void init(RegisterCache& registers, const BlockInputs& inputs) { write(registers, inputs); }
  void reload(RegisterCache& registers, const BlockInputs& inputs) { write(registers, inputs); }
  // Arrays of the active bank have changed.
  void parameters_changed() { dirty_ = true; }
  void commit(RegisterCache& registers, const BlockInputs& inputs);
  bool dirty() const { return dirty_; }

 private:
  static constexpr u32 kWords = 420;
  struct Ram {
    u32 words[kWords];
  };
  // Writes what differs of a table.
  template <u32 kBits, typename Node>
  void write_table(RegisterCache& registers, const Node* node, Ram& shadow, u32 ram,
                   u32 copy) const;
  void write(RegisterCache& registers, const BlockInputs& inputs);

  bool known_ = false;  // hue_ and saturation_ are in the look-up RAMs
  bool dirty_ = false;
  Ram hue_ = {};
  Ram saturation_ = {};
};

}  // namespace t31::blocks

// SPDX-License-Identifier: GPL-2.0-or-later
// focus_setup.hpp - grid and filters of the focus statistics.
#pragma once

#include "driver/blocks/levels.hpp"
#include "driver/blocks/register_cache.hpp"

namespace t31::blocks {

class FocusSetup {
 public:
  // Everything, at init and for a new bank alike.
  void write(RegisterCache& registers, const BlockInputs& inputs);
};

}  // namespace t31::blocks

// SPDX-License-Identifier: GPL-2.0-or-later
// statistics_setup.hpp - grids and thresholds of the exposure and white-balance statistics.
#pragma once

#include "driver/blocks/levels.hpp"
#include "driver/blocks/register_cache.hpp"

namespace t31::blocks {

class StatisticsSetup {
 public:
  // Grids and thresholds of AE0, AE1 and AWB.
  void init(RegisterCache& registers, const BlockInputs& inputs);
  // Thresholds only: the grid follows the picture, not the bank.
  void reload(RegisterCache& registers, const BlockInputs& inputs);
  // The exposure thresholds once more, changed or not: part of entering WDR mode.
  void restate(RegisterCache& registers, const BlockInputs& inputs);
};

}  // namespace t31::blocks

// SPDX-License-Identifier: GPL-2.0-or-later
// statistics_setup.hpp - grids and thresholds of the exposure and white-balance statistics.
#pragma once

#include "driver/blocks/levels.hpp"
#include "driver/blocks/register_cache.hpp"

namespace t31::blocks {

// Which cells the white-balance engine counts: its five threshold registers, in their order.
struct BalanceWindow {
  u32 words[5];
};

class StatisticsSetup {
 public:
  // Grids and thresholds of AE0, AE1 and AWB.
  void init(RegisterCache& registers, const BlockInputs& inputs);
  // Thresholds only: the grid follows the picture, not the bank.
  void reload(RegisterCache& registers, const BlockInputs& inputs);
  // The exposure thresholds once more, changed or not: part of entering WDR mode.
  void restate(RegisterCache& registers, const BlockInputs& inputs);

  // In force from the next commit() on instead of the bank's, until a reload() after it.
  void set_window(const BalanceWindow& window) {
    window_ = window;
    dirty_ = true;
  }
  bool dirty() const { return dirty_; }
  void commit(RegisterCache& registers);

 private:
  BalanceWindow window_{};
  bool dirty_ = false;
};

}  // namespace t31::blocks

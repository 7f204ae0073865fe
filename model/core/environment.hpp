// SPDX-License-Identifier: GPL-2.0-or-later
// environment.hpp - the model's side of the host's callbacks: memory for DMA, interrupt lines,
// diagnosis, and the counters that tests and reports read.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>

#include "model/include/t31_model.h"
#include "model/pixel/pixel_memory.hpp"

namespace t31::model {

// The function of this name hides the enumeration.
using Counter = enum t31_model_counter;

class Environment final : public PixelMemory {
 public:
  explicit Environment(const t31_model_callbacks& callbacks) : callbacks_(callbacks) {}

  // Memory at a bus address, whole or not at all; an empty span is counted as a bus error.
  std::span<std::uint8_t> memory(std::uint32_t bus_address, std::uint64_t bytes) override;

  // One line for people about wrong programming. A line equal to the one before is not repeated.
  void say(const std::string& line);

  void count(Counter counter, std::uint64_t amount = 1) { counters_[counter] += amount; }
  std::uint64_t counter(Counter counter) const { return counters_[counter]; }

  void interrupt(unsigned line, bool level);

 private:
  t31_model_callbacks callbacks_;
  std::array<std::uint64_t, T31_MODEL_COUNTERS> counters_{};
  std::array<bool, 32> levels_{};
  std::string last_line_;
};

}  // namespace t31::model

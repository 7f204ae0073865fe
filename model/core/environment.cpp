// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/core/environment.hpp"

#include <limits>

namespace t31::model {

std::span<std::uint8_t> Environment::memory(std::uint32_t bus_address, std::uint64_t bytes) {
  void* view = nullptr;
  if (callbacks_.dma && bytes > 0 && bytes <= std::numeric_limits<std::uint32_t>::max())
    view = callbacks_.dma(callbacks_.context, bus_address, static_cast<std::uint32_t>(bytes));
  if (!view) {
    count(T31_MODEL_BUS_ERRORS);
    return {};
  }
  return {static_cast<std::uint8_t*>(view), static_cast<std::size_t>(bytes)};
}

void Environment::say(const std::string& line) {
  if (line == last_line_) return;
  last_line_ = line;
  if (callbacks_.log) callbacks_.log(callbacks_.context, line.c_str());
}

void Environment::interrupt(unsigned line, bool level) {
  if (levels_[line] == level) return;
  levels_[line] = level;
  if (callbacks_.irq) callbacks_.irq(callbacks_.context, line, level);
}

}  // namespace t31::model

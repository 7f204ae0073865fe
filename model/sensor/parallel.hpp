// SPDX-License-Identifier: GPL-2.0-or-later
// parallel.hpp - bands of rows on several threads.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <thread>
#include <vector>

namespace t31::model {

// Calls work(first_row, last_row) for disjoint bands that cover 0 ... rows, on up to `threads`
// threads of which the caller is one, and waits for all. The work must not throw.
inline void for_row_bands(std::uint32_t rows, unsigned threads,
                          const std::function<void(std::uint32_t, std::uint32_t)>& work) {
  const std::uint32_t bands =
      std::clamp<std::uint32_t>(threads, 1, std::max<std::uint32_t>(rows, 1));
  const auto start = [rows, bands](std::uint32_t band) {
    return static_cast<std::uint32_t>(static_cast<std::uint64_t>(rows) * band / bands);
  };
  std::vector<std::jthread> helpers;
  for (std::uint32_t band = 1; band < bands; ++band) {
    helpers.emplace_back(work, start(band), start(band + 1));
  }
  work(0, start(1));
}

}  // namespace t31::model

// SPDX-License-Identifier: GPL-2.0-or-later
// statistics_buffer.hpp - buffers as the statistics engines of local tone mapping and haze removal
// write them, made by hand (hw-blocks-detail-tone 5.3, 6.3).
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace t31::test {

// What the engine of local tone mapping counts in a frame.
struct AdrCounts {
  std::array<uint32_t, 512> histogram{};
  uint32_t sum[8][6] = {};  // column, row
};

// What the engine of haze removal counts in a frame, row by row.
struct DefogCounts {
  std::array<uint32_t, 180> red{}, green{}, blue{};
  std::array<std::array<uint16_t, 3>, 180> histogram{};
};

using StatisticsBuffer = std::array<uint32_t, 1024>;

StatisticsBuffer pack(const AdrCounts& counts);
StatisticsBuffer pack(const DefogCounts& counts);

// The generator of the recorded vectors (section 9.2).
class Draws {
 public:
  explicit Draws(uint32_t seed) : state_(seed) {}
  uint32_t operator()() {
    state_ = state_ * 1664525u + 1013904223u;
    return state_ >> 8;
  }
  uint32_t below(uint32_t end) { return (*this)() % end; }

 private:
  uint32_t state_;
};

// The frames of the recorded vectors.
AdrCounts draw_adr(Draws& draws, uint32_t samples);
DefogCounts draw_defog(Draws& draws);

}  // namespace t31::test

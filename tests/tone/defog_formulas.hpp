// SPDX-License-Identifier: GPL-2.0-or-later
// defog_formulas.hpp - haze removal as its documentation states it (hw-blocks-detail-tone 6.4):
// 64-bit arithmetic, every window summed anew. Names are those of the documentation.
#pragma once

#include <array>
#include <cstdint>

#include "driver/tuning/bank.hpp"
#include "tests/tone/statistics_buffer.hpp"

namespace t31::test {

class DefogFormulas {
 public:
  DefogFormulas(uint32_t width, uint32_t height, const std::array<uint64_t, 4>& div)
      : width_(width), height_(height), div_(div) {}
  void load(tuning::Bank bank, bool wdr);
  void event(const DefogCounts& counts, uint32_t ev);

  std::array<uint32_t, 180> words{};  // column by column
  std::array<int64_t, 7> manual{};

 private:
  int64_t score(const DefogCounts& counts, const std::array<std::array<int64_t, 4>, 180>& look);
  std::array<int64_t, 180> mask(const std::array<int64_t, 180>& diff) const;
  uint64_t dv(int row, int col) const;

  uint32_t width_, height_;
  std::array<uint64_t, 4> div_;
  tuning::Bank bank_;
  bool wdr_ = false;
  std::array<int64_t, 16> fpga_{};
  std::array<int64_t, 9> rgbra_{};
  std::array<int64_t, 11> par1_{};
  std::array<int64_t, 29> par2_{};
  std::array<int64_t, 5> tx_{};
  std::array<int64_t, 180> y_last_{};
  int frame_ = 0;
};

}  // namespace t31::test

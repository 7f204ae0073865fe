// SPDX-License-Identifier: GPL-2.0-or-later
// adr_formulas.hpp - local tone mapping as its documentation states it (hw-blocks-detail-tone 0.5,
// 5.4 - 5.7): 64-bit arithmetic, linear searches, nothing kept that can be computed again. Names
// are those of the documentation.
#pragma once

#include <array>
#include <cstdint>

#include "driver/tuning/bank.hpp"
#include "tests/tone/statistics_buffer.hpp"

namespace t31::test {

class AdrFormulas {
 public:
  AdrFormulas();
  // Takes the arrays of a bank.
  void load(tuning::Bank bank, bool wdr, const std::array<uint16_t, 129>& gamma);
  void event(const AdrCounts& counts, uint32_t width, uint32_t height, uint32_t ev);

  // From one to the next of the inverse gamma's nodes (5.7).
  int64_t diff(size_t i) const { return base_[i + 1] - base_[i]; }

  // light_end[11..17] after an event; [14] is no report.
  std::array<int64_t, 7> report() const {
    return {mean_, mx_ * 1000 + imx_, mn_ * 1000 + imn_, light_end_[14], centre_, su_, sd_};
  }

  std::array<int64_t, 264> blocks;
  std::array<int64_t, 11> min_y;
  std::array<int64_t, 9> ctc_y;

 private:
  using Section = std::array<int64_t, 9>;
  using Six = std::array<int64_t, 6>;

  int64_t evint(const std::array<int64_t, 9>& list, uint32_t ev) const;
  void follow(uint32_t ev);
  void histogram(const AdrCounts& counts, uint32_t width, uint32_t height);
  void index_set(int64_t p, int64_t& s, int64_t& n) const;
  int64_t smap(int64_t p, int64_t yd, int64_t l) const;
  int64_t inv(int64_t y) const;
  Section subsection(int64_t l) const;
  void pick(Section& t, int64_t level) const;
  Section light(int64_t q) const;
  void min_curve();
  void ctc_curve();
  void block_curves();

  tuning::Bank bank_;
  bool wdr_ = false;
  std::array<int64_t, 129> gx_{}, gy_{};
  Section base_{};
  std::array<int64_t, 29> light_end_{};
  std::array<int64_t, 15> block_light_{};
  std::array<int64_t, 11> map_mode_{}, map_x_{};
  std::array<int64_t, 14> tool_control_{};
  std::array<int64_t, 9> cut_{}, ctc_x_{};
  std::array<int64_t, 512> prod_{};
  std::array<int64_t, 24> m_{};
  int64_t mean_ = 0, mn_ = 0, imn_ = 0, mx_ = 0, imx_ = 0;
  int64_t centre_ = 0, su_ = 0, sd_ = 0;
  std::array<Section, 8> c_{};
};

}  // namespace t31::test

// SPDX-License-Identifier: GPL-2.0-or-later
// adr_tone.hpp - linear light and how bright it will look: the gamma curve in force, both ways
// (hw-blocks-detail-tone 5.5, 5.7).
#pragma once

#include <span>

#include "driver/base/math.hpp"

namespace t31::blocks {

class ToneScale {
 public:
  static constexpr u32 kNodes = 129;
  static constexpr u32 kBaseNodes = 9;

  // Abscissas and ordinates of the gamma curve.
  void load(std::span<const u16, kNodes> linear, std::span<const u16, kNodes> shown);

  s32 forward(s32 linear) const;
  s32 inverse(s32 shown) const;

  // Linear light at eighths of full brightness; from one to the next.
  s32 base(u32 index) const { return base_[index]; }
  s32 base_step(u32 index) const { return base_[index + 1] - base_[index]; }

 private:
  u32 first_above(const u16* nodes, bool ordered, s32 value) const;
  void make_base();

  u16 linear_[kNodes] = {};
  u16 shown_[kNodes] = {};
  s32 base_[kBaseNodes] = {};
  bool even_ = false;          // linear_ is 0, 32, 64 .. 4064, 4095
  bool linear_rises_ = false;  // never falls
  bool shown_rises_ = false;
};

}  // namespace t31::blocks

// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/adr_tone.hpp"

#include "driver/blocks/adr_arithmetic.hpp"

namespace t31::blocks {
namespace {

constexpr u32 kLast = ToneScale::kNodes - 1;
constexpr s32 kWhite = 4095;
constexpr u32 kEvenShift = 5;
constexpr s32 kBaseSpacing = 512;

bool rises(std::span<const u16, ToneScale::kNodes> nodes) {
  for (u32 i = 1; i < nodes.size(); ++i) {
    if (nodes[i] < nodes[i - 1]) return false;
  }
  return true;
}

}  // namespace

void ToneScale::load(std::span<const u16, kNodes> linear, std::span<const u16, kNodes> shown) {
  even_ = linear[kLast] == kWhite;
  for (u32 i = 0; i < kNodes; ++i) {
    linear_[i] = linear[i];
    shown_[i] = shown[i];
    if (i < kLast && linear[i] != i << kEvenShift) even_ = false;
  }
  linear_rises_ = rises(linear);
  shown_rises_ = rises(shown);
  make_base();
}

// The first node above `value`; kNodes when there is none.
u32 ToneScale::first_above(const u16* nodes, bool ordered, s32 value) const {
  if (value >= nodes[kLast] && ordered) return kNodes;
  u32 first = 0;
  if (!ordered) {
    while (first < kNodes && value >= nodes[first]) ++first;
    return first;
  }
  for (u32 step = 64; step > 0; step /= 2) {
    if (value >= nodes[first + step - 1]) first += step;
  }
  return value >= nodes[first] ? first + 1 : first;
}

s32 ToneScale::forward(s32 linear) const {
  if (linear < 0) return shown_[0];
  const u32 j = even_ && linear < kWhite ? (static_cast<u32>(linear) >> kEvenShift) + 1
                                         : first_above(linear_, linear_rises_, linear);
  if (j == 0) return shown_[0];
  if (j == kNodes) return shown_[kLast];
  const u32 rise = static_cast<u32>(shown_[j] - shown_[j - 1]);
  const u32 run = static_cast<u32>(linear_[j] - linear_[j - 1]);
  return shown_[j] - round_q16(slope_q16(rise, run) * static_cast<u32>(linear_[j] - linear));
}

s32 ToneScale::inverse(s32 shown) const {
  const u32 j = first_above(shown_, shown_rises_, shown);
  if (j == 0) return linear_[0];
  if (j == kNodes) return linear_[kLast];
  const u32 rise = static_cast<u32>(linear_[j] - linear_[j - 1]);
  const u32 run = static_cast<u32>(shown_[j] - shown_[j - 1]);
  return linear_[j] - round_q10(slope_q10(rise, run) * static_cast<u32>(shown_[j] - shown));
}

void ToneScale::make_base() {
  for (u32 i = 0; i < kBaseNodes; ++i) {
    const s32 target = min(static_cast<s32>(i) * kBaseSpacing, kWhite);
    u32 j = 0;
    while (j < kNodes && shown_[j] < target) ++j;
    if (j == 0 || j == kNodes) {
      base_[i] = j == 0 ? linear_[0] : linear_[kLast];
      continue;
    }
    // Node j - 1 lies below the target, node j doesn't.
    const s32 run = shown_[j] - shown_[j - 1];
    const s32 rise = linear_[j] - linear_[j - 1];
    base_[i] = linear_[j - 1] + (target - shown_[j - 1]) * rise / run;
  }
}

}  // namespace t31::blocks

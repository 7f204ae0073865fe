// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/control/ae_distribution.hpp"

namespace t31::control {
namespace {

constexpr u32 kQ = kAeQ;

// Shares relative to the smallest exposure: what is needed (lines x gain) and how far gains reach.
struct Task {
  u32 needed;
  u32 most_again, most_dgain;
};

struct Gains {
  u32 again = kUnityGain;
  u32 dgain = kUnityGain;
  bool limited = false;
};

// Analogue gain first.
Gains share_gain(u32 gain, const Task& task) {
  if (gain <= task.most_again) return {gain, kUnityGain, false};
  const u32 rest = divide_q(kQ, gain, task.most_again);
  return {task.most_again, min(rest, task.most_dgain), rest > task.most_dgain};
}

AeShares with_gain(u32 lines, u32 gain, const Task& task) {
  const Gains gains = share_gain(gain, task);
  return {lines, gains.again, gains.dgain, gains.limited};
}

// All lines there are, then gain.
AeShares longest_time(const Task& task, u32 lines) {
  const u32 most = ae_exposure_value(lines, task.most_again, kUnityGain);
  if (task.needed <= most) return {lines, divide_q(kQ, task.needed, lines << kQ), kUnityGain};
  const u32 rest = divide_q(kQ, task.needed, most);
  return {lines, task.most_again, min(rest, task.most_dgain), rest > task.most_dgain};
}

// The fraction of a line is made up for by gain, so that few lines don't mean coarse steps.
AeShares whole_lines(const Task& task, u32 most) {
  const u32 lines = clamp(task.needed >> kQ, 1u, most);
  return with_gain(lines, divide_q(kQ, task.needed, lines << kQ), task);
}

AeShares shortest_step(const Task& task, const AeRange& range, const AeFlicker& flicker,
                       u32 target) {
  const u32 step = flicker.lines[0];
  if (flicker.below == ShortFlicker::kOverexpose) return {step, kUnityGain, kUnityGain, false};
  if (flicker.below == ShortFlicker::kDim) {
    const u32 dimmed = min(step, multiply_divide(step, flicker.dim_luma, max(target, 1u)));
    if (task.needed < dimmed << kQ) return {max(dimmed, 1u), kUnityGain, kUnityGain, false};
  }
  return whole_lines(task, min(step, range.max_lines));
}

// A step is used when it exceeds the longest time by less than what can be seen: a light that goes
// out completely between its peaks then varies by at most 2/256 over the picture.
bool fits(u32 step, u32 most) {
  return step <= most + (step >> 8);
}

AeShares flicker_free(const Task& task, const AeRange& range, const AeFlicker& flicker,
                      u32 target) {
  if (task.needed < u32{flicker.lines[0]} << kQ) {
    return shortest_step(task, range, flicker, target);
  }
  u32 i = 0;
  const u32 whole = task.needed >> kQ;
  while (i + 1 < flicker.count && flicker.lines[i + 1] <= whole &&
         fits(flicker.lines[i + 1], range.max_lines)) {
    ++i;
  }
  const u32 lines = min(u32{flicker.lines[i]}, range.max_lines);
  return with_gain(lines, divide_q(kQ, task.needed, lines << kQ), task);
}

// Gains as large as the value asks for at a time that is given.
AeShares fixed_time(u32 value, const AeRange& range) {
  const u32 lines = clamp(range.fixed_lines, range.min_lines, range.max_lines);
  if (ae_exposure_value(lines, range.min_again, range.min_dgain) >= value) {
    return {lines, range.min_again, range.min_dgain, false};
  }
  if (multiply_q(kQ, range.max_again, range.min_dgain) >= divide_q(kQ, value, lines << kQ)) {
    const u32 rest = divide_q(kQ, value, multiply_q(kQ, lines << kQ, range.min_dgain));
    return {lines, rest, range.min_dgain, false};
  }
  const u32 rest = divide_q(kQ, value, multiply_q(kQ, lines << kQ, range.max_again));
  return {lines, range.max_again, min(rest, range.max_dgain), rest > range.max_dgain};
}

}  // namespace

u32 AeRange::smallest() const {
  const u32 lines = lines_fixed ? clamp(fixed_lines, min_lines, max_lines) : min_lines;
  return ae_exposure_value(lines, min_again, min_dgain);
}

u32 AeRange::largest() const {
  const u32 lines = lines_fixed ? clamp(fixed_lines, min_lines, max_lines) : max_lines;
  return ae_exposure_value(lines, max_again, max_dgain);
}

AeShares ae_distribute(u32 value, const AeRange& range, const AeFlicker& flicker, u32 target) {
  if (range.lines_fixed) return fixed_time(value, range);
  const u32 least = multiply_q(kQ, range.min_again, range.min_dgain);
  if (ae_exposure_value(range.min_lines, range.min_again, range.min_dgain) >= value) {
    return {range.min_lines, range.min_again, range.min_dgain, false};
  }
  const Task task{divide_q(kQ, value, least), divide_q(kQ, range.max_again, range.min_again),
                  divide_q(kQ, range.max_dgain, range.min_dgain)};
  AeShares shares;
  if (flicker.active && range.max_lines >= flicker.lines[0]) {
    shares = flicker_free(task, range, flicker, target);
  } else if (task.needed >> kQ <= range.max_lines) {
    shares = whole_lines(task, range.max_lines);
  } else {
    shares = longest_time(task, range.max_lines);
  }
  shares.lines = max(shares.lines, range.min_lines);
  shares.again = multiply_q(kQ, shares.again, range.min_again);
  shares.dgain = multiply_q(kQ, shares.dgain, range.min_dgain);
  return shares;
}

}  // namespace t31::control

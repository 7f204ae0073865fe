// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/scene/color_checker.hpp"

#include <algorithm>

namespace t31::model {

namespace {

constexpr std::uint32_t even(std::uint32_t value) {
  return value & ~1U;
}

// Patches stand on a pitch of a sixth of the chart's width; the gap is an eighth of it.
std::uint32_t pitch(std::uint32_t width, std::uint32_t height) {
  return even(std::min(width * 9 / 10 / kPatchColumns, height * 9 / 10 / kPatchRows));
}

}  // namespace

Rectangle chart_rect(std::uint32_t width, std::uint32_t height) {
  const std::uint32_t step = pitch(width, height);
  const std::uint32_t w = step * kPatchColumns;
  const std::uint32_t h = step * kPatchRows;
  return {even((width - w) / 2), even((height - h) / 2), w, h};
}

Rectangle patch_rect(std::uint32_t width, std::uint32_t height, unsigned index) {
  if (index >= kPatches) {
    return {0, 0, 0, 0};
  }
  const std::uint32_t step = pitch(width, height);
  const std::uint32_t margin = std::max(even(step / 16 + 1), 2U);
  const Rectangle chart = chart_rect(width, height);
  const std::uint32_t side = step > 2 * margin ? step - 2 * margin : 0;
  return {chart.x + index % kPatchColumns * step + margin,
          chart.y + index / kPatchColumns * step + margin, side, side};
}

}  // namespace t31::model

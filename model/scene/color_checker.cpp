// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/scene/color_checker.hpp"

#include <algorithm>

namespace t31::model {

const std::array<Patch, kPatches> kColorChecker{{
    {"dark skin", {115, 82, 68}},     {"light skin", {194, 150, 130}},
    {"blue sky", {98, 122, 157}},     {"foliage", {87, 108, 67}},
    {"blue flower", {133, 128, 177}}, {"bluish green", {103, 189, 170}},
    {"orange", {214, 126, 44}},       {"purplish blue", {80, 91, 166}},
    {"moderate red", {193, 90, 99}},  {"purple", {94, 60, 108}},
    {"yellow green", {157, 188, 64}}, {"orange yellow", {224, 163, 46}},
    {"blue", {56, 61, 150}},          {"green", {70, 148, 73}},
    {"red", {175, 54, 60}},           {"yellow", {231, 199, 31}},
    {"magenta", {187, 86, 149}},      {"cyan", {8, 133, 161}},
    {"white", {243, 243, 242}},       {"neutral 8", {200, 200, 200}},
    {"neutral 6.5", {160, 160, 160}}, {"neutral 5", {122, 122, 121}},
    {"neutral 3.5", {85, 85, 85}},    {"black", {52, 52, 52}},
}};

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

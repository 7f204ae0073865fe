// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/csc.hpp"

#include "driver/base/math.hpp"
#include "driver/regs/csc.hpp"

namespace t31::blocks {
namespace {

namespace reg = t31::reg::csc;

constexpr u32 kUserMode = 4;
constexpr t31_csc kTables[4] = {
    {0, {306, 601, 117, -173, -339, 512, 512, -429, -83}, {0, 128}, {0, 255}, {0, 255}},
    {1, {262, 515, 100, -151, -297, 448, 448, -376, -73}, {16, 128}, {16, 235}, {16, 240}},
    {2, {218, 732, 74, -117, -395, 512, 512, -465, -47}, {0, 128}, {0, 255}, {0, 255}},
    {3, {186, 627, 63, -103, -346, 448, 448, -407, -41}, {16, 128}, {16, 235}, {16, 240}}};

bool fits_byte(const s32 (&values)[2]) {
  return values[0] >= 0 && values[0] <= 255 && values[1] >= 0 && values[1] <= 255;
}

bool valid(const t31_csc& csc) {
  for (const s32 coefficient : csc.coefficients) {
    if (magnitude(coefficient) > 1023) return false;
  }
  return fits_byte(csc.offsets) && fits_byte(csc.luma_clip) && fits_byte(csc.chroma_clip);
}

}  // namespace

Csc::Csc() : current_(kTables[0]) {}

Status Csc::set(const t31_csc& attributes) {
  if (attributes.mode < kUserMode) {
    current_ = kTables[attributes.mode];
  } else if (attributes.mode == kUserMode && valid(attributes)) {
    current_ = attributes;
  } else {
    return Status::error(T31_EINVAL);
  }
  dirty_ = true;
  return kOk;
}

void Csc::set_monochrome(bool monochrome) {
  dirty_ |= monochrome != monochrome_;
  monochrome_ = monochrome;
}

void Csc::commit(RegisterCache& registers) {
  dirty_ = false;
  registers.put(reg::kControl.offset, reg::kControlDefault);
  registers.put(reg::kControl1.offset, 0);
  const auto coefficient = [&](u32 index) { return magnitude(current_.coefficients[index]); };
  for (u32 row = 0; row < 3; ++row) {
    registers.put(reg::kRow.at(row), reg::kRed(coefficient(3 * row)) |
                                         reg::kGreen(coefficient(3 * row + 1)) |
                                         reg::kBlue(coefficient(3 * row + 2)));
  }
  const auto word = [](s32 value) { return static_cast<u32>(value); };
  const u32 centre = word(current_.offsets[1]);
  registers.put(reg::kOffset.offset,
                reg::kLumaOffset(word(current_.offsets[0])) | reg::kChromaOffset(centre));
  const u32 low = monochrome_ ? centre : word(current_.chroma_clip[0]);
  const u32 high = monochrome_ ? centre : word(current_.chroma_clip[1]);
  registers.put(reg::kClip.offset, reg::kChromaMinimum(low) | reg::kChromaMaximum(high) |
                                       reg::kLumaMinimum(word(current_.luma_clip[0])) |
                                       reg::kLumaMaximum(word(current_.luma_clip[1])));
}

}  // namespace t31::blocks

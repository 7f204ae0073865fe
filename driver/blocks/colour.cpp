// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/colour.hpp"

#include "driver/base/math.hpp"

namespace t31::blocks {
namespace {

// Until exposure and white balance report (hw-blocks-raw-color 7.2).
constexpr u32 kStartEv = 400;
constexpr u32 kStartKelvin = 6000;
constexpr u32 kEvThreshold = 40;
constexpr u32 kKelvinThreshold = 100;

s32 blend(s32 from, s32 to, u32 way, u32 whole) {
  const u32 step = multiply_divide(magnitude(to - from), way, whole);
  return to > from ? from + static_cast<s32>(step) : from - static_cast<s32>(step);
}

Matrix blend(const Matrix& from, const Matrix& to, u32 way, u32 whole) {
  Matrix result;
  for (u32 i = 0; i < 9; ++i) result.at[i] = blend(from.at[i], to.at[i], way, whole);
  return result;
}

}  // namespace

s32 signed_product_q16(s32 a, s32 b) {
  const u32 product = static_cast<u32>((static_cast<u64>(magnitude(a)) * magnitude(b)) >> 16);
  return static_cast<s32>((a < 0) == (b < 0) ? product : 0u - product);
}

Matrix multiply_q16(const Matrix& a, const Matrix& b) {
  Matrix result;
  for (u32 row = 0; row < 3; ++row) {
    for (u32 column = 0; column < 3; ++column) {
      s32 sum = 0;
      for (u32 k = 0; k < 3; ++k) {
        sum = wrapping_add(sum, signed_product_q16(a.at[3 * row + k], b.at[3 * k + column]));
      }
      result.at[3 * row + column] = sum;
    }
  }
  return result;
}

Matrix q10_to_q16(const Matrix& matrix) {
  Matrix result;
  for (u32 i = 0; i < 9; ++i) result.at[i] = matrix.at[i] * 64;
  return result;
}

Matrix q16_to_q10(const Matrix& matrix) {
  Matrix result;
  for (u32 i = 0; i < 9; ++i) result.at[i] = matrix.at[i] / 64;
  return result;
}

Matrix read_matrix(tuning::Bank bank, tuning::Parameter parameter) {
  Matrix result;
  for (u32 i = 0; i < 9; ++i) result.at[i] = decode14(bank.get(parameter, i));
  return result;
}

Matrix blend_by_temperature(tuning::Bank bank, const MatrixSet& set, u32 kelvin) {
  if (kelvin > set.daylight_begin) return read_matrix(bank, set.daylight);
  if (kelvin > set.middle_high) {
    return blend(read_matrix(bank, set.middle), read_matrix(bank, set.daylight),
                 kelvin - set.middle_high, set.daylight_begin - set.middle_high);
  }
  if (kelvin > set.middle_low) return read_matrix(bank, set.middle);
  if (kelvin > set.warm_end) {
    return blend(read_matrix(bank, set.warm), read_matrix(bank, set.middle), kelvin - set.warm_end,
                 set.middle_low - set.warm_end);
  }
  return read_matrix(bank, set.warm);
}

void ColourFollower::start() {
  ev_ = settled_ev_ = kStartEv;
  kelvin_ = settled_kelvin_ = kStartKelvin;
  forced_ = true;
}

bool ColourFollower::exposure_moved() const {
  return forced_ || absolute_difference(ev_, settled_ev_) > kEvThreshold;
}

bool ColourFollower::kelvin_moved() const {
  return forced_ || absolute_difference(kelvin_, settled_kelvin_) > kKelvinThreshold;
}

void ColourFollower::settle() {
  if (exposure_moved()) settled_ev_ = ev_;
  if (kelvin_moved()) settled_kelvin_ = kelvin_;
  forced_ = false;
}

}  // namespace t31::blocks

// SPDX-License-Identifier: GPL-2.0-or-later
// colour.hpp - colour matrices of the tuning file and their arithmetic, shared by CCM and BCSH.
#pragma once

#include "driver/tuning/bank.hpp"

namespace t31::blocks {

// 3x3, row-major. Q10 as in a bank unless said otherwise.
struct Matrix {
  s32 at[9];
};

inline constexpr Matrix kIdentityMatrix{{1024, 0, 0, 0, 1024, 0, 0, 0, 1024}};

// A bank's or a user's 14-bit two's complement. The code 0x2000, which stands for a tiny negative
// number that the client's library couldn't express, is 0 when it comes from a user.
constexpr s32 decode14(u32 code) {
  const s32 value = static_cast<s32>(code & 0x3fff);
  return value < 0x2000 ? value : value - 0x4000;
}

// sign(a) sign(b) (|a| |b| >> 16)
s32 signed_product_q16(s32 a, s32 b);

// a x b with signed_product_q16.
Matrix multiply_q16(const Matrix& a, const Matrix& b);

// Each element shifted up 6 (Q10 to Q16), or divided by 64 towards zero.
Matrix q10_to_q16(const Matrix& matrix);
Matrix q16_to_q10(const Matrix& matrix);

// The matrices of a bank and the colour temperatures (K) between which they blend: warm up to
// `warm`, middle from `middle_low` to `middle_high`, daylight above `daylight`.
struct MatrixSet {
  tuning::Parameter warm, middle, daylight;
  u32 warm_end, middle_low, middle_high, daylight_begin;
};

Matrix read_matrix(tuning::Bank bank, tuning::Parameter parameter);
Matrix blend_by_temperature(tuning::Bank bank, const MatrixSet& set, u32 kelvin);

// What the user wants instead of a bank's matrices.
struct ColourOverride {
  bool manual = false;
  bool saturation = false;  // keep the bank's saturation
  Matrix matrix = kIdentityMatrix;
};

// Exposure value and colour temperature as CCM and BCSH follow them: small changes don't count
// (hw-blocks-raw-color 4.2).
class ColourFollower {
 public:
  void start();
  void set_exposure(u32 ev) { ev_ = ev; }
  void set_kelvin(u32 kelvin) { kelvin_ = kelvin; }
  u32 exposure() const { return ev_; }
  u32 kelvin() const { return kelvin_; }
  void force() { forced_ = true; }
  bool forced() const { return forced_; }
  bool exposure_moved() const;
  bool kelvin_moved() const;
  bool moved() const { return exposure_moved() || kelvin_moved(); }
  // Everything has been computed for the values of now.
  void settle();

 private:
  u32 ev_ = 0;
  u32 kelvin_ = 0;
  u32 settled_ev_ = 0;
  u32 settled_kelvin_ = 0;
  bool forced_ = true;
};

}  // namespace t31::blocks

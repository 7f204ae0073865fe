// SPDX-License-Identifier: GPL-2.0-or-later
// colour_matrix.hpp - CCM: colour matrix in linear light, with saturation that follows exposure.
#pragma once

#include "driver/blocks/colour.hpp"
#include "driver/blocks/levels.hpp"
#include "driver/blocks/register_cache.hpp"

namespace t31::blocks {

class ColourMatrix {
 public:
  void set_exposure(u32 ev) { follower_.set_exposure(ev); }
  void set_kelvin(u32 kelvin) { follower_.set_kelvin(kelvin); }
  void set_override(const ColourOverride& wanted);
  // Arrays of the active bank have changed.
  void parameters_changed() { follower_.force(); }

  void init(RegisterCache& registers, const BlockInputs& inputs);
  void reload(RegisterCache& registers, const BlockInputs& inputs);
  void commit(RegisterCache& registers, const BlockInputs& inputs);
  bool dirty() const { return follower_.moved(); }

  // The matrix for the light of now, before saturation.
  const Matrix& current() const { return blended_; }

 private:
  void write_matrix(RegisterCache& registers) const;
  void write_dark_protection(RegisterCache& registers, const BlockInputs& inputs) const;

  ColourFollower follower_;
  ColourOverride override_;
  Matrix blended_ = kIdentityMatrix;
  u32 saturation_ = 256;  // Q8
};

}  // namespace t31::blocks

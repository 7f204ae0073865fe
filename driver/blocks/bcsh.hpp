// SPDX-License-Identifier: GPL-2.0-or-later
// bcsh.hpp - brightness, contrast, saturation and hue on YUV; also carries most tuning files'
// colour matrix, between a conversion to RGB and back.
#pragma once

#include "driver/blocks/colour.hpp"
#include "driver/blocks/levels.hpp"
#include "driver/blocks/register_cache.hpp"
#include "uapi/t31/isp_tuning.h"

namespace t31::blocks {

class Bcsh {
 public:
  void set_exposure(u32 ev) { follower_.set_exposure(ev); }
  void set_kelvin(u32 kelvin) { follower_.set_kelvin(kelvin); }
  void set_override(const ColourOverride& wanted);
  // Arrays of the active bank have changed.
  void parameters_changed() { follower_.force(); }
  void levels_changed() { levels_dirty_ = true; }
  // Luma from `low` to `high` (8 bit) fills the whole range, whatever the bank says.
  void set_fixed_contrast(const t31_fixed_contrast& contrast) {
    fixed_ = contrast;
    levels_dirty_ = true;
  }
  const t31_fixed_contrast& fixed_contrast() const { return fixed_; }

  void init(RegisterCache& registers, const BlockInputs& inputs);
  void reload(RegisterCache& registers, const BlockInputs& inputs);
  void commit(RegisterCache& registers, const BlockInputs& inputs);
  bool dirty() const { return levels_dirty_ || follower_.moved(); }

  // The matrix for the light of now, RGB.
  const Matrix& current() const { return blended_; }

 private:
  static constexpr u32 kGains = 4;  // saturation: small and medium chroma, minimum and maximum each
  static constexpr u32 kPoints = 4;  // contrast: two knots in, two out

  void follow_exposure(const BlockInputs& inputs);
  void write_clips(RegisterCache& registers, const BlockInputs& inputs) const;
  void write_offsets(RegisterCache& registers, const BlockInputs& inputs) const;
  void write_matrix(RegisterCache& registers, const BlockInputs& inputs) const;
  void write_ramps(RegisterCache& registers, const BlockInputs& inputs) const;
  void write_contrast(RegisterCache& registers, const BlockInputs& inputs) const;
  void write_saturation(RegisterCache& registers, const BlockInputs& inputs) const;

  ColourFollower follower_;
  ColourOverride override_;
  Matrix blended_ = kIdentityMatrix;
  u32 gains_[kGains] = {};    // Q10, as exposure asks
  u32 points_[kPoints] = {};  // as exposure asks
  t31_fixed_contrast fixed_{0, {}, 0, 255};
  bool levels_dirty_ = false;
};

}  // namespace t31::blocks

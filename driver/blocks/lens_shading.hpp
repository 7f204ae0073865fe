// SPDX-License-Identifier: GPL-2.0-or-later
// lens_shading.hpp - lens shading correction: blends the mesh of the light's colour temperature,
// scales its strength with the gain, writes what changed into the mesh RAM.
#pragma once

#include "driver/blocks/levels.hpp"
#include "driver/blocks/register_cache.hpp"
#include "driver/tuning/interpolate.hpp"

namespace t31::blocks {

class LensShading {
 public:
  void forget() { known_words_ = 0; }
  // Stored only: the table is written at the next done().
  void set_gain(tuning::GainCode gain) { gain_ = gain; }
  void set_kelvin(u32 kelvin) { kelvin_ = kelvin; }

  void init(RegisterCache& registers, const BlockInputs& inputs);
  // The whole table is computed anew at the next done().
  void reload() { forced_ = true; }
  // Writes the table if light, gain or bank ask for it.
  void done(RegisterCache& registers, const BlockInputs& inputs);

 private:
  static constexpr u32 kWords = 2047;

  // Which meshes are blended, and how far (Q12).
  struct Blend {
    tuning::Parameter from, to;
    u32 way;
  };
  Blend blend() const;
  bool light_changed(const BlockInputs& inputs);
  void write_geometry(RegisterCache& registers, const BlockInputs& inputs) const;
  void write_table(RegisterCache& registers, const BlockInputs& inputs);

  tuning::GainCode gain_ = 0;
  u32 kelvin_ = 0;
  u32 zone_ = 0;
  u32 zone_kelvin_ = 0;  // that the blend was computed for
  u32 way_ = 0;
  u32 strength_ = 0;
  bool forced_ = true;
  u32 known_words_ = 0;  // of written_ that are in the mesh RAM
  u32 written_[kWords] = {};
};

}  // namespace t31::blocks

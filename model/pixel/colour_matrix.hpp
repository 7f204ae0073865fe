// SPDX-License-Identifier: GPL-2.0-or-later
// colour_matrix.hpp - CCM: camera RGB to standard RGB, linear, 12 bit.
#pragma once

#include "model/pixel/arithmetic.hpp"
#include "model/pixel/colour.hpp"
#include "model/pixel/pipeline.hpp"

namespace t31::model::pixel {

struct ColourMatrix {
  bool active = false;
  Matrix matrix;

  Triple apply(const Triple& rgb) const {
    if (!active) return rgb;
    Triple out = matrix * rgb;
    for (auto& x : out) x = clip12(x);
    return out;
  }
};

ColourMatrix decode_colour_matrix(const IspRegisters& registers);

}  // namespace t31::model::pixel

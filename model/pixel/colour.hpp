// SPDX-License-Identifier: GPL-2.0-or-later
// colour.hpp - pixels of three components, and 3x3 matrices on them.
#pragma once

#include <array>
#include <cstdint>

namespace t31::model::pixel {

using Triple = std::array<std::int32_t, 3>;

struct Matrix {
  std::array<Triple, 3> rows{};  // Q10

  Triple operator*(const Triple& v) const {
    Triple out{};
    for (unsigned i = 0; i < 3; ++i) {
      out[i] = (rows[i][0] * v[0] + rows[i][1] * v[1] + rows[i][2] * v[2]) >> 10;
    }
    return out;
  }
};

}  // namespace t31::model::pixel

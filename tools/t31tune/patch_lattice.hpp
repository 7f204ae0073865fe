// SPDX-License-Identifier: GPL-2.0-or-later
// patch_lattice.hpp - spots that stand in rows and columns.
#pragma once

#include <vector>

#include "t31tune/patch_candidates.hpp"

namespace t31::tune {

struct LatticeCell {
  int column = 0;
  int row = 0;
  colour::Point centre;
};
using Lattice = std::vector<LatticeCell>;

// Lattices of at least `least` cells, the largest first. Columns and rows count from anywhere;
// rows and columns may be exchanged.
std::vector<Lattice> find_lattices(const std::vector<PatchCandidate>& candidates,
                                   std::size_t least);

}  // namespace t31::tune

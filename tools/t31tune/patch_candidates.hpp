// SPDX-License-Identifier: GPL-2.0-or-later
// patch_candidates.hpp - even, four-sided spots of a picture: what may be patches of a chart.
#pragma once

#include <vector>

#include "t31tune/search_image.hpp"

namespace t31::tune {

struct PatchCandidate {
  colour::Point centre;  // in the search image
  double area = 0;       // its pixels, without the edges
  double shape = 1;      // 1 for a parallelogram, more for anything frayed
};

// Spots whose centres nearly coincide are reported once.
std::vector<PatchCandidate> find_patch_candidates(const SearchImage& image);

}  // namespace t31::tune

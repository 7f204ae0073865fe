// SPDX-License-Identifier: GPL-2.0-or-later
// adr_section.hpp - from the points where a curve may bend to the line through them.
#pragma once

#include "driver/blocks/adr_curves.hpp"
#include "driver/blocks/adr_polyline.hpp"

namespace t31::blocks {

// The points of the curve that changes nothing: eighths of what is shown.
inline AdrSection section_at_base(const ToneScale& tone) {
  AdrSection section;
  for (u32 i = 0; i < AdrSection::kPoints; ++i) section.at[i] = tone.base(i);
  return section;
}

// Pushes points up until they rise strictly.
inline void make_rising(AdrSection& section) {
  for (u32 i = 0; i + 1 < AdrSection::kPoints; ++i) {
    if (section.at[i] >= section.at[i + 1]) section.at[i + 1] = section.at[i] + 1;
  }
}

// A curve has five points that may move and the white one.
using AdrLine = Polyline<6>;

// The line's abscissas and the ordinates of both its ends.
inline AdrLine line_at(const AdrSection& section, const ToneScale& tone) {
  AdrLine line{};
  for (u32 i = 0; i < 5; ++i) line.x[i] = section.at[i];
  line.x[5] = section.at[8];
  line.y[0] = tone.base(0);
  line.y[5] = tone.base(8);
  return line;
}

}  // namespace t31::blocks

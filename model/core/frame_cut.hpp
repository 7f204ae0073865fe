// SPDX-License-Identifier: GPL-2.0-or-later
// frame_cut.hpp - how the VIC cuts a frame out of the packets it receives.
#pragma once

#include <cstdint>

#include "model/pixel/pipeline.hpp"

namespace t31::model {

struct FrameCut {
  std::uint32_t x = 0, y = 0, width = 0, height = 0;  // the window, in received pixels
  unsigned bits = 0;                 // as what lines are unpacked: 8, 10, 12, 16 (YUV)
  std::uint32_t words_per_line = 0;  // distance of line starts
};

// Turns what the sensor sent into what the VIC hands on: its window, black where nothing was
// received, or garbage when line length or pixel format are not those of the frame.
void cut_frame(const FrameCut& cut, BayerFrame& frame);

}  // namespace t31::model

// SPDX-License-Identifier: GPL-2.0-or-later
// adr_polyline.hpp - the line through a few points, read at rising abscissas.
#pragma once

#include "driver/blocks/adr_arithmetic.hpp"

namespace t31::blocks {

// Abscissas rise strictly. Left of the first point the line goes to the origin, right of the last
// one it stays level (hw-blocks-detail-tone 5.5, seg).
template <u32 kPoints>
struct Polyline {
  s32 x[kPoints];
  s32 y[kPoints];
};

// Reads a polyline; walks along it, so reading at rising abscissas divides once a segment.
template <u32 kPoints>
class PolylineReader {
 public:
  explicit PolylineReader(const Polyline<kPoints>& line) : line_(line) { enter(0); }

  s32 at(u32 x) {
    if (x < last_) enter(0);
    last_ = x;
    while (x >= end_) {
      if (segment_ + 1 >= kPoints) return line_.y[kPoints - 1];
      enter(segment_ + 1);
    }
    return line_.y[segment_] - round_q10(slope_ * (end_ - x));
  }

 private:
  void enter(u32 segment) {
    segment_ = segment;
    const s32 x = segment == 0 ? 0 : line_.x[segment - 1];
    const s32 y = segment == 0 ? 0 : line_.y[segment - 1];
    end_ = static_cast<u32>(line_.x[segment]);
    slope_ =
        slope_q10(static_cast<u32>(line_.y[segment] - y), static_cast<u32>(line_.x[segment] - x));
  }

  const Polyline<kPoints>& line_;
  u32 segment_ = 0;
  u32 end_ = 0;
  u32 slope_ = 0;
  u32 last_ = 0;
};

}  // namespace t31::blocks

// SPDX-License-Identifier: GPL-2.0-or-later
// fast_yuv.hpp - the picture between the bands and the scaler as the fast path keeps it.
#pragma once

#include <cstdint>

#include "model/pixel/fast_memory.hpp"

namespace t31::model::pixel {

// A plane whose rows have kPadding samples of room on both sides.
template <typename T>
class FastPlane {
 public:
  static constexpr std::int32_t kReach = 8;  // columns that a neighbourhood may look beyond an edge

  FastPlane() = default;
  FastPlane(std::int32_t width, std::int32_t height)
      : width_(width),
        height_(height),
        stride_(round_up(static_cast<std::size_t>(width), kPadding) + 2 * kPadding),
        memory_(stride_ * (static_cast<std::size_t>(height) + 1)) {}

  std::int32_t width() const { return width_; }
  std::int32_t height() const { return height_; }
  // Row `height` is scratch.
  T* row(std::int32_t y) const {
    return memory_.get() + static_cast<std::size_t>(y) * stride_ + kPadding;
  }
  // The row that stands for row y: the first and the last are repeated beyond the edges.
  T* edged_row(std::int32_t y) const { return row(y < 0 ? 0 : y < height_ ? y : height_ - 1); }
  // Repeats the first and last columns of row y.
  void pad(std::int32_t y) const {
    T* samples = row(y);
    for (std::int32_t i = 1; i <= kReach; ++i) {
      samples[-i] = samples[0];
      samples[width_ - 1 + i] = samples[width_ - 1];
    }
  }

 private:
  std::int32_t width_ = 0, height_ = 0;
  std::size_t stride_ = 0;
  AlignedArray<T> memory_;
};

// 10 bits a sample, one chroma pair per 2x2 luma samples.
struct FastYuv {
  FastPlane<Sample> luma, u, v;

  FastYuv() = default;
  FastYuv(std::int32_t width, std::int32_t height)
      : luma(width, height),
        u((width + 1) / 2, (height + 1) / 2),
        v((width + 1) / 2, (height + 1) / 2) {}
};

}  // namespace t31::model::pixel

// SPDX-License-Identifier: GPL-2.0-or-later
// plane.hpp - a rectangle of samples, rows without padding.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace t31::model::pixel {

template <typename Sample>
struct Plane {
  std::int32_t width = 0, height = 0;
  std::vector<Sample> samples;

  Plane() = default;
  Plane(std::int32_t w, std::int32_t h)
      : width(w), height(h), samples(static_cast<std::size_t>(w) * static_cast<std::size_t>(h)) {}
  Sample* row(std::int32_t y) { return samples.data() + index(0, y); }
  const Sample* row(std::int32_t y) const { return samples.data() + index(0, y); }
  Sample& at(std::int32_t x, std::int32_t y) { return samples[index(x, y)]; }
  const Sample& at(std::int32_t x, std::int32_t y) const { return samples[index(x, y)]; }

 private:
  std::size_t index(std::int32_t x, std::int32_t y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
           static_cast<std::size_t>(x);
  }
};

// An 8-bit image with one chroma pair (U first) per 2x2 luma samples; odd sizes round up.
struct Nv12Frame {
  Plane<std::uint8_t> luma;
  Plane<std::uint8_t> chroma;  // width in bytes: two per pair

  Nv12Frame() = default;
  Nv12Frame(std::int32_t w, std::int32_t h) : luma(w, h), chroma(2 * ((w + 1) / 2), (h + 1) / 2) {}
};

}  // namespace t31::model::pixel

// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/reference.hpp"

namespace t31::model::pixel {
namespace {

// Colour controls, and 8 bits. Luma sees the chroma of its block, chroma the mean luma of it.
Nv12Frame controlled(const ColourControl& control, const YuvFrame& yuv) {
  Nv12Frame image(yuv.luma.width, yuv.luma.height);
  for (std::int32_t y = 0; y < yuv.luma.height; ++y) {
    for (std::int32_t x = 0; x < yuv.luma.width; ++x) {
      const std::int32_t u = yuv.u.at(x / 2, y / 2), v = yuv.v.at(x / 2, y / 2);
      image.luma.at(x, y) =
          static_cast<std::uint8_t>(control.apply({yuv.luma.at(x, y), u, v})[0] >> 2);
    }
  }
  for (std::int32_t y = 0; y < yuv.u.height; ++y) {
    for (std::int32_t x = 0; x < yuv.u.width; ++x) {
      const std::int32_t mean = block_sum(yuv.luma, 2 * x, 2 * y) >> 2;
      const Triple out = control.apply({mean, yuv.u.at(x, y), yuv.v.at(x, y)});
      image.chroma.at(2 * x, y) = static_cast<std::uint8_t>(out[1] >> 2);
      image.chroma.at(2 * x + 1, y) = static_cast<std::uint8_t>(out[2] >> 2);
    }
  }
  return image;
}

}  // namespace

Nv12Frame reference_detail(const Configuration& c, YuvFrame yuv, PixelMemory* memory) {
  sharpen_frame(c.detail.sharpen, yuv.luma);
  Plane<std::uint8_t> weights;
  const bool weighed = denoise_temporally(c.detail.temporal, memory, yuv, weights);
  fuse_frame(c.detail.luma, weights, weighed, yuv);
  Nv12Frame image = controlled(c.colour_control, yuv);
  image.luma = denoise_spatially(c.detail.spatial, weights, image.luma);
  return image;
}

}  // namespace t31::model::pixel

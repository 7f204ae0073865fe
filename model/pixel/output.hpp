// SPDX-License-Identifier: GPL-2.0-or-later
// output.hpp - MSCA: what one channel makes of the NV12 image: window, scaling, crop, mirror and
// flip, privacy masks.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "model/pixel/pipeline.hpp"
#include "model/pixel/plane.hpp"

namespace t31::model::pixel {

// One output coordinate of one axis: four source samples and their weights, 512 = 1.0.
struct Tap {
  std::array<std::int32_t, 4> source{};
  std::array<std::int32_t, 4> weight{};
};

struct AxisFilter {
  // `first` is relative to the input window and may lie outside of it, as may the three that
  // follow.
  struct Place {
    std::int32_t first = 0;
    std::array<std::int32_t, 4> weight{};
  };

  bool four_taps = false;                // else linear interpolation
  std::array<std::int32_t, 4> weight{};  // of the samples at -1, 0, +1, +2
  std::int32_t step = 0;                 // source samples per output sample, 512 = 1.0

  Place place(std::int32_t coordinate) const;
};

struct Mask {
  std::int32_t x = 0, y = 0, width = 0, height = 0;  // of the image as stored
  std::uint8_t luma = 0, u = 0, v = 0;
};

struct ChannelOutput {
  ChannelGeometry geometry;
  AxisFilter horizontal, vertical;
  bool mirror = false, flip = false;
  std::array<Mask, 4> masks{};  // all zero when masking is off

  bool produces() const { return geometry.valid && !geometry.enlarges; }
};

ChannelOutput decode_channel(const IspRegisters& registers, unsigned channel);

// A plane's share of the geometry, in samples of that plane.
struct PlaneWindow {
  std::int32_t input_x = 0, input_y = 0, input_width = 0, input_height = 0;
  std::int32_t crop_x = 0, crop_y = 0, width = 0, height = 0;
};
PlaneWindow luma_window(const ChannelGeometry& geometry);
PlaneWindow chroma_window(const ChannelGeometry& geometry);

// Taps of output coordinates crop ... crop + size - 1, in memory order (reversed when mirrored).
std::vector<Tap> make_taps(const AxisFilter& filter, std::int32_t input, std::int32_t input_size,
                           std::int32_t crop, std::int32_t size, bool reversed);

// Paints the masks into a finished image.
void paint_masks(const ChannelOutput& channel, const ChannelImage& image);

// Reference of a whole channel. The channel must produce; both planes of `image` are set.
void produce_channel(const ChannelOutput& channel, const Nv12Frame& source,
                     const ChannelImage& image);

}  // namespace t31::model::pixel

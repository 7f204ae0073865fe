// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/output.hpp"

#include <cstring>

#include "model/pixel/arithmetic.hpp"

namespace t31::model::pixel {
namespace {

constexpr std::int32_t kOne = 512;  // steps and weights

// Vertical filter to 12 bits, then horizontal to 8; weights above a sum of 1.0 saturate.
std::uint8_t filtered(const Plane<std::uint8_t>& source, const Tap& column, const Tap& row,
                      std::int32_t components, std::int32_t component) {
  std::int32_t sum = 4096;
  for (unsigned i = 0; i < 4; ++i) {
    std::int32_t along = 16;
    for (unsigned j = 0; j < 4; ++j) {
      along += row.weight[j] * source.at(column.source[i] * components + component, row.source[j]);
    }
    sum += column.weight[i] * std::min(along >> 5, kMax12);
  }
  return static_cast<std::uint8_t>(std::min(sum >> 13, 255));
}

// `components` samples are interleaved in a row: 1 in luma, 2 in chroma.
void produce_plane(const ChannelOutput& channel, const PlaneWindow& window,
                   const Plane<std::uint8_t>& source, std::int32_t components, std::uint8_t* out,
                   std::uint32_t stride) {
  const auto columns = make_taps(channel.horizontal, window.input_x, window.input_width,
                                 window.crop_x, window.width, channel.mirror);
  const auto rows = make_taps(channel.vertical, window.input_y, window.input_height, window.crop_y,
                              window.height, channel.flip);
  for (std::size_t y = 0; y < rows.size(); ++y) {
    std::uint8_t* sample = out + y * stride;
    for (const Tap& column : columns) {
      for (std::int32_t c = 0; c < components; ++c) {
        *sample++ = filtered(source, column, rows[y], components, c);
      }
    }
  }
}

// The part of [first, first + size) that lies in [0, end).
struct Span {
  std::int32_t first, size;
  Span(std::int32_t from, std::int32_t count, std::int32_t end)
      : first(std::min(from, end)), size(std::min(count, end - first)) {}
};

void paint_luma(const Mask& mask, const ChannelGeometry& g, std::uint8_t* luma) {
  const Span x(mask.x, mask.width, static_cast<std::int32_t>(g.width));
  const Span y(mask.y, mask.height, static_cast<std::int32_t>(g.height));
  for (std::int32_t row = y.first; row < y.first + y.size; ++row) {
    std::memset(luma + static_cast<std::size_t>(row) * g.luma_stride + x.first, mask.luma,
                static_cast<std::size_t>(x.size));
  }
}

// Every chroma pair that belongs to at least one masked luma sample.
void paint_chroma(const Mask& mask, const ChannelGeometry& g, std::uint8_t* chroma) {
  const auto half = [](std::int32_t from, std::int32_t size, std::uint32_t end) {
    const std::int32_t first = from / 2;
    return Span(first, (from + size + 1) / 2 - first, static_cast<std::int32_t>(end / 2));
  };
  const Span x = half(mask.x, mask.width, g.width), y = half(mask.y, mask.height, g.height);
  for (std::int32_t row = y.first; row < y.first + y.size; ++row) {
    std::uint8_t* pair = chroma + static_cast<std::size_t>(row) * g.chroma_stride + 2 * x.first;
    for (std::int32_t i = 0; i < x.size; ++i, pair += 2) {
      pair[0] = mask.u;
      pair[1] = mask.v;
    }
  }
}

}  // namespace

PlaneWindow luma_window(const ChannelGeometry& g) {
  const auto i = [](std::uint32_t x) { return static_cast<std::int32_t>(x); };
  return {i(g.input_x), i(g.input_y), i(g.input_width), i(g.input_height),
          i(g.crop_x),  i(g.crop_y),  i(g.width),       i(g.height)};
}

PlaneWindow chroma_window(const ChannelGeometry& g) {
  const PlaneWindow w = luma_window(g);
  return {w.input_x / 2,
          w.input_y / 2,
          std::max(w.input_width / 2, 1),
          std::max(w.input_height / 2, 1),
          w.crop_x / 2,
          w.crop_y / 2,
          w.width / 2,
          w.height / 2};
}

AxisFilter::Place AxisFilter::place(std::int32_t coordinate) const {
  // Centres of output and source samples coincide on average: no shift of the image.
  const std::int64_t position = std::int64_t{coordinate} * step + ((step - kOne) >> 1);
  const auto fraction = static_cast<std::int32_t>(position & (kOne - 1));
  const auto first = static_cast<std::int32_t>(position >> 9) - 1;
  if (four_taps) return {first, weight};
  return {first, {0, kOne - fraction, fraction, 0}};
}

std::vector<Tap> make_taps(const AxisFilter& filter, std::int32_t input, std::int32_t input_size,
                           std::int32_t crop, std::int32_t size, bool reversed) {
  std::vector<Tap> taps(static_cast<std::size_t>(size));
  for (std::int32_t i = 0; i < size; ++i) {
    const AxisFilter::Place place = filter.place(crop + i);
    Tap& tap = taps[static_cast<std::size_t>(reversed ? size - 1 - i : i)];
    for (std::int32_t k = 0; k < 4; ++k) {
      tap.source[static_cast<unsigned>(k)] = input + limit(place.first + k, 0, input_size - 1);
    }
    tap.weight = place.weight;
  }
  return taps;
}

void paint_masks(const ChannelOutput& channel, const ChannelImage& image) {
  for (const Mask& mask : channel.masks) {
    if (mask.width == 0 || mask.height == 0) continue;
    paint_luma(mask, channel.geometry, image.luma);
    paint_chroma(mask, channel.geometry, image.chroma);
  }
}

void produce_channel(const ChannelOutput& channel, const Nv12Frame& source,
                     const ChannelImage& image) {
  const ChannelGeometry& g = channel.geometry;
  produce_plane(channel, luma_window(g), source.luma, 1, image.luma, g.luma_stride);
  produce_plane(channel, chroma_window(g), source.chroma, 2, image.chroma, g.chroma_stride);
  paint_masks(channel, image);
}

}  // namespace t31::model::pixel

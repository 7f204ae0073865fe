// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/reference.hpp"

namespace t31::model::pixel {
namespace {

unsigned slot_at(std::int32_t x, std::int32_t y) {
  return FilterArray::slot(static_cast<unsigned>(x), static_cast<unsigned>(y));
}

Plane<std::uint16_t> balanced(const Configuration& c, Plane<std::uint16_t> bayer) {
  for (std::int32_t y = 0; y < bayer.height; ++y) {
    for (std::int32_t x = 0; x < bayer.width; ++x) {
      std::uint16_t& sample = bayer.at(x, y);
      sample = static_cast<std::uint16_t>(c.white_balance.apply(slot_at(x, y), sample));
    }
  }
  return bayer;
}

Plane<std::uint16_t> shaded(const Configuration& c, Plane<std::uint16_t> bayer) {
  for (std::int32_t y = 0; y < bayer.height; ++y) {
    for (std::int32_t x = 0; x < bayer.width; ++x) {
      const unsigned plane = LensShading::plane(c.filter.visible(slot_at(x, y)));
      std::uint16_t& sample = bayer.at(x, y);
      sample = static_cast<std::uint16_t>(c.lens_shading.apply(plane, x, y, sample));
    }
  }
  return bayer;
}

// White balance, defect pixels, noise and lens shading: what the demosaic reads.
Plane<std::uint16_t> finished_bayer(const Configuration& c, const Plane<std::uint16_t>& bayer) {
  const auto corrected = correct_frame(c.defect_pixels, c.filter, balanced(c, bayer));
  return shaded(c, denoise_frame(c.raw_denoise, c.filter, corrected));
}

// 10-bit luma and chroma at every pixel.
std::array<Plane<std::uint16_t>, 3> coloured(const Configuration& c, const RgbPlanes& rgb) {
  const std::int32_t width = rgb.green.width, height = rgb.green.height;
  std::array<Plane<std::uint16_t>, 3> yuv;
  yuv.fill(Plane<std::uint16_t>(width, height));
  for (std::int32_t y = 0; y < height; ++y) {
    for (std::int32_t x = 0; x < width; ++x) {
      const Triple pixel = colour_of(c, {rgb.red.at(x, y), rgb.green.at(x, y), rgb.blue.at(x, y)});
      for (unsigned i = 0; i < 3; ++i) yuv[i].at(x, y) = static_cast<std::uint16_t>(pixel[i]);
    }
  }
  return yuv;
}

// Mean of a 2x2 block, 10 to 8 bits. The last row and column of an odd size stand in for the
// missing.
std::uint8_t block_mean(const Plane<std::uint16_t>& plane, std::int32_t x, std::int32_t y) {
  const std::int32_t right = std::min(x + 1, plane.width - 1);
  const std::int32_t below = std::min(y + 1, plane.height - 1);
  return static_cast<std::uint8_t>(
      (plane.at(x, y) + plane.at(right, y) + plane.at(x, below) + plane.at(right, below)) >> 4);
}

}  // namespace

Plane<std::uint16_t> reference_bayer(const Configuration& c, const BayerFrame& frame) {
  Plane<std::uint16_t> bayer(c.width, c.height);
  for (std::int32_t y = 0; y < c.height; ++y) {
    for (std::int32_t x = 0; x < c.width; ++x) {
      const auto i = static_cast<std::size_t>(y) * frame.width + static_cast<std::size_t>(x);
      bayer.at(x, y) = static_cast<std::uint16_t>(
          c.black_level.apply(slot_at(x, y), aligned_to_12(frame.codes[i], frame.bits)));
    }
  }
  return bayer;
}

Nv12Frame reference_image(const Configuration& c, const Plane<std::uint16_t>& bayer) {
  const auto yuv = coloured(c, demosaic_frame(c.demosaic, c.filter, finished_bayer(c, bayer)));
  Nv12Frame image(bayer.width, bayer.height);
  for (std::int32_t y = 0; y < bayer.height; ++y) {
    for (std::int32_t x = 0; x < bayer.width; ++x) {
      image.luma.at(x, y) = static_cast<std::uint8_t>(yuv[0].at(x, y) >> 2);
    }
  }
  for (std::int32_t y = 0; y < bayer.height; y += 2) {
    for (std::int32_t x = 0; x < bayer.width; x += 2) {
      image.chroma.at(x, y / 2) = block_mean(yuv[1], x, y);
      image.chroma.at(x + 1, y / 2) = block_mean(yuv[2], x, y);
    }
  }
  return image;
}

void process_reference(const Configuration& c, const BayerFrame& frame,
                       std::span<const ChannelImage, kChannels> images, Statistics* statistics,
                       PixelMemory*) {
  const Plane<std::uint16_t> bayer = reference_bayer(c, frame);
  if (statistics != nullptr) {
    write_statistics(c.ae, c.awb, measure_frame(c.ae, c.awb, c.filter, bayer), *statistics);
  }
  const Nv12Frame image = reference_image(c, bayer);
  for (unsigned i = 0; i < kChannels; ++i) {
    const bool wanted = images[i].luma != nullptr && images[i].chroma != nullptr;
    if (wanted && c.channels[i].produces()) produce_channel(c.channels[i], image, images[i]);
  }
}

}  // namespace t31::model::pixel

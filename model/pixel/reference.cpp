// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/reference.hpp"

#include "model/pixel/yuv.hpp"

namespace t31::model::pixel {
namespace {

unsigned slot_at(std::int32_t x, std::int32_t y) {
  return FilterArray::slot(static_cast<unsigned>(x), static_cast<unsigned>(y));
}

std::int32_t aligned_at(const BayerFrame& frame, std::int32_t x, std::int32_t y) {
  const auto i = static_cast<std::size_t>(y) * frame.width + static_cast<std::size_t>(x);
  return aligned_to_12(frame.codes[i], frame.bits);
}

// Infrared above black of the cell that holds a position; a cell cut off by the edge has none.
std::int32_t infrared_of(const Configuration& c, const BayerFrame& frame, std::int32_t x,
                         std::int32_t y) {
  for (unsigned slot = 0; slot < 4; ++slot) {
    const std::int32_t sx = (x & ~1) + static_cast<std::int32_t>(slot % 2);
    const std::int32_t sy = (y & ~1) + static_cast<std::int32_t>(slot / 2);
    if (c.filter.slots[slot] == Colour::kInfrared && sx < c.width && sy < c.height) {
      return std::max(aligned_at(frame, sx, sy) - c.black_level.level[slot], 0);
    }
  }
  return 0;
}

// Black level block of patterns with infrared: what infrared adds is taken off before the gain.
Plane<std::uint16_t> without_infrared(const Configuration& c, const BayerFrame& frame) {
  Plane<std::uint16_t> bayer(c.width, c.height);
  for (std::int32_t y = 0; y < c.height; ++y) {
    for (std::int32_t x = 0; x < c.width; ++x) {
      const unsigned slot = slot_at(x, y);
      const std::int32_t above = std::max(aligned_at(frame, x, y) - c.black_level.level[slot], 0);
      const std::int32_t visible =
          c.infrared.apply(c.filter.slots[slot], above, infrared_of(c, frame, x, y));
      bayer.at(x, y) =
          static_cast<std::uint16_t>(apply_gain(visible, c.black_level.gain[slot], 10));
    }
  }
  return bayer;
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

// Chroma of each 2x2 block.
Plane<std::uint16_t> halved(const Plane<std::uint16_t>& plane) {
  Plane<std::uint16_t> out((plane.width + 1) / 2, (plane.height + 1) / 2);
  for (std::int32_t y = 0; y < out.height; ++y) {
    for (std::int32_t x = 0; x < out.width; ++x) {
      out.at(x, y) = static_cast<std::uint16_t>(block_sum(plane, 2 * x, 2 * y) >> 2);
    }
  }
  return out;
}

// Planes of what `change` makes of each pixel.
template <typename Change>
ColourPlanes changed(ColourPlanes planes, const Change& change) {
  for (std::int32_t y = 0; y < planes[0].height; ++y) {
    for (std::int32_t x = 0; x < planes[0].width; ++x) {
      const Triple pixel = change({planes[0].at(x, y), planes[1].at(x, y), planes[2].at(x, y)});
      for (unsigned i = 0; i < 3; ++i) planes[i].at(x, y) = static_cast<std::uint16_t>(pixel[i]);
    }
  }
  return planes;
}

// 10-bit RGB behind gamma.
ColourPlanes encoded_frame(const Configuration& c, RgbPlanes rgb) {
  return changed({std::move(rgb.red), std::move(rgb.green), std::move(rgb.blue)},
                 [&c](const Triple& pixel) { return encoded(c, pixel); });
}

YuvFrame converted(const Configuration& c, ColourPlanes rgb) {
  ColourPlanes yuv =
      changed(std::move(rgb), [&c](const Triple& pixel) { return c.colour_space.apply(pixel); });
  YuvFrame out;
  out.luma = std::move(yuv[0]);
  out.u = halved(yuv[1]);
  out.v = halved(yuv[2]);
  for (std::int32_t y = 0; y < out.u.height; ++y) {
    for (std::int32_t x = 0; x < out.u.width; ++x) {
      const std::int32_t mean = block_sum(out.luma, 2 * x, 2 * y) >> 2;
      const Triple corrected = c.colour_map.apply({mean, out.u.at(x, y), out.v.at(x, y)});
      out.u.at(x, y) = static_cast<std::uint16_t>(corrected[1]);
      out.v.at(x, y) = static_cast<std::uint16_t>(corrected[2]);
    }
  }
  return out;
}

}  // namespace

Plane<std::uint16_t> reference_bayer(const Configuration& c, const BayerFrame& frame) {
  if (c.infrared.active) return without_infrared(c, frame);
  Plane<std::uint16_t> bayer(c.width, c.height);
  for (std::int32_t y = 0; y < c.height; ++y) {
    for (std::int32_t x = 0; x < c.width; ++x) {
      bayer.at(x, y) =
          static_cast<std::uint16_t>(c.black_level.apply(slot_at(x, y), aligned_at(frame, x, y)));
    }
  }
  return bayer;
}

Nv12Frame reference_image(const Configuration& c, const Plane<std::uint16_t>& bayer,
                          Statistics* statistics, PixelMemory* memory) {
  Plane<std::uint16_t> mosaic = finished_bayer(c, bayer);
  if (statistics != nullptr) {
    write_tone_statistics(c.tone_meter, measure_tone(c.tone_meter, mosaic), statistics->adr);
  }
  mosaic = map_tones(c.tone_mapping, std::move(mosaic));
  ColourPlanes rgb = encoded_frame(c, demosaic_frame(c.demosaic, c.filter, mosaic));
  if (statistics != nullptr) {
    write_defog_statistics(c.defog_meter, measure_defog(c.defog_meter, rgb), statistics->defog);
  }
  const YuvFrame yuv = converted(c, clear_haze(c.defog, std::move(rgb)));
  if (statistics != nullptr) {
    write_focus_statistics(c.focus, measure_focus(c.focus, yuv.luma), statistics->focus_zones);
  }
  return straightened(c.lens_distortion, reference_detail(c, yuv, memory));
}

void process_reference(const Configuration& c, const BayerFrame& frame,
                       std::span<const ChannelImage, kChannels> images, Statistics* statistics,
                       PixelMemory* memory) {
  const Plane<std::uint16_t> bayer = reference_bayer(c, frame);
  if (statistics != nullptr) {
    write_statistics(c.ae, c.awb, measure_frame(c.ae, c.awb, c.filter, bayer), *statistics);
  }
  const Nv12Frame image = reference_image(c, bayer, statistics, memory);
  for (unsigned i = 0; i < kChannels; ++i) {
    const bool wanted = images[i].luma != nullptr && images[i].chroma != nullptr;
    if (wanted && c.channels[i].produces()) produce_channel(c.channels[i], image, images[i]);
  }
}

}  // namespace t31::model::pixel

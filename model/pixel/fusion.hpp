// SPDX-License-Identifier: GPL-2.0-or-later
// fusion.hpp - WDR: fusion of a long and a short exposure into one 12-bit Bayer frame
// (docs/pixels.md).
#pragma once

#include <array>
#include <cstdint>

#include "model/pixel/exposures.hpp"
#include "model/pixel/pipeline.hpp"
#include "model/pixel/plane.hpp"

namespace t31::model::pixel {

// Where the long exposure waits for the short one: lines in DRAM, used in turn.
struct DelayBuffer {
  std::uint32_t address = 0, stride = 0, lines = 0;
  // What a frame of this width needs at least.
  bool usable(std::uint32_t width) const {
    return address != 0 && stride >= 2 * width && lines > 0;
  }
};
DelayBuffer decode_delay_buffer(const IspRegisters& registers);

struct Fusion {
  static constexpr unsigned kMapNodes = 81, kThresholds = 27, kCurveNodes = 33, kColours = 3;
  enum class Output : std::uint8_t { kFused, kShort, kLong };

  bool active = false;
  Output output = Output::kFused;
  std::int32_t ceiling = 0;
  std::array<ExposurePath, 2> exposure;
  std::array<unsigned, 4> map_of{};  // by slot: 0 red, 1 green, 2 blue
  std::array<std::array<std::int32_t, kMapNodes>, kColours> map{};
  std::array<std::int32_t, kThresholds> label{}, threshold{}, range{};
  std::array<std::int32_t, kThresholds - 1> label_shift{};
  std::int32_t ghost_weight = 0;  // of 32
  std::array<std::int32_t, kCurveNodes> curve{}, gamma{};
  std::array<std::int32_t, 4> point_x{}, point_y{};  // factor on the curve, Q14
  std::array<std::int32_t, 3> point_shift{};
  std::int32_t luma_reciprocal = 0, output_reciprocal = 0;  // Q12; 0: one half
  std::int32_t inverse = 0;                  // short by long code, Q12, as the maps have it
  std::array<std::int32_t, 3> statistics{};  // luma levels that are counted

  // The short code on the long exposure's scale.
  std::int32_t mapped(unsigned colour, std::int32_t code) const;
  // Share of the short exposure, of 256, from the lumas of a cell in both.
  std::int32_t weight(std::int32_t long_luma, std::int32_t short_luma) const;
  // What the maps make of the lumas of a cell in the short exposure, Q12: its samples are scaled
  // alike, so that a map's stairs, which differ from colour to colour, don't tint it.
  static std::int32_t map_gain(std::int32_t mapped_luma, std::int32_t short_luma) {
    constexpr std::int32_t kMost = (1 << 18) - 1;
    return std::min((mapped_luma << 12) / std::max(short_luma, 1), kMost);
  }
  // One pixel, 12 bit.
  std::int32_t fuse(std::int32_t longer, std::int32_t shorter, std::int32_t map_gain,
                    std::int32_t weight) const {
    return encoded(mixed(longer, shorter, map_gain, weight));
  }
  std::int32_t encoded(std::int32_t x) const;  // gamma

  // Parts of weight().
  std::int32_t curve_weight(std::int32_t luma) const;
  struct Motion {
    std::int32_t threshold, range;
  };
  Motion motion_limit(std::int32_t luma) const;
  std::int32_t motion(std::int32_t luma, std::int32_t difference) const;  // of 32
  // In front of the gamma.
  std::int32_t mixed(std::int32_t longer, std::int32_t shorter, std::int32_t map_gain,
                     std::int32_t weight) const;
  std::int32_t mean_luma(std::int32_t long_luma, std::int32_t short_luma) const;
};

Fusion decode_fusion(const IspRegisters& registers, const FilterArray& filter);

// Both exposures behind their own stages, 12 bit.
struct ExposurePlanes {
  Plane<std::uint16_t> longer, shorter;  // behind white balance: what is fused
  Plane<std::uint16_t> metered[2];       // before it: what AE and white balance measure
};

// Sends the long exposure through the delay buffer, where its lines wait in turn for those of the
// short one, which come `delay` lines later: what comes out of memory replaces it, which with too
// few lines is a later line. Without memory there it is black.
void delay_long_exposure(const DelayBuffer& buffer, std::int32_t delay, PixelMemory* memory,
                         Plane<std::uint16_t>& longer);

// Scalar reference.
ExposurePlanes prepare_exposures(const Fusion& fusion, const BayerFrame& frame);
Plane<std::uint16_t> fuse_frame(const Fusion& fusion, const ExposurePlanes& planes);

// DMA record of the WDR statistics (hw-blocks-detail-tone 7.8).
void write_fusion_statistics(const Fusion& fusion, const ExposurePlanes& planes, Statistics& out);

}  // namespace t31::model::pixel

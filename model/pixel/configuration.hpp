// SPDX-License-Identifier: GPL-2.0-or-later
// configuration.hpp - what the registers of one frame say, decoded once.
#pragma once

#include <array>

#include "model/pixel/black_level.hpp"
#include "model/pixel/colour_control.hpp"
#include "model/pixel/colour_map.hpp"
#include "model/pixel/colour_matrix.hpp"
#include "model/pixel/colour_space.hpp"
#include "model/pixel/defect_pixels.hpp"
#include "model/pixel/defog.hpp"
#include "model/pixel/demosaic.hpp"
#include "model/pixel/detail.hpp"
#include "model/pixel/focus.hpp"
#include "model/pixel/fusion.hpp"
#include "model/pixel/gamma.hpp"
#include "model/pixel/infrared.hpp"
#include "model/pixel/lens_distortion.hpp"
#include "model/pixel/lens_shading.hpp"
#include "model/pixel/output.hpp"
#include "model/pixel/raw_denoise.hpp"
#include "model/pixel/statistics.hpp"
#include "model/pixel/tone_mapping.hpp"
#include "model/pixel/tone_statistics.hpp"
#include "model/pixel/white_balance.hpp"

namespace t31::model::pixel {

struct Configuration {
  std::int32_t width = 0, height = 0;
  FilterArray filter;
  BlackLevel black_level;
  InfraredRemoval infrared;
  WhiteBalance white_balance;
  Fusion fusion;
  DelayBuffer delay;
  DefectPixels defect_pixels;
  RawDenoise raw_denoise;
  LensShading lens_shading;
  ToneMapping tone_mapping;
  Demosaic demosaic;
  ColourMatrix colour_matrix;
  Gamma gamma;
  Defog defog;
  ColourSpace colour_space;
  ColourMap colour_map;
  Detail detail;
  ColourControl colour_control;
  LensDistortion lens_distortion;
  AeEngine ae;
  AeEngine ae_short;  // of the second exposure
  AwbEngine awb;
  FocusEngine focus;
  ToneMeter tone_meter;
  DefogMeter defog_meter;
  std::array<ChannelOutput, kChannels> channels;
};

// The result refers to `registers` (lens shading mesh).
Configuration decode_configuration(const IspRegisters& registers);

// 10-bit encoded RGB of a linear pixel: matrix, gamma.
inline Triple encoded(const Configuration& c, const Triple& rgb) {
  Triple out = c.gamma.apply(c.colour_matrix.apply(rgb));
  for (auto& x : out) x >>= 2;
  return out;
}

}  // namespace t31::model::pixel

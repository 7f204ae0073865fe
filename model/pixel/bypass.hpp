// SPDX-License-Identifier: GPL-2.0-or-later
// bypass.hpp - which blocks a frame passes by: register 0x000c, one bit per block, 1 = bypassed.
#pragma once

#include <cstdint>

#include "model/pixel/pipeline.hpp"

namespace t31::model::pixel {

enum class Block : unsigned {
  kBlackLevel = 1,
  kWhiteBalance = 2,
  kFusion = 3,
  kDefectPixels = 4,
  kRawDenoise = 5,
  kLensShading = 6,
  kToneMapping = 7,
  kDemosaic = 8,
  kColourMatrix = 9,
  kGamma = 10,
  kDefog = 11,
  kColourSpace = 12,
  kColourMap = 13,
  kSharpen = 14,
  kLumaDenoise = 15,
  kColourControl = 16,
  kSpatialDenoise = 17,
  kLensDistortion = 18,
};

inline bool bypassed(const IspRegisters& registers, Block block) {
  constexpr std::uint32_t kBypass = 0x000c;
  return ((registers[kBypass] >> static_cast<unsigned>(block)) & 1u) != 0;
}

}  // namespace t31::model::pixel

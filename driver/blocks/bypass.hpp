// SPDX-License-Identifier: GPL-2.0-or-later
// bypass.hpp - which blocks are bypassed: the bank's wish, the mode's needs, the user's module
// control.
#pragma once

#include "driver/tuning/bank.hpp"

namespace t31::blocks {

// Bits of the bypass word that the driver itself looks at (hw-pipeline 4.3).
inline constexpr u32 kExposureBlackLevelBit = 0;
inline constexpr u32 kWdrBit = 3;
inline constexpr u32 kLensShadingBit = 6;
inline constexpr u32 kLocalToneBit = 7;
inline constexpr u32 kColourMatrixBit = 9;
inline constexpr u32 kDefogBit = 11;
inline constexpr u32 kBcshBit = 16;

// Bits that module control sees; above them it has the temporal denoise, which has no bypass bit.
inline constexpr u32 kModuleMask = 0x7ffff;
inline constexpr u32 kTemporalDenoiseModule = 1u << 31;

struct BypassRequest {
  u32 chosen = 0;  // bits that the user controls
  u32 modules = 0;
  bool output_released = false;
  bool temporal_chosen = false;  // bit 31 of `modules` counts
  bool switched = false;         // the bank in force came by a switch, not at initialisation
};

// The word for the bypass register (tuning-blob 3).
u32 compose_bypass(tuning::Bank bank, bool wdr, const BypassRequest& request);

}  // namespace t31::blocks

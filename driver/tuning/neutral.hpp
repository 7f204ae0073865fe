// SPDX-License-Identifier: GPL-2.0-or-later
// neutral.hpp - a tuning bank that adds nothing of its own: our built-in default, and what a replay
// of raw pictures uses.
//
// Neutral means: a sensor with sRGB primaries gives sRGB colours (identity matrices, exact sRGB
// gamma, saturation and contrast 1.0, BT.601 full range); every optional block is bypassed; the
// demosaic neither sharpens nor smoothes; exposure targets and light metering are plain and even.
#pragma once

#include <span>

#include "driver/tuning/bank.hpp"
#include "driver/tuning/tuning_file.hpp"

namespace t31::tuning {

struct NeutralOptions {
  // In the pipeline's 12 bits, all colours: an 8-bit sensor's code times 16, a 10-bit sensor's
  // times 4.
  u32 black_level = 0;
  // White balance to start with, Q10 over green (1024 = 1.0); up to 16383.
  u32 red_gain_q10 = 1024;
  u32 blue_gain_q10 = 1024;
};

// Fills `bank` (kBankBytes).
void build_neutral_bank(std::span<u8> bank, const NeutralOptions& options);

// Fills `file` (kFileBytes): header with checksum, the same bank for day and night.
void build_file(std::span<u8> file, const NeutralOptions& options);

}  // namespace t31::tuning

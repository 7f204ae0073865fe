// SPDX-License-Identifier: GPL-2.0-or-later
// chip_loop.hpp - a whole virtual camera with a described chip and any driver for it.
#pragma once

#include <cstdint>
#include <string>

namespace t31::test {

struct Looked {
  double luma = 0;  // mean of the last frame
  unsigned frames = 0;
  std::uint32_t lines = 0;  // what the driver says it exposes
  std::uint32_t gain_q10 = 0;
};

struct Look {
  std::string chip;  // JSON of the chip
  std::string name;  // of driver and chip
  std::uint32_t address = 0;
  std::string module;  // shared object
  std::string parameters;
  double level = 0.18;  // of the scene, an even grey
  unsigned width = 1920, height = 1080;
  unsigned frames = 40;
  // Manual exposure; 0 lines: the driver's own.
  unsigned manual_lines = 0;
  double manual_gain = 1;
};

// Throws with the first thing that went wrong.
Looked look(const Look& wanted);

}  // namespace t31::test

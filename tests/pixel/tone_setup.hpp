// SPDX-License-Identifier: GPL-2.0-or-later
// tone_setup.hpp - registers of local tone mapping and defog for the tests of the pixel path, from
// the formulas of their documentation.
#pragma once

#include <array>
#include <cstdint>
#include <functional>

#include "model/pixel/pipeline.hpp"

namespace t31::model {

inline constexpr std::uint32_t kBypassAdr = 1u << 7, kBypassDefog = 1u << 11;

// Abscissas of the tone curves as tuning files have them.
inline constexpr std::array<std::uint32_t, 11> kToneX{32,  64,  128,  192,  256, 384,
                                                      512, 768, 1024, 1536, 2048};

// Switches tone mapping on: blocks, distances and weights for the frame's size, identity curves,
// no change of contrast and colour; statistics on.
void set_tone_mapping(IspRegisters& registers);
// The curve of a block, or of all; node(x) at each abscissa.
using Curve = std::function<std::uint32_t(std::uint32_t x)>;
void set_tone_curve(IspRegisters& registers, unsigned column, unsigned row, const Curve& node);
void set_tone_curves(IspRegisters& registers, const Curve& node);
void set_minimum_curve(IspRegisters& registers, const Curve& node);
// The same gain (Q10) of detail for every luma; details beyond `least` up to `most` more.
void set_contrast(IspRegisters& registers, std::uint32_t gain, std::uint32_t least,
                  std::uint32_t most);
// The exponent of colour compensation (Q10) for every gain, with the tables of tuning files.
void set_compensation(IspRegisters& registers, std::uint32_t exponent);

// Switches defog on: blocks, distances and weights for the frame's size, a map without effect, no
// weakening by value or saturation; statistics on.
void set_defog(IspRegisters& registers);
struct HazeBlock {
  std::uint32_t transmission = 255, red = 0, green = 0, blue = 0;
};
void set_haze(IspRegisters& registers, unsigned column, unsigned row, const HazeBlock& block);
void set_haze(IspRegisters& registers, const HazeBlock& everywhere);

}  // namespace t31::model

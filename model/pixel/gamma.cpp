// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/gamma.hpp"

#include "model/pixel/bypass.hpp"

namespace t31::model::pixel {
namespace {

constexpr std::array<std::uint32_t, 3> kCurves{0x40000, 0x48000, 0x50000};  // red, green, blue

}  // namespace

Gamma decode_gamma(const IspRegisters& registers) {
  Gamma block;
  block.active = !bypassed(registers, Block::kGamma);
  for (unsigned colour = 0; colour < 3; ++colour) {
    for (unsigned i = 0; i < Gamma::kSegments; ++i) {
      block.curves[colour][i] = registers[kCurves[colour] + 4 * i];
    }
  }
  return block;
}

}  // namespace t31::model::pixel

// SPDX-License-Identifier: GPL-2.0-or-later
// line_format.hpp - MIPI lines as bytes, and what comes out when they are unpacked as something
// else: RAW8, RAW10, RAW12, and as 16 bits YUV 4:2:2, chroma before luma (CSI-2: Cb Y Cr Y).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace t31::model {

// 32-bit words of one line of `pixels` pixels.
constexpr std::uint32_t line_words(std::uint32_t pixels, unsigned bits) {
  return (pixels * bits + 31) / 32;
}

std::vector<std::uint8_t> pack_line(std::span<const std::uint16_t> codes, unsigned bits);
std::vector<std::uint16_t> unpack_line(std::span<const std::uint8_t> bytes, unsigned bits);

}  // namespace t31::model

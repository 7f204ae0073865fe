// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/core/line_format.hpp"

namespace t31::model {
namespace {

// Pixels whose low bits share one byte behind their high bytes. Chroma and luma of a pixel come in
// the same way: its upper byte, and the lower one behind it.
constexpr unsigned group_pixels(unsigned bits) {
  return bits == 8 || bits == 16 ? 1 : bits == 10 ? 4 : 2;
}
constexpr unsigned group_bytes(unsigned bits) {
  return group_pixels(bits) * bits / 8;
}

}  // namespace

std::vector<std::uint8_t> pack_line(std::span<const std::uint16_t> codes, unsigned bits) {
  const unsigned group = group_pixels(bits), low_bits = bits - 8;
  std::vector<std::uint8_t> bytes;
  bytes.reserve(codes.size() / group * group_bytes(bits));
  for (std::size_t first = 0; first + group <= codes.size(); first += group) {
    unsigned tail = 0;
    for (unsigned i = 0; i < group; ++i) {
      bytes.push_back(static_cast<std::uint8_t>(codes[first + i] >> low_bits));
      tail |= (codes[first + i] & ((1u << low_bits) - 1)) << (low_bits * i);
    }
    if (low_bits > 0) bytes.push_back(static_cast<std::uint8_t>(tail));
  }
  return bytes;
}

std::vector<std::uint16_t> unpack_line(std::span<const std::uint8_t> bytes, unsigned bits) {
  const unsigned group = group_pixels(bits), size = group_bytes(bits), low_bits = bits - 8;
  std::vector<std::uint16_t> codes;
  codes.reserve(bytes.size() / size * group);
  for (std::size_t first = 0; first + size <= bytes.size(); first += size) {
    const unsigned tail = low_bits > 0 ? bytes[first + group] : 0;
    for (unsigned i = 0; i < group; ++i) {
      const unsigned low = tail >> (low_bits * i) & ((1u << low_bits) - 1);
      codes.push_back(static_cast<std::uint16_t>(bytes[first + i] << low_bits | low));
    }
  }
  return codes;
}

}  // namespace t31::model

// SPDX-License-Identifier: GPL-2.0-or-later
// bayer.hpp - colours of the 2x2 cell of the sensor's filter array, and the frame brought to 12
// bits.
#pragma once

#include <array>
#include <cstdint>

#include "model/pixel/pipeline.hpp"

namespace t31::model::pixel {

enum class Colour : std::uint8_t { kRed, kGreenRed, kGreenBlue, kBlue, kInfrared };

// Slots are the positions of a cell: 0 = row 0 column 0, 1 = row 0 column 1, 2 = row 1 column 0, 3.
struct FilterArray {
  std::array<Colour, 4> slots{};
  Colour absent = Colour::kInfrared;  // the colour that no slot has

  static constexpr unsigned slot(std::uint32_t x, std::uint32_t y) { return 2 * (y & 1) + (x & 1); }
  bool has_infrared() const { return absent != Colour::kInfrared; }
  // Colour for reconstruction: an infrared sample stands in for the colour that it
  // displaces, so that every pattern demosaics as one of the four Bayer orders.
  Colour visible(unsigned slot) const {
    return slots[slot] == Colour::kInfrared ? absent : slots[slot];
  }
  bool red_row(std::uint32_t y) const;  // the row holds the red sites
  bool green(std::uint32_t x, std::uint32_t y) const;
};

// Register 0x0008 [4:0]. Codes without a pattern (4 ... 7, 24 ...) act as 0.
FilterArray decode_filter_array(const IspRegisters& registers);

// A sensor code of `bits` bits as 12 bits, most significant bit aligned.
inline std::uint16_t aligned_to_12(std::uint16_t code, unsigned bits) {
  const unsigned kept = code & ((1u << bits) - 1u);
  return static_cast<std::uint16_t>(bits <= 12 ? kept << (12 - bits) : kept >> (bits - 12));
}

}  // namespace t31::model::pixel

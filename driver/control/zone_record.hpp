// SPDX-License-Identifier: GPL-2.0-or-later
// zone_record.hpp - the 16-byte records of one zone that the statistics engines write, unpacked
// word by word (ae-awb-af 1.2, 1.5, 1.6). Buffers are aligned; the hardware is little-endian, as
// the machines that this runs on.
#pragma once

#include "driver/port/port_types.h"

namespace t31::control {

inline constexpr u32 kRecordWords = 4;

// Words of a statistics buffer.
inline const u32* record_words(const u8* dma) {
  return static_cast<const u32*>(__builtin_assume_aligned(dma, 16));
}

namespace detail {
inline constexpr u32 kSum = (1u << 21) - 1;
constexpr u32 first_sum(const u32* w) {
  return w[0] & kSum;
}
constexpr u32 second_sum(const u32* w) {
  return w[0] >> 21 | (w[1] & 0x3ff) << 11;
}
constexpr u32 third_sum(const u32* w) {
  return w[1] >> 10 & kSum;
}
}  // namespace detail

// Luma sums and cell counts by class; the rest of the cells is of the middle class.
struct AeZone {
  u32 dark_sum, middle_sum, bright_sum;
  u32 dark_cells, bright_cells;
};
constexpr AeZone unpack_ae_zone(const u32* w) {
  return {detail::first_sum(w), detail::second_sum(w), detail::third_sum(w),
          w[1] >> 31 | (w[2] & 0xfff) << 1, w[2] >> 12 & 0x1fff};
}

// Sums over the cells that may be white, and their number.
struct AwbZone {
  u32 red, green, blue, cells;
};
constexpr AwbZone unpack_awb_zone(const u32* w) {
  return {detail::first_sum(w), detail::second_sum(w), detail::third_sum(w),
          w[2] >> 20 | (w[3] & 1) << 12};
}

// Sums of two vertical and two horizontal high-pass filters.
struct AfZone {
  u32 vertical0, vertical1, horizontal0, horizontal1;
  u32 luma, highlights;
  u32 frame_bits;  // two of the frame number's eight
};
constexpr AfZone unpack_af_zone(const u32* w) {
  return {w[0] & 0x3fffff,
          w[0] >> 22 | (w[1] & 0xfff) << 10,
          w[1] >> 12 | (w[2] & 3) << 20,
          w[2] >> 2 & 0x3fffff,
          w[2] >> 24 | (w[3] & 0x7fff) << 8,
          w[3] >> 15 & 0x7fff,
          w[3] >> 30};
}

}  // namespace t31::control

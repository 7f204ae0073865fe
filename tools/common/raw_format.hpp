// SPDX-License-Identifier: GPL-2.0-or-later
// raw_format.hpp - files of recorded raw frames: what --raw and --raw-format say.
#pragma once

#include <cstdint>
#include <string>

namespace t31::tools {

// --raw-format WxH:ORDER:BITS[:BLACK]
struct RawFormat {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::string order;       // rggb, grbg, gbrg, bggr
  unsigned bits = 0;       // 8, 10 or 12; more than 8: little-endian 16-bit words, right-aligned
  double black = 0;        // in sensor codes
  bool has_black = false;  // the text says it
};
// Throws UsageError.
RawFormat parse_raw_format(const std::string& text);

std::uint64_t frame_bytes(const RawFormat& format);
// Throws UsageError when the file can't be seen or isn't a whole number of frames. `option` is
// what the message calls it.
void check_raw_file(const std::string& option, const std::string& path, const RawFormat& format);

}  // namespace t31::tools

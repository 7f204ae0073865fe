// SPDX-License-Identifier: GPL-2.0-or-later
// raw_frame.hpp - a recorded raw file as measurements: the mean of its frames, colour by colour.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "common/raw_format.hpp"

namespace t31::tune {

enum Site : std::size_t { kRed, kGreenRed, kGreenBlue, kBlue, kSites };

// One number a Bayer cell of two by two pixels.
struct Plane {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::vector<float> values;

  Plane() = default;
  Plane(std::uint32_t w, std::uint32_t h) : width(w), height(h), values(std::size_t{w} * h) {}
  float at(std::uint32_t x, std::uint32_t y) const { return values[std::size_t{y} * width + x]; }
  float& at(std::uint32_t x, std::uint32_t y) { return values[std::size_t{y} * width + x]; }
};

// Position of a colour within its cell.
struct Offset {
  std::uint32_t x, y;
};
// By site. `order` as RawFormat has it.
std::array<Offset, kSites> site_offsets(const std::string& order);

struct RawFrame {
  tools::RawFormat format;
  unsigned frames = 0;               // averaged
  unsigned largest = 0;              // code
  std::array<Plane, kSites> planes;  // codes
  // Cells in which a code was at the end of the range in any frame.
  std::vector<bool> clipped;

  std::uint32_t cells_across() const { return format.width / 2; }
  std::uint32_t cells_down() const { return format.height / 2; }
  double top_code() const { return (1u << format.bits) - 1; }
};

// Throws UsageError when the file doesn't fit the format, Failure when it can't be read. `option`
// is what messages call it.
RawFrame read_raw(const std::string& option, const std::string& path,
                  const tools::RawFormat& format);

// Black level of each site, in codes.
using BlackLevel = std::array<double, kSites>;

}  // namespace t31::tune

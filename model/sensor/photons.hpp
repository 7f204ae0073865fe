// SPDX-License-Identifier: GPL-2.0-or-later
// photons.hpp - from light to sensor codes: exposure, shot and read noise, black level, saturation.
//
// One row at a time, bit-identical on every instruction set and for every division into threads:
// noise comes from a hash of (seed, frame, row, column), and the arithmetic rounds to integers
// wherever a compiler could otherwise fuse a multiplication with an addition.
#pragma once

#include <cstddef>
#include <cstdint>

namespace t31::model {

// What turns light into charge and charge into codes.
struct PixelPhysics {
  double full_well;        // electrons that reach the highest code at gain 1
  double read_noise;       // electrons, before the gain
  double converter_noise;  // codes, after the gain
  double black_level;      // codes
  std::uint32_t bits;      // of a code
  double full_scale() const { return static_cast<double>((1U << bits) - 1) - black_level; }
};

// Constants of one frame. Levels in codes above black are kept with 8 fractional bits, variances
// with 16.
struct ExposureTerms {
  float level_per_unit[2];     // Q8 level of one unit of the light map, even and odd columns
  float level_limit;           // Q8; far above saturation, keeps the sums in 32 bits
  float variance_per_level;    // Q16 shot-noise variance per Q8 level
  std::int32_t variance_base;  // Q16 read and converter noise
  std::int32_t black;          // Q8, with the half for rounding
  std::int32_t highest_code;
  bool noise;
};

// `level_of_unit`: level (1.0 = full scale) of one unit of the map at relative exposure 1;
// `exposure`: integration time relative to the start value; `gain`: analogue gain.
ExposureTerms exposure_terms(const PixelPhysics& physics, double level_of_unit, double exposure,
                             double gain, bool noise);

// Seeds the noise of one row.
std::uint64_t row_key(std::uint64_t seed, std::uint64_t frame, std::uint32_t row);

// codes[i] for light[i], times shade[i] / 32768 when `shade` is not null. Any alignment.
void expose_row(const ExposureTerms& terms, std::uint64_t key, const std::uint16_t* light,
                const std::uint16_t* shade, std::uint16_t* codes, std::size_t count);

// The same in plain C++, the reference for the above.
void expose_row_reference(const ExposureTerms& terms, std::uint64_t key, const std::uint16_t* light,
                          const std::uint16_t* shade, std::uint16_t* codes, std::size_t count);

}  // namespace t31::model

// SPDX-License-Identifier: GPL-2.0-or-later
// fast_rows.hpp - the vector kernels of the fast path. Each works on one row (or pair of rows)
// whose samples are split by column parity: `even` holds columns 0, 2, 4 ..., `odd` columns 1, 3, 5
// ...
//
// Kernels read and write whole vectors: up to kPadding samples beyond the end are scratch, and
// neighbourhoods read up to two samples before the start and behind the end.
#pragma once

// Narrowing restores the order of interleaved halves only in vectors of a fixed size.
// Beside these: sets that gain little over their neighbours and cost compile time.
#define HWY_DISABLED_TARGETS \
  (HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV | HWY_SSSE3 | HWY_AVX3_DL)
// Machines without a known instruction set get emulated vectors: the scalar set lacks interleaving.
#define HWY_BROKEN_EMU128 0

#include <cstddef>
#include <cstdint>

#include "model/pixel/colour_control.hpp"
#include "model/pixel/colour_matrix.hpp"
#include "model/pixel/colour_space.hpp"
#include "model/pixel/defect_pixels.hpp"
#include "model/pixel/demosaic.hpp"
#include "model/pixel/raw_denoise.hpp"
#include "model/pixel/statistics.hpp"

namespace t31::model::pixel {

inline constexpr std::size_t kPadding = 64;  // samples; two of the widest vectors

using Sample = std::int16_t;

// A row split by column parity.
struct Split {
  Sample* even = nullptr;
  Sample* odd = nullptr;
  Sample* operator[](unsigned parity) const { return parity == 0 ? even : odd; }
};

// Input alignment, black level, white balance and lens shading of one row.
struct BayerRow {
  unsigned bits = 12;  // of a code
  bool black_level = false, white_balance = false, lens_shading = false;
  std::int32_t level[2] = {}, level_gain[2] = {}, balance_gain[2] = {};  // by column parity
  const Sample* mesh_above[2] = {};  // gains on the mesh rows around, by column parity
  const Sample* mesh_below[2] = {};
  std::int32_t mesh_fraction = 0;  // Q15
  unsigned mesh_bits = 11;
};
// `tap`: the row behind the black level block. Both outputs have (width + 1) / 2 samples a side.
void bayer_row(const BayerRow& row, const std::uint16_t* codes, std::size_t width, Split tap,
               Split balanced);

// Lens shading alone, in place; of `row` only the mesh counts.
void shade_row(const BayerRow& row, std::size_t pairs, Split bayer);

// Bayer rows y - 2, y, y + 2, padded. For blocks that are plain.
struct DefectRow {
  const DefectPixels* block = nullptr;
  Split bayer[3];
};
void defect_row(const DefectRow& row, std::size_t pairs, Split out);

// Bayer rows y - 2 ... y + 2, padded; `site` is the column parity that is not green.
struct DenoiseRow {
  const RawDenoise* block = nullptr;
  unsigned site = 0;
  Split bayer[5];
};
void denoise_row(const DenoiseRow& row, std::size_t pairs, Split out);

// Bayer rows y - 2 ... y + 2, padded; `site` is the column parity that is not green.
struct GreenRow {
  const Demosaic* block = nullptr;
  unsigned site = 0;
  Split bayer[5];
};
// Writes green of the row, the site colour minus green, and each sample's larger gradient, with all
// bits inverted where the row is directional.
void green_row(const GreenRow& row, std::size_t pairs, Split green, Sample* difference,
               Split slopes);

// Rows y - 1 ... y + 1 of green and of colour differences, padded.
struct RgbRow {
  const Demosaic* block = nullptr;
  unsigned site = 0;
  bool red_row = false;
  Split green[3];
  const Sample* difference[3] = {};
  Split directional;  // as green_row writes it
};
void rgb_row(const RgbRow& row, std::size_t pairs, Split red, Split green, Split blue);

// In place. Nothing to do for an inactive block.
void matrix_row(const ColourMatrix& block, std::size_t samples, Sample* red, Sample* green,
                Sample* blue);

// In place, through a table of 4096 values.
void look_up_row(const std::uint16_t* table, Sample* row, std::size_t samples);

// What follows gamma: `rgb` are 10 bit.
struct ColourRow {
  const ColourSpace* space = nullptr;
  Split red, green, blue;
};
// Writes 10-bit luma in order and, per pair of columns, the sums of 10-bit chroma.
void colour_row(const ColourRow& row, std::size_t pairs, Sample* luma, Sample* u_sum,
                Sample* v_sum);
// Chroma of two rows of sums: the mean of each 2x2 block.
void halve_rows(const Sample* above, const Sample* below, std::size_t pairs, Sample* out);

// Colour controls on two rows of luma and their chroma, which ends as 8 bits, U and V interleaved.
struct ControlRows {
  const ColourControl* control = nullptr;
  const Sample* luma[2] = {};
  const Sample *u = nullptr, *v = nullptr;
};
void control_rows(const ControlRows& rows, std::size_t pairs, std::uint8_t* above,
                  std::uint8_t* below, std::uint8_t* chroma);

// A row of cells for the statistics, by colour; a colour that the pattern lacks is a row of zeros.
struct CellRow {
  const Sample* slots[4] = {};
  const Sample* red = nullptr;
  const Sample* green[2] = {};  // the same twice when the pattern has one green
  const Sample* blue = nullptr;
  const Sample* infrared = nullptr;
};
// The cells' values, 8 bits each.
struct CellBytes {
  std::uint8_t *luma, *red, *green, *blue, *infrared;
};
void cell_row(const CellRow& row, std::size_t cells, const CellBytes& out);

// Adds a row of cells to the totals of its zones.
void ae_zone_row(const AeEngine& engine, const CellBytes& cells, std::size_t width, AeZone* zones);
// Adds the white candidates of a row. `candidates` is scratch.
void awb_zone_row(const AwbEngine& engine, const CellBytes& cells, std::uint8_t* candidates,
                  std::size_t width, AwbZone* zones);

// Vertical filter of four rows to 12 bits.
struct VerticalTaps {
  const std::uint8_t* rows[4] = {};
  std::int32_t weight[4] = {};
};
void filter_rows(const VerticalTaps& taps, std::size_t samples, Sample* out);
// The same on interleaved pairs, separated.
void filter_pair_rows(const VerticalTaps& taps, std::size_t pairs, Sample* first, Sample* second);

// Horizontal filter: output i is made of the four samples from `in + first[i]`. Weights in pairs,
// the lower half first. Written, and the tables read, up to the next whole vector.
struct HorizontalTaps {
  const std::int32_t* first = nullptr;
  const std::int32_t* weights01 = nullptr;
  const std::int32_t* weights23 = nullptr;
};
void filter_columns(const HorizontalTaps& taps, const Sample* in, std::size_t samples,
                    std::uint8_t* out);
void interleave_bytes(const std::uint8_t* first, const std::uint8_t* second, std::size_t pairs,
                      std::uint8_t* out);

}  // namespace t31::model::pixel

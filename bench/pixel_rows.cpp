// SPDX-License-Identifier: GPL-2.0-or-later
// Time of each vector kernel of the pixel path on one row of 1920 pixels; multiply by 1080 for a
// frame (cells and chroma: by 540; scaler kernels: by the rows of the output).
#include <benchmark/benchmark.h>

#include "model/pixel/fast_memory.hpp"
#include "model/pixel/fast_rows.hpp"

namespace t31::model::pixel {
namespace {

constexpr std::size_t kWidth = 1920, kPairs = kWidth / 2;

// Rows filled with different values of 12 (or, in bytes, 8) bits.
class Rows {
 public:
  Rows() : samples_(48, kPairs), bytes_(16, 2 * kWidth) {}
  Sample* row(std::size_t mask = 0xfff) {
    Sample* row = samples_.next();
    for (std::size_t i = 0; i < kPairs; ++i) row[i] = static_cast<Sample>((i * 373 + 900) & mask);
    return row;
  }
  Split split(std::size_t mask = 0xfff) { return {row(mask), row(mask)}; }
  std::uint8_t* bytes() {
    std::uint8_t* row = bytes_.next();
    for (std::size_t i = 0; i < kWidth; ++i) row[i] = static_cast<std::uint8_t>(i * 7);
    return row;
  }

 private:
  RowStore<Sample> samples_;
  RowStore<std::uint8_t> bytes_;
};

void bayer(benchmark::State& state) {
  Rows rows;
  const std::vector<std::uint16_t> codes(kWidth, 300);
  BayerRow row;
  row.bits = 10;
  row.black_level = row.white_balance = row.lens_shading = true;
  for (unsigned i = 0; i < 2; ++i) {
    row.level[i] = 256;
    row.level_gain[i] = row.balance_gain[i] = 1500;
    row.mesh_above[i] = rows.row();
    row.mesh_below[i] = rows.row();
  }
  const Split tap = rows.split(), balanced = rows.split();
  for (auto _ : state) {
    bayer_row(row, codes.data(), kWidth, tap, balanced);
    benchmark::ClobberMemory();
  }
}
BENCHMARK(bayer);

// As day banks set the three detectors at gain 1.
void defects(benchmark::State& state) {
  Rows rows;
  DefectPixels block;
  block.ranged = {true, {80, 80}, {300, 300}};
  block.averaged = {true, {30, 30}, {300, 300}};
  block.ranked.enabled = true;
  block.ranked.bright_pairs = block.ranked.dark_pairs = 1;
  block.ranked.bright = block.ranked.dark = {100, 100};
  block.ranked.near[0] = {420, 420};
  block.ranked.far[0] = {360, 360};
  DefectRow row;
  row.block = &block;
  for (Split& split : row.bayer) split = rows.split();
  const Split out = rows.split();
  for (auto _ : state) {
    defect_row(row, kPairs, out);
    benchmark::ClobberMemory();
  }
}
BENCHMARK(defects);

// With and without the guard against overexposed surroundings.
void raw_denoise(benchmark::State& state, std::int32_t most_overexposed) {
  Rows rows;
  RawDenoise block;
  block.green = block.other = {6, 0};
  block.texture = 15;
  block.saturation = 4095;
  block.overexposed = 3000;
  block.most_overexposed = most_overexposed;
  DenoiseRow row;
  row.block = &block;
  for (Split& split : row.bayer) split = rows.split();
  const Split out = rows.split();
  for (auto _ : state) {
    denoise_row(row, kPairs, out);
    benchmark::ClobberMemory();
  }
}
BENCHMARK_CAPTURE(raw_denoise, alone, 25);
BENCHMARK_CAPTURE(raw_denoise, guarded, 3);

constexpr SharpenSide kSide{90, 200, {{32, 32, 32, 24, 16, 8, 4, 2, 1}}};
constexpr Demosaic kSharpening{true, 100, 10, {kSide, kSide}, {kSide, kSide}, {}};

void demosaic_green(benchmark::State& state) {
  Rows rows;
  GreenRow row;
  row.block = &kSharpening;
  for (Split& split : row.bayer) split = rows.split();
  const Split green = rows.split(), directional = rows.split();
  Sample* difference = rows.row();
  for (auto _ : state) {
    green_row(row, kPairs, green, difference, directional);
    benchmark::ClobberMemory();
  }
}
BENCHMARK(demosaic_green);

void demosaic_rgb(benchmark::State& state) {
  Rows rows;
  RgbRow row;
  row.block = &kSharpening;
  for (Split& split : row.green) split = rows.split();
  for (const Sample*& difference : row.difference) difference = rows.row();
  row.directional = rows.split();
  const Split red = rows.split(), green = rows.split(), blue = rows.split();
  for (auto _ : state) {
    rgb_row(row, kPairs, red, green, blue);
    benchmark::ClobberMemory();
  }
}
BENCHMARK(demosaic_rgb);

void colour_matrix(benchmark::State& state) {
  Rows rows;
  ColourMatrix block{true, {{{{1551, -282, -245}, {-625, 1848, -199}, {-358, -1490, 2871}}}}, {}};
  const Split red = rows.split(), green = rows.split(), blue = rows.split();
  for (auto _ : state) {
    for (unsigned i = 0; i < 2; ++i) matrix_row(block, kPairs, red[i], green[i], blue[i]);
    benchmark::ClobberMemory();
  }
}
BENCHMARK(colour_matrix);

void gamma_table(benchmark::State& state) {
  Rows rows;
  std::vector<std::uint16_t> table(4096);
  for (std::size_t i = 0; i < table.size(); ++i) table[i] = static_cast<std::uint16_t>(i);
  const Split red = rows.split(), green = rows.split(), blue = rows.split();
  for (auto _ : state) {
    for (const Split& colour : {red, green, blue}) {
      for (unsigned i = 0; i < 2; ++i) look_up_row(table.data(), colour[i], kPairs);
    }
    benchmark::ClobberMemory();
  }
}
BENCHMARK(gamma_table);

void conversion(benchmark::State& state) {
  Rows rows;
  ColourSpace space;
  space.active = true;
  space.matrix.rows = {{{306, 601, 117}, {-173, -339, 512}, {512, -429, -83}}};
  space.offset = {0, 512, 512};
  const Split red = rows.split(0x3ff), green = rows.split(0x3ff), blue = rows.split(0x3ff);
  Sample *u = rows.row(), *v = rows.row();
  std::vector<Sample> luma(4 * kPairs);
  for (auto _ : state) {
    colour_row({&space, red, green, blue}, kPairs, luma.data(), u, v);
    benchmark::ClobberMemory();
  }
}
BENCHMARK(conversion);

// Two rows.
void colour_controls(benchmark::State& state) {
  Rows rows;
  ColourControl control;
  control.active = true;
  control.matrix.rows = {{{1024, -530, -432}, {0, 2780, 739}, {-1, 116, 2115}}};
  control.dark = control.colourful = {true, 15, 35, 51};
  control.contrast = {true, 100, 900, 80, 950, {800, 1100, 900}};
  control.saturation = {true, 17, 30, 10, 1280, 1600};
  const std::vector<Sample> luma(4 * kPairs, 400);
  const Sample *u = rows.row(0x3ff), *v = rows.row(0x3ff);
  std::uint8_t *above = rows.bytes(), *below = rows.bytes(), *chroma = rows.bytes();
  for (auto _ : state) {
    control_rows({&control, {luma.data(), luma.data()}, u, v}, kPairs, above, below, chroma);
    benchmark::ClobberMemory();
  }
}
BENCHMARK(colour_controls);

Grid whole_row() {
  Grid grid;
  grid.columns = grid.rows = 15;
  for (unsigned i = 0; i <= 15; ++i) grid.x[i] = static_cast<std::int32_t>(1 + 64 * i);
  return grid;
}

void cells(benchmark::State& state) {
  Rows rows;
  CellRow row;
  for (const Sample*& slot : row.slots) slot = rows.row();
  row.red = row.green[0] = row.green[1] = row.blue = row.infrared = rows.row();
  const CellBytes out{rows.bytes(), rows.bytes(), rows.bytes(), rows.bytes(), rows.bytes()};
  for (auto _ : state) {
    cell_row(row, kPairs, out);
    benchmark::ClobberMemory();
  }
}
BENCHMARK(cells);

void ae_zones(benchmark::State& state) {
  Rows rows;
  AeEngine engine{true, true, whole_row(), 30, 153};
  const CellBytes in{rows.bytes(), rows.bytes(), rows.bytes(), rows.bytes(), rows.bytes()};
  AeZone zones[15];
  for (auto _ : state) {
    ae_zone_row(engine, in, kPairs, zones);
    benchmark::ClobberMemory();
  }
}
BENCHMARK(ae_zones);

void awb_zones(benchmark::State& state) {
  Rows rows;
  AwbEngine engine{true, whole_row(), 100, 500, 100, 500, 128, 128, 20, 600, 5, 240};
  const CellBytes in{rows.bytes(), rows.bytes(), rows.bytes(), rows.bytes(), rows.bytes()};
  std::uint8_t* candidates = rows.bytes();
  AwbZone zones[15];
  for (auto _ : state) {
    awb_zone_row(engine, in, candidates, kPairs, zones);
    benchmark::ClobberMemory();
  }
}
BENCHMARK(awb_zones);

void scaler_vertical(benchmark::State& state) {
  Rows rows;
  const VerticalTaps taps{{rows.bytes(), rows.bytes(), rows.bytes(), rows.bytes()},
                          {128, 128, 128, 128}};
  RowStore<Sample> out(1, kWidth);
  Sample* row = out.next();
  for (auto _ : state) {
    filter_rows(taps, kWidth, row);
    benchmark::ClobberMemory();
  }
}
BENCHMARK(scaler_vertical);

// 1920 to 640.
void scaler_horizontal(benchmark::State& state) {
  constexpr std::size_t kOutput = 640;
  std::vector<std::int32_t> first(kOutput), weights(kOutput, 128 << 16 | 128);
  for (std::size_t i = 0; i < kOutput; ++i) first[i] = static_cast<std::int32_t>(3 * i);
  RowStore<Sample> in(1, kWidth);
  const Sample* row = in.next();
  Rows rows;
  std::uint8_t* out = rows.bytes();
  for (auto _ : state) {
    filter_columns({first.data(), weights.data(), weights.data()}, row, kOutput, out);
    benchmark::ClobberMemory();
  }
}
BENCHMARK(scaler_horizontal);

}  // namespace
}  // namespace t31::model::pixel

// SPDX-License-Identifier: GPL-2.0-or-later
#include "detail_setup.hpp"

#include <algorithm>

#include "golden_state.hpp"

namespace t31::model {
namespace {

constexpr std::uint32_t round_up(std::uint32_t x, std::uint32_t multiple) {
  return (x + multiple - 1) / multiple * multiple;
}

std::uint32_t width_of(const IspRegisters& r) {
  return r[0x0004] >> 16;
}
std::uint32_t height_of(const IspRegisters& r) {
  return r[0x0004] & 0xffff;
}

}  // namespace

std::span<std::uint8_t> TestMemory::memory(std::uint32_t bus_address, std::uint64_t bytes) {
  const std::uint64_t first = std::uint64_t{bus_address} - kBase;
  if (bus_address < kBase || bytes == 0 || first + bytes > bytes_.size()) {
    ++refused;
    return {};
  }
  return {bytes_.data() + first, static_cast<std::size_t>(bytes)};
}

std::uint32_t set_temporal_buffers(IspRegisters& r, std::uint32_t base) {
  const std::uint32_t width = width_of(r), height = height_of(r);
  const std::uint32_t row = round_up(width, 8), state_row = round_up((width + 31) / 32, 8);
  const std::uint32_t state_bytes = ((height + 15) / 16 + 1) * state_row;
  std::uint32_t next = base;
  const auto place = [&](std::uint32_t offset, std::uint32_t stride, std::uint32_t bytes) {
    r.word(offset) = next;
    r.word(offset + 4) = stride;
    next += bytes;
  };
  place(0x7820, row, row * height);
  place(0x7828, row, row * height / 2);
  for (const std::uint32_t state : {0x7830u, 0x7840u, 0x7848u, 0x7850u}) {
    place(state, state_row, state_bytes);
  }
  r.word(0x7838) = 0;
  r.word(0x783c) = 1;
  return next - base;
}

void set_temporal_blocks(IspRegisters& r, std::uint32_t edge) {
  const std::uint32_t width = width_of(r), height = height_of(r), half = edge / 2;
  const auto size = [&](std::uint32_t w, std::uint32_t h) {
    return (w + edge - 1) / edge << 24 | (h + edge - 1) / edge << 16 | edge << 8 | edge;
  };
  r.word(0x7874) = size(width, height);
  r.word(0x788c) = size(width, height - half);
  r.word(0x78a4) = size(width - half, height);
  r.word(0x78bc) = size(width - half, height - half);
  r.word(0x7880) = half << 16;
  r.word(0x7898) = half;
  r.word(0x78b0) = half << 16 | half;
}

void set_temporal_denoise(IspRegisters& r) {
  r.word(0x7810) = 0x11111111;
  r.word(0x7814) = 0x00f11101;
  set_temporal_blocks(r, 16);
  for (const std::uint32_t grid : {0u, 0x18u, 0x30u, 0x48u}) {
    r.word(0x7878 + grid) = 20 << 8 | 15 << 4 | 1;
    r.word(0x787c + grid) = 0xff080000u | 15 << 4 | 4;
  }
  r.word(0x7944) = 0xff080000u | 3 << 12 | 15 << 3 | 4;
  constexpr std::uint8_t kWeights[16] = {5,   128, 179, 192, 205, 213, 219, 224,
                                         230, 235, 240, 245, 250, 250, 250, 250};
  for (std::uint32_t i = 0; i < 16; ++i) {
    std::uint32_t& word = r.word(0x7948 + i / 4 * 4);
    word = i % 4 == 0 ? kWeights[i] : word | std::uint32_t{kWeights[i]} << (8 * (i % 4));
  }
  r.word(0x7998) = 20 << 16;
  r.word(0x799c) = 0x00f000ff;
  r.word(0x7a64) = 0xff000000u | 255 << 16 | 3 << 12 | 40 << 3 | 1;
  r.word(0x7a68) = 20 << 16;
  r.word(0x7a6c) = 0x05e600ff;
  set_temporal_buffers(r, TestMemory::kBase);
}

void set_strengths(IspRegisters& r, std::uint32_t first_register,
                   const std::array<std::uint8_t, 16>& strengths) {
  for (std::uint32_t i = 0; i < 16; ++i) {
    std::uint32_t& word = r.word(first_register + i / 4 * 4);
    word = (word & ~(0xffu << (8 * (i % 4)))) | std::uint32_t{strengths[i]} << (8 * (i % 4));
  }
}

void set_spatial_denoise(IspRegisters& r, std::uint32_t rest, std::uint32_t moving) {
  constexpr std::uint32_t kBreaks[16][4] = {
      {7, 15, 30, 51},          {28, 59, 121, 206},        {62, 132, 273, 464},
      {110, 235, 485, 824},     {173, 367, 759, 1288},     {248, 528, 1093, 1854},
      {338, 718, 1488, 2523},   {441, 938, 1943, 3296},    {558, 1187, 2459, 4172},
      {689, 1466, 3035, 5150},  {834, 1174, 3673, 6232},   {993, 2111, 4371, 7417},
      {1165, 2478, 5129, 8704}, {1351, 2875, 5950, 10095}, {1151, 3299, 6829, 11588},
      {1765, 3753, 7771, 13184}};
  constexpr std::uint32_t kSlopes[16][4] = {{13107, 8192, 4369, 1373}, {3277, 2114, 1057, 339},
                                            {1480, 936, 465, 151},     {834, 524, 262, 85},
                                            {530, 338, 167, 55},       {370, 234, 116, 38},
                                            {271, 172, 85, 28},        {208, 132, 65, 21},
                                            {164, 104, 52, 17},        {133, 84, 42, 14},
                                            {110, 70, 35, 11},         {92, 59, 29, 9},
                                            {79, 50, 25, 8},           {68, 43, 21, 7},
                                            {59, 37, 19, 6},           {52, 33, 16, 5}};
  constexpr std::uint32_t kActivity[15] = {5,  7,  10, 15, 20, 25,  30, 40,
                                           50, 60, 70, 80, 90, 100, 110};
  constexpr std::uint32_t kFirstLimits[15] = {16,  32,  60,  80,  120, 160, 200, 220,
                                              260, 300, 340, 380, 420, 460, 600};
  enable(r, kBypassSdns);
  r.word(0x880c) = 0x8888;
  r.word(0x8814) = 40u << 24 | 30 << 16 | 20 << 8 | 10;
  r.word(0x887c) = 16 << 16 | 255 << 8;
  const auto half_words = [&](std::uint32_t offset, const std::uint32_t(&values)[15]) {
    for (std::uint32_t i = 0; i < 15; i += 2) {
      r.word(offset + 2 * i) = values[i] | (i < 14 ? values[i + 1] << 16 : 0);
    }
  };
  half_words(0x881c, kActivity);
  half_words(0x883c, kActivity);
  half_words(0x8880, kFirstLimits);
  std::array<std::uint8_t, 16> strengths;
  strengths.fill(static_cast<std::uint8_t>(rest));
  set_strengths(r, 0x885c, strengths);
  strengths.fill(static_cast<std::uint8_t>(moving));
  set_strengths(r, 0x886c, strengths);
  for (std::uint32_t i = 0x88a0; i < 0x88bc; i += 4) r.word(i) = 32 << 8 | 32;
  r.word(0x88bc) = 0;
  r.word(0x88c4) = 0x2999a;
  r.word(0x88c8) = 0x1999a;
  r.word(0x88cc) = 0x999a;
  for (std::uint32_t h = 0; h < 16; ++h) {
    r.word(0x88d0 + 8 * h) = kBreaks[h][1] << 16 | kBreaks[h][0];
    r.word(0x88d4 + 8 * h) = kBreaks[h][3] << 16 | kBreaks[h][2];
    for (std::uint32_t j = 0; j < 4; ++j) r.word(0x8950 + 16 * h + 4 * j) = kSlopes[h][j];
  }
}

IspRegisters plain_registers(std::uint32_t width, std::uint32_t height) {
  IspRegisters r = neutral_registers(width, height);
  disable(r, kBypassAll);
  return r;
}

BayerFrame luma_frame(std::uint32_t width, std::uint32_t height,
                      const std::function<double(std::uint32_t, std::uint32_t)>& luma) {
  return make_frame(width, height, 12, [&](std::uint32_t x, std::uint32_t y) {
    return static_cast<std::uint32_t>(std::clamp(luma(x, y) * 16, 0.0, 4095.0));
  });
}

std::optional<IspRegisters> recorded_registers(const std::string& name, const std::string& phase) {
  for (const GoldenState& state : golden_states(name)) {
    if (state.phase == phase) return state.registers;
  }
  return std::nullopt;
}

void resize(IspRegisters& r, std::uint32_t width, std::uint32_t height) {
  r.word(0x0004) = width << 16 | height;
  set_window(r, 0, 0, width, height);
  r.word(0x9804) = 0;
  for (unsigned channel = 0; channel < kChannels; ++channel) set_channel(r, channel, width, height);
  r.word(0xa04c) = r.word(0xb04c) = 0;
  set_temporal_blocks(r, std::max(r[0x7874] & 0xff, 16u));
  set_temporal_buffers(r, TestMemory::kBase);
}

}  // namespace t31::model

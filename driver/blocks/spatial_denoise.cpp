// SPDX-License-Identifier: GPL-2.0-or-later
// spatial_denoise.cpp - SDNS: spatial noise reduction of luma by patches, with its own sharpening.
#include "driver/regs/spatial_denoise.hpp"
#include "driver/blocks/table_block.hpp"

namespace t31::blocks {
namespace {

using tuning::Combine;
using tuning::Follows;
using tuning::Parameter;

constexpr tuning::Entry kEntries[] = {
#include "driver/blocks/spatial_denoise_table.inc"
};

// The rows up to the constants, and the rest.
constexpr u32 kSplit = tuning::first_row(kEntries, 0x8a60);
constexpr auto kFilter = tuning::part<0, kSplit>(kEntries);
constexpr auto kSharpening = tuning::part<kSplit, std::size(kEntries)>(kEntries);

// A patch's weight over its distance is a falling exponential of four straight pieces,
// 4 exp(-d / 16.25 h^2), for each width h of 1..16. Ends of the pieces; two values break the square
// law and are the vendor's all the same.
constexpr u16 kDistances[16][4] = {
    {7, 15, 30, 51},           {28, 59, 121, 206},        {62, 132, 273, 464},
    {110, 235, 485, 824},      {173, 367, 759, 1288},     {248, 528, 1093, 1854},
    {338, 718, 1488, 2523},    {441, 938, 1943, 3296},    {558, 1187, 2459, 4172},
    {689, 1466, 3035, 5150},   {834, 1174, 3673, 6232},   {993, 2111, 4371, 7417},
    {1165, 2478, 5129, 8704},  {1351, 2875, 5950, 10095}, {1151, 3299, 6829, 11588},
    {1765, 3753, 7771, 13184},
};
// Slopes of the pieces, Q16.
constexpr u16 kSlopes[16][4] = {
    {13107, 8192, 4369, 1373}, {3277, 2114, 1057, 339}, {1480, 936, 465, 151}, {834, 524, 262, 85},
    {530, 338, 167, 55},       {370, 234, 116, 38},     {271, 172, 85, 28},    {208, 132, 65, 21},
    {164, 104, 52, 17},        {133, 84, 42, 14},       {110, 70, 35, 11},     {92, 59, 29, 9},
    {79, 50, 25, 8},           {68, 43, 21, 7},         {59, 37, 19, 6},       {52, 33, 16, 5},
};
// Weights at the ends of the first three: 2.6, 1.6, 0.6 in Q16.
constexpr u32 kWeights[3] = {0x2999a, 0x1999a, 0x999a};

constexpr u32 kConstants = 3 + 2 * 16 + 4 * 16 + 4;

constexpr std::array<ConstantRegister, kConstants> make_constants() {
  std::array<ConstantRegister, kConstants> all{};
  u32 n = 0;
  u16 offset = 0x88c4;
  const auto add = [&](u32 value) {
    all[n++] = {offset, value};
    offset += 4;
  };
  for (const u32 weight : kWeights) add(weight);
  for (const auto& ends : kDistances) {
    add(ends[0] | u32{ends[1]} << 16);
    add(ends[2] | u32{ends[3]} << 16);
  }
  for (const auto& slopes : kSlopes) {
    for (const u16 slope : slopes) add(slope);
  }
  // The widths themselves.
  for (u32 h = 1; h <= 16; h += 4) add(h | (h + 1) << 8 | (h + 2) << 16 | (h + 3) << 24);
  return all;
}
constexpr std::array<ConstantRegister, kConstants> kConstantRegisters = make_constants();

}  // namespace

constexpr TableBlockInfo kSpatialDenoise{.base = 0x8800,
                                         .latch = reg::spatial_denoise::kLatch.offset,
                                         .initial_latches = 2,
                                         .parameter_shift = GainFollower::kShift,
                                         .first = tuning::table_view<kFilter>(),
                                         .constants = kConstantRegisters,
                                         .second = tuning::table_view<kSharpening>()};

}  // namespace t31::blocks

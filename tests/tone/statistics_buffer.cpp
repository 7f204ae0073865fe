// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/tone/statistics_buffer.hpp"

#include <cstring>

namespace t31::test {
namespace {

// Bits [first, first + width) of a buffer.
void put_bits(StatisticsBuffer& buffer, uint32_t first, uint32_t width, uint32_t value) {
  for (uint32_t i = 0; i < width; ++i) {
    const uint32_t bit = first + i;
    if (((value >> i) & 1) != 0) buffer[bit / 32] |= 1u << bit % 32;
  }
}

}  // namespace

StatisticsBuffer pack(const AdrCounts& counts) {
  StatisticsBuffer buffer{};
  for (uint32_t row = 0; row < 6; ++row) {
    for (uint32_t column = 0; column < 8; ++column) {
      const uint32_t byte = 8 + 16 * (row * 8 + column);
      put_bits(buffer, (byte + 8) * 8, 28, counts.sum[column][row]);
      // Block histograms, which the driver doesn't need, and a marker where nothing is read.
      for (const uint32_t at : {0u, 2u, 4u, 6u, 12u, 14u}) {
        put_bits(buffer, (byte + at) * 8, 16, 0xa5a5);
      }
    }
  }
  for (uint32_t bin = 0; bin < 512; ++bin) {
    put_bits(buffer, (776 + bin / 3 * 8) * 8 + bin % 3 * 21, 21, counts.histogram[bin]);
  }
  return buffer;
}

StatisticsBuffer pack(const DefogCounts& counts) {
  StatisticsBuffer buffer{};
  for (uint32_t block = 0; block < 180; ++block) {
    const uint32_t bit = (8 + 16 * block) * 8;
    put_bits(buffer, bit, 24, counts.blue[block]);
    put_bits(buffer, bit + 24, 24, counts.green[block]);
    put_bits(buffer, bit + 48, 12, counts.red[block]);
    put_bits(buffer, bit + 112, 12, counts.red[block] >> 12);
    for (uint32_t bin = 0; bin < 3; ++bin) {
      put_bits(buffer, bit + 64 + 16 * bin, 16, counts.histogram[block][bin]);
    }
  }
  return buffer;
}

AdrCounts draw_adr(Draws& draws, uint32_t samples) {
  AdrCounts counts;
  std::array<uint32_t, 512> weights;
  uint64_t sum = 0;
  for (uint32_t& weight : weights) sum += weight = draws.below(1000);
  for (size_t i = 0; i < weights.size(); ++i) {
    counts.histogram[i] = static_cast<uint32_t>(uint64_t{samples} * weights[i] / sum);
  }
  for (auto& column : counts.sum) {
    for (uint32_t& cell : column) cell = (draws.below(3000) + 200) * (samples / 24) / 4;
  }
  return counts;
}

DefogCounts draw_defog(Draws& draws) {
  DefogCounts counts;
  for (auto* colour : {&counts.red, &counts.green, &counts.blue}) {
    for (uint32_t& sum : *colour) sum = (draws.below(200) + 10) * 11448;
  }
  for (auto& bins : counts.histogram) {
    for (uint16_t& bin : bins) bin = static_cast<uint16_t>(draws.below(60));
  }
  return counts;
}

}  // namespace t31::test

// SPDX-License-Identifier: GPL-2.0-or-later
// Tables of weights against the documented generators, pixel by pixel (hw-blocks-detail-tone 5.6,
// 6.5).
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <random>

#include "driver/blocks/adr_weights.hpp"
#include "driver/blocks/defog_weights.hpp"

namespace t31::test {
namespace {

using blocks::AdrWeights;
using blocks::DefogWeights;

using Counters = std::array<int64_t, 32>;

// ---- local tone mapping

std::array<int64_t, 31> adr_distances(int64_t width, int64_t height) {
  constexpr int64_t kD[31] = {33809, 24810, 20625, 17869, 15810, 14166, 12797, 11625,
                              10600, 9689,  8869,  8124,  7440,  6810,  6225,  5678,
                              5166,  4684,  4229,  3798,  3388,  2998,  2625,  2269,
                              1928,  1600,  1285,  981,   689,   406,   133};
  const int64_t w6 = (width / 6) & ~1, h4 = (height / 4) & ~1;
  const int64_t r = (3 * std::min((w6 + 1) >> 1, (h4 + 1) >> 1) + 1) >> 1;
  std::array<int64_t, 31> distances;
  for (size_t i = 0; i < 31; ++i) distances[i] = (kD[i] * r * r + 0x20000) >> 18;
  return distances;
}

TEST(AdrWeightTables, EqualTheDocumentedGeneratorForAnySize) {
  std::mt19937 random(23);
  for (int round = 0; round < 4; ++round) {
    const auto width = static_cast<u32>(646 + 16 * (random() % 60));
    const auto height = static_cast<u32>(480 + 2 * (random() % 300));
    SCOPED_TRACE(std::to_string(width) + "x" + std::to_string(height));
    AdrWeights weights{};
    blocks::make_adr_weights(width, height, weights);
    const auto distances = adr_distances(width, height);
    for (size_t i = 0; i < 31; ++i) ASSERT_EQ(weights.distance[i], distances[i]) << i;

    const int64_t h = (height + 2) >> 2, w = (width + 3) / 6;
    const int64_t cy[3] = {(h + 1) >> 1, ((h + 1) >> 1) + h, ((h + 1) >> 1) + 2 * h};
    const int64_t cx[3] = {(w + 1) >> 1, ((w + 1) >> 1) + w, ((w + 1) >> 1) + 2 * w};
    const auto cls = [&](int64_t y, int64_t x, int row, int column) {
      const int64_t dy = std::abs(y - cy[row]) / 8, dx = std::abs(x - cx[column]) / 8;
      return std::count_if(distances.begin(), distances.end(),
                           [&](int64_t bound) { return bound >= dy * dy + dx * dx; });
    };
    Counters n7{}, n8{}, n12{}, s22{}, s12{}, s21{}, s02{}, s20{};
    for (int64_t y = 2 * h; y <= 3 * h; ++y) {
      for (int64_t x = 2 * w; x <= 3 * w; ++x) {
        auto i = static_cast<size_t>(cls(y, x, 1, 1));
        ++n7[i];
        s22[i] += cls(y, x, 0, 0);
        s12[i] += cls(y, x, 1, 0);
        s21[i] += cls(y, x, 0, 1);
        i = static_cast<size_t>(cls(y, x, 2, 1));
        ++n8[i];
        s02[i] += cls(y, x, 2, 0);
        i = static_cast<size_t>(cls(y, x, 1, 2));
        ++n12[i];
        s20[i] += cls(y, x, 0, 2);
      }
    }
    const auto expect = [&](AdrWeights::Neighbour which, const Counters& n, const Counters& s) {
      int64_t previous = 0;
      for (size_t i = 0; i < 32; ++i) {
        if (n[i] != 0) previous = (n[i] / 2 + s[i]) / n[i];
        ASSERT_EQ(weights.weight[which][i], previous) << which << "[" << i << "]";
      }
    };
    expect(AdrWeights::k22, n7, s22);
    expect(AdrWeights::k12, n7, s12);
    expect(AdrWeights::k21, n7, s21);
    expect(AdrWeights::k02, n8, s02);
    expect(AdrWeights::k20, n12, s20);
  }
}

TEST(AdrWeightTables, TablesOfCommonSizesAreTheCountedOnes) {
  for (const auto& [width, height] : {std::pair{1920u, 1080u}, {2304u, 1296u}, {2592u, 1944u}}) {
    AdrWeights made{}, counted{};
    blocks::make_adr_weights(width, height, made);
    blocks::count_adr_weights(width, height, counted);
    EXPECT_TRUE(std::equal(std::begin(made.distance), std::end(made.distance),
                           std::begin(counted.distance)));
    for (u32 i = 0; i < AdrWeights::kNeighbours; ++i) {
      EXPECT_TRUE(std::equal(std::begin(made.weight[i]), std::end(made.weight[i]),
                             std::begin(counted.weight[i])));
    }
  }
}

// ---- haze removal

constexpr int64_t kK3[24] = {255,  521,  799,  1090,  1395,  1717,  2057,  2417,
                             2799, 3207, 3643, 4114,  4624,  5180,  5792,  6471,
                             7237, 8111, 9133, 10359, 11896, 13953, 17075, 23792};
constexpr int64_t kK5[63] = {
    133,   269,   407,   547,   689,   834,   982,   1132,  1285,  1440,  1599,  1761,  1926,
    2094,  2266,  2442,  2621,  2804,  2991,  3183,  3379,  3580,  3785,  3996,  4213,  4435,
    4663,  4898,  5140,  5389,  5645,  5910,  6183,  6465,  6758,  7061,  7375,  7702,  8042,
    8397,  8767,  9155,  9562,  9989,  10440, 10916, 11421, 11959, 12534, 13152, 13819, 14544,
    15338, 16216, 17197, 18130, 19595, 21114, 22974, 25371, 28750, 34526, 40368};

TEST(DefogWeightTables, EqualTheDocumentedGeneratorForAnySizeAndRadius) {
  std::mt19937 random(29);
  for (int round = 0; round < 4; ++round) {
    const auto width = static_cast<u32>(646 + 16 * (random() % 60));
    const auto height = static_cast<u32>(480 + 2 * (random() % 300));
    const auto radius = static_cast<u32>(round % 2 == 0 ? 100 : 60 + random() % 80);
    SCOPED_TRACE(std::to_string(width) + "x" + std::to_string(height) + " " +
                 std::to_string(radius) + " %");
    DefogWeights weights{};
    blocks::make_defog_weights(width, height, radius, weights);
    const int64_t v = ((int64_t{width} * height + 1012) / 2025 * radius + 50) / 100;
    std::array<int64_t, 63> t;
    for (size_t i = 0; i < 63; ++i) t[i] = (v * kK5[i] + 0x1000) >> 13;
    for (size_t i = 0; i < 24; ++i) {
      ASSERT_EQ(weights.distance3[i], (v * kK3[i] + 0x2000) >> 14) << i;
    }
    for (size_t i = 0; i < 31; ++i) ASSERT_EQ(weights.distance5[i], t[2 * i + 1]) << i;

    const int64_t w = (width + 9) / 18, h = (height + 5) / 10;
    Counters n22{}, n21{}, n12{}, n20{}, n02{}, s22{}, s21{}, s12{}, s20{}, s02{};
    for (int64_t r = 0; r < h; ++r) {
      for (int64_t c = 0; c < w; ++c) {
        const int64_t y[3] = {5 * h - 1 - 2 * r, 3 * h - 1 - 2 * r, h - 1 - 2 * r};
        const int64_t x[3] = {5 * w - 1 - 2 * c, 3 * w - 1 - 2 * c, w - 1 - 2 * c};
        const auto q = [&](int a, int b) -> int64_t {
          const int64_t square = (y[a] * y[a] + x[b] * x[b] + 32) >> 6;
          for (size_t i = 0; i < 63; ++i) {
            if (square < t[i]) return 63 - static_cast<int64_t>(i);
          }
          return 0;
        };
        const int64_t a = q(1, 1), b = q(1, 2), e = q(2, 1);
        const auto add = [](Counters& n, Counters& s, int64_t i, int64_t value) {
          ++n[static_cast<size_t>(i)];
          s[static_cast<size_t>(i)] += value;
        };
        add(n22, s22, a >> 1, q(0, 0));
        add(n21, s21, (a + b) >> 2, q(0, 1));
        add(n12, s12, (a + e) >> 2, q(1, 0));
        add(n20, s20, b >> 1, q(0, 2));
        add(n02, s02, e >> 1, q(2, 0));
      }
    }
    const auto expect = [&](DefogWeights::Neighbour which, const Counters& n, const Counters& s) {
      int64_t largest = 0;
      for (size_t i = 0; i < 32; ++i) {
        const int64_t value = n[i] == 0 ? 0 : std::min<int64_t>(31, (n[i] / 2 + s[i]) / n[i]);
        largest = std::max(largest, value);
        ASSERT_EQ(weights.weight[which][i], largest) << which << "[" << i << "]";
      }
    };
    expect(DefogWeights::k22, n22, s22);
    expect(DefogWeights::k21, n21, s21);
    expect(DefogWeights::k12, n12, s12);
    expect(DefogWeights::k20, n20, s20);
    expect(DefogWeights::k02, n02, s02);
  }
}

TEST(DefogWeightTables, TablesOfCommonSizesAreTheCountedOnesButForOneWord) {
  for (const auto& [width, height] : {std::pair{1920u, 1080u}, {1280u, 720u}}) {
    DefogWeights made{}, counted{};
    blocks::make_defog_weights(width, height, 100, made);
    blocks::count_defog_weights(width, height, 100, counted);
    if (width == 1920) counted.weight[DefogWeights::k02][23] = 11;
    for (u32 i = 0; i < DefogWeights::kNeighbours; ++i) {
      EXPECT_TRUE(std::equal(std::begin(made.weight[i]), std::end(made.weight[i]),
                             std::begin(counted.weight[i])));
    }
  }
}

}  // namespace
}  // namespace t31::test

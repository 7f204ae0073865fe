// SPDX-License-Identifier: GPL-2.0-or-later
#include "tone_setup.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "setup.hpp"

namespace t31::model {
namespace {

using List = std::vector<std::uint32_t>;

void put_halves(IspRegisters& r, std::uint32_t offset, const List& values) {
  for (std::uint32_t i = 0; i < values.size(); ++i) {
    std::uint32_t& word = r.word(offset + 4 * (i / 2));
    if (i % 2 == 0) word = 0;
    word |= values[i] << (16 * (i % 2));
  }
}
void put_bytes(IspRegisters& r, std::uint32_t offset, const List& values) {
  for (std::uint32_t i = 0; i < values.size(); ++i) {
    std::uint32_t& word = r.word(offset + 4 * (i / 4));
    if (i % 4 == 0) word = 0;
    word |= values[i] << (8 * (i % 4));
  }
}

// Mean of what falls on each class (section 5.6): the entry before where nothing does.
struct Means {
  std::array<std::uint32_t, 32> sum{}, count{};
  void add(unsigned at, unsigned value) { sum[at] += value, ++count[at]; }
  List table() const {
    List out;
    for (unsigned i = 0; i < 32; ++i) {
      const std::uint32_t before = i == 0 ? 0 : out.back();
      out.push_back(count[i] == 0 ? before : (count[i] / 2 + sum[i]) / count[i]);
    }
    return out;
  }
};

constexpr std::uint32_t kDistances[31] = {33809, 24810, 20625, 17869, 15810, 14166, 12797, 11625,
                                          10600, 9689,  8869,  8124,  7440,  6810,  6225,  5678,
                                          5166,  4684,  4229,  3798,  3388,  2998,  2625,  2269,
                                          1928,  1600,  1285,  981,   689,   406,   133};

void set_tone_weights(IspRegisters& r, std::uint32_t width, std::uint32_t height) {
  const std::uint32_t w6 = width / 6 & ~1u, h4 = height / 4 & ~1u;
  const std::uint32_t radius = (3 * std::min((w6 + 1) / 2, (h4 + 1) / 2) + 1) / 2;
  List limits;
  for (const std::uint32_t d : kDistances)
    limits.push_back(
        static_cast<std::uint32_t>((std::uint64_t{d} * radius * radius + 0x20000) >> 18));
  put_halves(r, 0x402c, limits);
  const auto h = static_cast<std::int32_t>((height + 2) / 4),
             w = static_cast<std::int32_t>((width + 3) / 6);
  const auto cls = [&](std::int32_t y, std::int32_t x, std::int32_t row, std::int32_t column) {
    const std::int32_t cy = (h + 1) / 2 + row * h, cx = (w + 1) / 2 + column * w;
    const std::int32_t dy = std::abs(y - cy) / 8, dx = std::abs(x - cx) / 8;
    return static_cast<unsigned>(std::count_if(limits.begin(), limits.end(), [&](std::uint32_t l) {
      return static_cast<std::int32_t>(l) >= dy * dy + dx * dx;
    }));
  };
  Means by22, by12, by21, by02, by20;
  for (std::int32_t y = 2 * h; y <= 3 * h; ++y) {
    for (std::int32_t x = 2 * w; x <= 3 * w; ++x) {
      const unsigned diagonal = cls(y, x, 1, 1);
      by22.add(diagonal, cls(y, x, 0, 0));
      by12.add(diagonal, cls(y, x, 1, 0));
      by21.add(diagonal, cls(y, x, 0, 1));
      by02.add(cls(y, x, 2, 1), cls(y, x, 2, 0));
      by20.add(cls(y, x, 1, 2), cls(y, x, 0, 2));
    }
  }
  put_bytes(r, 0x4294, by20.table());
  put_bytes(r, 0x42b4, by02.table());
  put_bytes(r, 0x42d4, by12.table());
  put_bytes(r, 0x42f4, by21.table());
  put_bytes(r, 0x4314, by22.table());
}

constexpr std::uint32_t kCurveWidths[12] = {5, 5, 6, 6, 6, 7, 7, 8, 8, 9, 9, 11};

void put_curve(IspRegisters& r, std::uint32_t offset, std::uint32_t first, const Curve& node) {
  for (std::uint32_t i = 0; i < kToneX.size(); ++i) {
    std::uint32_t& word = r.word(offset + 4 * ((first + i) / 2));
    const std::uint32_t shift = 16 * ((first + i) % 2);
    word = (word & ~(0xffffu << shift)) | node(kToneX[i]) << shift;
  }
}

List split_evenly(std::uint32_t size, std::uint32_t parts) {
  List edges{0};
  for (std::uint32_t i = 0; i < parts; ++i)
    edges.push_back(edges.back() + size / parts + (i < size % parts));
  return edges;
}

constexpr std::uint32_t kNear[24] = {255,  521,  799,  1090,  1395,  1717,  2057,  2417,
                                     2799, 3207, 3643, 4114,  4624,  5180,  5792,  6471,
                                     7237, 8111, 9133, 10359, 11896, 13953, 17075, 23792};
constexpr std::uint32_t kFar[63] = {
    133,   269,   407,   547,   689,   834,   982,   1132,  1285,  1440,  1599,  1761,  1926,
    2094,  2266,  2442,  2621,  2804,  2991,  3183,  3379,  3580,  3785,  3996,  4213,  4435,
    4663,  4898,  5140,  5389,  5645,  5910,  6183,  6465,  6758,  7061,  7375,  7702,  8042,
    8397,  8767,  9155,  9562,  9989,  10440, 10916, 11421, 11959, 12534, 13152, 13819, 14544,
    15338, 16216, 17197, 18130, 19595, 21114, 22974, 25371, 28750, 34526, 40368};

void set_defog_weights(IspRegisters& r, std::uint32_t width, std::uint32_t height) {
  const std::uint64_t v = (std::uint64_t{(width * height + 1012) / 2025} * 100 + 50) / 100;
  List near, far, all;
  for (const std::uint32_t k : kNear)
    near.push_back(static_cast<std::uint32_t>((v * k + 0x2000) >> 14));
  for (const std::uint32_t k : kFar)
    all.push_back(static_cast<std::uint32_t>((v * k + 0x1000) >> 13));
  for (unsigned i = 0; i < 31; ++i) far.push_back(all[2 * i + 1]);
  put_halves(r, 0x5850, near);
  put_halves(r, 0x5880, far);
  const auto w = static_cast<std::int32_t>((width + 9) / 18),
             h = static_cast<std::int32_t>((height + 5) / 10);
  Means by22, by12, by21, by02, by20;
  for (std::int32_t row = 0; row < h; ++row) {
    for (std::int32_t column = 0; column < w; ++column) {
      const auto q = [&](std::int32_t a, std::int32_t b) {
        const std::int32_t y = (5 - 2 * a) * h - 1 - 2 * row, x = (5 - 2 * b) * w - 1 - 2 * column;
        const auto square = static_cast<std::uint32_t>((y * y + x * x + 32) >> 6);
        for (unsigned i = 0; i < all.size(); ++i)
          if (square < all[i]) return 63 - i;
        return 0u;
      };
      const unsigned a = q(1, 1), b = q(1, 2), e = q(2, 1);
      by22.add(a / 2, q(0, 0));
      by21.add((a + b) / 4, q(0, 1));
      by12.add((a + e) / 4, q(1, 0));
      by20.add(b / 2, q(0, 2));
      by02.add(e / 2, q(2, 0));
    }
  }
  const auto table = [](const Means& means) {
    List out;
    for (unsigned i = 0; i < 32; ++i) {
      const std::uint32_t n = means.count[i];
      const std::uint32_t value = n == 0 ? 0 : std::min(31u, (n / 2 + means.sum[i]) / n);
      out.push_back(std::max(value, out.empty() ? 0 : out.back()));
    }
    return out;
  };
  put_bytes(r, 0x58c0, table(by02));
  put_bytes(r, 0x58e0, table(by20));
  put_bytes(r, 0x5900, table(by21));
  put_bytes(r, 0x5920, table(by12));
  put_bytes(r, 0x5940, table(by22));
}

}  // namespace

void set_tone_mapping(IspRegisters& r) {
  const std::uint32_t width = r[0x0004] >> 16, height = r[0x0004] & 0xffff;
  const std::uint32_t w6 = width / 6 & ~1u, h4 = height / 4 & ~1u;
  const std::uint32_t bw = std::max(20u, w6 / 4 & ~1u), bh = std::max(20u, h4 / 4 & ~1u);
  enable(r, kBypassAdr);
  r.word(0x4000) = h4 << 16 | w6;
  put_halves(r, 0x4010, {0, h4, 2 * h4, 3 * h4, height});
  put_halves(r, 0x401c, {0, w6, 2 * w6, 3 * w6, 4 * w6, 5 * w6, width});
  r.word(0x4454) = (height - bh) << 16 | bh;
  r.word(0x4458) = (width - bw) << 16 | bw;
  set_tone_weights(r, width, height);
  put_halves(r, 0x406c, List(kToneX.begin(), kToneX.end()));
  put_halves(r, 0x4378, List(kToneX.begin(), kToneX.end()));
  for (const std::uint32_t widths : {0x4334u, 0x43a8u})
    put_bytes(r, widths, List(std::begin(kCurveWidths), std::end(kCurveWidths)));
  put_halves(r, 0x4340, {0, 128, 256, 512, 1024, 1536, 2560, 3584, 3840});
  put_halves(r, 0x4368, {7, 7, 8, 9, 9, 10, 10, 8});
  const auto identity = [](std::uint32_t x) { return x; };
  set_tone_curves(r, identity);
  set_minimum_curve(r, [](std::uint32_t) { return 0u; });
  set_contrast(r, 1024, 10, 320);
  set_compensation(r, 1024);
  put_halves(r, 0x4484, {157, 350, 608, 1017});
  r.word(0x4490) = 3;
}

void set_tone_curve(IspRegisters& r, unsigned column, unsigned row, const Curve& node) {
  put_curve(r, 0x4084, 11 * (4 * column + row), node);
}
void set_tone_curves(IspRegisters& r, const Curve& node) {
  for (unsigned column = 0; column < 6; ++column) {
    for (unsigned row = 0; row < 4; ++row) set_tone_curve(r, column, row, node);
  }
}
void set_minimum_curve(IspRegisters& r, const Curve& node) {
  put_curve(r, 0x4390, 0, node);
}

void set_contrast(IspRegisters& r, std::uint32_t gain, std::uint32_t least, std::uint32_t most) {
  put_halves(r, 0x4354, List(9, gain));
  r.word(0x4004) = most << 16 | least << 4;
}

void set_compensation(IspRegisters& r, std::uint32_t exponent) {
  const List exponents{614, 819, 1024, 1229, 1434};
  const List ratios{0, 32, 64, 96, 128, 160, 192, 224, 256, 512, 1024, 2048};
  put_halves(r, 0x4448, exponents);
  for (unsigned table = 0; table < 5; ++table) {
    List powers;
    for (const std::uint32_t ratio : ratios) {
      powers.push_back(static_cast<std::uint32_t>(
          std::lround(256 * std::pow(ratio / 256.0, exponents[table] / 1024.0))));
    }
    put_halves(r, 0x43b4 + 24 * table, powers);
  }
  put_halves(r, 0x442c, {1024, 1024, 1536, 2048, 2048});
  put_halves(r, 0x4438, List(5, exponent));
  put_bytes(r, 0x4444, {0, 9, 9, 0});
}

void set_defog(IspRegisters& r) {
  const std::uint32_t width = r[0x0004] >> 16, height = r[0x0004] & 0xffff;
  enable(r, kBypassDefog);
  put_halves(r, 0x5800, split_evenly(height, 10));
  put_halves(r, 0x5820, split_evenly(width, 18));
  set_defog_weights(r, width, height);
  r.word(0x5a00) = 255 << 8 | 20;
  for (const std::uint32_t function : {0x5a20u, 0x5a30u, 0x5a60u}) {
    r.word(function) = 0;
    r.word(function + 4) = 0;
    r.word(function + 8) = 0x20202020;
  }
  set_haze(r, {});
  r.word(0x5b10) = 171 << 16 | 84;
  r.word(0x5b80) = 3;
}

void set_haze(IspRegisters& r, unsigned column, unsigned row, const HazeBlock& block) {
  r.word(0x58000 + 40 * column + 4 * row) =
      block.red << 24 | block.green << 16 | block.blue << 8 | block.transmission;
}
void set_haze(IspRegisters& r, const HazeBlock& block) {
  for (unsigned column = 0; column < 18; ++column) {
    for (unsigned row = 0; row < 10; ++row) set_haze(r, column, row, block);
  }
}

}  // namespace t31::model

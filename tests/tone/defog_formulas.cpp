// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/tone/defog_formulas.hpp"

#include <algorithm>
#include <cstdlib>

namespace t31::test {
namespace {

using tuning::Parameter;
using i64 = int64_t;

i64 clamp8(i64 v) {
  return std::clamp<i64>(v, 0, 255);
}

template <typename Array>
void fill(tuning::Bank bank, Parameter parameter, Array& out) {
  for (size_t i = 0; i < out.size(); ++i) {
    out[i] = bank.get_signed(parameter, static_cast<uint32_t>(i));
  }
}

}  // namespace

void DefogFormulas::load(tuning::Bank bank, bool wdr) {
  bank_ = bank;
  wdr_ = wdr;
  fill(bank, wdr ? Parameter::kDefogFpgaParaWdr : Parameter::kDefogFpgaPara, fpga_);
  fill(bank, Parameter::kDefogRgbraList, rgbra_);
  fill(bank, Parameter::kDefogTParList1, par1_);
  fill(bank, Parameter::kDefogTParList2, par2_);
  fill(bank, wdr ? Parameter::kDefogBlockTxWdr : Parameter::kDefogBlockTx, tx_);
  fill(bank, Parameter::kDefogManualCtrl, manual);
}

uint64_t DefogFormulas::dv(int row, int col) const {
  return div_[static_cast<size_t>((row < static_cast<int>(height_ % 10) ? 0 : 2) +
                                  (col < static_cast<int>(width_ % 18) ? 0 : 1))];
}

i64 DefogFormulas::score(const DefogCounts& counts,
                         const std::array<std::array<i64, 4>, 180>& look) {
  const auto f = [&](i64 v) {
    size_t k = 0;
    for (size_t i = 0; i < 5; ++i) k += par1_[i] <= v ? 1 : 0;
    return par1_[5 + k];
  };
  const auto round16 = [](uint64_t z) {
    return static_cast<i64>(((z >> 16) & 0xffffffff) + ((z >> 15) & 1));
  };
  const auto cat = [&](i64 v) -> size_t {
    if (v > par2_[3]) return 0;
    if (v > par2_[2]) return 1;
    if (v > par2_[1]) return 2;
    return v > par2_[0] ? 3 : 4;
  };
  manual[2] = manual[3] = manual[4] = manual[5] = manual[6] = 0;
  for (const auto& block : look) {
    for (size_t i = 0; i < 4; ++i) manual[2 + i] += f(block[i]);
  }
  for (const int row : {0, 3, 6}) {
    for (const int col : {0, 4, 7, 10, 14}) {
      i64 dark = 0, bright = 0;
      for (int y = row; y < row + 4; ++y) {
        for (int x = col; x < col + 4; ++x) {
          const auto& h = counts.histogram[static_cast<size_t>(y * 18 + x)];
          dark += round16(dv(y, x) * h[0]) / std::max<i64>(2, fpga_[1] + 1);
          bright += round16(dv(y, x) * h[2]) / std::max<i64>(2, 256 - fpga_[2]);
        }
      }
      manual[6] += par2_[4 + 5 * cat(((dark >> 6) + 1) / 3) + cat(((bright >> 6) + 1) / 3)];
    }
  }
  return manual[2] + manual[3] + manual[4] + manual[5] + manual[6];
}

std::array<i64, 180> DefogFormulas::mask(const std::array<i64, 180>& diff) const {
  const auto at = [](int row, int col) { return static_cast<size_t>(row * 18 + col); };
  const auto inside = [](int row, int col) { return row >= 0 && row < 10 && col >= 0 && col < 18; };
  std::array<i64, 180> first{}, widest{}, mean{};
  for (int r = 0; r < 10; ++r) {
    for (int c = 0; c < 18; ++c) {
      i64 n = 0, sum = 0, size = 0, last = 0;
      for (int y = r - 2; y <= r + 2; ++y) {
        for (int x = c - 2; x <= c + 2; ++x) {
          if (!inside(y, x)) continue;
          ++n;
          last = diff[at(y, x)];
          sum += last;
          size += std::abs(last);
        }
      }
      const i64 middle = sum / n;
      const i64 am = (size << 6) / n;
      const i64 var = (last - middle) * (last - middle);
      const i64 s = ((var / n + 1320) * am) / 1320;
      first[at(r, c)] = s > 4000 ? 255 : s < 300 ? 0 : ((s - 300) << 8) / 3700;
    }
  }
  const auto around = [&](int r, int c, auto use) {
    for (int y = r - 1; y <= r + 1; ++y) {
      for (int x = c - 1; x <= c + 1; ++x) {
        if (inside(y, x)) use(y, x);
      }
    }
  };
  for (int r = 0; r < 10; ++r) {
    for (int c = 0; c < 18; ++c) {
      around(r, c,
             [&](int y, int x) { widest[at(r, c)] = std::max(widest[at(r, c)], first[at(y, x)]); });
    }
  }
  constexpr i64 kWeight[3] = {93, 72, 56};
  for (int r = 0; r < 10; ++r) {
    for (int c = 0; c < 18; ++c) {
      i64 sum = 0, weighted = 0;
      around(r, c, [&](int y, int x) {
        const i64 weight = kWeight[std::abs(y - r) + std::abs(x - c)];
        sum += weight;
        weighted += weight * widest[at(y, x)];
      });
      mean[at(r, c)] = (sum / 2 + weighted) / sum;
    }
  }
  return mean;
}

void DefogFormulas::event(const DefogCounts& counts, uint32_t ev) {
  const bool temporal = frame_ >= 2 && rgbra_[8] != 0;
  frame_ = frame_ + 1 > 65535 ? 128 : frame_ + 1;
  if (rgbra_[2] == 1) {
    manual[0] = 1;
    manual[1] = ev;
  }
  const i64 hi = std::min<i64>(255, fpga_[7]);
  const i64 lo = std::max<i64>(0, std::min(hi, fpga_[6]));
  const i64 rng = hi - lo;
  std::array<std::array<i64, 4>, 180> look{};
  std::array<i64, 180> diff{};
  for (int row = 0; row < 10; ++row) {
    for (int col = 0; col < 18; ++col) {
      const auto i = static_cast<size_t>(row * 18 + col);
      const auto mean = [&](uint32_t sum) {
        return static_cast<i64>(static_cast<unsigned __int128>(dv(row, col)) * sum >> 36);
      };
      const i64 r = mean(counts.red[i]), g = mean(counts.green[i]), b = mean(counts.blue[i]);
      const i64 y = clamp8((38 * g + 19 * r + 7 * b) >> 6);
      look[i] = {r, g, b, y};
      const auto air = [&](i64 v, size_t k) {
        return ((clamp8(v + fpga_[k] - 64) * rng) >> 8) + lo;
      };
      const i64 grey = ((rng * y) >> 8) + lo;
      const bool gray = rgbra_[6] != 0;
      words[static_cast<size_t>(col * 10 + row)] =
          static_cast<uint32_t>((gray ? grey : air(r, 3)) << 24 | (gray ? grey : air(g, 4)) << 16 |
                                (gray ? grey : air(b, 5)) << 8);
      diff[i] = y - y_last_[i];
      y_last_[i] = y;
    }
  }
  if (manual[0] == 0) manual[1] = score(counts, look);

  const auto key = static_cast<uint32_t>(manual[1]);
  std::array<i64, 9> e;
  fill(bank_, wdr_ ? Parameter::kDefogEvListWdr : Parameter::kDefogEvList, e);
  size_t k = 0;
  while (k < 9 && key >= e[k]) ++k;
  std::array<i64, 5> ty;
  for (size_t j = 0; j < 5; ++j) {
    std::array<i64, 9> list;
    const auto first =
        static_cast<size_t>(wdr_ ? Parameter::kDefogTrsy0ListWdr : Parameter::kDefogTrsy0List);
    fill(bank_, static_cast<Parameter>(first + j), list);
    if (k == 0 || k == 9) {
      ty[j] = list[k == 0 ? 0 : 8];
      continue;
    }
    const i64 span = e[k] - e[k - 1];
    ty[j] = ((key - e[k - 1]) * list[k] + (e[k] - key) * list[k - 1] + (span >> 1)) / span;
  }
  std::array<i64, 180> motion{};
  if (temporal) motion = mask(diff);
  for (size_t i = 0; i < 180; ++i) {
    const i64 y = look[i][3];
    i64 percent = ty[4];
    for (size_t j = 4; j >= 1; --j) {
      if (y < tx_[j])
        percent = ty[j - 1] + (ty[j] - ty[j - 1]) * (y - tx_[j - 1]) / (tx_[j] - tx_[j - 1]);
    }
    if (y < tx_[0]) percent = ty[0];
    i64 t = clamp8((percent * 655) >> 8);
    if (temporal) t = (((255 - t) * motion[i]) >> 8) + t;
    words[i % 18 * 10 + i / 18] |= static_cast<uint32_t>(t);
  }
}

}  // namespace t31::test
